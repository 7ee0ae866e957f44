internal import XML

/// A table of rows: what the definitions in effect make of it.
package struct Table: Equatable, Sendable {
  /// Logical name.
  package let name: String
  package let displayName: String?
  /// Sorted by name.
  package let columns: [Column]
  package let keys: [AlternateKey]
  package let primaryKey: String
  package let primaryName: String?
  /// Whether its rows are another system's, which a data provider fetches (PF-411).
  package fileprivate(set) var isVirtual = false

  /// Columns whose values together tell rows apart.
  package struct AlternateKey: Equatable, Sendable {
    package let name: String
    package let columns: [String]

    package init(name: String, columns: [String]) {
      self.name = name
      self.columns = columns
    }
  }

  package init(
    name: String,
    displayName: String?,
    columns: [Column],
    keys: [AlternateKey] = [],
    primaryName: String? = nil
  ) {
    self.name = name
    self.displayName = displayName
    let declared = Set(columns.map(\.name))
    let own = columns.first { $0.type == .primaryKey }?.name
    primaryKey = own ?? SystemBaseline.primaryKey(of: name)
    let implied = SystemBaseline.columns(of: name, primaryKey: primaryKey)
    self.columns = (columns + implied.filter { !declared.contains($0.name) })
      .sorted { $0.name < $1.name }
    self.keys = keys.sorted { $0.name < $1.name }
    self.primaryName = primaryName ?? SystemBaseline.primaryName(of: name)
  }

  /// Of a many-to-many relationship.
  init(intersect name: String, displayName: String?, ends: [Column]) {
    self.name = name
    self.displayName = displayName
    primaryKey = "\(name)id"
    let own = [Column(primaryKey, .primaryKey), Column("versionnumber", .bigInteger)]
    columns = (own + ends).sorted { $0.name < $1.name }
    keys = []
    primaryName = nil
  }

  /// The same with some of its columns, or others.
  package func with(columns: [Column]) -> Table { Table(self, columns: columns) }

  private init(_ table: Table, columns: [Column]) {
    name = table.name
    displayName = table.displayName
    self.columns = columns.sorted { $0.name < $1.name }
    keys = []
    primaryKey = table.primaryKey
    primaryName = columns.contains { $0.name == table.primaryName } ? table.primaryName : nil
  }

  /// Of a many-to-many relationship: pairs of rows, without an owner, a state or a history.
  package var isIntersect: Bool { column("statecode") == nil }

  package func column(_ name: String) -> Column? { columns.first { $0.name == name } }
}

extension InstalledState {
  /// The table as this state has it; nil when it has none.
  ///
  /// The state holds the table's columns, keys, relationships and their choices.
  package func table(_ name: String, kinds: ComponentKinds) -> Table? {
    let entity = stacks[.entity(name)]
    guard entity != nil || SystemBaseline.contains(.entity(name)) else { return nil }
    if let pair = SystemBaseline.pairs[name] { return pair.rows }
    var columns: [Column] = []
    var keys: [Table.AlternateKey] = []
    var targets: [String: [String]] = [:]
    var primaryName: String?
    for (id, stack) in stacks where kinds[id.type].physical == .relationship {
      guard let link = stack.effective(kinds[id.type].merge).definition.lookupLink,
        link.table == name
      else {
        continue
      }
      targets[link.column, default: []].append(link.target)
    }
    for (id, stack) in stacks where stack.top.component.parent == .entity(name) {
      let kind = kinds[id.type]
      switch kind.physical {
      case .column:
        let definition = stack.effective(kind.merge).definition
        let column = Column(
          String(id.key.dropFirst(name.utf8.count + 1)),
          definition: definition,
          displayName: stack.top.component.displayName,
          options: options(of: definition, kinds: kinds),
          targets: Set(targets[String(id.key.dropFirst(name.utf8.count + 1))] ?? []).sorted()
        )
        columns.append(column)
        if definition.isPrimaryName { primaryName = column.name }
      case .key:
        let definition = stack.effective(kind.merge).definition
        keys.append(
          Table.AlternateKey(
            name: String(id.key.dropFirst(name.utf8.count + 1)),
            columns: definition.keyColumns
          )
        )
      case .table, .relationship, .none: break
      }
    }
    var table = Table(
      name: name,
      displayName: entity?.top.component.displayName,
      columns: columns,
      keys: keys,
      primaryName: primaryName
    )
    table.isVirtual = isVirtual(.entity(name), kinds: kinds)
    return table
  }

  /// Whether a table's rows, or those of a column's table, are another system's (PF-411).
  func isVirtual(_ id: ComponentID, kinds: ComponentKinds) -> Bool {
    let table = id.tableAndColumn.map { .entity($0.table) } ?? id
    guard kinds[table.type].physical == .table, let stack = stacks[table] else { return false }
    let settings = stack.effective(kinds[table.type].merge).definition.element.descend(
      "EntityInfo",
      "entity"
    )
    return settings?.text(of: "DataProviderId")?.isEmpty == false
  }

  /// The rows of a many-to-many relationship: pairs of rows of its tables (PF-503).
  package func table(ofIntersect id: ComponentID) -> Table? {
    guard let design = design(ofIntersect: id), let element = stacks[id]?.top.definition.element
    else { return nil }
    let ends = ["FirstEntityName", "SecondEntityName"].compactMap {
      element.text(of: $0)?.lowercased()
    }
    return Table(
      intersect: design.name,
      displayName: stacks[id]?.top.component.displayName,
      ends: zip(design.pair, ends).map { Column($0, .lookup([$1]), isSystemRequired: true) }
    )
  }

  /// Options of a column's choice, its own or a global one; nil where it is not known here.
  private func options(of definition: Definition, kinds: ComponentKinds) -> [XMLElement]? {
    if let own = Choices.list(of: definition) { return Array(own.children) }
    guard let id = definition.globalChoice, let stack = stacks[id] else { return nil }
    let choice = stack.effective(kinds[ComponentKind.optionSet.type].merge).definition
    return Choices.list(of: choice).map { Array($0.children) }
  }
}

/// Where a lookup leads.
package struct LookupLink: Hashable, Sendable {
  /// Logical names: the table with the lookup, the lookup, the table that it leads to.
  package let table, column, target: String
}

extension Definition {
  /// Of a one-to-many relationship; nil for what is none.
  package var lookupLink: LookupLink? {
    guard let table = element.text(of: "ReferencingEntityName")?.lowercased(),
      let column = element.text(of: "ReferencingAttributeName")?.lowercased(),
      let target = element.text(of: "ReferencedEntityName")?.lowercased()
    else { return nil }
    return LookupLink(table: table, column: column, target: target)
  }

  /// Whether it is that of the column that names the rows of its table (PF-422).
  var isPrimaryName: Bool {
    element.text(of: "DisplayMask")?.split(separator: "|").contains("PrimaryName") == true
  }

  /// Columns of an alternate key, in order.
  var keyColumns: [String] {
    element.descendants("AttributeName").map { $0.text.lowercased() }
  }
}
