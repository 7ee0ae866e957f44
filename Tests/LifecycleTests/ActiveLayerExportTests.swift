import EnvironmentSupport
import SolutionPackages
import Solutions
import TestSupport
import Testing

@testable import Lifecycle

/// What was customized of a managed solution, kept before it is removed.
@Suite("Exports of active layers", .everyBackend)
struct ActiveLayerExportTests {
  private static let managed = """
    X 1.0 by A
    table t
    primary t.name
    column t.a nvarchar 50 Label
    column t.b nvarchar 50 Other
    view v t a
    role r1
    """

  private static let column = ComponentID.attribute("t", "a")
  private static let other = ComponentID.attribute("t", "b")

  private func name(_ text: String) throws -> SolutionName { try #require(SolutionName(text)) }

  private func customized() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    try await environment.import(Self.managed, options: PlanOptions(publishes: true))
    for (id, edit) in [
      (Self.column, PropertyEdit("MaxLength", "60")),
      (Self.other, PropertyEdit("MaxLength", "70")),
    ] {
      let request = Request.customizing(.set(id, [edit]), in: nil, publishes: true)
      #expect(try await environment.lifecycle.perform(request).operation != nil)
    }
    return environment
  }

  private func exported(_ text: String, _ environment: TestEnvironment) async throws
    -> ExportedPackage
  {
    let question = ExportQuestion(ofActiveLayerOver: try name(text))
    return try #require(try await environment.lifecycle.ask(question))
  }

  /// What each component is in effect, whoever states it.
  private func effects(_ environment: TestEnvironment) async throws -> [ComponentID: String] {
    let state = try await environment.whole()
    return state.stacks.mapValues { stack in
      let kind = ComponentKinds.standard[stack.top.component.id.type]
      return "\(stack.effective(kind.merge).document)"
    }
  }

  @Test("LC-412 the active layer of a managed solution comes back from its export")
  func backup() async throws {
    let environment = try await customized()
    let before = try await effects(environment)
    let exported = try await exported("X", environment)
    #expect(exported.export.findings == [])
    let bytes = try #require(exported.archive).bytes
    let package = try PackageReader().read(bytes, file: "x.zip")
    #expect(package.manifest.name.text == "X_ActiveLayer")
    #expect(!package.manifest.isManaged)
    let stated = package.components.filter { !$0.isReference }
    #expect(stated.map(\.id) == [Self.column, Self.other])
    #expect(package.components.filter(\.isReference).map(\.id) == [.entity("t")])

    let reset = Request.customizing(.reset([Self.column, Self.other]), in: nil, publishes: true)
    try await environment.lifecycle.perform(reset, consent: .all)
    #expect(try await effects(environment) != before)
    let again = Request.Archive(package: package, bytes: bytes)
    let done = try await environment.lifecycle.perform(
      .importing([again], PlanOptions(publishes: true)),
      consent: .all
    )
    #expect(done.operation != nil)
    #expect(try await effects(environment) == before)
  }

  @Test("LC-412 it needs the solution that it lies over, and another environment with it takes it")
  func elsewhere() async throws {
    let (one, two) = (try await customized(), try await TestEnvironment())
    let exported = try await exported("X", one)
    let bytes = try #require(exported.archive).bytes
    let package = try PackageReader().read(bytes, file: "x.zip")
    try await two.import(Self.managed, options: PlanOptions(publishes: true))
    let archive = Request.Archive(package: package, bytes: bytes)
    try await two.lifecycle.perform(
      .importing([archive], PlanOptions(publishes: true)),
      consent: .all
    )
    #expect(try await effects(two) == effects(one))
  }

  @Test("PF-211 a table with a layer of its own comes with its settings, and without its parts")
  func table() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable t\nfacts t <IsAuditEnabled>0</IsAuditEnabled>\ncolumn t.a nvarchar 50",
      options: PlanOptions(publishes: true)
    )
    let edit = PropertyEdit("EntityInfo/entity/IsAuditEnabled", "1")
    let request = Request.customizing(.set(.entity("t"), [edit]), in: nil, publishes: true)
    #expect(try await environment.lifecycle.perform(request).operation != nil)
    let exported = try await exported("X", environment)
    let package = try PackageReader().read(try #require(exported.archive).bytes, file: "x.zip")
    #expect(package.components.map(\.id) == [.entity("t")])
    #expect(package.manifest.roots.map(\.behavior) == [.doNotIncludeSubcomponents])
  }

  @Test("LC-412 what is unmanaged, or not customized, has no active layer to give out")
  func refusals() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.managed)
    try await environment.import(
      "U 1.0 by A unmanaged\ntable u",
      options: PlanOptions(publishes: true)
    )
    for (name, code) in [("X", "strata.nothing-unmanaged"), ("U", "strata.not-managed")] {
      let refused = try await exported(name, environment)
      #expect(refused.export.findings.map(\.code) == [code])
      #expect(refused.archive == nil)
    }
  }
}
