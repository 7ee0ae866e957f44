import EnvironmentSupport
import SolutionPackages
import SolutionStore
import Solutions
import TestSupport
import Testing

@testable import Lifecycle

/// Components that are added to unmanaged solutions and removed, and what comes out of it.
@Suite("Components in unmanaged solutions of environments")
struct ListingTests {
  private static let managed = "X 1.0 by A\ntable t\nprimary t.name\ncolumn t.a\ncolumn t.b"
  private static let own =
    "Own 1.0 by B unmanaged\ntable q\nprimary q.name\ncolumn q.a\nshell t\ncolumn t.z"

  private let t = ComponentID.entity("t")
  private let o = ComponentID.entity("q")

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  private func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(Self.managed)
    try await environment.import(Self.own, options: PlanOptions(publishes: true))
    try await environment.lifecycle.perform(.makingSolution(try name("U"), of: PublisherName("B")))
    return environment
  }

  private func add(
    _ ids: Set<ComponentID>,
    _ behavior: RootComponent.Behavior? = nil,
    in environment: TestEnvironment
  ) async throws {
    try await environment.lifecycle.perform(
      .listing(ids, in: try name("U"), behavior: behavior)
    )
  }

  private func archive(
    _ text: String,
    _ environment: TestEnvironment,
    _ form: Export.Form = .unmanaged
  ) async throws -> Request.Archive {
    let question = ExportQuestion(of: try name(text), as: form)
    let bytes = try #require(try await environment.lifecycle.ask(question)?.archive).bytes
    return Request.Archive(
      package: try PackageReader().read(bytes, file: "\(text).zip"),
      bytes: bytes
    )
  }

  private func keys(_ archive: Request.Archive) -> [String] {
    archive.package.components.filter { !$0.isReference && !$0.isUnmodified }.map(\.id.key)
  }

  @Test("PF-402 what a package holds follows how the table is listed")
  func behaviors() async throws {
    for (behavior, held, isMention) in [
      (RootComponent.Behavior.includeSubcomponents, ["q", "q.a", "q.name"], false),
      (.doNotIncludeSubcomponents, ["q"], false), (.shell, [], true),
    ] {
      let environment = try await environment()
      try await add([o], behavior, in: environment)
      let exported = try await archive("U", environment)
      #expect(keys(exported) == held)
      #expect(exported.package.component(o)?.isReference == isMention)
      #expect(exported.package.manifest.behaviors == [o: behavior])
      // Elsewhere it is listed in the same way.
      let target = try await TestEnvironment()
      try await target.import(Self.own, options: PlanOptions(assumesPresent: true, publishes: true))
      try await target.lifecycle.perform(.importing([exported], PlanOptions(publishes: true)))
      let (here, there) = (
        try await environment.whole().solutions[name("U")],
        try await target.whole().solutions[name("U")]
      )
      #expect(here?.members == there?.members)
      #expect(here?.behaviors == there?.behaviors)
      #expect(try await environment.broken() == [])
      #expect(try await target.broken() == [])
    }
  }

  @Test("PF-402 a part of a managed table goes out below a mention of it, managed and unmanaged")
  func part() async throws {
    let environment = try await environment()
    try await add([t], in: environment)
    #expect(try await environment.whole().solutions[name("U")]?.members.count == 2)
    for form in [Export.Form.unmanaged, .managed] {
      let exported = try await archive("U", environment, form)
      #expect(keys(exported) == ["t.z"])
      #expect(exported.package.component(t)?.isReference == true)
      #expect(exported.package.manifest.behaviors == [t: .shell])
    }
    // A column that is made later comes along only with the whole table.
    try await add([o], in: environment)
    try await environment.lifecycle.perform(
      .bringing(to: .column("new_late", of: "q", "type: float"))
    )
    #expect(keys(try await archive("U", environment)).contains("q.new_late"))
    try await add([o], .doNotIncludeSubcomponents, in: environment)
    #expect(!keys(try await archive("U", environment)).contains("q.new_late"))
  }

  @Test("A rollback gives back what was listed, and round again; the history says what was done")
  func undone() async throws {
    let environment = try await environment()
    let before = try await environment.whole().fingerprint
    try await add([o], in: environment)
    let added = try await environment.whole().fingerprint
    try await add([o], .shell, in: environment)
    let shell = try await environment.whole().fingerprint
    try await environment.lifecycle.perform(
      .unlisting([.attribute("q", "a"), .attribute("q", "name")], from: name("U"))
    )
    let removed = try await environment.whole().fingerprint
    #expect(Set([before, added, shell, removed]).count == 4)
    let operations = try await environment.lifecycle.beneath.read { try $0.history() }
    #expect(
      operations.prefix(3).map { "\($0.record.verb) \($0.record.title)" } == [
        "components remove Attribute:q.a, Attribute:q.name from U",
        "components add Entity:q to U, tables with chosen parts alone",
        "components add Entity:q to U",
      ]
    )
    let plan = try await environment.lifecycle.plan(.rollback(5))
    #expect(
      plan.members.map { "\($0.component.id.key) \($0.action)" } == [
        "q changed", "q.a added", "q.name added",
      ]
    )
    for (operation, wanted) in [(6, shell), (7, removed), (5, added), (4, before)] {
      try await environment.lifecycle.perform(.rollback(operation))
      #expect(try await environment.whole().fingerprint == wanted)
    }
    #expect(try await environment.broken() == [])
  }

  @Test("LC-113 two solutions list one column, and there is one definition; both packages hold it")
  func shared() async throws {
    let environment = try await environment()
    try await add([o], in: environment)
    #expect(try await environment.whole().stacks[.attribute("q", "a")]?.layers.count == 1)
    for solution in ["U", "Own"] {
      #expect(keys(try await archive(solution, environment)).contains("q.a"))
    }
    try await environment.lifecycle.perform(.unlisting([o], from: name("Own")))
    #expect(!keys(try await archive("Own", environment)).contains("q.a"))
    #expect(keys(try await archive("U", environment)).contains("q.a"))
  }

  @Test(
    "LC-114 what was imported, narrowed and removed is in no export, and is again when it is added"
  )
  func imported() async throws {
    let environment = try await environment()
    let own = try name("Own")
    let first = try await archive("Own", environment)
    try await environment.lifecycle.perform(
      .listing([o], in: own, behavior: .doNotIncludeSubcomponents)
    )
    try await environment.lifecycle.perform(.unlisting([.attribute("q", "a")], from: own))
    let second = try await archive("Own", environment)
    #expect(keys(second) == ["q", "q.name", "t.z"])
    #expect(second.package.manifest.behaviors == [o: .doNotIncludeSubcomponents, t: .shell])
    try await environment.lifecycle.perform(.listing([o], in: own, behavior: .shell))
    #expect(keys(try await archive("Own", environment)) == ["q.name", "t.z"])
    try await environment.lifecycle.perform(
      .listing([o], in: own, behavior: .includeSubcomponents)
    )
    #expect(try await archive("Own", environment).bytes == first.bytes)
  }
}
