internal import Hashing
internal import XML

/// A definition as a list of properties, by paths that identity keys make stable.
package struct Properties: Sendable {
  /// In document order; paths are unique.
  package let list: [(path: String, value: String)]
  /// For each path at which several children of one name stand: their keys, in order.
  let orders: [(path: String, keys: [String])]
  /// Paths of elements that have attributes or children.
  private let elements: Set<String>
  private let values: [String: String]
  /// Where several children of one name stand, by names without keys.
  private let keyed: Set<String>

  package init(_ definition: Definition) {
    self.init(definition, keyed: [], names: LayoutNames([definition]))
  }

  /// Several definitions of one component with the same spelling of paths.
  package static func alike(_ definitions: [Definition?]) -> [Properties?] {
    let names = LayoutNames(definitions.compactMap { $0 })
    let plain = definitions.map { $0.map { Properties($0, keyed: [], names: names) } }
    let keyed = plain.reduce(into: Set<String>()) { $0.formUnion($1?.keyed ?? []) }
    return zip(definitions, plain).map { definition, properties in
      properties?.keyed == keyed
        ? properties : definition.map { Properties($0, keyed: keyed, names: names) }
    }
  }

  /// - Parameter keyed: places at which a single child gets a key, too, as it has siblings in another definition.
  private init(_ definition: Definition, keyed: Set<String>, names: LayoutNames) {
    var reader = PropertyReader(fragment: definition.fragment, keyed: keyed, names: names)
    if definition.fragment.isWrapped, let parent = definition.element.parent {
      for attribute in parent.attributes {
        reader.add("\(parent.name)@\(attribute.name)", attribute.value)
      }
    }
    reader.read(definition.element, path: "", within: "", place: "")
    for part in definition.parts {
      let path = definition.parts.count == 1 ? "content" : "content[\(part.path)]"
      reader.add(path, "\(part.bytes) bytes, sha256 \(part.digest.description.prefix(16))")
    }
    list = reader.list
    orders = reader.orders
    elements = reader.elements
    values = Dictionary(reader.list) { first, _ in first }
    self.keyed = reader.keyed
  }

  /// The value at a path; of an element with attributes or children, all that is in it.
  package func value(at path: String) -> String? {
    if !elements.contains(path), let value = values[path] { return value }
    let inside = list.compactMap { entry -> String? in
      guard entry.path.hasPrefix(path) else { return nil }
      let rest = entry.path.dropFirst(path.count)
      guard rest.isEmpty || rest.hasPrefix("/") || rest.hasPrefix("@") else { return nil }
      let name = rest.drop { $0 == "/" || $0 == "@" }
      return name.isEmpty ? entry.value : "\(name)=\(entry.value)"
    }
    return inside.isEmpty ? nil : PropertyReader.shortened(inside.joined(separator: ", "))
  }

  /// The outermost element around a path that the other side does not have.
  private func subtree(of path: String, lackingIn other: Properties) -> String? {
    var found: String?
    var at = path[...]
    while let cut = at.lastIndex(where: { $0 == "/" || $0 == "@" }) {
      // A key may hold these characters itself; then the piece is no element's path.
      at = at[..<cut]
      let element = String(at)
      guard elements.contains(element) else { continue }
      if other.elements.contains(element) || other.values[element] != nil { break }
      found = element
    }
    return found
  }

  /// Paths whose values differ; a different definition has at least one.
  package static func changes(
    from before: Definition?,
    to after: Definition?
  ) -> [(path: String, before: String?, after: String?)] {
    guard before != after else { return [] }
    let both = alike([before, after])
    return changes(from: both[0], to: both[1])
  }

  /// - Parameters:
  ///   - old: of a definition that is not equal to that of `new`, spelled alike.
  package static func changes(
    from old: Properties?,
    to new: Properties?
  ) -> [(path: String, before: String?, after: String?)] {
    let (oldValues, newValues) = (old?.values ?? [:], new?.values ?? [:])
    var changes: [(path: String, before: String?, after: String?)] = []
    var told: Set<String> = []
    for (path, value) in old?.list ?? [] where newValues[path] != value {
      if newValues[path] == nil, let old, let new,
        let subtree = old.subtree(of: path, lackingIn: new)
      {
        if told.insert(subtree).inserted { changes.append((subtree, old.value(at: subtree), nil)) }
      } else {
        changes.append((path, value, newValues[path]))
      }
    }
    for (path, value) in new?.list ?? [] where oldValues[path] == nil {
      if let old, let new, let subtree = new.subtree(of: path, lackingIn: old) {
        if told.insert(subtree).inserted { changes.append((subtree, nil, new.value(at: subtree))) }
      } else {
        changes.append((path, nil, value))
      }
    }
    if let old, let new { changes += moves(from: old, to: new) }
    return changes.isEmpty ? [("definition", "as before", "spelled differently")] : changes
  }

  /// Children that stand in both and changed places.
  private static func moves(
    from old: Properties,
    to new: Properties
  ) -> [(path: String, before: String?, after: String?)] {
    let newOrders = Dictionary(new.orders.map { ($0.path, $0.keys) }) { first, _ in first }
    return old.orders.compactMap { path, keys in
      guard let others = newOrders[path] else { return nil }
      let (had, has) = (Set(keys), Set(others))
      let before = keys.filter { has.contains($0) }
      let after = others.filter { had.contains($0) }
      guard before != after else { return nil }
      let shown = path.isEmpty ? "(order)" : "\(path)/(order)"
      return (shown, before.joined(separator: ", "), after.joined(separator: ", "))
    }
  }
}

