package import Solutions

/// `rows TABLE keys --json`.
package struct KeysShape: Shape {
  package static let format = "strata.keys"

  package struct Item: Codable, Sendable {
    package let name: String
    package let columns: [String]
    package let isActive: Bool
    /// Why it is not active.
    @Nullable package var failure: String?
  }

  package let table: String
  package let keys: [Item]

  package init(_ table: String, _ keys: [(key: Table.AlternateKey, failure: String?)]) {
    self.table = table
    self.keys = keys.map { key, failure in
      Item(name: key.name, columns: key.columns, isActive: failure == nil, failure: failure)
    }
  }
}
