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

  @Test("A solution that is not installed is not described")
  func missing() async throws {
    let environment = try await TestEnvironment()
    let name = try #require(SolutionName("Own"))
    #expect(try await environment.lifecycle.ask(DescriptionQuestion(of: name)) == nil)
  }
}