struct PropertyReader {
  let fragment: XMLFragment
  let names: LayoutNames
  /// Places at which children of one name get keys; grows by those with several.
  var keyed: Set<String>
  var list: [(path: String, value: String)] = []
  var orders: [(path: String, keys: [String])] = []
  var elements: Set<String> = []
  private var seen: [String: Int] = [:]

  init(fragment: XMLFragment, keyed: Set<String>, names: LayoutNames) {
    self.fragment = fragment
    self.names = names
    self.keyed = keyed
  }

  /// Long values are shown by their beginning and their size; a path that occurs again gets a number.
  mutating func add(_ path: String, _ value: String) {
    let count = seen[path, default: 0] + 1
    seen[path] = count
    list.append((count == 1 ? path : "\(path)#\(count)", Self.shortened(value)))
  }

  static func shortened(_ value: String) -> String {
    let limit = 2_000
    guard value.utf8.count > limit else { return value }
    // FNV-1a tells two long values apart; the definition's hash is what counts.
    let mark = value.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "\(value.prefix(200))… (\(value.utf8.count) bytes, \(String(mark, radix: 16)))"
  }

  /// - Parameter parent: the path of the element around.
  mutating func read(_ element: XMLElement, path: String, within parent: String, place: String) {
    if element.hasChildren || !element.attributes.isEmpty { elements.insert(path) }
    for attribute in element.sortedAttributes {
      add(path.isEmpty ? "@\(attribute.name)" : "\(path)@\(attribute.name)", attribute.value)
    }
    var children = fragment.children(of: element)
    let isContainer = Self.containers.contains(element.name) && element.attributes.isEmpty
    let inside = isContainer ? parent : path
    if element.name == "rows", children.allSatisfy({ $0.name == "row" }) {
      children = cells(of: children, path: inside)
    }
    if children.isEmpty {
      if isContainer { return }
      if !path.isEmpty, element.hasText || element.attributes.isEmpty { add(path, element.text) }
      return
    }
    var byName: [String: [XMLElement]] = [:]
    for child in children { byName[child.name, default: []].append(child) }
    var keys: [String: [String]] = [:]
    for (name, siblings) in byName
    where siblings.count > 1 || isContainer || keyed.contains("\(place)/\(name)") {
      keys[name] = Self.keys(of: siblings)
      keyed.insert("\(place)/\(name)")
    }
    var next: [String: Int] = [:]
    var order: [String] = []
    for child in children {
      let name = child.isText ? "text()" : child.name
      var step = name
      if let keys = keys[child.name] {
        step = "\(name)[\(names[name, keys[next[name, default: 0]]])]"
        next[name, default: 0] += 1
      }
      order.append(step)
      read(
        child,
        path: inside.isEmpty ? step : "\(inside)/\(step)",
        within: inside,
        place: "\(place)/\(name)"
      )
    }
    if order.count > 1 { orders.append((path, order)) }
  }

  /// Elements that only hold others of one name; paths leave them out.
  private static let containers: Set<String> = ["tabs", "columns", "sections", "rows"]

  /// Rows have no identity: their cells stand for them, and how many of them share a row is a property.
  private mutating func cells(of rows: [XMLElement], path: String) -> [XMLElement] {
    for (number, row) in rows.enumerated() {
      for attribute in row.attributes {
        add("\(path)/row[\(number + 1)]@\(attribute.name)", attribute.value)
      }
    }
    let cells = rows.map { fragment.children(of: $0) }
    if cells.contains(where: { $0.count != 1 }) {
      add("\(path)/(cells in rows)", cells.map { String($0.count) }.joined(separator: " "))
    }
    return Array(cells.joined())
  }

  /// Attributes that tell siblings of one name apart, most telling first.
  private static let identities = [
    "id", "Id", "ID", "handlerUniqueId", "forControl", "libraryUniqueId", "uniqueid", "value",
    "languagecode", "LCID", "schemaName", "ResourceKey", "name", "Name", "attribute", "alias",
    "type", "ordinalvalue",
  ]

  static func keys(of siblings: [XMLElement]) -> [String] {
    // A column of a tab is told apart by its position; an id is that position (PF-443).
    if siblings[0].name == "column", siblings[0].parent?.name == "columns" {
      return siblings.enumerated().map { $1.attribute("id") ?? String($0) }
    }
    for identity in identities {
      let values = siblings.compactMap { $0.attribute(identity) }
      if values.count == siblings.count, Set(values).count == values.count { return values }
    }
    for child in ["RelationshipRoleType", "AssociationRoleOrdinal", "AttributeName"] {
      let values = siblings.compactMap { $0.text(of: child) }
      if values.count == siblings.count, Set(values).count == values.count { return values }
    }
    // All attributes together tell apart what no single one does.
    let whole = siblings.map { $0.sortedAttributes.map(\.value).joined(separator: " ") }
    if Set(whole).count == whole.count, whole.allSatisfy({ (1..<80).contains($0.utf8.count) }) {
      return whole
    }
    let texts = siblings.map(\.text)
    if siblings.allSatisfy({ !$0.hasChildren && $0.hasText && $0.attributes.isEmpty && !$0.isText }
    ),
      Set(texts).count == texts.count, texts.allSatisfy({ $0.utf8.count < 80 })
    {
      return texts
    }
    return siblings.indices.map { String($0 + 1) }
  }
}

extension XMLElement {
  /// By name: what is kept in an environment has them in canonical order, and a package in its own.
  fileprivate var sortedAttributes: [(name: String, value: String)] {
    attributes.sorted { $0.name < $1.name }
  }
}
