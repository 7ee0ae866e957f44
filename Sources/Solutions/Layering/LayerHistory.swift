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
    guard let first = statements.first else { return [:] }
    let document = statements.enumerated().dropFirst().reduce(Document(first.definition)) {
      Document($1.element.definition, as: Origin($1.offset)).tracing($0)
    }
    let said = Dictionary(
      Properties(document).list.map { ($0.path, Int($0.origin.number)) }
    ) { first, _ in first }
    return Dictionary(paths.map { ($0, said[$0].map { statements[$0] } ?? first) }) { one, _ in one
    }
  }
}
