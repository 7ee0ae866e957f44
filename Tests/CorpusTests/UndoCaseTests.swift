import EnvironmentSupport
import Lifecycle
import SolutionPackages
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Faults of the ways back, in the small packages that show them.
@Suite(
  "Cases: ways back",
  .enabled(if: Cases.arePresent, "the cases are not beside the checkout")
)
struct UndoCaseTests {
  private func archive(_ tree: String) throws -> Request.Archive {
    Request.Archive(package: try Cases.read(tree), bytes: try Cases.zip(tree))
  }

  /// Imports trees one after the other; the last one as chosen.
  private func environment(
    _ trees: String...,
    choice: PlanOptions.Choice = .auto
  ) async throws -> (TestEnvironment, fingerprints: [String]) {
    let environment = try await TestEnvironment()
    var fingerprints: [String] = []
    for (index, tree) in trees.enumerated() {
      let options = PlanOptions(
        choice: index == trees.count - 1 ? choice : .auto,
        assumesPresent: true,
        isStrict: true
      )
      try await environment.lifecycle.perform(
        .importing([try archive(tree)], options),
        consent: .all
      )
      fingerprints.append(try await environment.whole().fingerprint)
    }
    return (environment, fingerprints)
  }

  @Test("PF-215 undo-members: rollback and discard lead to the fingerprint of operation 1")
  func members() async throws {
    for choice in [PlanOptions.Choice.auto, .stage] {
      let (environment, fingerprints) = try await environment(
        "undo-members/a-1.0",
        "undo-members/a-1.1",
        choice: choice
      )
      try await environment.lifecycle.perform(.rollback(2), consent: .all)
      let (state, broken) = try await environment.verified()
      #expect(state.solutions.values.first?.members.count == 5)
      #expect(state.fingerprint == fingerprints[0])
      #expect(broken == [])
    }
  }

  @Test(
    "LC-414 undo-members, undo-discard, undo-rests: a staged upgrade can be given up",
    arguments: ["undo-members", "undo-discard", "undo-rests"]
  )
  func discard(folder: String) async throws {
    let (environment, fingerprints) = try await environment(
      "\(folder)/a-1.0",
      "\(folder)/a-1.1",
      choice: .stage
    )
    let name = try #require(SolutionName("A"))
    try await environment.lifecycle.perform(.discardUpgrade(name), consent: .all)
    let (state, broken) = try await environment.verified()
    #expect(state.fingerprint == fingerprints[0])
    #expect(broken == [])
  }

  @Test("LC-408 undo-rests: nothing is left of what was assumed for a solution that goes")
  func rests() async throws {
    let (environment, _) = try await environment("undo-rests/a-1.1")
    let name = try #require(SolutionName("A"))
    try await environment.lifecycle.perform(.uninstall(name), consent: .all)
    #expect(try await environment.whole().stacks.isEmpty)
  }

  @Test("undo-rests: a rollback's plan is the inverse of the import's")
  func inverse() async throws {
    let (environment, _) = try await environment("undo-rests/a-1.0", "undo-rests/a-1.1")
    let plan = try await environment.lifecycle.plan(.rollback(2))
    #expect(plan.changes.map(\.action) == [.delete, .dereference, .dereference])
    #expect(plan.deletions(without: .none).map(\.name) == ["contact.smp_y"])
  }

  @Test("LC-500 undo-downgrade: values come back with the column")
  func values() async throws {
    let (environment, _) = try await environment("undo-downgrade/a-1.0")
    let options = PlanOptions(
      choice: .upgrade,
      isStrict: true,
      allowsLowerVersion: true,
      dropped: .returned(Trashed())
    )
    for tree in ["a-2.0", "a-1.0"] {
      try await environment.lifecycle.perform(
        .importing([try archive("undo-downgrade/\(tree)")], options),
        consent: .all
      )
    }
    let history = try await environment.lifecycle.beneath.read { try $0.history(limit: 1) }
    #expect(history.first?.record.title == "downgrade A 2.0 → 1.0")
    #expect(try await environment.broken() == [])
  }

  @Test("LC-900 plans-downgrade: the program goes down only")
  func downgrade() async throws {
    let (environment, _) = try await environment("plans-downgrade/v1", "plans-downgrade/v2")
    let program = try #require(Program.strata)
    func downgrade() throws -> Program.Result {
      try #require(
        Program.run(
          program,
          ["downgrade", "Base", "--env", environment.path, "--allow-destroy", "all"]
        )
      )
    }
    let first = try downgrade()
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("Downgrade Base 2.0.0.0 → 1.0.0.0"))
    let second = try downgrade()
    #expect(second.status == 4)
    #expect(second.errors.contains("kept here: 2.0.0.0, 1.0.0.0"))
  }
}

@Suite(
  "Install and uninstall of real packages",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct UninstallCorpusTests {
  @Test(
    "LC-408 uninstall after install is identity, what was assumed included",
    arguments: Corpus.packages
  )
  func identity(name: String) throws {
    let package = try Corpus.read(name)
    guard package.manifest.isManaged else { return }
    let options = PlanOptions(assumesPresent: true)
    let empty = InstalledState()
    let installed = empty.applying(Plan.importing([package], on: empty, options: options))
    let uninstall = Plan.uninstalling(package.name, on: installed)
    #expect(uninstall.findings.filter { $0.severity == .error } == [])
    #expect(installed.applying(uninstall).fingerprint == empty.fingerprint)
    // And its rollback is told as the install.
    let back = Plan.restoring(empty, on: installed, undoing: 1)
    #expect(installed.applying(back).fingerprint == empty.fingerprint)
  }
}
