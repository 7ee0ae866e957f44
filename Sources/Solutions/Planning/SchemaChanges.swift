internal import XML

/// Tables of rows before and after a step: a table of rows is there exactly when its component is, or the system
/// brings it; a column when its table and its component are.
package struct SchemaChanges {
  private let before: InstalledState
  private let after: InstalledState
  private let kinds: ComponentKinds
  private let former: [ComponentID: Incarnation]
  private let start: InstalledState
  /// Columns and keys of the tables in `after`, and maybe some that are not there.
  private let parts: [ComponentID: Set<ComponentID>]

  /// - Parameters:
  ///   - former: which values are to be there afterwards, where that is not what comes by itself.
  ///   - start: where the plan began: what it made itself is no loss.
  ///   - parts: at least the columns and keys of `after`, by table, where somebody keeps them already.
  package init(
    from before: InstalledState,
    to after: InstalledState,
    kinds: ComponentKinds,
    former: [ComponentID: Incarnation] = [:],
    start: InstalledState,
    parts: [ComponentID: Set<ComponentID>]? = nil
  ) {
    self.before = before
    self.after = after
    self.kinds = kinds
    self.former = former
    self.start = start
    self.parts = parts ?? after.partsByTable(kinds).mapValues { Set($0) }
  }

  private func parts(of table: ComponentID) -> [ComponentID] {
    (parts[table] ?? []).filter { after.stacks[$0] != nil }
  }

  /// - Parameter touched: components that effects of the step are about.
  /// - Returns: what adds first, what destroys last (LC-500).
  package func changes(of touched: Set<ComponentID>) -> [SchemaChange] {
    var step = Step()
    let byPhysical = Dictionary(grouping: touched) { kinds[$0.type].physical }
    for id in (byPhysical[.table, default: []] + byPhysical[.relationship, default: []]).sorted() {
      switch kinds[id.type].physical {
      case .table where !SystemBaseline.contains(id):
        change(
          before.stacks[id] == nil ? nil : SchemaChange.TableName(id: id, name: id.key),
          after.stacks[id] == nil
            ? nil : after.design(ofTable: id, parts: parts(of: id), kinds: kinds),
          isAnew: isRekeyed(id),
          &step
        )
      case .relationship:
        change(
          before.design(ofIntersect: id)?.tableName,
          after.design(ofIntersect: id),
          isAnew: false,
          &step
        )
      // The system's own are always there.
      default: break
      }
    }
    for id in byPhysical[.column, default: []].sorted() { changeColumn(id, &step) }
    let stated = Set(byPhysical[.key, default: []])
    for id in stated.union(keys(over: step.moved)).sorted() { changeKey(id, &step) }
    return step.ordered
  }

  private struct Step {
    var keysDropped: [SchemaChange] = []
    /// What goes before others come, to make room for what the trash gives back.
    var replaced: [SchemaChange] = []
    var created: [SchemaChange] = []
    var restored: [SchemaChange] = []
    var added: [String: [ColumnDesign]] = [:]
    var keysCreated: [SchemaChange] = []
    var discarded: [String: [ComponentID]] = [:]
    var dropped: [String: [ComponentID]] = [:]
    var tablesDropped: [SchemaChange] = []
    /// Tables that come with their columns.
    var whole: Set<String> = []
    /// Columns that come, go or change their values: an index lies over one and the same column.
    var moved: Set<ComponentID> = []

    var ordered: [SchemaChange] {
      func each<Value>(
        _ tables: [String: [Value]],
        _ change: (SchemaChange.TableName, [Value]) -> SchemaChange
      ) -> [SchemaChange] {
        tables.sorted { $0.key < $1.key }.map { change(.entity($0.key), $0.value) }
      }
      return keysDropped + replaced + created + restored
        + each(added) { .addColumns(table: $0, $1) } + keysCreated
        + each(discarded) { .discardColumns(table: $0, $1) }
        + each(dropped) { .dropColumns(table: $0, $1) } + tablesDropped
    }
  }

  /// Values that are to come back; nil where those that are there, or none, are right.
  private func returning(_ id: ComponentID) -> Incarnation.ID? {
    guard let wanted = former[id], !wanted.isPurged, before.incarnations[id] != wanted else {
      return nil
    }
    return wanted.id
  }

  // MARK: Tables

  /// - Parameter isAnew: whether the table gives way to another one of its name.
  private func change(
    _ old: SchemaChange.TableName?,
    _ new: TableDesign?,
    isAnew: Bool,
    _ step: inout Step
  ) {
    guard let new else {
      guard let old else { return }
      let isOwn = start.stacks[old.id] == nil
      return step.tablesDropped.append(isOwn ? .discardTable(old) : .dropTable(old))
    }
    if let incarnation = returning(new.id) {
      if let old { step.replaced.append(.dropTable(old)) }
      let columns = new.columns.compactMap { column -> ColumnIncarnation? in
        guard let id = column.id, let wanted = former[id], !wanted.isPurged else { return nil }
        return ColumnIncarnation(column: id, id: wanted.id)
      }
      step.restored.append(.restoreTable(new, incarnation, columns: columns))
      step.whole.insert(new.name)
    } else if old == nil || isAnew {
      if let old { step.replaced.append(.dropTable(old)) }
      step.created.append(.createTable(new))
      step.whole.insert(new.name)
    }
  }

  /// Whether somebody shows what a component says of which it was known that it is there, and nothing else.
  private func isShown(_ id: ComponentID) -> Bool {
    guard let old = before.stacks[id], let new = after.stacks[id] else { return false }
    return old.isUntold && !new.isUntold
  }

  /// Whether rows of a table have another key than was taken for it.
  private func isRekeyed(_ id: ComponentID) -> Bool {
    guard isShown(id) else { return false }
    let columns = (parts[id] ?? []).filter { before.stacks[$0] != nil }
    return before.design(ofTable: id, parts: Array(columns), kinds: kinds).primaryKey
      != after.design(ofTable: id, parts: parts(of: id), kinds: kinds).primaryKey
  }

  /// Whether a column is kept in another way than was taken for it.
  private func isRetyped(_ id: ComponentID) -> Bool {
    guard isShown(id) else { return false }
    let (old, new) = (
      before.design(ofColumn: id, kinds: kinds), after.design(ofColumn: id, kinds: kinds)
    )
    return old.storage != new.storage || old.companion != new.companion
  }

  // MARK: Columns and keys

  private func changeColumn(_ id: ComponentID, _ step: inout Step) {
    guard let (table, column) = id.tableAndColumn, after.hasTable(table),
      !SystemBaseline.implies(column, of: table), !step.whole.contains(table)
    else { return }
    let (wasThere, isThere) = (before.stacks[id] != nil, after.stacks[id] != nil)
    guard isThere else {
      guard wasThere else { return }
      step.moved.insert(id)
      if start.stacks[id] == nil {
        step.discarded[table, default: []].append(id)
      } else {
        step.dropped[table, default: []].append(id)
      }
      return
    }
    if let incarnation = returning(id) {
      step.moved.insert(id)
      if wasThere { step.replaced.append(.dropColumns(table: .entity(table), [id])) }
      step.restored.append(.restoreColumn(id, table: .entity(table), incarnation))
    } else if !wasThere || isRetyped(id) {
      step.moved.insert(id)
      if wasThere { step.replaced.append(.dropColumns(table: .entity(table), [id])) }
      step.added[table, default: []].append(after.design(ofColumn: id, kinds: kinds))
    }
  }

  private func keys(over columns: Set<ComponentID>) -> Set<ComponentID> {
    let tables = Set(columns.compactMap { $0.tableAndColumn?.table })
    return Set(
      tables.flatMap { table in
        parts(of: .entity(table)).filter { id in
          after.design(ofKey: id, kinds: kinds)?.columns.contains {
            columns.contains(.attribute(table, $0))
          } ?? false
        }
      }
    )
  }

  /// Keys of tables that come or go do so with them.
  private func changeKey(_ id: ComponentID, _ step: inout Step) {
    guard let (table, _) = id.tableAndColumn, before.hasTable(table), after.hasTable(table),
      !step.whole.contains(table)
    else { return }
    let (old, new) = (before.design(ofKey: id, kinds: kinds), after.design(ofKey: id, kinds: kinds))
    let isMoved = new?.columns.contains { step.moved.contains(.attribute(table, $0)) } ?? false
    guard old != new || isMoved else { return }
    if old != nil { step.keysDropped.append(.dropKey(id, table: .entity(table))) }
    if let new { step.keysCreated.append(.createKey(new, table: .entity(table))) }
  }
}

