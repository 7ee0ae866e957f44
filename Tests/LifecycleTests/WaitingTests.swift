import EnvironmentSupport
import Lifecycle
import SQL
import SQLite
import SolutionStore
import Solutions
import Synchronization
import TestSupport
import Testing

/// One operation at a time, and who comes meanwhile.
@Suite("Waiting for one's turn")
struct WaitingTests {
  @Test("UN-10 who waits has its turn when the other is done; who does not is told so")
  func waiting() async throws {
    let environment = try await TestEnvironment()
    let archive = try TestEnvironment.archive("X 1.0 by A\ntable t")
    let database = environment.lifecycle.beneath.database
    let held = Mutex(try await database.claim(waiting: .zero))
    #expect(held.withLock { $0 != nil })
    let request = Request.importing([archive], PlanOptions())
    let error = await #expect(throws: LifecycleError.self) {
      try await environment.lifecycle.perform(request)
    }
    #expect("\(try #require(error))".contains("(0x80071151)"))
    #expect(error?.remedy == .waitForTurn)
    let patient = environment.lifecycle.waiting(atMost: .seconds(60))
    let task = Task { try await patient.perform(request).operation }
    try await Task.sleep(for: .milliseconds(120))
    held.withLock { $0 = nil }
    #expect(try await task.value == 1)
  }

  @Test("UN-10 the driver waits as long as it is told to, and no longer")
  func patience() async throws {
    let environment = try await TestEnvironment()
    let database = environment.lifecycle.beneath.database
    let claim = try #require(try await database.claim(waiting: .zero))
    let clock = ContinuousClock()
    for patience in [Duration.zero, .milliseconds(130)] {
      let begun = clock.now
      #expect(try await database.claim(waiting: patience) == nil)
      #expect(begun.duration(to: clock.now) >= patience)
    }
    withExtendedLifetime(claim) {}
  }

  @Test("UN-10 many who wait for one another all have their turn, and what they do is there")
  func many() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\ncolumn t.a int")
    // Longer than any machine is busy: what is measured is that each has a turn.
    let lifecycle = environment.lifecycle.waiting(atMost: .seconds(1_800))
    try await withThrowingTaskGroup { group in
      for number in 1...8 {
        group.addTask {
          _ = try await lifecycle.importRows(TextRows("a\n\(number)"), into: "t", mode: .insert)
        }
      }
      try await group.waitForAll()
    }
    #expect(try await environment.text("t", "a") == (1...8).map { "\($0)" }.joined(separator: "\n"))
  }
}
