/// `compact`.
package struct CompactedShape: Shape {
  package static let format = "strata.compacted"

  package let file: String
  /// The size of the environment, in bytes.
  package let bytesBefore: Int
  package let bytesAfter: Int

  package init(file: String, before: Int, after: Int) {
    self.file = file
    bytesBefore = before
    bytesAfter = after
  }
}
