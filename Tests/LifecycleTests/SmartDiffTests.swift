import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// What an import leaves alone, by the hash on the layer (lifecycle.md §3.7).
@Suite("SmartDiff", .everyBackend)
struct SmartDiffTests {
  private let base = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 30\ncolumn t.b"
  private let next = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 40\ncolumn t.b"
  private let a = ComponentID.attribute("t", "a")

  /// Components whose layers an operation has written or closed.
  private func touched(_ environment: TestEnvironment, since revision: Int) async throws -> Set<
    ComponentID
  > {
    try await environment.lifecycle.beneath.read { try $0.touched(after: revision) }
  }

  @Test("LC-320 update and upgrade process what has another hash, and count the rest")
  func skips() async throws {
    for choice in [PlanOptions.Choice.update, .upgrade] {
      let environment = try await TestEnvironment()
      try await environment.import(base)
      let done = try await environment.import(next, options: PlanOptions(choice: choice))
      #expect(done.plan.unchanged == 2)
      #expect(try await touched(environment, since: 1) == [a])
    }
  }

  @Test("LC-320 a staged version gets all its layers")
  func staging() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import(next, options: PlanOptions(choice: .stage))
    let holding = try #require(SolutionName("X")?.holding)
    let stacks = try await environment.whole().stacks
    #expect(stacks.values.count { $0.layer(of: holding) != nil } == 3)
  }

  @Test("LC-310 overwriting customizations processes what has the same hash, too")
  func overwriting() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import("D 1.0 by A unmanaged\nshell t\nforeign t.a nvarchar 20")
    try await environment.import(base)
    #expect(try await environment.whole().effective(a, "MaxLength") == "20")
    try await environment.import(base, options: PlanOptions(overwritesCustomizations: true))
    #expect(try await environment.whole().effective(a, "MaxLength") == "30")
  }

  @Test("LC-321 what counts is the layer that is there, not the package that came last")
  func layerCounts() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(base)
    try await environment.import(next)
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    // The last package that was imported is this one, and yet its column is not what is installed.
    let done = try await environment.import(next)
    #expect(done.plan.unchanged == 2)
    #expect(try await environment.whole().effective(a, "MaxLength") == "40")
  }

  @Test("LC-322 what is skipped stays in the new version, and its needs are still minded")
  func staysIn() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable t\ncolumn t.a\nview v t a\nresource new_/r.js x"
    )
    // The view is unchanged, and names the column that goes.
    let upgrade = "X 1.1 by A\ntable t\nview v t a\nresource new_/r.js x"
    let request = Request.importing([try TestEnvironment.archive(upgrade)], PlanOptions())
    let plan = try await environment.lifecycle.plan(request)
    #expect(!plan.changes.contains { $0.id.type == .number(26) })
    let blocked = try #require(plan.findings.first { $0.subject == "Attribute:t.a" })
    #expect(blocked.severity == .error)
    #expect(blocked.because.contains { $0.hasPrefix("View “v”") })
    // Without a reason to stay it still is no reason to go.
    try await environment.import(
      "X 1.1 by A\ntable t\ncolumn t.a\nview v t a\nresource new_/r.js x"
    )
    #expect(try await touched(environment, since: 1).isEmpty)
    let members = try await environment.whole().solutions.values.first?.members
    #expect(members?.count == 4)
  }
}
