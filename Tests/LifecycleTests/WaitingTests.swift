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
    let database = BusyDatabase(environment.lifecycle.beneath.database, refusals: 3)
    let lifecycle = try await environment.lifecycle(on: database)
    let request = Request.importing([archive], PlanOptions())
    let error = await #expect(throws: LifecycleError.self) { try await lifecycle.perform(request) }
    #expect("\(try #require(error))".contains("(0x80071151)"))
    #expect(error?.remedy == .waitForTurn)
    #expect(database.refusals == 2)
    let done = try await lifecycle.waiting(atMost: .seconds(60)).perform(request)
    #expect(done.operation == 1)
    #expect(database.refusals == 0)
  }
}

/// An environment that others have for so many looks.
private final class BusyDatabase: SQLDatabase {
  private let database: any SQLDatabase
  private let left: Mutex<Int>

  init(_ database: any SQLDatabase, refusals: Int) {
    self.database = database
    left = Mutex(refusals)
  }

  var refusals: Int { left.withLock { $0 } }
  var location: String { database.location }
  var isWritable: Bool { database.isWritable }

  func read<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLReader) throws -> Value
  ) async throws -> Value {
    try await database.read(body)
  }

  func write<Value: Sendable>(
    _ body: @escaping @Sendable (any SQLSession) throws -> Value
  ) async throws -> Value {
    try await database.write(body)
  }

  func claim() throws(SQLError) -> (any SQLClaim)? {
    let isRefused = left.withLock { left in
      guard left > 0 else { return false }
      left -= 1
      return true
    }
    return isRefused ? nil : try database.claim()
  }

  func isClaimed() throws(SQLError) -> Bool? { try database.isClaimed() }
}
