internal import Clibpq
internal import SQL

/// A connection to a server, for one schema.
///
/// SAFETY: one transaction at a time has it, and within that one thread; `interrupt` alone is called from elsewhere, and
/// uses what the library makes for that.
final class Connection: @unchecked Sendable {
  private let handle: OpaquePointer
  private let canceller: OpaquePointer?
  /// The answer that is being read, where it is not at its end.
  private weak var reading: Answer?
  private var nameCount = 0

  /// - Throws: `.disconnected` and what the server says, without secrets.
  init(_ address: PostgreSQLAddress) throws(SQLError) {
    // What comes later counts, so the address has the last word on the first of them.
    let parameters = [
      ("connect_timeout", "10"), ("dbname", address.server), ("client_encoding", "UTF8"),
      ("fallback_application_name", "strata"),
    ]
    let connected = Self.withCStrings(parameters.map(\.0) + parameters.map(\.1)) { texts in
      let count = parameters.count
      return PQconnectdbParams(Array(texts[..<count]) + [nil], Array(texts[count...]) + [nil], 1)
    }
    guard let connected else { throw SQLError(.other, "there is no memory for a connection") }
    guard PQstatus(connected) == CONNECTION_OK else {
      let message = address.concealed(String(cString: PQerrorMessage(connected)))
      PQfinish(connected)
      throw Self.unreachable(address, message)
    }
    // Notices are for people at a terminal of the database.
    PQsetNoticeProcessor(connected, { _, _ in }, nil)
    handle = connected
    canceller = PQgetCancel(connected)
    let encoding = PQparameterStatus(connected, "server_encoding").map { String(cString: $0) }
    guard encoding == "UTF8" else {
      throw SQLError(
        .foreign,
        "the database of \(address.location) keeps texts as \(encoding ?? "nobody knows what")",
        way: "make one with the encoding UTF8"
      )
    }
    guard PQserverVersion(connected) >= Self.versionMin else {
      throw SQLError(
        .foreign,
        "the server of \(address.location) is older than PostgreSQL \(Self.versionMin / 10_000)"
      )
    }
  }

  private static let versionMin: Int32 = 130_000

  /// The library tells some of it by words alone.
  private static func unreachable(_ address: PostgreSQLAddress, _ message: String) -> SQLError {
    let isRefused = ["password", "authentication", "pg_hba.conf"].contains { message.contains($0) }
    return SQLError(
      isRefused ? .noPrivilege : .disconnected,
      "cannot connect to \(address.location): \(message)",
      way: isRefused
        ? "the password stands in ~/.pgpass or PGPASSWORD, as for psql"
        : "strata connects as psql does: try psql with the same address, without schema="
    )
  }

  deinit {
    PQfreeCancel(canceller)
    PQfinish(handle)
  }

  /// Of the server, as `150004`.
  var version: Int32 { PQserverVersion(handle) }

  var isAlive: Bool { PQstatus(handle) == CONNECTION_OK }

  /// Ends what the server does for this connection; called from any thread.
  func interrupt() {
    var message = [CChar](repeating: 0, count: 256)
    _ = PQcancel(canceller, &message, Int32(message.count))
  }

  // MARK: Running

  /// Several statements of ours, without values.
  func run(_ script: String) throws(SQLError) {
    settle()
    try Reply(PQexec(handle, script)).check(on: handle, script)
  }

  /// The tag that a statement without values ends with.
  func tag(of statement: String) throws(SQLError) -> String {
    settle()
    let reply = Reply(PQexec(handle, statement))
    try reply.check(on: handle, statement)
    return reply.tag
  }

  @discardableResult
  func run(_ rendered: SQLText.Rendered) throws(SQLError) -> Reply {
    settle()
    let parameters = try Parameters(rendered.values)
    let reply = Reply(
      parameters.withPointers { types, values, lengths, formats in
        PQexecParams(
          handle,
          rendered.text,
          Int32(rendered.values.count),
          types,
          values,
          lengths,
          formats,
          1
        )
      }
    )
    try reply.check(on: handle, rendered.text)
    return reply
  }

  /// Begins to read an answer row by row.
  func read(_ rendered: SQLText.Rendered) throws(SQLError) -> Answer {
    settle()
    let parameters = try Parameters(rendered.values)
    let isSent = parameters.withPointers { types, values, lengths, formats in
      PQsendQueryParams(
        handle,
        rendered.text,
        Int32(rendered.values.count),
        types,
        values,
        lengths,
        formats,
        1
      )
    }
    guard isSent == 1, PQsetSingleRowMode(handle) == 1 else {
      throw SQLError(nil, on: handle, statement: rendered.text)
    }
    let answer = Answer(handle, rendered.text)
    reading = answer
    return answer
  }

