import EnvironmentSupport
import Foundation
import SolutionPackages
import SolutionStore
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
    #expect(original.lost(in: package) == [])
    #expect(package.lost(in: original) == [])
    let two = try await TestEnvironment()
    try await two.take(package, archive.bytes)
    let (before, after) = (try await one.whole(), try await two.whole())
    #expect(before.fingerprint == after.fingerprint)
    #expect(differences(before, after) == [])
    // And so for ever.
    let third = try await two.lifecycle.ask(ExportQuestion(of: original.name))
    #expect(third?.archive?.bytes == archive.bytes)
  }

  @Test(
    "A solution among others is exported as from all that is there, though only its own part is read"
  )
  func slices() async throws {
    let environment = try await TestEnvironment()
    for name in Corpus.packages where name.hasSuffix(".zip") {
      let package = try Corpus.read(name)
      let bytes = try Repository.bytes("\(Corpus.folder)/\(name)")
      do {
        try await environment.take(package, bytes)
      } catch LifecycleError.refused {
        // A twin, an older version, or what another publisher has.
      }
    }
    let state = try await environment.whole()
    var compared = 0
    for solution in state.solutions.values.sorted(by: { $0.name < $1.name }) {
      let (whole, slice) = try await environment.lifecycle.beneath.read { store in
        (try store.whole(), try store.slice(exporting: solution.name) { [] })
      }
      #expect(slice.stacks.count < whole.stacks.count)
      for form in [Export.Form.unmanaged, .managed] {
        let packages = try await environment.lifecycle.beneath.read { store in
          try PackageReader().readAhead(try store.keptArchives(of: solution.name))()
        }
        func export(_ state: InstalledState) throws -> [String] {
          let export =
            solution.isManaged
            ? Export(ofActiveLayerOver: solution, on: state, kinds: .standard)
            : Export(of: solution, on: state, from: packages, as: form, kinds: .standard)
          let entries = export.entries.map { "\($0.component.id) \($0.component.definition.hash)" }
          let needs = export.needs.map { need in
            switch need {
            case .read(let element): "read \(element.number)"
            case .made(let need): "\(need)"
            }
          }
          return entries + needs + export.findings.map { "\($0.code) \($0.message) \($0.because)" }
        }
        #expect(try export(slice) == export(whole), "\(solution.name)")
        compared += 1
      }
    }
    #expect(compared > 20)
  }

  /// Labels of cells that are the plural of a subgrid's table are blank in genuine managed exports as well; LY-506 speaks of
  /// columns alone.
  private static let known = ["PermitManagement 1.0.0.3": 1]

  @Test("LY-502 a managed export is the managed twin, or is refused for want of a base")
  func twins() async throws {
    let all = try Corpus.packages.filter { $0.hasSuffix(".zip") }.map { try Corpus.read($0) }
    let pairs = Dictionary(grouping: all) { "\($0.name) \($0.manifest.version)" }
    var refused: [String] = []
    var equal: [String] = []
    for (title, pair) in pairs.sorted(by: { $0.key < $1.key }) {
      guard let unmanaged = pair.first(where: { !$0.manifest.isManaged }),
        let twin = pair.first(where: { $0.manifest.isManaged })
      else { continue }
      let environment = try await TestEnvironment()
      let bytes = try Repository.bytes("\(Corpus.folder)/\(unmanaged.file)")
      try await environment.take(unmanaged, bytes)
      let question = ExportQuestion(of: unmanaged.name, as: .managed)
      let exported = try #require(try await environment.lifecycle.ask(question))
      guard let archive = exported.archive else {
        #expect(exported.export.findings.map(\.code) == ["strata.no-base-to-export"])
        refused.append(title)
        continue
      }
      let package = try PackageReader().read(archive.bytes, file: title)
      #expect(twin.lost(in: package).count == Self.known[title, default: 0], "\(title)")
      #expect(package.lost(in: twin).count == Self.known[title, default: 0], "\(title)")
      equal.append(title)
    }
    #expect(equal.count == 8)
    #expect(refused.count == 5)
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
