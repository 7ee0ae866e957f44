package import Solutions

/// What many components have in common, in few lines.
extension PlanReading {
  /// Entries of one kind, in the order in which kinds are first met.
  package func byKind(_ entries: [ReadableEntry]) -> [(kind: String, entries: [ReadableEntry])] {
    entries.grouped(by: \.kind).map { ($0.key, $0.elements) }
  }

  /// `24 columns, 7 relationships, 3 forms`.
  package func counts(_ entries: [ReadableEntry]) -> Prose {
    byKind(entries).map { names.counted($0.entries.count, $0.kind) }.joined(separator: ", ")
  }

  /// Parts below the tables that they are in, tables in the order in which they are met.
  package func byTable(_ entries: [ReadableEntry]) -> [(table: String, entries: [ReadableEntry])] {
    entries.grouped { names.table(of: $0) ?? "" }.map { ($0.key, $0.elements) }
  }

  /// What differs in changes that nobody notices: `338 × CascadeArchive`, the most frequent first.
  package var unnoticedProperties: [(count: Int, name: Prose)] {
    var counts: [String: Int] = [:]
    for entry in unnoticed where !entry.isFirstStatement {
      let names = Set(
        entry.properties.map { property in
          let path = property.path.withoutKeys
          let start = path.lastIndex { $0 == "/" || $0 == "@" }
          return start.map { String(path[path.index(after: $0)...]) } ?? path
        }
      )
      for name in names { counts[name, default: 0] += 1 }
    }
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { ($0.value, "\($0.key)") }
  }

  /// Stated for the first time over bases that are not known here: what they change cannot be said.
  package var firstStatements: [ReadableEntry] { unnoticed.filter(\.isFirstStatement) }
}

extension Sequence {
  /// In the order in which each key is met first.
  package func grouped(by key: (Element) -> String) -> [(key: String, elements: [Element])] {
    var order: [String] = []
    var groups: [String: [Element]] = [:]
    for element in self {
      let key = key(element)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(element)
    }
    return order.map { ($0, groups[$0] ?? []) }
  }
}
