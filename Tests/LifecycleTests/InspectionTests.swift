import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// What an environment knows of its layers beside what they say.
@Suite("Inspection of an environment", .everyBackend)
struct EnvironmentInspectionTests {
  private let a = ComponentID.attribute("t", "a")

  private func text(_ version: String, _ length: Int) -> String {
    "X \(version) by A\ntable t\ncolumn t.a nvarchar \(length) Label\ncolumn t.b"
  }

  @Test(
    "LY-305 a query over the whole environment finds what active layers mask, also after a rollback"
  )
  func masked() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(text("1.0", 10))
    let edit = Customization.set(a, [PropertyEdit("displayname@description", "Mine")])
    try await environment.lifecycle.perform(.customizing(edit, in: nil))
    func masked() async throws -> [String] {
      try await environment.lifecycle.beneath.read { session in
        try session.maskings().map { found in
          "\(found.id.key) \(found.masking.properties.map(\.path).joined(separator: " ")) since \(found.since)"
        }
      }
    }
    #expect(try await masked() == [])
    try await environment.import(text("1.1", 20))
    #expect(try await masked() == ["t.a MaxLength since 2"])
    try await environment.lifecycle.perform(.customizing(.reset([a]), in: nil))
    #expect(try await masked() == [])
    try await environment.lifecycle.perform(.rollback(4), consent: .all)
    #expect(try await masked() == ["t.a MaxLength since 2"])
    #expect(try await environment.lifecycle.beneath.read { try $0.customized() } == [a])
  }

  @Test("Histories tell which operation wrote a layer, at any time")
  func histories() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(text("1.0", 10))
    try await environment.import(text("1.1", 20))
    try await environment.import(text("1.2", 20))
    let x = try #require(SolutionName("X"))
    func operations(_ revision: Int?) async throws -> [String] {
      let histories = try await environment.lifecycle.beneath.read {
        try $0.layerHistories(of: a, at: revision)
      }
      return try #require(histories[x]).statements.map { "\($0.operation) \($0.version ?? "")" }
    }
    #expect(try await operations(nil) == ["1 1.0", "2 1.1"])
    #expect(try await operations(1) == ["1 1.0"])
  }
}
