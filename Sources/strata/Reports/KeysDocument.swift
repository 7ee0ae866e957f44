import Solutions

/// `rows TABLE keys --json`.
struct KeysDocument: Codable, Sendable {
  struct Item: Codable, Sendable {
    let name: String
    let columns: [String]
    let isActive: Bool
    /// Why it is not active.
    @Nullable var failure: String?
  }

  let format: String
  let formatVersion: Int
  let table: String
  let keys: [Item]

  init(_ table: String, _ keys: [(key: Table.AlternateKey, failure: String?)]) {
    format = "strata.keys"
    formatVersion = 1
    self.table = table
    self.keys = keys.map { key, failure in
      Item(name: key.name, columns: key.columns, isActive: failure == nil, failure: failure)
    }
  }

  func text(_ style: TextStyle) -> String {
    guard !keys.isEmpty else { return "No alternate keys.\n" }
    return keys.map { key in
      let state = key.failure.map { style("not active: \($0)", .yellow) } ?? style("active", .gray)
      return "\(style.bold(key.name))  \(key.columns.joined(separator: ", "))  \(state)\n"
    }.joined()
  }
}
