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
    let reply = try run(arguments)
    return reply.count == 0 ? nil : try reply.row(0, names: reply.names)
  }

  private func run(_ arguments: [SQLValue]) throws(SQLError) -> Reply {
    precondition(
      arguments.count == rendered.argumentCount,
      "a statement is given all its arguments"
    )
    return try session.run(name, rendered.text, arguments + rendered.values, mayFail: mayFail)
  }
}
