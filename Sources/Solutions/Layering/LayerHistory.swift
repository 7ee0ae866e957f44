/// What one solution has said of a component, over the operations of an environment.
package struct LayerHistory: Equatable, Sendable {
  package struct Statement: Equatable, Sendable {
    package let definition: Definition
    /// The operation that wrote it.
    package let operation: Int
    /// Of the solution after that operation; nil for the unmanaged layer.
    package let version: String?

    package init(definition: Definition, operation: Int, version: String?) {
      self.definition = definition
      self.operation = operation
      self.version = version
    }
  }

  /// Oldest first, without a gap up to now; a layer that goes and comes again begins anew.
  package let statements: [Statement]

  package init(_ statements: [Statement]) { self.statements = statements }

  /// For each of some properties, the statement since which it has had the value that it has now.
  package func origins(of paths: [String]) -> [String: Statement] {
    guard let last = statements.last else { return [:] }
    let spelled = Properties.alike(statements.map(\.definition))
    /// A layer may spell a path without the keys that others need; then what is around it tells.
    func values(at path: String) -> [String?] {
      var path = path[...]
      while true {
        let values = spelled.map { $0?.value(at: String(path)) }
        guard values.last == .some(nil), let cut = path.lastIndex(where: { $0 == "/" || $0 == "@" })
        else { return values }
        path = path[..<cut]
      }
    }
    return Dictionary(
      paths.map { path in
        let values = values(at: path)
        let changed = values.lastIndex { $0 != values.last }
        return (path, changed.map { statements[$0 + 1] } ?? statements.first ?? last)
      }
    ) { first, _ in first }
  }
}
