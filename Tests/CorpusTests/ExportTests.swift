import EnvironmentSupport
import Foundation
import SolutionPackages
import Solutions
import TestSupport
import Testing
import XML

@testable import Lifecycle

/// What an environment exports is what came in.
@Suite(
  "Exports of real packages",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct ExportCorpusTests {
  static let unmanaged = Corpus.packages.filter { name in
    do {
      return try !Corpus.read(name).manifest.isManaged
    } catch {
      return false
    }
  }

  @Test(
    "import, export, import elsewhere: the same state, and every element is kept",
    arguments: unmanaged
  )
  func roundTrip(name: String) async throws {
    let bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
    let one = try await TestEnvironment()
    let original = try PackageReader().read(bytes, file: name)
    try await one.take(original, bytes)
    let exported = try #require(try await one.lifecycle.ask(ExportQuestion(of: original.name)))
    #expect(exported.export.findings.filter { $0.severity != .info } == [])
    let archive = try #require(exported.archive)

    let package = try PackageReader().read(archive.bytes, file: name)
    #expect(lost(original, package) == [])
    #expect(lost(package, original) == [])
    let two = try await TestEnvironment()
    try await two.take(package, archive.bytes)
    let (before, after) = (try await one.whole(), try await two.whole())
    #expect(before.fingerprint == after.fingerprint)
    #expect(differences(before, after) == [])
    // And so for ever.
    let third = try await two.lifecycle.ask(ExportQuestion(of: original.name))
    #expect(third?.archive?.bytes == archive.bytes)
  }

  /// For people who have to find out why fingerprints differ.
  private func differences(_ one: InstalledState, _ other: InstalledState) -> [String] {
    var found: [String] = []
    for id in Set(one.stacks.keys).union(other.stacks.keys).sorted() {
      let (mine, others) = (one.stacks[id], other.stacks[id])
      let spelled = [mine, others].map { stack in
        stack?.layers.map {
          "\($0.solution) \($0.definition.hash) \($0.component.name) \($0.component.displayName ?? "-")"
        } ?? []
      }
      if spelled[0] != spelled[1] { found.append("\(id): \(spelled[0]) and \(spelled[1])") }
    }
    for (name, solution) in one.solutions where solution.members != other.solutions[name]?.members {
      found.append(
        "members of \(name): \(solution.members.symmetricDifference(other.solutions[name]?.members ?? []))"
      )
    }
    return found
  }

  /// Elements, with their paths, attributes and texts, and files that one package has and another has not.
  private func lost(_ one: SolutionPackage, _ other: SolutionPackage) -> [String] {
    let (mine, others) = (lines(one), lines(other))
    return mine.filter { $0.value > others[$0.key, default: 0] }.keys.sorted().prefix(20).map { $0 }
  }

  private func lines(_ package: SolutionPackage) -> [String: Int] {
    guard let frame = package.frame else { return [:] }
    var lines: [String: Int] = [:]
    for root in [frame.manifest, frame.customizations] {
      for element in [root] + Array(root.descendants) {
        var path: [String] = []
        var at: XMLElement? = element
        while let here = at {
          path.insert(here.name, at: 0)
          at = here.parent
        }
        let attributes = element.attributes.map { "\($0.name)=\($0.value)" }.sorted()
        lines["\(path.joined(separator: "/")) \(attributes) \(element.text)", default: 0] += 1
      }
    }
    for component in package.components where component.location.file != "customizations.xml" {
      lines["component \(component.id) \(component.definition.hash)", default: 0] += 1
    }
    for part in frame.files.values
    where !part.path.hasSuffix(".xml") && !part.path.hasSuffix("values.json") {
      lines["file \(part.path) \(part.digest)", default: 0] += 1
    }
    return lines
  }
}

extension TestEnvironment {
  func take(_ package: SolutionPackage, _ bytes: [UInt8]) async throws {
    try await lifecycle.perform(
      .importing(
        [Request.Archive(package: package, bytes: bytes)],
        PlanOptions(assumesPresent: true, publishes: true)
      ),
      consent: .all
    )
  }
}
