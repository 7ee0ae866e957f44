import SolutionPackages
package import Solutions

extension Blueprint {
  /// A file of one column.
  ///
  /// - Parameters:
  ///   - words: in YAML.
  ///   - solution: which one lists it; the unmanaged layer alone where none is named.
  package static func column(
    _ name: String,
    of table: String,
    _ words: String = "type: text",
    in solution: String = "Default"
  ) throws -> Blueprint {
    let text = "solution: \(solution)\ntables: {\(table): {columns: {\(name): {\(words)}}}}"
    let file = "column.yaml"
    return try Blueprint(try SaidReader.read(Array(text.utf8), file: file), file: file)
  }
}
