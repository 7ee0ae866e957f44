internal import SQL
package import Solutions

/// Something in a database is another program's, and would go with the environment.
package struct StrangersInside: ProseError, Equatable {
  let location: String
  let names: [String]

  package init(location: String, names: [String]) {
    self.location = location
    self.names = names
  }

  package var prose: Prose {
    let shown = names.prefix(5).joined(separator: ", ")
    return "\(location) holds what is another program's: \(shown)"
      + (names.count > 5 ? " and \(names.count - 5) more" : "") + "; nothing was changed"
      + "\n  → move it elsewhere first, or remove all of it with the tools of the database"
  }
}

extension StoreReader {
  /// Tables, views and triggers of other programs, sorted.
  package func strangers() throws -> [String] {
    try strangeObjects().sorted { $0.key < $1.key }.filter { $0.value != .index }.map(\.key)
  }
}
