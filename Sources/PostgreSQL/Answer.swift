internal import Clibpq
internal import SQL

/// What the library says to a statement.
final class Reply {
  let handle: OpaquePointer?

  init(_ handle: OpaquePointer?) { self.handle = handle }

  deinit { PQclear(handle) }

  var status: ExecStatusType { PQresultStatus(handle) }

  var tag: String { PQcmdStatus(handle).map { String(cString: $0) } ?? "" }

  var count: Int { Int(PQntuples(handle)) }

  var names: [String] {
    (0..<PQnfields(handle)).map { PQfname(handle, $0).map { String(cString: $0) } ?? "" }
  }

  /// - Throws: where it is a failure.
  func check(on connection: OpaquePointer, _ statement: String) throws(SQLError) {
    guard [PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_SINGLE_TUPLE].contains(status) else {
      throw SQLError(handle, on: connection, statement: statement)
    }
  }

  func row(_ row: Int, names: [String]) throws(SQLError) -> SQLRow {
    var values: [SQLValue] = []
    values.reserveCapacity(names.count)
    for column in 0..<PQnfields(handle) {
      guard PQgetisnull(handle, Int32(row), column) == 0,
        let start = PQgetvalue(handle, Int32(row), column)
      else {
        values.append(.null)
        continue
      }
      let bytes = UnsafeRawBufferPointer(
        start: start,
        count: Int(PQgetlength(handle, Int32(row), column))
      )
      values.append(try Wire.value(bytes, of: PQftype(handle, column)))
    }
    return SQLRow(values, names: names)
  }
}

/// An answer that is read row by row.
///
/// A connection says one thing at a time: where another statement runs meanwhile, the rest is kept here first.
final class Answer {
  private let connection: OpaquePointer
  private let statement: String
  private var names: [String]?
  private var kept: [Reply] = []
  private var failure: SQLError?
  private var isAtEnd = false

  init(_ connection: OpaquePointer, _ statement: String) {
    self.connection = connection
    self.statement = statement
  }

  /// nil where there is none any more.
  func next() throws(SQLError) -> SQLRow? {
    if kept.isEmpty, !isAtEnd { take() }
    guard let reply = kept.popLast() else {
      if let failure { throw failure }
      return nil
    }
    let names = self.names ?? reply.names
    self.names = names
    return try reply.row(0, names: names)
  }

  /// Keeps what is still to come.
  func settle() {
    guard !isAtEnd else { return }
    kept.reverse()
    while !isAtEnd { take() }
    kept.reverse()
  }

  /// Passes over what is still to come.
  func end() {
    while !isAtEnd {
      take()
      kept = []
    }
  }

  /// The next one of the server goes to the end of what is kept.
  private func take() {
    guard let handle = PQgetResult(connection) else {
      isAtEnd = true
      return
    }
    let reply = Reply(handle)
    switch reply.status {
    case PGRES_SINGLE_TUPLE: kept.append(reply)
    // What ends the rows has none; once more there comes nothing.
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK: take()
    default:
      failure = SQLError(handle, on: connection, statement: statement)
      take()
    }
  }
}
