internal import Solutions

/// A value of a row that lies in no table.
indirect enum Cell: Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case real(Double)
  case text(String)
  case guid(GUID)
  /// `2026-01-05T10:00:01Z`.
  case moment(String)
  case record(Record)
  case list([Cell])

  init(_ text: String?) { self = text.map { .text($0) } ?? .null }
  init(_ value: Bool?) { self = value.map { .boolean($0) } ?? .null }
  init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }
  init(_ id: GUID?) { self = id.map { .guid($0) } ?? .null }
  init(_ moment: Timestamp?) { self = moment.map { .moment($0.rowText) } ?? .null }

  func write(into json: inout JSONWriter) {
    switch self {
    case .null: json.raw("null")
    case .boolean(let value): json.raw(value ? "true" : "false")
    case .integer(let number): json.raw(String(number))
    case .real(let number): json.raw(number.isFinite ? number.description : "null")
    case .text(let text), .moment(let text): json.string(text)
    case .guid(let id): json.string(id.description)
    case .record(let record): json.object { record.write(into: &$0) }
    case .list(let cells): json.list { for cell in cells { cell.write(into: &$0) } }
    }
  }
}

/// A row that lies in no table: definitions, solutions, jobs.
struct Record: Sendable {
  /// Written whatever is selected: `@odata.type`, ids.
  var always: [(name: String, cell: Cell)]
  var cells: [(name: String, cell: Cell)]
  /// What is shown where it is asked for.
  var related: [(name: String, cell: Cell)]
  /// What the rows are called that lookups lead to, by the lookups.
  var called: [String: String] = [:]

  init(
    always: [(String, Cell)] = [],
    _ cells: [(String, Cell)],
    related: [(String, Cell)] = []
  ) {
    self.always = always.map { (name: $0.0, cell: $0.1) }
    self.cells = cells.map { (name: $0.0, cell: $0.1) }
    self.related = related.map { (name: $0.0, cell: $0.1) }
  }

  /// Whatever the case; nil where there is none.
  subscript(name: String) -> Cell? {
    func find(_ cells: [(name: String, cell: Cell)]) -> Cell? {
      cells.first { $0.name == name }?.cell
        ?? cells.first { $0.name.lowercased() == name.lowercased() }?.cell
    }
    return find(cells) ?? find(always) ?? find(related)
  }

  func write(into json: inout JSONWriter) {
    for (name, cell) in always + cells {
      json.name(name)
      cell.write(into: &json)
    }
  }
}

extension Record {
  /// By its version, or else by what it says.
  var etag: String {
    if case .integer(let version)? = self["versionnumber"] { return "W/\"\(version)\"" }
    var json = JSONWriter()
    json.object { write(into: &$0) }
    let mark = json.bytes.reduce(into: 2_166_136_261 as UInt32) { mark, byte in
      mark = (mark ^ UInt32(byte)) &* 16_777_619
    }
    return "W/\"\(mark)\""
  }

  /// What people read in place of a value, and which table a lookup leads to.
  func annotate(
    _ column: Column,
    of model: TableModel,
    as name: String,
    _ wanted: Preferences,
    into json: inout JSONWriter
  ) {
    let value = value(of: column)
    guard value != .null else { return }
    if wanted.wants(Annotation.formatted),
      let text = title(behind: column) ?? column.formatted(value)
    {
      json.member("\(name)@\(Annotation.formatted)", text)
    }
    if wanted.wants(Annotation.table), column.targets.count == 1 {
      json.member("\(name)@\(Annotation.table)", column.targets[0])
    }
    if wanted.wants(Annotation.navigation), let link = model.links(of: column.name).first {
      json.member("\(name)@\(Annotation.navigation)", link.property)
    }
  }

  /// What the row is called that a lookup leads to, where that is known.
  private func title(behind column: Column) -> String? {
    if let known = called[column.wire] { return known }
    guard column.targets.count == 1, case .record(let other)? = related(column.name),
      let name = ToldTables.model(column.targets[0])?.table.primaryName,
      case .text(let text)? = other[name]
    else { return nil }
    return text
  }

  private func related(_ name: String) -> Cell? {
    related.first { $0.name.lowercased() == name }?.cell
  }

  /// As rows of tables hold it.
  func value(of column: Column) -> RowValue {
    switch self[column.wire] {
    case .boolean(let value): .integer(value ? 1 : 0)
    case .integer(let number): .integer(Int64(number))
    case .real(let number): .real(number)
    case .text(let text), .moment(let text): .text(text)
    case .guid(let id): .text(id.description)
    case .null, .record, .list, nil: .null
    }
  }
}
