/// Puts what is said of components together as one file.
struct DescriptionFile {
  private let making: DescriptionMaking

  init(_ making: DescriptionMaking) { self.making = making }

  var said: Said {
    let head = Self.head(of: making.solution, on: making.state, language: making.context.language)
    let own: [(String, [Said.Pair])] = [
      ("choices", pairs { if case .choice = $0 { true } else { false } }),
      ("tables", tables),
      ("relationships", pairs { if case .manyToMany = $0 { true } else { false } }),
    ]
    let described = DescribedKind.all.map { ($0.section, self.described($0, in: nil)) }
    return Said(
      .pairs(
        head
          + (own + described).filter { !$0.1.isEmpty }.map { Said.Pair($0.0, Said(.pairs($0.1))) }
      )
    )
  }

  /// Whose components they are.
  static func head(
    of solution: InstalledSolution,
    on state: InstalledState,
    language: String
  ) -> [Said.Pair] {
    var own = [Said.Pair("name", text: solution.name.text)]
    if solution.displayName != solution.name.text {
      own.append(Said.Pair("displayName", text: solution.displayName))
    }
    own.append(Said.Pair("version", text: solution.version.text))
    var pairs = [Said.Pair("solution", Said(.pairs(own)))]
    if let publisher = state.publishers[solution.publisher] {
      var words = [Said.Pair("name", text: publisher.name.text)]
      if publisher.displayName != publisher.name.text {
        words.append(Said.Pair("displayName", text: publisher.displayName))
      }
      words.append(Said.Pair("prefix", text: publisher.prefix))
      if let number = publisher.optionValuePrefix {
        words.append(Said.Pair("optionValuePrefix", text: String(number)))
      }
      pairs.append(Said.Pair("publisher", Said(.pairs(words))))
    }
    if language != "1033" { pairs.append(Said.Pair("language", text: language)) }
    return pairs
  }

  private func pairs(where isMeant: (DescriptionPart.Place) -> Bool) -> [Said.Pair] {
    making.entries.filter { isMeant($0.place) && $0.isNamed }.map { entry in
      Said.Pair(entry.subject.name, line: entry.line, Said(.pairs(entry.said)))
    }
  }

  // MARK: Tables

  private var tables: [Said.Pair] {
    var names: [ComponentID: String] = [:]
    for table in making.solution.members where table.type == .entity {
      names[table] = table.key
    }
    for entry in making.entries where entry.isNamed || !entry.said.isEmpty {
      switch entry.place {
      case .table: names[entry.id] = entry.subject.name
      case .column(let table), .key(let table): names[table] = names[table] ?? table.key
      case .target(let column, _):
        let table = column.tableAndColumn.map { ComponentID.entity($0.table) }
        if !entry.said.isEmpty, let table { names[table] = names[table] ?? table.key }
      case .described(_, let scope?) where scope.id.type == .entity:
        names[scope.id] = names[scope.id] ?? scope.id.key
      default: continue
      }
    }
    return names.sorted { ($0.value.lowercased(), $0.key) < ($1.value.lowercased(), $1.key) }
      .filter { table, _ in entry(table)?.obstacle == nil && making.isThereOrMade(table) }
      .map { table, name in
        Said.Pair(name, line: entry(table)?.line ?? 0, Said(.pairs(words(of: table))))
      }
  }

  private func entry(_ id: ComponentID) -> DescriptionPart? { making.entry(id) }

  private func words(of table: ComponentID) -> [Said.Pair] {
    let entry = entry(table)
    let leading: Set<String> = ["displayName", "pluralName", "ownership"]
    var words = entry?.said.filter { leading.contains($0.key) } ?? []
    var primary: ComponentID?
    if let entry, entry.subject.isNew, case .table(let id?) = entry.place {
      primary = id
      let column = self.entry(id)
      let name = column?.subject.name ?? id.tableAndColumn?.column ?? id.key
      let said = column?.said ?? []
      words.append(
        Said.Pair(
          "primaryName",
          said.isEmpty ? Said(.text(name)) : Said(.pairs([Said.Pair("name", text: name)] + said))
        )
      )
    }
    words += entry?.said.filter { !leading.contains($0.key) } ?? []
    if let entry, entry.subject.isNew, !entry.without.isEmpty {
      words.append(Said.Pair("without", Said(texts: entry.without)))
    }
    let parts: [(String, [Said.Pair])] =
      [("columns", columns(of: table, without: primary)), ("keys", keys(of: table))]
      + DescribedKind.ofTables.map { ($0.section, described($0, in: table)) }
    return words
      + parts.filter { !$0.1.isEmpty }.map { Said.Pair($0.0, Said(.pairs($0.1))) }
  }

