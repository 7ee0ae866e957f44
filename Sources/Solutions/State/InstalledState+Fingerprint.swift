internal import Hashing

extension InstalledState {
  /// What the state is, whatever led to it and wherever it lies: equal for the same solutions, memberships, layers,
  /// drafts and settings.
  ///
  /// Ids of rows, the environment, its revision and the places in packages are no part of it; nor are publishers that
  /// no solution uses. Of blocks only the order counts. What compares as equal has equal bytes: names without regard
  /// to case, versions by their numbers.
  package var fingerprint: String {
    let blocks = BlockOrder(of: self)
    var hasher = SHA256Hasher()
    hasher.update(CanonicalBytes("strata.state.2").bytes)
    for bytes in publisherRows + solutionRows(blocks) { hasher.update(bytes) }
    for (_, stack) in stacks.sorted(by: { $0.key < $1.key }) {
      for layer in stack.layers { hasher.update(row("layer", layer, blocks)) }
    }
    for (_, draft) in drafts.sorted(by: { $0.key < $1.key }) {
      hasher.update(row("draft", draft, blocks))
    }
    for (id, setting) in settings.sorted(by: { $0.key < $1.key }) {
      hasher.update(row(setting, of: id))
    }
    if blocksUnmanaged { hasher.update(CanonicalBytes("blocks unmanaged").bytes) }
    return hasher.finish().description
  }

  private var publisherRows: [[UInt8]] {
    let used = Set(solutions.values.map(\.publisher))
    return publishers.filter { used.contains($0.key) }.sorted { $0.key < $1.key }.map {
      name,
      publisher in
      var bytes = CanonicalBytes("publisher")
      bytes.add(name.text.lowercased())
      bytes.add(publisher.displayName)
      bytes.add(publisher.prefix)
      bytes.add(publisher.optionValuePrefix)
      return bytes.bytes
    }
  }

  private func solutionRows(_ blocks: BlockOrder) -> [[UInt8]] {
    solutions.sorted { $0.key < $1.key }.map { name, solution in
      var bytes = CanonicalBytes("solution")
      bytes.add(name.text.lowercased())
      bytes.add(solution.displayName)
      bytes.add(solution.version)
      bytes.add(solution.isManaged ? "managed" : "unmanaged")
      bytes.add(solution.publisher.text.lowercased())
      switch solution.role {
      case .ordinary: bytes.add("ordinary")
      case .patch(let parent): bytes.add("patch", of: parent)
      case .holding(let base): bytes.add("holding", of: base)
      }
      bytes.add(blocks[solution.block])
      bytes.add(solution.members.count)
      for id in solution.members.sorted() { bytes.add(id) }
      return bytes.bytes
    }
  }

  private func row(_ tag: String, _ layer: Layer, _ blocks: BlockOrder) -> [UInt8] {
    let component = layer.component
    var bytes = CanonicalBytes(tag)
    bytes.add(component.id)
    bytes.add(layer.solution.text.lowercased())
    bytes.add(layer.publisher.text.lowercased())
    switch layer.rank {
    case .system: bytes.add("system")
    case .active: bytes.add("active")
    case .managed(let block, let guest, let place):
      bytes.add("managed")
      bytes.add(blocks[block])
      bytes.add(guest == 0 ? nil : blocks[guest])
      switch place {
      case .base: bytes.add("base")
      case .patch(let version):
        bytes.add("patch")
        bytes.add(version)
      case .holding: bytes.add("holding")
      }
    }
    bytes.add(component.parent.map { $0.type.tag })
    bytes.add(component.parent?.key)
    // What is taken for granted has its names from whoever came to mention it first.
    bytes.add(layer.isAssumed ? nil : component.name)
    bytes.add(layer.isAssumed ? nil : component.displayName)
    bytes.add(layer.definition.hash.bytes)
    return bytes.bytes
  }

  private func row(_ setting: Setting, of id: ComponentID) -> [UInt8] {
    var bytes = CanonicalBytes("setting")
    bytes.add(id)
    switch setting {
    case .isOn(let isOn):
      bytes.add("state")
      bytes.add(isOn ? "on" : "off")
    case .value(let text):
      bytes.add("value")
      bytes.add(text)
    case .connection(let text):
      bytes.add("connection")
      bytes.add(text)
    }
    return bytes.bytes
  }
}

/// First installations are counted, and what was uninstalled leaves gaps: the place among those in use.
private struct BlockOrder {
  private let places: [Int: Int]

  init(of state: InstalledState) {
    var used = Set(state.solutions.values.map(\.block))
    for layer in state.stacks.values.lazy.flatMap(\.layers) {
      guard case .managed(let block, let guest, _) = layer.rank else { continue }
      used.insert(block)
      if guest != 0 { used.insert(guest) }
    }
    places = Dictionary(uniqueKeysWithValues: zip(used.sorted(), 1...))
  }

  subscript(_ block: Int) -> Int { places[block] ?? 0 }
}

/// Fields one after the other, each with its length before it, so that no two lists of fields have the same bytes.
private struct CanonicalBytes {
  private(set) var bytes: [UInt8] = []

  /// - Parameter tag: what the fields are those of.
  init(_ tag: String) { add(tag) }

  mutating func add(_ field: [UInt8]) {
    withUnsafeBytes(of: UInt64(field.count).bigEndian) { bytes.append(contentsOf: $0) }
    bytes += field
  }

  mutating func add(_ text: String) { add(Array(text.utf8)) }

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).bigEndian) { add(Array($0)) }
  }

  /// One that is missing differs from an empty one.
  mutating func add(_ text: String?) {
    add(text == nil ? "none" : "some")
    if let text { add(text) }
  }

  mutating func add(_ number: Int?) {
    add(number == nil ? "none" : "some")
    if let number { add(number) }
  }

  mutating func add(_ version: SolutionVersion) {
    for part in version.parts { add(Int(part)) }
  }

  mutating func add(_ id: ComponentID) {
    add(id.type.tag)
    add(id.key)
  }

  mutating func add(_ role: String, of name: SolutionName) {
    add(role)
    add(name.text.lowercased())
  }
}

extension ComponentType {
  /// No table's name begins with a sign.
  fileprivate var tag: String {
    switch self {
    case .number(let number): "#\(number)"
    case .table(let name): name
    }
  }
}
