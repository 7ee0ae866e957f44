internal import Lifecycle
internal import Solutions

/// Tables by what a client calls them.
struct Catalog: Sendable {
  let lifecycle: Lifecycle
  let known = KnownTables()
  /// From which it answers, so that nobody is asked; nil where it asks.
  private(set) var memory: TableMemory?

  init(lifecycle: Lifecycle) { self.lifecycle = lifecycle }

  /// Nobody has asked for a table yet, so that nothing can be said of it, not even that it is missing.
  private struct Unremembered: Error {}

  /// The same from memory.
  func remembering(_ memory: TableMemory) -> Catalog {
    var catalog = self
    catalog.memory = memory
    return catalog
  }

  func heads() async throws -> [TableHead] {
    let heads =
      if let memory { memory.heads } else {
        try await lifecycle.ask(TableHeadsQuestion(knowing: known))
      }
    return ToldTables.completing(heads)
  }

  /// Names of sets, by table.
  func sets() async throws -> [String: String] {
    if let memory { return memory.sets }
    return Dictionary(try await heads().map { ($0.name, $0.setName) }) { first, _ in first }
  }

  /// The table of a set; nil where no set is called so.
  func model(ofSet name: String) async throws -> TableModel? {
    let wanted = name.lowercased()
    if let memory { return memory.model(ofSet: wanted) }
    guard let head = try await heads().first(where: { $0.setName == wanted }) else { return nil }
    return try await find(head.name)
  }

  /// A table by its logical name; nil where there is none.
  func find(_ name: String) async throws -> TableModel? {
    if let told = ToldTables.model(name) { return told }
    if let memory {
      guard let model = memory.models[name] else { throw Unremembered() }
      return model
    }
    return try await lifecycle.ask(TableModelQuestion(of: name, knowing: known))
  }

  /// - Throws: `WebError` where there is no such table.
  func model(of name: String) async throws -> TableModel {
    guard let model = try await find(name) else {
      throw WebError(404, "0x80060888", "there is no table \(name.shown(200))")
    }
    return model
  }
}

extension TableModel {
  /// A column as queries and answers name it: `name`, `_name_value` of a lookup; case does not count.
  func column(onWire name: String) -> Column? {
    let name = name.lowercased()
    if name.hasPrefix("_"), name.hasSuffix("_value"), name.utf8.count > 7 {
      let column = table.column(String(name.dropFirst().dropLast(6)))
      return column?.isLookup == true ? column : nil
    }
    if let own = table.column(name) { return own }
    // What a file is called is shown with it.
    let file = name.hasSuffix("_name") ? table.column(String(name.dropLast(5))) : nil
    return file?.type == .file ? file : nil
  }

  /// The lookup that a navigation property stands for; case counts only where two are alike without it.
  func link(navigation name: String) -> Link? {
    let own = links.filter { $0.table == self.name }
    return own.first { $0.navigation == name }
      ?? own.first { $0.navigation.lowercased() == name.lowercased() }
  }

  /// What stands at the other end of a navigation property with many rows.
  enum Collection {
    case referring(Link)
    /// The end that is asked from.
    case paired(Pair, own: Pair.End, other: Pair.End)
  }

  func collection(_ name: String) -> Collection? {
    func find(_ isSame: (String) -> Bool) -> Collection? {
      if let link = links.first(where: { $0.target == self.name && isSame($0.collection) }) {
        return .referring(link)
      }
      for pair in pairs {
        for (own, other) in [(0, 1), (1, 0)]
        where pair.ends[own].table == self.name && isSame(pair.ends[own].navigation) {
          return .paired(pair, own: pair.ends[own], other: pair.ends[other])
        }
      }
      return nil
    }
    return find { $0 == name } ?? find { $0.lowercased() == name.lowercased() }
  }
}

extension Column {
  var isLookup: Bool { if case .lookup = type { true } else { false } }

  /// As answers name it.
  var wire: String { isLookup ? "_\(name)_value" : name }

  /// The tables that a lookup may lead to.
  var targets: [String] { if case .lookup(let targets) = type { targets } else { [] } }
}