  /// What an answer still has to say is kept for later: the connection says one thing at a time.
  private func settle() { reading?.settle() }

  // MARK: Prepared

  /// - Returns: what it is called from now on, in this session of the server.
  func prepare(_ rendered: SQLText.Rendered) throws(SQLError) -> String {
    settle()
    nameCount += 1
    let name = "strata_\(nameCount)"
    let types =
      Array(repeating: Wire.TypeID.none, count: rendered.argumentCount)
      + (try Parameters(rendered.values).types)
    let reply = Reply(PQprepare(handle, name, rendered.text, Int32(types.count), types))
    try reply.check(on: handle, rendered.text)
    return name
  }

  func run(prepared name: String, _ text: String, _ values: [SQLValue]) throws(SQLError) -> Reply {
    settle()
    let parameters = try Parameters(values)
    let reply = Reply(
      parameters.withPointers { _, pointers, lengths, formats in
        PQexecPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
      }
    )
    try reply.check(on: handle, text)
    return reply
  }

  /// Runs that are sent together; the server passes over those behind one that fails.
  ///
  /// - Throws: why the first of them failed.
  func run(
    prepared name: String,
    _ text: String,
    each runs: [[SQLValue]]
  ) throws(SQLError) -> [Reply] {
    settle()
    var sets: [Parameters] = []
    for values in runs { sets.append(try Parameters(values)) }
    guard PQenterPipelineMode(handle) == 1 else {
      throw SQLError(nil, on: handle, statement: text)
    }
    var failure: SQLError?
    var sent = 0
    for (parameters, values) in zip(sets, runs) {
      let isSent = parameters.withPointers { _, pointers, lengths, formats in
        PQsendQueryPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
      }
      guard isSent == 1 else {
        failure = SQLError(nil, on: handle, statement: text)
        break
      }
      sent += 1
    }
    PQpipelineSync(handle)
    var replies: [Reply] = []
    for _ in 0..<sent {
      // Behind each answer the library says once that there is no more of it.
      while let answer = PQgetResult(handle) {
        let reply = Reply(answer)
        do throws(SQLError) {
          try reply.check(on: handle, text)
          replies.append(reply)
        } catch {
          failure = failure ?? error
        }
      }
    }
    // The mark that all have been answered.
    while let mark = PQgetResult(handle) { PQclear(mark) }
    let isOver = PQexitPipelineMode(handle) == 1
    if let failure { throw failure }
    guard isOver, replies.count == runs.count else {
      throw SQLError(nil, on: handle, statement: text)
    }
    return replies
  }

  /// Gives back what was prepared.
  func forget() throws(SQLError) {
    guard nameCount > 0 else { return }
    try run("DEALLOCATE ALL")
    nameCount = 0
  }

  // MARK: Copying

  /// - Parameter fill: gives what goes to the server, until it has no more.
  func copy(
    _ statement: String,
    _ fill: (inout [UInt8]) throws(SQLError) -> Bool
  ) throws(SQLError) {
    settle()
    let begun = Reply(PQexec(handle, statement))
    guard begun.status == PGRES_COPY_IN else {
      throw SQLError(begun.handle, on: handle, statement: statement)
    }
    var buffer = Wire.copyBeginning
    var failure: SQLError?
    do throws(SQLError) {
      var hasMore = true
      while hasMore {
        hasMore = try fill(&buffer)
        if !hasMore { buffer += Wire.copyEnd }
        try put(buffer, statement)
        buffer.removeAll(keepingCapacity: true)
      }
    } catch {
      failure = error
    }
    _ = failure == nil ? PQputCopyEnd(handle, nil) : PQputCopyEnd(handle, "given up")
    while let reply = PQgetResult(handle) {
      let reply = Reply(reply)
      if failure == nil, reply.status != PGRES_COMMAND_OK {
        failure = SQLError(reply.handle, on: handle, statement: statement)
      }
    }
    if let failure { throw failure }
  }

  private func put(_ bytes: [UInt8], _ statement: String) throws(SQLError) {
    let isPut = bytes.withUnsafeBytes { buffer in
      PQputCopyData(
        handle,
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
        Int32(buffer.count)
      )
    }
    guard isPut == 1 else { throw SQLError(nil, on: handle, statement: statement) }
  }

  private static func withCStrings<Value>(
    _ texts: [String],
    _ body: ([UnsafePointer<CChar>?]) -> Value
  ) -> Value {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in texts {
      starts.append(bytes.count)
      bytes += text.utf8CString
    }
    return bytes.withUnsafeBufferPointer { buffer in
      body(starts.map { start in buffer.baseAddress.map { $0 + start } })
    }
  }
}
