internal import Dispatch
internal import SQL

extension PostgreSQLSession {
  /// Whoever waits for a lock lets nobody past: so it is asked for a moment only, again and again, and what was got
  /// of several is given back in between (docs/decisions/179).
  func reserve(_ tables: [String]) throws {
    guard !tables.isEmpty else { return }
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(patience))
    while true {
      do {
        try apart {
          try execute("SET LOCAL lock_timeout = 100")
          try execute("LOCK TABLE \(names: tables) IN ACCESS EXCLUSIVE MODE")
          try connection.run("SET LOCAL lock_timeout = \(max(1, Int(patience * 1000)))")
        }
        return
      } catch let error as SQLError where error.reason == .locked {
        guard clock.now < end else { throw try inTheWay(of: tables) ?? error }
        try checkpoint()
        Self.pause()
      }
    }
  }

  /// This thread waits for nobody else.
  private static func pause() {
    _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(.random(in: 200...400)))
  }

  /// Which table, and who reads it; nil where nobody does any more.
  private func inTheWay(of tables: [String]) throws -> SQLError? {
    let values = tables.map { SQLValue.text($0) }
    let found = try rows(
      """
      SELECT c.relname, l.pid, COALESCE(a.application_name, '') FROM pg_catalog.pg_locks AS l
      JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
      WHERE n.nspname = \(schema) AND c.relname IN \(list: values) AND l.granted
        AND l.pid <> pg_catalog.pg_backend_pid()
      ORDER BY c.relname, l.pid LIMIT 1
      """
    ) { (table: try $0.text(0), process: try $0.integer(1), program: try $0.text(2)) }
    return found.first.map { found in
      let program = found.program.isEmpty ? "another program" : found.program
      return SQLError(
        .locked,
        "the database: \(program) (process \(found.process) of the server) has been using the table \(found.table) all the while",
        way: "run the command again when it has done, or end it; nothing was changed"
      )
    }
  }
}
