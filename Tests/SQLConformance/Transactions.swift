import SQL
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

extension Conformance {
  static let transactions: [Case] = [
    Case(name: "A transaction that throws leaves no trace") { database in
      struct Thrown: Error {}
      try await database.write { try table($0) }
      do {
        try await database.write { session in
          try session.execute("INSERT INTO t (id) VALUES (1)")
          try session.execute("CREATE TABLE other (id BIGINT)")
          throw Thrown()
        }
        throw Broken(description: "nothing was thrown")
      } catch is Thrown {}
      try await database.read { reader in
        try expect(try values(of: "id", reader), [])
        try expect(try reader.columns(of: "other"), [])
      }
    },
    Case(name: "What fails apart is no reason why the rest cannot be read or written") { database in
      try await database.write { session in
        try table(session)
        for id in 1...2 {
          do {
            try session.apart { try session.execute("INSERT INTO nowhere (id) VALUES (1)") }
            throw Broken(description: "a table that is not there was written")
          } catch is SQLError {}
          try session.execute("INSERT INTO t (id) VALUES (\(id))")
        }
      }
      try await database.read { reader in
        do {
          _ = try reader.apart { try reader.row("SELECT 1 FROM nowhere") { _ in } }
          throw Broken(description: "a table that is not there was read")
        } catch is SQLError {}
        try expect(try values(of: "id", reader), [1, 2])
        try expect(try reader.apart { try values(of: "id", reader) }, [1, 2])
      }
    },
    Case(name: "Who reads sees one state while others write, and writes nothing") { database in
      try await database.write { session in
        try table(session)
        try session.execute("INSERT INTO t (id) VALUES (1)")
      }
      let (asked, told) = (Signal(), Signal())
      async let seen = database.read { reader in
        let before = try values(of: "id", reader)
        asked.give()
        told.wait()
        return [before, try values(of: "id", reader)]
      }
      await asked.given()
      try await database.write { try $0.execute("INSERT INTO t (id) VALUES (2)") }
      told.give()
      let both = try await seen
      try expect(both, [[1], [1]])
      let after = try await database.read { try values(of: "id", $0) }
      try expect(after, [1, 2])
    },
    Case(name: "A cancellation is heard at a checkpoint alone, and takes everything back") {
      database in
      try await database.write { try table($0) }
      let (begun, cancelled) = (Signal(), Signal())
      let task = Task {
        try await database.write { session in
          try session.execute("INSERT INTO t (id) VALUES (1)")
          begun.give()
          cancelled.wait()
          try session.execute("INSERT INTO t (id) VALUES (2)")
          try session.checkpoint()
        }
      }
      await begun.given()
      task.cancel()
      cancelled.give()
      do {
        try await task.value
        throw Broken(description: "a cancelled transaction went through")
      } catch is CancellationError {}
      let there = try await database.read { try values(of: "id", $0) }
      try expect(there, [])
      // Past the last checkpoint it is done.
      let late = Task {
        try await database.write { session in
          try session.checkpoint()
          try session.execute("INSERT INTO t (id) VALUES (3)")
        }
      }
      try await late.value
      let done = try await database.read { try values(of: "id", $0) }
      try expect(done, [3])
    },
    Case(name: "One has the claim, others are told, and it goes with its holder") { database in
      try expect(try database.isClaimed(), false)
      var claim = try await database.claim(waiting: .zero)
      try expect(claim == nil, false, "a claim that nobody has")
      try expect(try database.isClaimed(), true)
      let other = try await database.claim(waiting: .milliseconds(80))
      try expect(other == nil, true, "a claim that somebody has")
      // Who has it reads and writes, and so do others.
      try await database.write { try table($0) }
      withExtendedLifetime(claim) {}
      claim = nil
      let next = try await database.claim(waiting: .seconds(10))
      try expect(next == nil, false, "a claim that was given back")
      withExtendedLifetime(next) {}
    },
    Case(name: "Its parts are compacted, and all is there afterwards") { database in
      try await database.write { session in
        try table(session)
        try session.execute("INSERT INTO t (id) VALUES (1)")
      }
      let size = try await database.compact()
      try expect(size.before > 0 && size.after > 0, true, "the size of something")
      let there = try await database.read { try values(of: "id", $0) }
      try expect(there, [1])
    },
  ]
}

/// Something that one waits for and another gives.
final class Signal: Sendable {
  private let isGiven = Mutex(false)

  func give() { isGiven.withLock { $0 = true } }

  /// On a thread that may wait.
  func wait() {
    while !isGiven.withLock({ $0 }) { usleep(1000) }
  }

  func given() async {
    while !isGiven.withLock({ $0 }) { await Task.yield() }
  }
}
