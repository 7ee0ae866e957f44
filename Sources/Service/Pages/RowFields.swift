internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Solutions

/// One row as a form: a field for each column that can be written, by its type.
struct RowFields {
  let table: Table
  /// What is there now; nil for a new row.
  let row: Row?
  let header: RowHeader?
  /// What somebody has typed and is not saved; empty for a form that was just opened.
  var typed: [String: String] = [:]
  /// Whether the row is another one than the form was opened on.
  var isConflict = false
  /// By column.
  var problems: [String: String] = [:]
  /// Why nothing was saved.
  var problem: String?
  let mayWrite: Bool

  /// Columns that the environment writes itself.
  static let kept: Set<String> = [
    "versionnumber", "createdon", "createdby", "modifiedon", "modifiedby",
  ]

  /// A text that takes more than a line.
  private static let lineMax = 200

  /// As a row file has it; empty for no value, and for what is no text.
  func text(of column: Column) -> String {
    guard let header, let row,
      let place = header.columns.firstIndex(where: { $0.path.column == column.name })
    else { return "" }
    return column.text(of: row.values[place])
  }

  private func isWritten(_ column: Column) -> Bool {
    switch column.type {
    case .primaryKey, .file, .image, .other: false
    default: mayWrite && !column.isComputed && !Self.kept.contains(column.name)
    }
  }

  /// What the row is called first.
  var written: [Column] {
    let all = table.columns.filter { isWritten($0) }
    return all.filter { $0.name == table.primaryName } + all.filter { $0.name != table.primaryName }
  }

  /// Of the row that was looked at; nil for a new one.
  var version: String? {
    row == nil ? nil : table.column("versionnumber").map { text(of: $0) }
  }

  /// What is typed as a row file has it; nil where it is what is there.
  func changed(_ form: Form) -> [(column: String, text: String)] {
    written.compactMap { column in
      let fields = form.all("column:\(column.name)")
      guard !fields.isEmpty else { return nil }
      let typed: String
      if case .choices = column.type {
        typed = fields.filter { !$0.isEmpty }.joined(separator: ";")
      } else {
        // Browsers end lines as mail does.
        typed = (fields.last ?? "").replacing("\r\n", with: "\n")
      }
      let now = text(of: column).replacing("\r\n", with: "\n")
      return typed == now || isSame(typed, now, column) ? nil : (column.name, typed)
    }
  }

  /// Options in another order, or separated otherwise.
  private func isSame(_ typed: String, _ now: String, _ column: Column) -> Bool {
    guard case .choices = column.type else { return false }
    func options(_ text: String) -> Set<Substring> {
      Set(text.split(whereSeparator: { ",;".contains($0) }))
    }
    return options(typed) == options(now)
  }

  // MARK: Fields

  var fields: [[String: Any]] { written.map { field($0) } }

  /// What can be read and not written.
  var facts: [[String: Any]] {
    guard row != nil else { return [] }
    return table.columns.filter { !isWritten($0) }.compactMap { column in
      let text = text(of: column)
      guard !text.isEmpty else { return nil }
      let isFile = column.type.storage == .blob
      return [
        "label": title(of: column), "name": column.name,
        "value": isFile ? "a file; it is in an export" : text.shown(200),
      ]
    }
  }

  private func title(of column: Column) -> String { column.displayName ?? column.name }

  private func field(_ column: Column) -> [String: Any] {
    let now = text(of: column)
    let value = typed[column.name] ?? now
    var fields: [String: Any] = [
      "id": "column-\(column.name)", "name": "column:\(column.name)", "label": title(of: column),
      "logical": column.name, "value": FieldText(value), "hint": hint(column),
      "problem": problems[column.name].map { [$0] } ?? [],
      "now": isConflict && value != now ? [now.isEmpty ? "no value" : now.shown(200)] : [],
      "isArea": [Any](), "isSelect": [Any](), "isInput": [Any](),
    ]
    fields["isRequired"] = column.isSystemRequired && row != nil
    if let options = options(column, value) {
      var isSeveral = false
      if case .choices = column.type { isSeveral = true }
      fields["isSelect"] = [["options": options, "isSeveral": isSeveral] as [String: Any]]
    } else if isLong(column, value) {
      fields["isArea"] = [["rows": min(12, max(3, value.split(separator: "\n").count + 1))]]
    } else {
      fields["isInput"] = [["mode": mode(column)]]
    }
    return fields
  }

  private func isLong(_ column: Column, _ value: String) -> Bool {
    guard case .text(let lengthMax) = column.type else { return false }
    return value.contains("\n") || lengthMax.map { $0 > Self.lineMax } ?? true
  }

  /// Which keys a small screen shows.
  private func mode(_ column: Column) -> String {
    switch column.type {
    case .integer, .bigInteger: "numeric"
    case .decimal, .float: "decimal"
    default: "text"
    }
  }

  /// nil for what is no choice, or one whose options are not known here.
  private func options(_ column: Column, _ value: String) -> [[String: Any]]? {
    var numbers: [Int]
    var chosen = Set(value.split(whereSeparator: { ",;".contains($0) }).map(String.init))
    switch column.type {
    case .boolean:
      numbers = [0, 1]
      if let number = ["false": "0", "true": "1"][value] { chosen = [number] }
    case .choice(let known?), .choices(let known?): numbers = known
    default: return nil
    }
    // What is there may be from before, or typed by label.
    for text in chosen {
      if let number = Int(text), !numbers.contains(number) { numbers.append(number) }
    }
    let none: [[String: Any]] =
      column.type == .boolean || column.type.isOfOne
      ? [["value": "", "words": "no value", "isChosen": chosen.isEmpty]] : []
    return none
      + numbers.map { number in
        let words =
          column.titles[number]
          ?? (column.type == .boolean ? (number == 1 ? "yes" : "no") : "\(number)")
        return [
          "value": "\(number)", "words": words, "isChosen": chosen.contains("\(number)"),
        ]
      }
  }

  private func hint(_ column: Column) -> String {
    let rest =
      switch column.type {
      case .text(let lengthMax?): "at most \(lengthMax) characters"
      case .dateTime(.dateOnly): "as 2026-01-31"
      case .dateTime: "as 2026-01-31T09:30:00Z"
      case .lookup(let tables):
        tables.isEmpty ? "the id of a row" : "the id of a row of \(tables.joined(separator: ", "))"
      case .decimal(let places, _, _): "a number with at most \(places) places after the point"
      case .integer(let least?, let most?): "a whole number from \(least) to \(most)"
      case .integer, .bigInteger: "a whole number"
      case .float: "a number"
      case .uniqueIdentifier: "an id"
      case .choices: "several with Ctrl"
      default: ""
      }
    return column.autoNumber != nil && row == nil ? "left empty it is numbered" : rest
  }
}

/// What stands in a field and is sent back: as it is, since what is made visible would be written.
struct FieldText: CustomStringConvertible {
  let description: String

  init(_ text: String) { description = text }
}

extension ColumnType {
  fileprivate var isOfOne: Bool { if case .choice = self { true } else { false } }
}