extension SchemaChange.TableName {
  package static func entity(_ name: String) -> Self { Self(id: .entity(name), name: name) }
}

extension InstalledState {
  /// Whether rows can be kept: the component is there, or the system brings the table.
  func hasTable(_ name: String) -> Bool {
    stacks[.entity(name)] != nil || SystemBaseline.contains(.entity(name))
  }

  /// Columns and keys by the table that their key names.
  package func partsByTable(_ kinds: ComponentKinds) -> [ComponentID: [ComponentID]] {
    var parts: [ComponentID: [ComponentID]] = [:]
    for id in stacks.keys {
      let physical = kinds[id.type].physical
      guard physical == .column || physical == .key, let (table, _) = id.tableAndColumn else {
        continue
      }
      parts[.entity(table), default: []].append(id)
    }
    return parts
  }

  /// As the database is to make it.
  ///
  /// - Parameter parts: its columns and keys.
  package func design(
    ofTable id: ComponentID,
    parts: [ComponentID],
    kinds: ComponentKinds
  ) -> TableDesign {
    guard SystemBaseline.pairs[id.key] == nil else { return SystemBaseline.design(of: id.key) }
    let columns = parts.filter { kinds[$0.type].physical == .column }
    let ids = Dictionary(columns.map { ($0.tableAndColumn?.column ?? $0.key, $0) }) { one, _ in one
    }
    let table = Table(
      name: id.key,
      displayName: nil,
      columns: columns.compactMap { part in stacks[part].map { column(part, $0, kinds: kinds) } }
    )
    return TableDesign(
      id: id,
      name: id.key,
      primaryKey: table.primaryKey,
      columns: table.columns.map { column in
        let isImplied = SystemBaseline.implies(column.name, of: id.key)
        return ColumnDesign(column, id: isImplied ? nil : ids[column.name])
      },
      pair: [],
      keys: parts.sorted().compactMap { design(ofKey: $0, kinds: kinds) }
    )
  }

