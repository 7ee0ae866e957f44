import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// Damages of real use, each done to the packages that they were found with.
@Suite(
  "Cases: what undo rests on",
  .enabled(if: Cases.arePresent, "skipped: there are no cases beside the checkout")
)
struct ProofCaseTests {
  static let statements = [
    "DELETE FROM layer WHERE closed IS NOT NULL",
    """
    UPDATE definition SET content = x'3c782f3e' WHERE hash IN
      (SELECT definition FROM statement JOIN layer ON layer.statement = statement.id WHERE layer.closed IS NOT NULL)
    """,
    "UPDATE package SET content = x'00'",
    "UPDATE environment SET revision = 99",
    "DELETE FROM operation",
    "UPDATE solution SET role = 'x'",
  ]

  @Test("UN-2 undo-verify: no damage is sound, and none is rolled back over", arguments: statements)
  func damage(statement: String) async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    for tree in ["a-1.0", "a-2.0"] {
      let archive = Request.Archive(
        package: try Cases.read("undo-downgrade/\(tree)"),
        bytes: try Cases.zip("undo-downgrade/\(tree)")
      )
      try await lifecycle.perform(.importing([archive], PlanOptions()), consent: .all)
    }
    let former = try await environment.whole(at: 1)
    #expect(try await environment.broken() == [])
    try environment.damage(statement)
    let broken = try await environment.broken()
    #expect(broken != [])
    do {
      try await lifecycle.perform(.rollback(2), consent: .all)
      // Packages are not what a rollback leads back by.
      #expect(statement.hasPrefix("UPDATE package"))
      #expect(try await environment.whole().fingerprint == former.fingerprint)
    } catch is StoreError {
      #expect(try await environment.broken() == broken)
    }
  }
}
