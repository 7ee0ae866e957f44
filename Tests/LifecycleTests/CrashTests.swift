import EnvironmentSupport
import FoundationEssentials
import Lifecycle
import SQL
import SolutionStore
import Solutions
import TestSupport
import Testing

/// The program is killed at each of its steps; `scripts/crash-test` does more of this, and longer.
@Suite(
  "Crashes",
  .enabled(if: DebugProgram.path != nil, "there is no debug build of strata beside the tests")
)
struct CrashTests {
  /// In the order in which an operation passes them; the last is on the far side of the commit.
  static let steps = [
    "claimed", "attempt-begun", "planned", "components-numbered", "publishers-written",
    "solutions-written", "layers-written", "settings-written", "schema-change", "schema-written",
    "packages-kept", "history-written", "revision-raised", "before-commit", "committed",
  ]

  private func strata(_ words: [String], on environment: TestEnvironment, step: String? = nil)
    throws -> Program.Result
  {
    let program = try #require(DebugProgram.path)
    let failpoint = step.map { ["STRATA_FAILPOINT=\($0)"] } ?? []
    return try #require(
      Program.run("/usr/bin/env", failpoint + [program] + words + ["--env", environment.path])
    )
  }

  @Test(
    "Killed at any step, the state is the one before or after; nothing needs repair",
    arguments: VerbStory.all
  )
  func everyStep(story: VerbStory) async throws {
    let environment = try await story.environment()
    let lifecycle = environment.lifecycle
    let before = try await environment.whole()
    let expected = before.applying(try await lifecycle.plan(try story.request()))
    var files: [TestFile] = []
    let words = try story.words { archive in
      let file = TestFile()
      try Data(archive.bytes).write(to: URL(filePath: file.path))
      files.append(file)
      return file.path
    }
    let request = try story.request()
    for step in Self.steps where story.changesSchema || step != "schema-change" {
      let result = try strata(words, on: environment, step: step)
      #expect(result.status == 128 + 9, "\(step): \(result.output)\(result.errors)")
      let isDone = step == "committed"
      let state = try await environment.whole()
      #expect(state.fingerprint == (isDone ? expected : before).fingerprint, "\(step)")
      #expect(try await environment.broken() == [], "\(step)")
      let attempt = try await lifecycle.standing().lastAttempt
      if step != "claimed" {
        #expect(attempt?.outcome == (isDone ? .done : .interrupted), "\(step)")
        #expect(attempt?.title == request.title)
      }
      #expect(try lifecycle.beneath.database.isClaimed() == false)
    }
    // Nothing was lost on the way: it all goes back.
    let undo = try strata(["rollback", "--allow-destroy", "all"], on: environment)
    #expect(undo.status == 0, "\(undo.output)\(undo.errors)")
    #expect(try await environment.whole().fingerprint == before.fingerprint)
    #expect(try await environment.broken() == [])
    withExtendedLifetime(files) {}
  }

  @Test("Killed while it is created, an environment is created by the next try")
  func creation() async throws {
    let program = try #require(DebugProgram.path)
    let file = TestFile()
    // A file's size is limited, so that the transaction that creates the tables is cut off.
    for blocks in [0, 8, 32, 64] {
      let cut = "trap '' XFSZ; ulimit -f \(blocks); exec \(program) init --env \(file.path)"
      let result = try #require(Program.run("/bin/sh", ["-c", cut]))
      #expect(result.status == 1, "\(blocks): \(result.output)\(result.errors)")
    }
    #expect(Program.run(program, ["init", "--env", file.path])?.status == 0)
    #expect(try await file.open().beneath.read { try $0.verify() } == [])
  }
}
