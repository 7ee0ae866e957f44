internal import SQL

/// A statement that the server has read once.
final class PostgreSQLStatement: SQLStatement {
  private let name: String
  private let rendered: SQLText.Rendered
  private let mayFail: Bool
  private let session: PostgreSQLSession

  init(
    _ name: String,
    _ rendered: SQLText.Rendered,
    mayFail: Bool,
    in session: PostgreSQLSession
  ) {
    self.name = name
    self.rendered = rendered
    self.mayFail = mayFail
    self.session = session
  }

  func execute(_ arguments: [SQLValue]) throws(SQLError) { _ = try run(arguments) }

  func row(_ arguments: [SQLValue]) throws(SQLError) -> SQLRow? {
    try first(of: try run(arguments))
  }

  /// A turn to the server takes longer than a row: hundreds of them make it together.
  let runsAtOnce = 500

  func runEach(
    _ runs: [[SQLValue]],
    told: (Int, Result<SQLRow?, SQLError>) throws -> Void
  ) throws {
    precondition(mayFail, "a run that is refused ends the transaction")
    if let replies = try session.runAll(name, rendered.text, runs.map(bound)) {
      for (place, reply) in replies.enumerated() {
        try told(place, .success(try first(of: reply)))
      }
      return
    }
    // One of them is refused, and the server does not say which of the others would be.
    try runOneByOne(runs, told: told)
  }

  private func first(of reply: Reply) throws(SQLError) -> SQLRow? {
    reply.count == 0 ? nil : try reply.row(0, names: reply.names)
  }

  private func run(_ arguments: [SQLValue]) throws(SQLError) -> Reply {
    try session.run(name, rendered.text, bound(arguments), mayFail: mayFail)
  }

  private func bound(_ arguments: [SQLValue]) -> [SQLValue] {
    precondition(
      arguments.count == rendered.argumentCount,
      "a statement is given all its arguments"
    )
    return arguments + rendered.values
  }
}
