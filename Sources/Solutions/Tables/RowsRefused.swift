/// What cannot be done because of rows or of what their columns are; nothing was changed.
package struct RowsRefused: RemediedError, Equatable, Sendable {
  package let description: String
  package let remedy: Remedy?

  package init(_ description: String, remedy: Remedy? = nil) {
    self.description = description
    self.remedy = remedy
  }

  /// - Parameters:
  ///   - examples: values and why they are refused, some of them.
  ///   - count: how many there are.
  package init(_ mapping: ColumnMapping, examples: [String], count: Int) {
    let values = count == 1 ? "1 value" : "\(count) values"
    let more = count > examples.count ? ["  … and \(count - examples.count) more"] : []
    self.init(
      ([
        "\(values) of \(mapping.source.name) cannot go into \(mapping.target.name); nothing was changed:"
      ]
        + examples.map { "  \($0)" } + more).joined(separator: "\n"),
      remedy: .mapValues
    )
  }
}
