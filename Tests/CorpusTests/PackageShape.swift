import Archive
import XML

/// Which children each element of the three documents of packages has, and in which order.
struct PackageShape {
  static let documents = ["customizations.xml", "solution.xml", "[Content_Types].xml"]

  /// Children of one element, wherever it stands at one path.
  private struct Family {
    var children: Set<String> = []
    /// Which have stood behind which.
    var followers: [String: Set<String>] = [:]
  }

  private struct Order {
    let first: String
    let second: String
  }

  private let families: [String: Family]
  /// By path: what stands behind what wherever both are, directly or through others.
  private let orders: [String: [String: Set<String>]]

  /// What packages have.
  init(of packages: some Sequence<[UInt8]>) throws {
    var families: [String: Family] = [:]
    for bytes in packages {
      try Self.forEachElement(of: bytes) { path, names in
        families[path, default: Family()].children.formUnion(names)
        for pair in Self.pairs(names) {
          families[path, default: Family()].followers[pair.first, default: []].insert(pair.second)
        }
      }
    }
    self.families = families
    orders = families.mapValues(Self.order)
  }

  /// Where a package has an element, a child or an order that none of these has, each once, sorted.
  func strangers(in bytes: [UInt8]) throws -> [String] {
    var found: Set<String> = []
    try Self.forEachElement(of: bytes) { path, names in
      guard let family = families[path], let order = orders[path] else { return }
      for name in names where !family.children.contains(name) { found.insert("\(path): \(name)") }
      for pair in Self.pairs(names) where order[pair.second]?.contains(pair.first) == true {
        found.insert("\(path): \(pair.first) before \(pair.second)")
      }
    }
    return found.sorted()
  }

  /// What stands behind what in all packages that have both, and behind something that does.
  private static func order(of family: Family) -> [String: Set<String>] {
    var order = family.followers
    for (name, followers) in family.followers {
      order[name] = followers.filter { family.followers[$0]?.contains(name) != true }
    }
    var isChanged = true
    while isChanged {
      isChanged = false
      for (name, followers) in order {
        let all = followers.reduce(followers) { $0.union(order[$1] ?? []) }
        guard all.count > followers.count else { continue }
        order[name] = all
        isChanged = true
      }
    }
    // What a package has the other way round has no order, whatever follows through others.
    return order.reduce(into: [:]) { result, entry in
      result[entry.key] = entry.value.filter { family.followers[$0]?.contains(entry.key) != true }
    }
  }

  private static func pairs(_ names: [String]) -> [Order] {
    var first: [String: Int] = [:]
    var last: [String: Int] = [:]
    for (place, name) in names.enumerated() {
      first[name] = first[name] ?? place
      last[name] = place
    }
    return first.flatMap { one, place in
      last.compactMap { other, end in
        one != other && place < end ? Order(first: one, second: other) : nil
      }
    }
  }

  private static func forEachElement(
    of bytes: [UInt8],
    _ body: (_ path: String, _ children: [String]) -> Void
  ) throws {
    try ArchiveReader(bytes).forEachFile { entry, content in
      guard documents.contains(entry.path) else { return true }
      var paths = [entry.path]
      let root = try XMLTree(try content.whole()).root
      visit(root, below: &paths, body)
      return true
    }
  }

  private static func visit(
    _ element: XMLElement,
    below paths: inout [String],
    _ body: (_ path: String, _ children: [String]) -> Void
  ) {
    // What nests in itself, as conditions of a query do, is one family at any depth.
    let above = paths[paths.count - 1]
    let path = above.hasSuffix("/\(element.name)") ? above : "\(above)/\(element.name)"
    paths.append(path)
    let children = element.children.filter { !$0.isText }
    body(path, children.map(\.name))
    for child in children { visit(child, below: &paths, body) }
    paths.removeLast()
  }
}
