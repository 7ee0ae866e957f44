/// What a readable file says of a solution (docs/customize.md): the one way in which components are made and changed.
indirect enum Described: Sendable {
  case text(String)
  case list([Described])
  case pairs([(name: String, value: Described)])

  static func yes(_ value: Bool) -> Described { .text(value ? "yes" : "no") }

  func write(into json: inout JSONWriter) {
    switch self {
    case .text(let text): json.string(text)
    case .list(let items): json.list { for item in items { item.write(into: &$0) } }
    case .pairs(let pairs):
      json.object {
        for (name, value) in pairs {
          $0.name(name)
          value.write(into: &$0)
        }
      }
    }
  }
}

/// What is to become of a solution; JSON is a readable file, too.
struct Description: Sendable {
  /// By name, what is said of a table; the same of columns, keys and so on stands in it.
  var tables: [(name: String, said: Described)] = []
  var choices: [(name: String, said: Described)] = []
  var relationships: [(name: String, said: Described)] = []
  var roles: [(name: String, said: Described)] = []
  /// `KIND:KEY`.
  var removed: [String] = []

  /// - Parameter solution: that lists what is made and changed.
  func text(in solution: String) -> String {
    var pairs: [(name: String, value: Described)] = [("solution", .text(solution))]
    for (name, entries) in [
      ("choices", choices), ("tables", tables), ("relationships", relationships),
      ("roles", roles),
    ] where !entries.isEmpty {
      pairs.append((name, .pairs(entries.map { (name: $0.name, value: $0.said) })))
    }
    if !removed.isEmpty { pairs.append(("remove", .list(removed.map { .text($0) }))) }
    var json = JSONWriter()
    Described.pairs(pairs).write(into: &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  /// Parts of one table: `columns` or `keys`.
  static func parts(
    _ section: String,
    of table: String,
    _ parts: [(name: String, said: Described)]
  ) -> Description {
    let entries = parts.map { (name: $0.name, value: $0.said) }
    return Description(tables: [(table, .pairs([(section, .pairs(entries))]))])
  }
}
