internal import Hashing

/// A hash over fields, each with its length before it, so that no two lists of fields have the same bytes.
///
/// What compares as equal has equal bytes: names without regard to case, versions by their numbers.
struct FieldHasher: ~Copyable {
  private var hasher = SHA256Hasher()
  private var bytes: [UInt8] = []

  /// - Parameter tag: what the fields are those of.
  init(_ tag: String) { add(tag) }

  mutating func finish() -> SHA256Digest {
    hasher.update(bytes)
    bytes = []
    return hasher.finish()
  }

  mutating func add(_ field: [UInt8]) {
    withUnsafeBytes(of: UInt64(field.count).bigEndian) { bytes.append(contentsOf: $0) }
    bytes += field
    if bytes.count > 1 << 14 {
      hasher.update(bytes)
      bytes.removeAll(keepingCapacity: true)
    }
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

  mutating func add(_ name: SolutionName) { add(name.text.lowercased()) }

  mutating func add(_ name: PublisherName) { add(name.text.lowercased()) }

  mutating func add(_ id: ComponentID) {
    add(id.type.tag)
    add(id.key)
  }

  /// In any order.
  mutating func add(_ ids: Set<ComponentID>) {
    add(ids.count)
    for id in ids.sorted() { add(id) }
  }
}

extension FieldHasher {
  mutating func add(_ publisher: Publisher) {
    add(publisher.name)
    add(publisher.displayName)
    add(publisher.prefix)
    add(publisher.optionValuePrefix)
  }

  /// All but its id.
  ///
  /// - Parameter block: what stands for a block.
  mutating func add(_ solution: InstalledSolution, block: (Int) -> Int) {
    add(solution.name)
    add(solution.displayName)
    add(solution.version)
    add(solution.isManaged ? "managed" : "unmanaged")
    add(solution.publisher)
    switch solution.role {
    case .ordinary: add("ordinary")
    case .patch(let parent):
      add("patch")
      add(parent)
    case .holding(let base):
      add("holding")
      add(base)
    }
    add(block(solution.block))
    add(solution.members)
    guard !solution.behaviors.isEmpty else { return }
    add("behaviors")
    add(solution.behaviors.count)
    for (id, behavior) in solution.behaviors.sorted(by: { $0.key < $1.key }) {
      add(id)
      add(behavior.rawValue)
    }
  }

  /// All but where its definition stood, and the names of what is taken for granted: it has them from whoever came to
  /// mention it first.
  ///
  /// - Parameter block: what stands for a block.
  mutating func add(_ layer: Layer, block: (Int) -> Int) {
    let component = layer.component
    add(component.id)
    add(layer.solution)
    add(layer.publisher)
    switch layer.rank {
    case .system: add("system")
    case .active: add("active")
    case .managed(let home, let guest, let place):
      add("managed")
      add(block(home))
      add(guest == 0 ? nil : block(guest))
      switch place {
      case .base: add("base")
      case .patch(let version):
        add("patch")
        add(version)
      case .holding: add("holding")
      }
    }
    add(component.parent.map { $0.type.tag })
    add(component.parent?.key)
    add(layer.isAssumed ? nil : component.name)
    add(layer.isAssumed ? nil : component.displayName)
    add(layer.definition.hash.bytes)
  }

  mutating func add(_ setting: Setting) {
    switch setting {
    case .isOn(let isOn):
      add("state")
      add(isOn ? "on" : "off")
    case .value(let text):
      add("value")
      add(text)
    case .secret(let secret):
      add("secret")
      add("\(secret)")
    case .connection(let secret):
      add("connection")
      add("\(secret)")
    }
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
