// The floor of the Web API: the same bytes from hand-written look-ups in the same file, behind the same HTTP library.
//
//     web-floor ENVIRONMENT PORT ROOT
//
// Answers `…/accounts(ID)` and `…/accounts?…`, of which it takes the page of `numberofemployees gt 50`. ROOT is what the
// service under test is called, so that the bytes are the same.

import GRDBSQLite
import HTTPTypes
import Hummingbird
import NIOCore
import Synchronization

/// A connection with its two statements.
final class Connection: @unchecked Sendable {
  private var row: OpaquePointer?
  private var page: OpaquePointer?

  private static let columns =
    "versionnumber, accountid, name, accountnumber, numberofemployees, telephone1"

  init(_ path: String) {
    var database: OpaquePointer?
    guard
      sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK
    else {
      fatalError("cannot open \(path)")
    }
    row = Self.prepare(database, "SELECT \(Self.columns) FROM data_account WHERE accountid = ?")
    page = Self.prepare(
      database,
      "SELECT \(Self.columns) FROM data_account WHERE numberofemployees > 50 ORDER BY accountid LIMIT 50"
    )
  }

  private static func prepare(_ database: OpaquePointer?, _ text: String) -> OpaquePointer? {
    var statement: OpaquePointer?
    guard
      sqlite3_prepare_v3(database, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        == SQLITE_OK
    else { fatalError("cannot prepare \(text)") }
    return statement
  }

  func row(_ id: Substring, _ root: String) -> [UInt8] {
    defer { sqlite3_reset(row) }
    _ = String(id).withCString { text in
      sqlite3_bind_text(row, 1, text, -1, unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
    guard sqlite3_step(row) == SQLITE_ROW else { return [] }
    var json = Array(
      "{\"@odata.context\":\"\(root)$metadata#accounts(name,accountnumber,numberofemployees,telephone1)/$entity\","
        .utf8
    )
    Self.write(row, into: &json)
    json.append(UInt8(ascii: "}"))
    return json
  }

  func page(_ root: String) -> [UInt8] {
    defer { sqlite3_reset(page) }
    var json = Array(
      "{\"@odata.context\":\"\(root)$metadata#accounts(name,accountnumber,numberofemployees,telephone1)\",\"value\":["
        .utf8
    )
    var isFirst = true
    while sqlite3_step(page) == SQLITE_ROW {
      if !isFirst { json.append(UInt8(ascii: ",")) }
      isFirst = false
      json.append(UInt8(ascii: "{"))
      Self.write(page, into: &json)
      json.append(UInt8(ascii: "}"))
    }
    json += "]}".utf8
    return json
  }

  /// What is written here holds no character that needs an escape.
  private static func write(_ statement: OpaquePointer?, into json: inout [UInt8]) {
    json += "\"@odata.etag\":\"W/\\\"\(sqlite3_column_int64(statement, 0))\\\"\"".utf8
    for (place, name) in [
      (1, "accountid"), (2, "name"), (3, "accountnumber"), (4, "numberofemployees"),
      (5, "telephone1"),
    ] {
      json += ",\"\(name)\":".utf8
      let column = Int32(place)
      switch sqlite3_column_type(statement, column) {
      case SQLITE_INTEGER: json += "\(sqlite3_column_int64(statement, column))".utf8
      case SQLITE_TEXT:
        json.append(UInt8(ascii: "\""))
        if let text = sqlite3_column_text(statement, column) {
          json += UnsafeBufferPointer(
            start: text,
            count: Int(sqlite3_column_bytes(statement, column))
          )
        }
        json.append(UInt8(ascii: "\""))
      default: json += "null".utf8
      }
    }
  }
}

/// Connections that nobody uses at the moment.
final class Pool: Sendable {
  private let path: String
  private let free = Mutex<[Connection]>([])

  init(_ path: String) { self.path = path }

  func with<Value>(_ body: (Connection) -> Value) -> Value {
    let connection = free.withLock { $0.popLast() } ?? Connection(path)
    defer { free.withLock { $0.append(connection) } }
    return body(connection)
  }
}

let words = CommandLine.arguments
guard words.count == 4, let port = Int(words[2]) else {
  fatalError("web-floor ENVIRONMENT PORT ROOT")
}
let (pool, root) = (Pool(words[1]), words[3])
let router = Router()
router.get("/**") { request, _ -> Response in
  let path = request.uri.path
  let bytes: [UInt8]
  if let open = path.firstIndex(of: "("), path.last == ")" {
    let id = path[path.index(after: open)...].dropLast()
    bytes = pool.with { $0.row(id, root) }
  } else {
    bytes = pool.with { $0.page(root) }
  }
  return Response(
    status: .ok,
    headers: [.contentType: "application/json; odata.metadata=minimal"],
    body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
  )
}
try await Application(
  router: router,
  configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port))
).runService()
