import EnvironmentSupport
import Lifecycle
import SQL
import SolutionStore
import Solutions
import TestSupport
import Testing

/// The disk fails at every statement of every verb.
@Suite("Faults", .everyBackend)
struct FaultTests {
  @Test(
    "Whichever statement fails, nothing has changed, and the next try goes through",
    arguments: VerbStory.all
  )
  func everyStatement(story: VerbStory) async throws {
    let environment = try await story.environment()
    let before = try await environment.whole()
    let (lifecycle, database) = try await environment.faulty()
    let request = try story.request()
    let expected = before.applying(try await lifecycle.plan(request))
    var failures = 0
    // Each try begins a transaction on a server: there it is one statement of some.
    let step = Backend.current == .sqlite ? 1 : 13
    while true {
      database.fail(after: failures, failures.isMultiple(of: 2) ? .once : .lasting)
      do {
        try await lifecycle.perform(request, consent: .all)
        break
      } catch let error as SQLError {
        #expect(error.reason == .full)
      }
      database.mend()
      failures += step
      #expect(try await environment.whole() == before, "statement \(failures)")
      let attempt = try await lifecycle.standing().lastAttempt
      #expect(attempt?.outcome != .running, "statement \(failures)")
    }
    database.mend()
    #expect(failures > 20)
    #expect(try await environment.whole().fingerprint == expected.fingerprint)
    #expect(try await environment.broken() == [])
  }
}
