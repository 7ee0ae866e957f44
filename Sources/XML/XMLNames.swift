internal import CXML

/// The names of a tree, by their numbers.
struct XMLNames: Sendable {
  let names: [String]
  let numbers: [String: UInt32]
  /// Place of each name in canonical attribute order.
  let ranks: [UInt32]
  let hasNamespaces: Bool
  private let uris: [String]

  init(of tree: strata_xml_tree) {
    var names: [String] = []
    var uris: [String] = []
    names.reserveCapacity(Int(tree.name_count))
    for id in 0..<Int(tree.name_count) {
      names.append(XMLTree.string(tree.arena, tree.name_offset[id], tree.name_length[id]))
      uris.append(XMLTree.string(tree.arena, tree.name_uri_offset[id], tree.name_uri_length[id]))
    }
    self.names = names
    self.uris = uris
    var numbers = [String: UInt32](minimumCapacity: names.count)
    // Two prefixes bound differently may spell one name; the first wins a look-up.
    for (id, name) in names.enumerated().dropFirst() where numbers[name] == nil {
      numbers[name] = UInt32(id)
    }
    self.numbers = numbers
    hasNamespaces = uris.contains { !$0.isEmpty }

    // Canonical order: by namespace, then by local name, compared as UTF-8.
    let order = names.indices.sorted {
      let (left, right) = (Self.uri($0, of: tree), Self.uri($1, of: tree))
      return left.elementsEqual(right)
        ? Self.local($0, of: tree).lexicographicallyPrecedes(Self.local($1, of: tree))
        : left.lexicographicallyPrecedes(right)
    }
    var ranks = [UInt32](repeating: 0, count: names.count)
    for (rank, id) in order.enumerated() { ranks[id] = UInt32(rank) }
    self.ranks = ranks
  }

  private static func local(_ id: Int, of tree: strata_xml_tree) -> UnsafeBufferPointer<UInt8> {
    let name = XMLTree.bytes(tree.arena, tree.name_offset[id], tree.name_length[id])
    return UnsafeBufferPointer(rebasing: name.dropFirst(Int(tree.name_prefix[id])))
  }

  private static func uri(_ id: Int, of tree: strata_xml_tree) -> UnsafeBufferPointer<UInt8> {
    XMLTree.bytes(tree.arena, tree.name_uri_offset[id], tree.name_uri_length[id])
  }

  /// Whether a tree has the same names with the same numbers.
  func areThose(of tree: strata_xml_tree) -> Bool {
    guard names.count == Int(tree.name_count) else { return false }
    return names.indices.allSatisfy { id in
      XMLTree.bytes(tree.arena, tree.name_offset[id], tree.name_length[id])
        .elementsEqual(names[id].utf8)
        && XMLTree.bytes(tree.arena, tree.name_uri_offset[id], tree.name_uri_length[id])
          .elementsEqual(uris[id].utf8)
    }
  }
}
