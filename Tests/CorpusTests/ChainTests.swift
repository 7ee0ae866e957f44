import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// All versions of one solution that the corpus has, in order.
struct Chain: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let files: [String]

  /// Chains of at least two versions, by name and managed flag; of one version only one package.
  static let all: [Chain] = {
    let packages = Corpus.packages.compactMap { try? Corpus.read($0) }
    let groups = Dictionary(grouping: packages) {
      "\($0.name)\($0.manifest.isManaged ? "" : " (unmanaged)")"
    }
    return groups.sorted { $0.key < $1.key }.compactMap { name, group in
      let versions = Dictionary(group.map { ($0.manifest.version, $0.file) }) { min($0, $1) }
      guard versions.count > 1 else { return nil }
      return Chain(
        testDescription: name,
        files: versions.sorted { $0.key < $1.key }.map(\.value)
      )
    }
  }()

  func archives() throws -> [Request.Archive] {
    try files.map { file in
      Request.Archive(
        package: try Corpus.read(file),
        bytes: try Repository.bytes("\(Corpus.folder)/\(file)")
      )
    }
  }
}

@Suite(
  "Chains of real packages in an environment",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct ChainTests {
  private static let options = PlanOptions(assumesPresent: true)

  /// What the corpus has of refusals: a column that becomes another type, a change of publisher (LC-106), and a
  /// connector that goes although the same solution goes on using it.
  private func isRefused(_ archive: Request.Archive) -> Bool {
    [
      "Dynamics365HigherEducationAccelerator_1_0_1_6.zip",
      "Dynamics365HigherEducationAccelerator_1_0_1_6_managed.zip",
      "Dynamics365HigherEducationAccelerator_4_0_3_0_managed.zip",
      "CenterofExcellenceAuditLogs_1_41_managed.zip",
    ].contains(archive.package.file)
  }

  @Test(
    "Install, upgrade to the last version, and back to nothing: sound after each step",
    arguments: Chain.all
  )
  func thereAndBack(chain: Chain) async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    var fingerprints = [try await environment.whole().fingerprint]
    for archive in try chain.archives() {
      let request = Request.importing([archive], Self.options)
      if isRefused(archive) {
        await #expect(throws: LifecycleError.self) {
          try await lifecycle.perform(request, consent: .all)
        }
      } else {
        let done = try await lifecycle.perform(request, consent: .all)
        #expect(done.operation == fingerprints.count)
        let (state, broken) = try await environment.verified()
        #expect(broken == [], "\(archive.package.file)")
        fingerprints.append(state.fingerprint)
      }
    }
    for operation in fingerprints.indices.dropFirst().reversed() {
      try await lifecycle.perform(.rollback(operation), consent: .all)
      let (state, broken) = try await environment.verified()
      #expect(state.fingerprint == fingerprints[operation - 1])
      #expect(broken == [], "rollback of \(operation)")
    }
    #expect(try await environment.whole().stacks.isEmpty)
  }

  @Test(
    "Stage and apply ends in the components and layers of an upgrade; discard in those before",
    arguments: Chain.all.filter {
      !$0.testDescription.hasSuffix("(unmanaged)")
        && $0.testDescription != "Dynamics365HigherEducationAccelerator"
        && $0.testDescription != "CenterofExcellenceAuditLogs"
    }
  )
  func twoPhases(chain: Chain) async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    func solutions() async throws -> [SolutionName: InstalledSolution] {
      let rows = try await lifecycle.beneath.read { try $0.solutions(at: nil) }
      return Dictionary(rows.map { ($0.name, $0) }) { first, _ in first }
    }
    let archives = try chain.archives()
    let (first, last) = try #require(archives.first.flatMap { a in archives.last.map { (a, $0) } })
    let name = first.package.name
    try await lifecycle.perform(.importing([first], Self.options), consent: .all)
    let before = try await environment.whole()

    var staging = Self.options
    staging.choice = .stage
    let stage = Request.importing([last], staging)
    try await lifecycle.perform(stage, consent: .all)
    #expect(Set(try await solutions().keys) == [name, name.holding])
    try await lifecycle.perform(.discardUpgrade(name), consent: .all)
    let discarded = try await environment.whole()
    #expect(discarded.solutions == before.solutions)
    #expect(discarded.fingerprint == before.fingerprint)

    try await lifecycle.perform(stage, consent: .all)
    let holding = try #require(try await solutions()[name.holding])
    try await lifecycle.perform(.applyUpgrade(name), consent: .all)
    let (applied, broken) = try await environment.verified()
    #expect(broken == [])
    #expect(Set(applied.solutions.keys) == [name])
    #expect(applied.solutions[name]?.id == holding.id)

    // All of it is undone at once, and the upgrade in one step leads to the same.
    try await lifecycle.perform(.rollback(2), consent: .all)
    try await lifecycle.perform(.importing([last], Self.options), consent: .all)
    let upgraded = try await environment.whole()
    #expect(upgraded.solutions[name]?.id == before.solutions[name]?.id)
    #expect(upgraded.solutions[name]?.members == applied.solutions[name]?.members)
    #expect(upgraded.spelledLayers == applied.spelledLayers)
    // The same again changes nothing, and is no operation.
    let again = try await lifecycle.perform(.importing([last], Self.options), consent: .all)
    #expect(again.operation == nil)
    #expect(again.plan.unchanged > 0)
  }
}

extension InstalledState {
  /// Each layer by what it says and where it stands; in which file that was read is left out.
  fileprivate var spelledLayers: [String] {
    stacks.flatMap { id, stack in
      stack.layers.map { "\($0.solution) \($0.rank) \(id.type) \(id.key) \($0.definition.hash)" }
    }.sorted()
  }
}
