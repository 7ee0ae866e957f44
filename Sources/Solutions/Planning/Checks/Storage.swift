internal import XML

/// What a database can hold, so that what a plan accepts can be written (PF-420). What lies in an environment beside the
/// state is asked there (`StoreReader.shortages`).
extension Checks {
  /// A table of rows has its name alone.
  static let tableNames = Check<[SchemaChange]>("names of tables") { changes, context in
    let made = changes.compactMap(\.made)
    guard !made.isEmpty else { return [] }
    let holders = context.tableHolders
    return made.compactMap { design in
      let others = (holders[design.name] ?? []).filter { $0 != design.id }
      let table = ComponentID.entity(design.name)
      let isSystems = SystemBaseline.contains(table) && design.id != table
      // Its columns are named after its ends, too.
      let end = IntersectNames(context.state, design.id)?.ends.contains(design.name) == true
      // Of a table and an intersect the intersect is told.
      guard isSystems || end || !others.isEmpty,
        design.id.type != .entity || isSystems
          || !made.contains(where: { $0.id != design.id && $0.name == design.name })
      else { return nil }
      let holder =
        others.sorted().first.map { context.named($0) } ?? (end ? context.named(table) : nil)
      return context.finding(
        TableNameShared(component: context.named(design.id), table: design.name, holder: holder),
        design.id
      )
    }
  }

  static let tableWidths = Check<[SchemaChange]>("widths of tables") { changes, context in
    var widths: [ComponentID: Int] = [:]
    var parts: [ComponentID: [ComponentID]]?
    for change in changes {
      switch change {
      case .createTable(let design), .restoreTable(let design, _, columns: _):
        widths[design.id] = design.width
      case .addColumns(let table, _), .createKey(_, let table):
        let known = parts ?? context.state.partsByTable(context.kinds)
        parts = known
        let design = context.state.design(
          ofTable: table.id,
          parts: known[table.id] ?? [],
          kinds: context.kinds
        )
        widths[table.id] = design.width
      default: continue
      }
    }
    return widths.filter { $0.value > TableDesign.columnsMax }.sorted { $0.key < $1.key }.map {
      id,
      width in
      context.finding(TableTooWide(table: context.named(id), columns: width), id)
    }
  }

  static let keyWidths = Check<[SchemaChange]>("widths of keys") { changes, context in
    let keys = changes.flatMap { change -> [KeyDesign] in
      switch change {
      case .createTable(let design), .restoreTable(let design, _, columns: _): design.keys
      case .createKey(let key, table: _): [key]
      default: []
      }
    }
    return keys.compactMap { key in
      let bytes = context.bytesMax(of: key)
      let isWide = key.columns.count > KeyDesign.columnsMax
      guard isWide || bytes > KeyDesign.bytesMax else { return nil }
      let width: KeyTooWide.Width = isWide ? .columns(key.columns.count) : .bytes(bytes)
      return context.finding(KeyTooWide(key: context.named(key.id), width: width), key.id)
    }
  }

  static let keyCounts = Check<[SchemaChange]>("keys of tables") { changes, context in
    let tables = Set(
      changes.compactMap { change -> ComponentID? in
        switch change {
        case .createTable(let design): design.keys.isEmpty ? nil : design.id
        case .createKey(_, let table): table.id
        default: nil
        }
      }
    )
    guard !tables.isEmpty else { return [] }
    let parts = context.state.partsByTable(context.kinds)
    return tables.sorted().compactMap { table in
      let keys = (parts[table] ?? []).filter { context.kinds[$0.type].physical == .key }
      guard keys.count > TableDesign.keysMax else { return nil }
      return context.finding(TooManyKeys(table: context.named(table), keys: keys.count), table)
    }
  }
}

extension PlanContext {
  fileprivate func finding(_ content: any FindingContent, _ id: ComponentID) -> Finding {
    Finding(content, at: (state.standing(id) ?? before.standing(id))?.top.component.location)
  }

  /// How many bytes the platform's index over a key may take, as far as the columns are known.
  fileprivate func bytesMax(of key: KeyDesign) -> Int {
    guard let table = key.id.tableAndColumn?.table else { return 0 }
    return key.columns.reduce(0) { sum, name in
      switch state.column(.attribute(table, name), kinds: kinds)?.type {
      // Two for each UTF-16 unit; no column has more than a million.
      case .text(let length): sum + 2 * min(max(length ?? 0, 0), 1 << 20)
      case .lookup, .uniqueIdentifier, .primaryKey: sum + 16
      case .decimal: sum + 13
      case .bigInteger, .dateTime, .float: sum + 8
      case .integer, .choice: sum + 4
      case .boolean: sum + 1
      case .choices, .file, .image, .other, .none: sum
      }
    }
  }

  /// Tables and relationships by the table that they keep their rows in.
  fileprivate var tableHolders: [String: [ComponentID]] {
    state.stacks.keys.reduce(into: [:]) { found, id in
      switch kinds[id.type].physical {
      case .table: found[id.key, default: []].append(id)
      case .relationship:
        guard let names = IntersectNames(state, id) else { return }
        found[names.table, default: []].append(id)
      case .column, .key, .none: return
      }
    }
  }
}

extension SchemaChange {
  /// The table that it makes or gives back.
  package var made: TableDesign? {
    switch self {
    case .createTable(let design), .restoreTable(let design, _, columns: _): design
    default: nil
    }
  }
}

/// The names by which a many-to-many relationship has a table (PF-503).
struct IntersectNames {
  let table: String
  /// Logical names of the two tables.
  let ends: [String]

  /// nil for one-to-many ones.
  init?(_ component: Component) {
    let element = component.definition.element
    guard let first = element.text(of: "FirstEntityName")?.lowercased(), !first.isEmpty,
      let second = element.text(of: "SecondEntityName")?.lowercased(), !second.isEmpty
    else { return nil }
    let stated = element.text(of: "IntersectEntityName")?.lowercased() ?? ""
    table = stated.isEmpty ? component.id.key : stated
    ends = [first, second]
  }

  init?(_ state: InstalledState, _ id: ComponentID) {
    guard let stack = state.stacks[id] else { return nil }
    self.init(stack.top.component)
  }

  var all: [String] { [table] + ends }
}
