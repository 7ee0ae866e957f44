import EnvironmentSupport
import SolutionPackages
import Solutions
import TestSupport
import Testing

@testable import Lifecycle

/// Documents of exports have the children of those of real packages, in their order.
@Suite(
  "The shape of exports",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct ExportShapeTests {
  private static let real = Result {
    try PackageShape(of: Corpus.packages.map { try Repository.bytes("\(Corpus.folder)/\($0)") })
  }

  /// Members that another solution can list as well: a package may have parts without their wholes, and names alone.
  private static func listable(
    _ members: Set<ComponentID>,
    in name: SolutionName,
    on state: InstalledState
  ) -> Set<ComponentID> {
    func isListable(_ id: ComponentID, beside others: Set<ComponentID>) -> Bool {
      Plan.listing(others.union([id]), in: name, on: state).isApplicable
    }
    let tables = members.filter { $0.type == .entity && isListable($0, beside: []) }
    let wholes = members.filter { isListable($0, beside: tables) }
    return tables.union(wholes).union(members.filter { isListable($0, beside: wholes) })
  }

  @Test(
    "PF-301 PF-401 no export has a child or an order that no real package has",
    arguments: ExportCorpusTests.unmanaged
  )
  func shapes(name: String) async throws {
    let real = try Self.real.get()
    let bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
    let package = try PackageReader().read(bytes, file: name)
    #expect(try real.strangers(in: bytes) == [])
    let environment = try await TestEnvironment()
    try await environment.take(package, bytes)
    let lifecycle = environment.lifecycle
    // What it lists, in a solution of which no package is known.
    let made = try #require(SolutionName("MadeHere"))
    let solution = try #require(try await environment.whole().solutions[package.name])
    try await lifecycle.perform(.makingSolution(made, of: solution.publisher))
    let listed = Self.listable(solution.members, in: made, on: try await environment.whole())
    if !listed.isEmpty { try await lifecycle.perform(.listing(listed, in: made)) }
    for solution in [package.name, made] {
      for form in [Export.Form.unmanaged, .managed] {
        let question = ExportQuestion(of: solution, as: form)
        let exported = try #require(try await lifecycle.ask(question))
        // A managed one is refused where the base of a form is not known.
        guard let archive = exported.archive else { continue }
        let strangers = try real.strangers(in: archive.bytes)
        #expect(strangers == [], "\(solution), \(form)")
      }
    }
  }

  @Test("PF-421 columns that are made by hand have the children of real ones, in their order")
  func madeColumns() async throws {
    let real = try Self.real.get()
    let name = "PL400Demos_1_0_9_0.zip"
    let bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
    let package = try PackageReader().read(bytes, file: name)
    let environment = try await TestEnvironment()
    try await environment.take(package, bytes)
    let state = try await environment.whole()
    let solution = try #require(state.solutions[package.name])
    let prefix = try #require(state.publishers[solution.publisher]?.prefix)
    let table = try #require(
      solution.members.sorted().first { $0.type == .entity && state.stacks[$0]?.isManaged == false }
    )
    let choice = try #require(state.stacks.keys.sorted().first { $0.type == .optionSet }).key
    let kinds = [
      "text", "memo", "integer, min: 0, max: 9", "decimal, precision: 2", "float", "money",
      "boolean", "date", "datetime", "choice, choice: \(choice)",
    ]
    for (number, kind) in kinds.enumerated() {
      let column = try Blueprint.column(
        "\(prefix)_made\(number)",
        of: table.key,
        "type: \(kind), displayName: Made",
        in: package.name.text
      )
      try await environment.lifecycle.perform(.bringing(to: column))
    }
    for form in [Export.Form.unmanaged, .managed] {
      let question = ExportQuestion(of: package.name, as: form)
      let archive = try #require(try await environment.lifecycle.ask(question)?.archive)
      let exported = try PackageReader().read(archive.bytes, file: name)
      // With money comes the amount in the base currency.
      #expect(exported.components.count { $0.name.contains("_made") } == kinds.count + 1)
      let strangers = try real.strangers(in: archive.bytes)
      #expect(strangers == [], "\(form)")
    }
  }

  @Test("What a readable file makes has the children of real components, in their order")
  func described() async throws {
    let real = try Self.real.get()
    let text = """
      solution: {name: Made, version: 1.0.0.0}
      publisher: {name: contoso, prefix: new, optionValuePrefix: 20000}
      choices: {new_priority: {options: [Low, High]}}
      webResources:
        new_order.js: {file: f, type: script, description: About, language: 1033, mobile: yes, offline: no}
      environmentVariables: {new_limit: {type: number, default: 1, description: About}}
      connectionReferences: {new_mail: {connector: shared_office365, description: About}}
      tables:
        new_order:
          displayName: Order
          primaryName: new_name
          columns:
            new_total: {type: decimal}
            new_kind: {type: choice, choice: new_priority}
            new_item: {type: lookup, target: new_item}
          keys: {new_byname: {columns: new_name}}
          views:
            Open:
              columns: [new_name, {new_total: 90}]
              filter: [statecode = 0, {any: [new_total > 1, "new_kind in 1, 2"]}]
              order: [new_total desc]
              description: About
          forms:
            Order: {description: About, tabs: {General: {sections: {A: {columns: 2, fields: [new_name, new_total]}}}}}
            Fast: {type: quickCreate, tabs: {General: [new_name]}}
        new_item: {primaryName: new_name, ownership: organization}
      roles: {Clerk: {description: About, tables: {new_order: user, new_item: organization}}}
      siteMaps: {new_orders: {areas: {A: {B: [new_order, {url: "https://a.b", title: C}]}}}}
      apps:
        new_orders:
          description: About
          tables: [new_order]
          forms: {new_order: [Order]}
          views: {new_order: [Open]}
          roles: [Clerk]
      pluginAssemblies:
        Contoso.Orders:
          file: f
          types:
            Contoso.Check: {steps: {Check: {message: Update, table: new_order, columns: new_total}}}
      """
    let said = try SaidReader.read(Array(text.utf8), file: "made.yaml")
    let blueprint = try Blueprint(said, file: "made.yaml").reading {
      _ throws(DescribedFiles.Unread) in Array("content".utf8)
    }
    let environment = try await TestEnvironment()
    try await environment.lifecycle.perform(.bringing(to: blueprint, publishes: true))
    let name = try #require(SolutionName("Made"))
    for form in [Export.Form.unmanaged, .managed] {
      let question = ExportQuestion(of: name, as: form)
      let archive = try #require(try await environment.lifecycle.ask(question)?.archive)
      let strangers = try real.strangers(in: archive.bytes)
      #expect(strangers == [], "\(form)")
      // What is exported is taken elsewhere, and says nothing that an author is told of.
      let package = try PackageReader().read(archive.bytes, file: "Made.zip")
      #expect(package.findings.isEmpty, "\(package.findings)")
      let target = try await TestEnvironment()
      try await target.take(package, archive.bytes)
      let there = try await target.whole().solutions[name]
      #expect(there?.members == package.members)
    }
  }
}
