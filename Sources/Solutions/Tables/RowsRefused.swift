/// What cannot be done because of rows or of what their columns are; nothing was changed.
package struct RowsRefused: RemediedError, Equatable, Sendable {
  package let prose: Prose
  package let remedy: Remedy?

  package init(_ prose: Prose, remedy: Remedy? = nil) {
    self.prose = prose
    self.remedy = remedy
  }

  /// - Parameters:
  ///   - examples: values and why they are refused, some of them.
  ///   - count: how many there are.
  package init(_ mapping: ColumnMapping, examples: [Prose], count: Int) {
    let values: Prose = count == 1 ? "1 value" : "\(count) values"
    let head: Prose =
      "\(values) of \(mapping.source.name) cannot go into \(mapping.target.name); nothing was changed:"
    let more: [Prose] = count > examples.count ? ["  … and \(count - examples.count) more"] : []
    let lines = [head] + examples.map { "  \($0)" as Prose } + more
    self.init(lines.joined(separator: "\n"), remedy: .mapValues)
  }
}
