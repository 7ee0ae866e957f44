import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing

/// Rows that are changed by somebody who has looked at them before.
@Suite("Row versions")
struct RowVersionTests {
  private static let one = PackageText.guid("one")

  private func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(RowTests.base)
    try await environment.write("tid|a|name\n\(Self.one)|k1|x", into: "t")
    return environment
  }

  private func set(_ name: String, at version: Int64?) throws -> RowRequest {
    let id = try #require(GUID(Self.one))
    return .setting([(column: "name", text: name)], of: id, in: "t", at: version)
  }

  @Test("RW-40 a row is changed at the version that was looked at, and at no other")
  func versions() async throws {
    let environment = try await environment()
    let lifecycle = environment.lifecycle
    try await lifecycle.perform(try set("y", at: 2), by: .tester)
    #expect(try await environment.text("t", "a", "name") == "k1|y")
    let id = try #require(GUID(Self.one))
    await #expect(throws: RowChanged(table: "t", id: id, seen: 2, now: 3)) {
      try await lifecycle.perform(try set("z", at: 2), by: .tester)
    }
    #expect(try await environment.text("t", "a", "name") == "k1|y")
    try await lifecycle.perform(try set("z", at: nil), by: .tester)
    #expect(try await environment.text("t", "a", "name") == "k1|z")
  }

  @Test("RW-40 what was planned with rows is done on the revision that it was planned on alone")
  func revisions() async throws {
    let environment = try await environment()
    let lifecycle = environment.lifecycle
    let request = try set("y", at: nil)
    let (outcome, revision) = try await lifecycle.planned(request)
    #expect(outcome == .written(1) && revision == 2)
    #expect(try await environment.text("t", "a", "name") == "k1|x")
    await #expect(throws: RowsOutdated(planned: 1, now: 2)) {
      try await lifecycle.perform(request, by: .tester, plannedOn: 1)
    }
    try await lifecycle.perform(request, by: .tester, plannedOn: revision)
    #expect(try await environment.text("t", "a", "name") == "k1|y")
  }

  @Test("RW-40 a row is added under its own id, once")
  func added() async throws {
    let environment = try await environment()
    let id = try #require(GUID(PackageText.guid("two")))
    let request = RowRequest.adding(
      [(column: "a", text: "k2"), (column: "name", text: "new")],
      as: id,
      to: "t"
    )
    try await environment.lifecycle.perform(request, by: .tester)
    #expect(try await environment.text("t", "a", "name") == "k1|x\nk2|new")
    await #expect(throws: BadRows.self) {
      try await environment.lifecycle.perform(request, by: .tester)
    }
    let table = try await environment.lifecycle.ask(TableQuestion(of: "t"))
    #expect(table.primaryKey == "tid" && table.column("name") != nil)
  }
}
