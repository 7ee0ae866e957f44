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
    let kinds: [NewColumn.Kind] = [
      .text(lengthMax: 100), .memo(lengthMax: 2_000), .integer(min: 0, max: 9), .decimal(places: 2),
      .float, .money(places: 2), .boolean, .date, .dateTime, .choice(choice),
    ]
    for (number, kind) in kinds.enumerated() {
      let column = NewColumn(
        table: table,
        name: "\(prefix)_made\(number)",
        kind: kind,
        label: "Made"
      )
      try await environment.lifecycle.perform(.customizing(.addColumn(column), in: package.name))
    }
    for form in [Export.Form.unmanaged, .managed] {
      let question = ExportQuestion(of: package.name, as: form)
      let archive = try #require(try await environment.lifecycle.ask(question)?.archive)
      let exported = try PackageReader().read(archive.bytes, file: name)
      #expect(exported.components.count { $0.name.contains("_made") } == kinds.count)
      let strangers = try real.strangers(in: archive.bytes)
      #expect(strangers == [], "\(form)")
    }
  }
}
