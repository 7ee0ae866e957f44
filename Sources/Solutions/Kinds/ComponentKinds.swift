package import XML

/// A set of kinds, found by type, by name and by place.
package struct ComponentKinds: Sendable {
  package let all: [ComponentKind]
  private let byType: [ComponentType: Int]
  private let byName: [String: Int]
  private let byAlias: [ComponentType: Int]
  /// For each path given to the matcher: its kind, and whether its definition is wrapped.
  private let places: [(kind: Int, isWrapped: Bool)]
  package let matcher: PathMatcher

  package init(_ all: [ComponentKind]) {
    self.all = all
    byType = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.type, $0) })
    byName = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.name.lowercased(), $0) })
    byAlias = Dictionary(
      uniqueKeysWithValues: all.enumerated().flatMap { number, kind in
        kind.rootAliases.map { ($0, number) }
      }
    )
    var places: [(Int, Bool)] = []
    var paths: [String] = []
    for (number, kind) in all.enumerated() {
      for place in kind.places {
        paths.append(place.path)
        places.append((number, place.isWrapped))
      }
    }
    self.places = places
    matcher = PathMatcher(paths)
  }

  package subscript(_ type: ComponentType) -> ComponentKind {
    if let known = byType[type] { return all[known] }
    switch type {
    case .table(let table): return .framework(table: table)
    case .number(let number): return .unknown(number)
    }
  }

  /// Whether it is the type of a kind, or of rows, whose kind is known by the table.
  package func knows(_ type: ComponentType) -> Bool {
    if case .table = type { true } else { byType[type] != nil }
  }

  /// Of a component that a manifest lists under this number.
  package func kind(ofRoot type: ComponentType) -> ComponentKind {
    byAlias[type].map { all[$0] } ?? self[type]
  }

  /// Known by the platform's name or, for framework kinds, by any name.
  package subscript(named name: String) -> ComponentKind? {
    byName[name.lowercased()].map { all[$0] }
  }

  /// By its name, or by what people call it; neither case nor spaces matter.
  package subscript(spoken words: String) -> ComponentKind? {
    let spoken = words.lowercased().filter { $0 != " " && $0 != "-" && $0 != "_" }
    return self[named: words]
      ?? all.first { $0.title.lowercased().filter { $0 != " " } == spoken }
  }

  package func kind(at path: Int) -> (kind: ComponentKind, isWrapped: Bool) {
    (all[places[path].kind], places[path].isWrapped)
  }
}
