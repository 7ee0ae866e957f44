internal import Clibpq
internal import SQL

extension SQLError.Reason {
  /// The only place where a code of PostgreSQL means anything; codes match their families.
  init(state: String, detail: String?) {
    switch state {
    case "23505": self = .notUnique(columns: Self.columns(in: detail))
    case "53100": self = .full
    case "25006": self = .readOnly
    case "42501": self = .noPrivilege
    case "55P03", "40001", "40P01": self = .locked
    case "57014": self = .interrupted
    case "57P01", "57P02", "57P03": self = .disconnected
    case "3D000", "3F000": self = .missing
    case "42P04", "42P06", "42P07", "42723": self = .exists
    case "58030", "58P01": self = .unreadable
    case "XX001", "XX002": self = .damaged
    case _ where state.hasPrefix("28"): self = .noPrivilege
    case _ where state.hasPrefix("08"): self = .disconnected
    case _ where state.hasPrefix("54"): self = .tooLarge
    default: self = .other
    }
  }

  /// `Key (a, "b~2")=(x, y) already exists.`, in whatever language; none for what is no plain column.
  private static func columns(in detail: String?) -> [String] {
    guard let detail, let start = detail.firstIndex(of: "("),
      let end = detail.firstRange(of: ")=(")?.lowerBound, start < end
    else { return [] }
    var columns: [String] = []
    for name in detail[detail.index(after: start)..<end].split(separator: ", ") {
      let isQuoted = name.hasPrefix("\"") && name.hasSuffix("\"") && name.utf8.count > 2
      guard isQuoted || !name.contains("(") else { return [] }
      columns.append(
        isQuoted
          ? String(name.dropFirst().dropLast()).replacing("\"\"", with: "\"") : String(name)
      )
    }
    return columns
  }

  /// What a person can do about it.
  var way: String? {
    switch self {
    case .full: "the disk of the server is full; nothing was changed"
    case .readOnly: "the server takes no changes; nothing was changed"
    case .unreadable: "the server could not read or write its disk; nothing was changed"
    case .damaged: "the database is damaged; its own tools show where"
    case .locked: "another program keeps a table locked; nothing was changed"
    case .disconnected: "nothing was changed; run the command again when the server can be reached"
    case .noPrivilege: "ask the owner of the schema for the right"
    default: nil
    }
  }
}

extension SQLError {
  /// What a result or, where there is none, the connection says.
  init(_ result: OpaquePointer?, on connection: OpaquePointer?, statement: String?) {
    func field(_ code: Character) -> String? {
      guard let result, let value = code.asciiValue,
        let text = PQresultErrorField(result, Int32(value))
      else { return nil }
      return String(cString: text)
    }
    let isLost = PQstatus(connection) == CONNECTION_BAD
    let state = field("C") ?? ""
    let own = Reason(state: state, detail: field("D"))
    let reason: Reason = isLost ? .disconnected : own
    var message = field("M") ?? String(cString: PQerrorMessage(connection))
    if state == "2BP01", let detail = field("D") { message += ": \(detail)" }
    message = message.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let lost = message.isEmpty ? "the connection was lost" : "the connection was lost: \(message)"
    self.init(
      reason,
      "the database: \(isLost ? lost : message)",
      code: state.isEmpty ? "08006" : state,
      statement: statement,
      way: reason.way
    )
  }
}