  private func columns(of table: ComponentID, without primary: ComponentID?) -> [Said.Pair] {
    var columns = making.entries.filter { entry in
      if case .column(table) = entry.place { entry.id != primary && entry.isNamed } else { false }
    }.map { ($0.id, $0.subject.name, $0.said, $0.subject.isNew, $0.line) }
    let known = Set(columns.map(\.0))
    for entry in making.entries where !entry.said.isEmpty {
      guard case .target(let column, _) = entry.place, !known.contains(column),
        let name = column.tableAndColumn, name.table == table.key, column != primary,
        !columns.contains(where: { $0.0 == column })
      else { continue }
      columns.append((column, name.column, [], false, entry.line))
    }
    return columns.map { id, name, said, isNew, line in
      let targets = making.targets(of: id, in: table, all: isNew)
      let words = said.filter { $0.key != "target" }
      let target = targets.isEmpty ? [] : [Said.Pair("target", Said(items: targets))]
      // Before settings by path.
      let at = words.firstIndex { ["properties", "unset"].contains($0.key) } ?? words.endIndex
      return Said.Pair(name, line: line, Said(.pairs(words[..<at] + target + words[at...])))
    }
  }

  private func keys(of table: ComponentID) -> [Said.Pair] {
    pairs { if case .key(table) = $0 { true } else { false } }
  }

  // MARK: What kinds describe

  /// Components of a kind, each with those that are described in it.
  private func described(_ kind: DescribedKind, in scope: ComponentID?) -> [Said.Pair] {
    let own = making.entries.filter { entry in
      guard case .described(let other, let outer) = entry.place else { return false }
      return other.section == kind.section && outer?.id == scope
        && (entry.isNamed || entry.obstacle == nil && hasParts(entry.id, kind))
    }
    let found = own.map { entry in
      Said.Pair(
        entry.subject.name,
        line: entry.line,
        Said(.pairs(entry.said + nested(kind, in: entry.id)))
      )
    }
    // Parts of what another solution has.
    let known = Set(own.map(\.id))
    let outside = making.entries.compactMap { entry -> Blueprint.Scope? in
      guard case .described(let other, let outer?) = entry.place, entry.isNamed,
        kind.nested.contains(where: { $0.section == other.section }), !known.contains(outer.id),
        outer.id.type == kind.type
      else { return nil }
      return outer
    }
    var seen: Set<ComponentID> = []
    return found
      + outside.filter { seen.insert($0.id).inserted && making.isThereOrMade($0.id) }
      .filter { scope == nil || $0.id.key.hasPrefix(scope?.key ?? "") }
      .map { Said.Pair($0.name, Said(.pairs(nested(kind, in: $0.id)))) }
  }

  private func hasParts(_ id: ComponentID, _ kind: DescribedKind) -> Bool {
    !nested(kind, in: id).isEmpty
  }

  private func nested(_ kind: DescribedKind, in id: ComponentID) -> [Said.Pair] {
    kind.nested.compactMap { part in
      let pairs = described(part, in: id)
      return pairs.isEmpty ? nil : Said.Pair(part.section, Said(.pairs(pairs)))
    }
  }
}

extension DescriptionMaking {
  /// Whether the file can name it.
  func isThereOrMade(_ id: ComponentID) -> Bool {
    base.standing(id) != nil || SystemBaseline.contains(id)
      || entry(id).map { $0.obstacle == nil } ?? false
  }
}

extension Blueprint {
  /// A file that describes nothing yet.
  init(empty solution: InstalledSolution, publisher: Publisher?, _ context: MakingContext) {
    self.init(
      file: "solution.yaml",
      solution: solution.name,
      displayName: nil,
      version: nil,
      publisher: publisher.map {
        PublisherPart(
          name: $0.name,
          displayName: $0.displayName,
          prefix: $0.prefix,
          optionPrefix: $0.optionValuePrefix,
          line: 0
        )
      },
      context: context,
      parts: [],
      removed: [],
      problems: []
    )
  }
}
