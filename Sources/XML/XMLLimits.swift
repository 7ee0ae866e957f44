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
}
