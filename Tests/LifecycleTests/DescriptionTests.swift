import EnvironmentSupport
import SolutionPackages
import Solutions
import TestSupport
import Testing

@testable import Lifecycle

/// What an environment has, as a readable file.
@Suite("Solutions of an environment as readable files")
struct DescriptionQuestionTests {
  private static let text = """
    solution: {name: Own, version: 1.0.0.0}
    publisher: {name: fabrikam, prefix: fab, optionValuePrefix: 20000}
    tables: {fab_order: {primaryName: fab_name, columns: {fab_total: {type: decimal}}}}
    webResources: {fab_/a.js: a.js}

    """

  private func request(_ text: String, _ files: [String: [UInt8]]) throws -> Request {
    let said = try SaidReader.read(Array(text.utf8), file: "own.yaml")
    let blueprint = try Blueprint(said, file: "own.yaml").reading {
      file throws(DescribedFiles.Unread) in
      guard let content = files[file.path] else { throw .init("there is no \(file.path)") }
      return content
    }
    return .bringing(to: blueprint, publishes: true)
  }

  @Test("strata.description a solution is described with its files, and made of them elsewhere")
  func described() async throws {
    let source = try await TestEnvironment()
    try await source.lifecycle.perform(request(Self.text, ["a.js": Array("alert(1)".utf8)]))
    let name = try #require(SolutionName("Own"))
    let described = try #require(try await source.lifecycle.ask(DescriptionQuestion(of: name)))
    #expect(described.contents == ["webResources/fab_/a.js": Array("alert(1)".utf8)])
    let text = try SaidWriter.write(described.description.said)
    let request = try request(text, described.contents)
    #expect(try await source.lifecycle.plan(request).effects.isEmpty)
    let target = try await TestEnvironment()
    try await target.lifecycle.perform(request)
    let (before, after) = (try await source.whole(), try await target.whole())
    #expect(after.stacks.mapValues(\.top.definition) == before.stacks.mapValues(\.top.definition))
    let again = try #require(try await target.lifecycle.ask(DescriptionQuestion(of: name)))
    #expect(again.description.said == described.description.said)
    #expect(again.contents == described.contents)
  }

  @Test(
    "strata.description a table that is called otherwise in another place is described all the same"
  )
  func renamed() async throws {
    let source = try await TestEnvironment()
    let files = ["a.js": Array("alert(1)".utf8)]
    try await source.lifecycle.perform(request(Self.text, files))
    let name = try #require(SolutionName("Own"))
    let settings = "EntityInfo/entity/LocalizedNames/LocalizedName[1033]@description"
    for (path, value) in [(settings, "Bestellung"), ("Name@LocalizedName", "Zed")] {
      try await source.lifecycle.perform(
        .customizing(
          .set(.entity("fab_order"), [PropertyEdit(path, value)]),
          in: name,
          publishes: true
        )
      )
      let described = try #require(try await source.lifecycle.ask(DescriptionQuestion(of: name)))
      #expect(described.description.components.allSatisfy { $0.obstacle == nil })
      let request = try request(
        try SaidWriter.write(described.description.said),
        described.contents
      )
      #expect(try await source.lifecycle.plan(request).effects.isEmpty)
      let target = try await TestEnvironment()
      try await target.lifecycle.perform(request)
      let (before, after) = (try await source.whole(), try await target.whole())
      let others = before.stacks.filter { id, stack in
        guard let made = after.stacks[id] else { return true }
        let changes = PropertyChanges.between(
          made.top.definition,
          stack.top.definition
        )
        // What the name was in the beginning is nobody's to say.
        return !changes.allSatisfy { $0.path == "Name@OriginalName" }
      }
      #expect(others.isEmpty, "\(path): \(others.keys.map(\.key))")
    }
  }

  @Test(
    "strata.description where conditions are alike, a view is still brought to what a file says"
  )
  func conditions() async throws {
    let environment = try await TestEnvironment()
    func text(_ filter: String) -> String {
      """
      solution: {name: Own, version: 1.0.0.0}
      publisher: {name: fabrikam, prefix: fab, optionValuePrefix: 20000}
      tables:
        fab_order:
          primaryName: fab_name
          columns: {fab_a: {type: text}, fab_b: {type: integer}}
          views: {V: {columns: [fab_name], filter: [\(filter)]}}
      """
    }
    for filter in [
      "{any: [fab_a = x, fab_b = 3]}", "{any: [fab_b = 3, fab_b = 4]}",
      "{any: [fab_a = x, fab_b = 3]}, {any: [fab_a = y, fab_b = 4]}", "fab_a = z",
    ] {
      let request = try request(text(filter), [:])
      let plan = try await environment.lifecycle.plan(request)
      #expect(plan.findings.allSatisfy { $0.severity != .error }, "\(filter): \(plan.findings)")
      try await environment.lifecycle.perform(request, consent: .all)
      #expect(try await environment.lifecycle.plan(request).effects.isEmpty, "\(filter)")
    }
  }

  @Test("A solution that is not installed is not described")
  func missing() async throws {
    let environment = try await TestEnvironment()
    let name = try #require(SolutionName("Own"))
    #expect(try await environment.lifecycle.ask(DescriptionQuestion(of: name)) == nil)
  }
}