  /// nil for what is no key, or not there.
  package func design(ofKey id: ComponentID, kinds: ComponentKinds) -> KeyDesign? {
    guard kinds[id.type].physical == .key, let stack = stacks[id] else { return nil }
    let columns = stack.effective(kinds[id.type].merge).definition.keyColumns
    // Nobody has shown over which.
    guard !columns.isEmpty else { return nil }
    let table = id.tableAndColumn?.table ?? ""
    let folded = columns.filter { name in
      let known =
        self.column(.attribute(table, name), kinds: kinds)
        ?? SystemBaseline.columns(of: table, primaryKey: "").first { $0.name == name }
      // What is not known here may be a text; folding leaves everything else as it is.
      return known.map { $0.type.comparison == .folded } ?? true
    }
    return KeyDesign(id: id, columns: columns, folded: Set(folded))
  }

  func design(ofColumn id: ComponentID, kinds: ComponentKinds) -> ColumnDesign {
    guard let column = column(id, kinds: kinds) else {
      preconditionFailure("only what is there is designed")
    }
    return ColumnDesign(column, id: id)
  }

  /// As its storage sees it, without options and targets; nil when it is not there.
  func column(_ id: ComponentID, kinds: ComponentKinds) -> Column? {
    stacks[id].map { column(id, $0, kinds: kinds) }
  }

  private func column(_ id: ComponentID, _ stack: LayerStack, kinds: ComponentKinds) -> Column {
    Column(
      id.tableAndColumn?.column ?? id.key,
      definition: stack.effective(kinds[id.type].merge).definition,
      displayName: nil,
      options: nil,
      targets: []
    )
  }

  /// The intersect table of a many-to-many relationship; nil for one-to-many ones (PF-503).
  package func design(ofIntersect id: ComponentID) -> TableDesign? {
    guard let names = IntersectNames(self, id) else { return nil }
    let (name, first, second) = (names.table, names.ends[0], names.ends[1])
    let ends =
      first == second ? ["\(first)idone", "\(first)idtwo"] : ["\(first)id", "\(second)id"]
    let table = Table(
      intersect: name,
      displayName: nil,
      ends: zip(ends, [first, second]).map { Column($0, .lookup([$1])) }
    )
    return TableDesign(
      id: id,
      name: name,
      primaryKey: table.primaryKey,
      columns: table.columns.map { ColumnDesign($0) },
      pair: ends,
      keys: []
    )
  }
}

extension ComponentID {
  /// Of a column or a key: its table and its own logical name.
  package var tableAndColumn: (table: String, column: String)? {
    guard let dot = key.utf8.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    return (String(key[..<dot]), String(key[key.utf8.index(after: dot)...]))
  }
}
