/// What a document may hold at most; every number is inclusive and checked before memory is asked for.
package struct XMLLimits: Equatable, Sendable {
  package var bytes: Int
  package var nodes: Int
  package var attributesPerElement: Int
  package var names: Int
  package var nameBytes: Int
  package var depth: Int

  /// Ten times the largest real document.
  package static let standard = XMLLimits(
    bytes: 96 << 20,
    nodes: 4_000_000,
    attributesPerElement: 1_024,
    names: 50_000,
    nameBytes: 512,
    depth: 256
  )

  /// Of one row in a file of many: a picture, or a row that a hundred thousand others are paired with, is the largest of
  /// real ones.
  package static let record = XMLLimits(
    bytes: 64 << 20,
    nodes: 1_000_000,
    attributesPerElement: 256,
    names: 2_000,
    nameBytes: 512,
    depth: 64
  )
}
