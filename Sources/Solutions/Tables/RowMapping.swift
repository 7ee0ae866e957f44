/// Values that go from one column of a table to another, row by row: what the stage window is for.
package struct RowMapping: Equatable, Sendable {
  package let target: String
  package let source: String
  /// Spellings of the source and what they become; what is not listed goes over as it is.
  package let values: [String: String]

  package init(target: String, source: String, values: [String: String] = [:]) {
    self.target = target
    self.source = source
    self.values = values
  }
}
