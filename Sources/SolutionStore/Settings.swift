internal import SQL
package import Solutions

extension StoreReader {
  /// The operation that gave a component its state, value or connection; nil where it has none.
  package func settingOperation(of id: ComponentID, at revision: Int? = nil) throws -> Int? {
    guard let number = try numbers(of: [id])[id] else { return nil }
    let condition = Moment(revision: revision).condition("setting")
    return try sql.row(
      "SELECT opened FROM setting WHERE component = \(number) AND \(condition)"
    ) { try $0.integer(0) }
  }

  /// The slice that switching components on or off looks at: they, and what they name.
  package func surroundings(of ids: Set<ComponentID>) throws -> InstalledState {
    let named = try part(ids).stacks.values.flatMap { $0.references(kinds).map(\.target) }
    return try part(ids.union(named))
  }
}
