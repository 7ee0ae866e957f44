import EnvironmentSupport
import Lifecycle
import SQL
import SolutionStore
import Solutions
import Synchronization
import TestSupport
import Testing

/// Whoever asks may give up at any time.
@Suite("Cancellation", .everyBackend)
struct CancellationTests {
  /// What became of an operation whose task was cancelled at a statement.
  private enum End: Equatable {
    case cancelled
    case done
  }

  /// Does something and cancels it at a statement.
  private func cancelling(
    at statement: Int,
    of database: FaultyDatabase,
    _ body: @escaping @Sendable () async throws -> Void
  ) async throws -> End {
    let (gate, opening) = AsyncStream<Void>.makeStream()
    let task = Task {
      for await _ in gate { break }
      try await body()
    }
    database.fail(after: statement, .happening { task.cancel() })
    opening.yield()
    defer { database.mend() }
    do {
      try await task.value
      return .done
    } catch is CancellationError {
      return .cancelled
    }
  }

  @Test(
    "Cancelled before anything is changed, nothing is, and the attempt says so; later it is done",
    arguments: VerbStory.all
  )
  func everyStatement(story: VerbStory) async throws {
    var environment = try await story.environment()
    let before = try await environment.whole()
    let request = try story.request()
    let expected = before.applying(try await environment.lifecycle.plan(request))
    var ends: [End] = []
    var isOver = false
    // Every third, as each takes an operation.
    for statement in stride(from: 0, to: 10_000, by: 3) where !isOver {
      let (lifecycle, database) = try await environment.faulty()
      let happened = Flag()
      let end = try await cancelling(at: statement, of: database) {
        try await lifecycle.perform(request, consent: .all)
        happened.set()
      }
      #expect(happened.isSet == (end == .done))
      let attempt = try await lifecycle.standing().lastAttempt
      switch end {
      case .cancelled:
        #expect(try await environment.whole() == before, "statement \(statement)")
        #expect(attempt?.outcome == .cancelled, "statement \(statement)")
        #expect(attempt?.message == "cancelled; nothing was changed")
        #expect(!ends.contains(.done), "what was past the last checkpoint stays past it")
      case .done:
        #expect(try await environment.whole().fingerprint == expected.fingerprint)
        #expect(attempt?.outcome == .done)
        // A few statements past the last checkpoint, and the end.
        isOver = ends.count { $0 == .done } == 3
        environment = try await story.environment()
      }
      ends.append(end)
    }
    #expect(ends.contains(.cancelled))
    #expect(ends.count { $0 == .done } == 4)
    #expect(try await environment.broken() == [])
  }

  @Test("Rows that come in, change or go are cancelled as a whole, at any statement before the end")
  func rows() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 30\ncolumn t.b nvarchar 30"
    )
    try await environment.write("a\none\ntwo\nthree", into: "t")
    let (lifecycle, database) = try await environment.faulty()
    let before = try await environment.text("t", "a", "b")
    let verbs: [@Sendable () async throws -> Void] = [
      { _ = try await lifecycle.importRows(TextRows("a\nfour\nfive"), into: "t", mode: .insert) },
      {
        _ = try await lifecycle.migrateRows(
          "t",
          [RowMapping(target: "b", source: "a")],
          replaces: true
        )
      },
      {
        _ = try await lifecycle.deleteRows(
          from: "t",
          where: { RowQuery($0.name) },
          isAgreed: true
        )
      },
    ]
    for (number, verb) in verbs.enumerated() {
      // In the transaction that begins the attempt: the first checkpoint of the next one ends it.
      let end = try await cancelling(at: 0, of: database, verb)
      #expect(end == .cancelled, "\(number)")
      #expect(try await environment.text("t", "a", "b") == before, "\(number)")
      #expect(try await lifecycle.standing().lastAttempt?.outcome == .cancelled)
    }
    #expect(try await lifecycle.ask(EnvironmentQuestion()).revision == 2)
  }

  @Test("Who waits for a turn and gives up leaves nothing, and the right to change goes on")
  func waiting() async throws {
    let environment = try await TestEnvironment()
    let claim = try #require(try await environment.lifecycle.beneath.database.claim(waiting: .zero))
    let lifecycle = environment.lifecycle.waiting(atMost: .seconds(60))
    let archive = try TestEnvironment.archive("X 1.0 by A\ntable t")
    let task = Task { try await lifecycle.perform(.importing([archive], PlanOptions())) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await environment.lifecycle.standing().lastAttempt == nil)
    withExtendedLifetime(claim) {}
  }
}

/// Set once, from anywhere.
private final class Flag: Sendable {
  private let value = Mutex(false)

  var isSet: Bool { value.withLock { $0 } }

  func set() { value.withLock { $0 = true } }
}
