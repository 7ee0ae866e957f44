internal import SQL
internal import Solutions

/// What each field of a file means for a table, and what a new row gets without being told.
struct FieldPlan {
  enum Field {
    case value(Column)
    /// The table that a lookup leads to.
    case lookupType(Column)
    case fileName(Column)
    /// A value of an alternate key of the table that a lookup leads to.
    case key(lookup: Column, target: Column)
    /// The environment counts versions itself.
    case version

    /// As the header spells it.
    var name: String {
      switch self {
      case .value(let column): column.name
      case .lookupType(let column): StoredTable.companionName(column.name, .type)
      case .fileName(let column): StoredTable.companionName(column.name, .name)
      case .key(let lookup, let target): "\(lookup.name).\(target.name)"
      case .version: "versionnumber"
      }
    }
  }

  let table: Table
  let fields: [Field]
  /// Lookups found by alternate keys: with the fields that hold the key's values.
  let keyed: [Keyed]

  struct Keyed {
    let lookup: Column
    let target: Table
    let key: Table.AlternateKey
    /// Positions of fields, in the order of the key's columns.
    let positions: [Int]
  }

  /// - Parameter find: another table by its logical name.
  init(_ header: [String], of table: Table, find: (String) throws -> Table?) throws {
    self.table = table
    // Logical names are lower case; people write them as the display has them.
    let header = header.map { Self.logicalName($0, of: table) }
    var fields: [Field] = []
    var keys: [String: [(position: Int, column: String)]] = [:]
    for (position, name) in header.enumerated() {
      if header[..<position].contains(name) {
        throw QueryError(description: "the header names \(name) twice")
      }
      fields.append(try Self.field(name, position, header, table, find, &keys))
    }
    self.fields = fields
    if let both = keys.keys.sorted().first(where: { header.contains($0) }) {
      throw QueryError(
        description: "the header names \(both) by id and by an alternate key; one of them is enough"
      )
    }
    keyed = try keys.sorted { $0.key < $1.key }.map { name, parts in
      guard let lookup = table.column(name),
        let target = try Self.target(of: lookup, table, find),
        let key = target.keys.first(where: { Set($0.columns) == Set(parts.map(\.column)) })
      else {
        throw QueryError(
          description:
            "\(name) cannot be found by \(parts.map(\.column).joined(separator: ", ")): that is no alternate key"
        )
      }
      let places = key.columns.compactMap { column in parts.first { $0.column == column }?.position
      }
      return Keyed(lookup: lookup, target: target, key: key, positions: places)
    }
  }

  /// In lower case; of a name that a column alone is displayed by, that column's own.
  private static func logicalName(_ name: String, of table: Table) -> String {
    let own = name.lowercased()
    guard own != "versionnumber", table.column(own) == nil else { return own }
    return table.column(displayedAs: name)?.name ?? own
  }

  private static func field(
    _ name: String,
    _ position: Int,
    _ header: [String],
    _ table: Table,
    _ find: (String) throws -> Table?,
    _ keys: inout [String: [(position: Int, column: String)]]
  ) throws -> Field {
    if name == "versionnumber" { return .version }
    if let column = table.column(name) { return .value(column) }
    if let colon = name.firstIndex(of: ":"), let column = table.column(String(name[..<colon])) {
      switch (column.type, name[name.index(after: colon)...]) {
      case (.lookup, "type"):
        guard header.contains(column.name) else {
          throw QueryError(
            description:
              "\(name) says which table \(column.name) leads to: the file needs that, too"
          )
        }
        return .lookupType(column)
      case (.file, "name"): return .fileName(column)
      default: break
      }
    }
    if let dot = name.firstIndex(of: "."), let lookup = table.column(String(name[..<dot])),
      let target = try target(of: lookup, table, find),
      let column = target.column(String(name[name.index(after: dot)...]))
    {
      keys[lookup.name, default: []].append((position, column.name))
      return .key(lookup: lookup, target: column)
    }
    let near = table.columns.map(\.name).filter { $0.contains(name) || name.contains($0) }.prefix(3)
    throw QueryError(
      description: "the table \(table.name) has no column \(name)"
        + (near.isEmpty ? "" : "\n  → it has \(near.joined(separator: ", "))")
    )
  }

  private static func target(
    of lookup: Column,
    _ table: Table,
    _ find: (String) throws -> Table?
  ) throws -> Table? {
    guard case .lookup(let targets) = lookup.type else { return nil }
    guard targets.count == 1 else {
      throw QueryError(
        description: "\(lookup.name) leads to several tables, so its rows are named by id and "
          + "\(lookup.name):type"
      )
    }
    return targets[0] == table.name ? table : try find(targets[0])
  }
}
