package import Solutions

/// What components are called: the kind in a word, the table by its display name, then the component.
package struct Names: Sendable {
  /// Whether wire names and ids stand behind.
  private let withIDs: Bool
  private let kinds: ComponentKinds
  /// Display names of tables, by logical name.
  private let tables: [String: String]
  /// Names that two components of one kind share.
  private let shared: Set<Called>

  package init(_ entries: [ReadableEntry], kinds: ComponentKinds = .standard, withIDs: Bool = false)
  {
    self.withIDs = withIDs
    self.kinds = kinds
    var tables: [String: String] = [:]
    for entry in entries {
      if let parent = entry.parent?.droppingKind, let name = entry.parentName?.trimmed,
        !name.isEmpty
      {
        tables[parent] = name
      }
    }
    for entry in entries where entry.isTable {
      if let name = entry.displayName, !name.isEmpty {
        tables[entry.name.lowercased()] = name.trimmed
      }
    }
    self.tables = tables
    var (once, shared): (Set<Called>, Set<Called>) = ([], [])
    for entry in entries {
      let called = Called(entry, tables)
      if !once.insert(called).inserted { shared.insert(called) }
    }
    self.shared = shared
  }

  /// What people can tell a component by.
  private struct Called: Hashable {
    let kind: String
    let whole: String
    let name: String

    init(_ entry: ReadableEntry, _ tables: [String: String]) {
      let parent = entry.parent?.droppingKind ?? ""
      (kind, whole) = (entry.kind, tables[parent] ?? parent)
      name = entry.displayName ?? entry.name
    }
  }

  /// `Column`; the wire's name where there is no such kind.
  package func kind(_ kind: String) -> Prose {
    kinds[named: kind].map { .ours($0.title) } ?? "\(kind)"
  }

  /// `column`, `SLA`: within a sentence.
  package func word(_ kind: String) -> Prose {
    kinds[named: kind].map { .ours($0.title.lowercasedFirst) } ?? "\(kind)"
  }

  /// `3 columns`.
  package func counted(_ count: Int, _ kind: String) -> Prose {
    guard count != 1 else { return "1 \(word(kind))" }
    guard let title = kinds[named: kind]?.title else { return "\(count) \(kind.plural)" }
    return "\(count) \(Prose.ours(title.lowercasedFirst.plural))"
  }

  /// What people call a table, else its logical name.
  package func table(_ logicalName: String) -> String {
    tables[logicalName.lowercased()] ?? logicalName
  }

  /// The table that it is a part of, as people call it.
  package func table(of entry: ReadableEntry) -> String? {
    guard let parent = entry.parent else { return nil }
    let name = parent.droppingKind
    return parent.hasPrefix("Entity:") ? table(name) : entry.parentName ?? name
  }

  /// Without its kind and its table: `Credits`.
  package func short(_ entry: ReadableEntry) -> Prose {
    let logical = entry.isPart ? entry.name.lastPart : entry.name
    guard let display = entry.displayName?.trimmed, !display.isEmpty, display != logical,
      // Others name them by their path.
      entry.kind != "WebResource"
    else { return "\(logical)" }
    let isShared = shared.contains(Called(entry, tables))
    if withIDs { return "\(display) [\(entry.name)]" }
    return isShared ? "\(display) (\(logical))" : "\(display)"
  }

  /// With its table: `Course.Credits`, `Main of Course`.
  package func within(_ entry: ReadableEntry) -> Prose {
    guard let table = table(of: entry) else { return quoted(entry) }
    if entry.kind == "Attribute" { return "\(table).\(short(entry))" }
    return "\(quoted(entry)) of \(table)"
  }

  /// Processes, views and whatever people have given sentences for names stand in quotes.
  private func quoted(_ entry: ReadableEntry) -> Prose {
    let name = short(entry)
    guard ["Workflow", "SystemForm", "SavedQuery", "EntityKey"].contains(entry.kind),
      entry.displayName?.isEmpty == false
    else { return name }
    return "“\(name)”"
  }

  /// All of it: `Column Course.Credits`.
  package func whole(_ entry: ReadableEntry) -> Prose { "\(kind(entry.kind)) \(within(entry))" }
}

extension ReadableEntry {
  /// Whether its name begins with that of its table.
  var isPart: Bool {
    guard let table = parent?.droppingKind else { return false }
    return name.lowercased().hasPrefix(table.lowercased() + ".")
  }
}

extension String {
  /// `Entity:fab_thing` as `fab_thing`.
  package var droppingKind: String {
    guard let colon = utf8.firstIndex(of: UInt8(ascii: ":")) else { return self }
    return String(self[utf8.index(after: colon)...])
  }

  /// Without blanks around it.
  var trimmed: String {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { String(start[...$0]) } ?? ""
  }

  var lastPart: String { split(separator: ".", maxSplits: 1).last.map(String.init) ?? self }

  /// But for acronyms.
  var lowercasedFirst: String {
    dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
  }

  /// Of the kinds that there are.
  var plural: String {
    if hasSuffix("y"), !hasSuffix("ey") { return dropLast() + "ies" }
    return hasSuffix("s") || hasSuffix("x") ? self + "es" : self + "s"
  }
}
