import EnvironmentSupport
import SolutionPackages
import Solutions
import TestSupport
import Testing

@testable import Lifecycle

/// Solutions that a readable file describes, in an environment.
@Suite("Described solutions in an environment")
struct BringTests {
  private static let file = """
    solution: {name: Own, version: 1.0.0.0}
    publisher: {name: fabrikam, prefix: fab}
    tables:
      fab_order:
        displayName: Order
        primaryName: fab_name
        columns:
          fab_total: {type: decimal}
          fab_item: {type: lookup, target: fab_item}
      fab_item: {primaryName: fab_title}
    """

  private func request(_ text: String) throws -> Request {
    let said = try SaidReader.read(Array(text.utf8), file: "own.yaml")
    return .bringing(to: try Blueprint(said, file: "own.yaml"))
  }

  @Test("strata.description what a file describes is made once, exported, and taken back")
  func made() async throws {
    let source = try await TestEnvironment()
    let empty = try await source.whole()
    try await source.lifecycle.perform(try request(Self.file))
    let made = try await source.whole()
    #expect(try await source.lifecycle.plan(request(Self.file)).effects.isEmpty)

    let name = try #require(SolutionName("Own"))
    let question = ExportQuestion(of: name, as: .unmanaged)
    let exported = try #require(try await source.lifecycle.ask(question)?.archive)
    let package = try PackageReader(kinds: .standard).read(exported.bytes, file: "Own.zip")
    let target = try await TestEnvironment()
    try await target.lifecycle.perform(
      .importing(
        [Request.Archive(package: package, bytes: exported.bytes)],
        PlanOptions(publishes: true)
      )
    )
    let there = try await target.whole()
    #expect(there.stacks.keys == made.stacks.keys)
    // The same file finds nothing to do where its components came in a package.
    let again = try await target.lifecycle.plan(request(Self.file))
    #expect(again.changes.isEmpty, "\(spelled(again))")

    try await source.lifecycle.perform(.rollback(1), consent: .all)
    let back = try await source.whole()
    #expect(back.stacks.isEmpty && back.solutions == empty.solutions)
  }

  @Test("strata.description a column is removed with consent only, and its values lie in the trash")
  func removal() async throws {
    let environment = try await TestEnvironment()
    try await environment.lifecycle.perform(try request(Self.file))
    let remove = try request("solution: Own\nremove: [Attribute:fab_order.fab_total]")
    await #expect(throws: LifecycleError.self) {
      try await environment.lifecycle.perform(remove)
    }
    try await environment.lifecycle.perform(remove, consent: .all)
    #expect(try await environment.whole().stacks[.attribute("fab_order", "fab_total")] == nil)
  }

  @Test("strata.description what goes with a column goes along, and what is fixed stays")
  func fixed() async throws {
    let environment = try await TestEnvironment()
    let columns = """
      fab_sum: {type: money}
      fab_who: {type: lookup, target: contact}
      fab_kind: {type: choice, options: [A, B]}
      """.split(separator: "\n").joined(separator: ", ")
    try await environment.lifecycle.perform(
      try request(
        "solution: Own\npublisher: {name: fabrikam, prefix: fab}\nchoices: {fab_shared: {options: [C]}}\n"
          + "tables: {fab_x: {primaryName: fab_name, columns: {\(columns)}}}"
      )
    )
    let own = "solution: Own\n"
    let plan = try await environment.lifecycle.plan(
      request(
        own
          + "remove: [Attribute:fab_x.fab_sum, Attribute:fab_x.fab_who, Attribute:fab_x.fab_none]"
      )
    )
    #expect(plan.isApplicable, "\(spelled(plan))")
    let gone = plan.changes.filter { $0.action == .delete }.map(\.id)
    #expect(gone.contains(.attribute("fab_x", "fab_sum_base")))
    #expect(gone.contains { $0.type == .entityRelationship })
    #expect(plan.findings.contains { $0.content is NothingToRemove })
    let platform = try await environment.lifecycle.plan(request(own + "remove: [Entity:account]"))
    #expect(platform.findings.map(\.code) == [ManagedComponent.kind.code])
    let bound = try await environment.lifecycle.plan(
      request(own + "tables: {fab_x: {columns: {fab_kind: {choice: fab_shared}}}}")
    )
    #expect(!bound.isApplicable)
    let renamed = try await environment.lifecycle.plan(
      request(own + "tables: {fab_x: {primaryName: fab_other}}")
    )
    #expect(renamed.findings.contains { $0.message.contains("named by fab_name") })
    let pairs = "relationships: {fab_pairs: {tables: [fab_x, account]}}"
    try await environment.lifecycle.perform(request(own + pairs))
    let others = try await environment.lifecycle.plan(
      request(own + pairs.replacing("account", with: "contact"))
    )
    #expect(others.findings.contains { $0.message.contains("connects fab_x") })
    #expect(bound.findings.contains { $0.content is DescriptionUnsound })
  }

  @Test(
    "A file is kept with what it is the content of, exported, and forgotten by a rollback"
  )
  func files() async throws {
    let text = """
      solution: Own
      publisher: {name: fabrikam, prefix: fab}
      webResources: {fab_/a.js: a.js}
      environmentVariables: {fab_limit: {type: number, default: 1, value: 2}}
      """
    func request(_ content: String) throws -> Request {
      let said = try SaidReader.read(Array(text.utf8), file: "own.yaml")
      let blueprint = try Blueprint(said, file: "own.yaml").reading {
        _ throws(DescribedFiles.Unread) in Array(content.utf8)
      }
      return .bringing(to: blueprint, publishes: true)
    }
    func exported() async throws -> Int? {
      let name = try #require(SolutionName("Own"))
      let question = ExportQuestion(of: name, as: .managed)
      let archive = try #require(try await environment.lifecycle.ask(question)?.archive)
      let package = try PackageReader().read(archive.bytes, file: "Own.zip")
      #expect(package.findings.isEmpty && package.components.count == 2)
      return package.components.flatMap(\.definition.parts).first?.bytes
    }
    let environment = try await TestEnvironment()
    try await environment.lifecycle.perform(try request("first"))
    #expect(try await exported() == 5)
    let variable = ComponentID(.environmentVariableDefinition, "fab_limit")
    #expect(try await environment.whole().settings[variable] == .value("2"))
    try await environment.lifecycle.perform(try request("second"))
    #expect(try await exported() == 6)
    #expect(try await environment.lifecycle.plan(request("second")).effects.isEmpty)
    #expect(try await environment.lifecycle.ask(VerifyQuestion(.whole)).broken.isEmpty)
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    #expect(try await exported() == 5)
  }
}
