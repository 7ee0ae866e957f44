/// What becomes of the tables of rows; derived from the states before and after a step, performed by apply.
package enum SchemaChange: Equatable, Sendable {
  /// With its keys.
  case createTable(TableDesign)
  case addColumns(table: TableName, [ColumnDesign])
  /// A unique index; over rows that are not unique it fails, and the key says so (LC-500).
  case createKey(KeyDesign, table: TableName)
  case dropKey(ComponentID, table: TableName)
  /// Once more, over rows that must be unique now.
  case activateKey(KeyDesign, table: TableName)
  /// Into the trash, with their values, in constant time.
  case dropColumns(table: TableName, [ComponentID])
  case dropTable(TableName)
  /// Made by the same plan, so there is nothing in it that could be lost.
  case discardColumns(table: TableName, [ComponentID])
  case discardTable(TableName)
  /// Out of the trash, with those columns that were in it then, and with its keys.
  case restoreTable(TableDesign, Incarnation.ID, columns: [ColumnIncarnation])
  case restoreColumn(ComponentID, table: TableName, Incarnation.ID)
  /// For good.
  case purge(Incarnation.ID, of: ComponentID)
  /// Values that a move wrote are as before it, or as it wrote them, in rows that were not written since.
  case turnMove(Incarnation.ID, isBack: Bool)

  /// A table of rows with the component that it belongs to.
  package struct TableName: Equatable, Sendable {
    package let id: ComponentID
    /// Logical name.
    package let name: String

    package init(id: ComponentID, name: String) {
      self.id = id
      self.name = name
    }
  }
}

/// A table as a database makes it.
package struct TableDesign: Equatable, Sendable {
  /// The table, or the many-to-many relationship that it belongs to.
  package let id: ComponentID
  /// Logical name.
  package let name: String
  package let primaryKey: String
  /// Sorted by name; the primary key is among them.
  package let columns: [ColumnDesign]
  /// Columns that are unique together, in an intersect table.
  package let pair: [String]
  package let keys: [KeyDesign]

  package var tableName: SchemaChange.TableName { .init(id: id, name: name) }

  /// As many as any database has room for, companions and what texts of keys compare by counted.
  package static let columnsMax = 2_000
  /// Alternate keys, as many as the platform takes.
  static let keysMax = 10

  package var width: Int {
    columns.map(\.width).reduce(0, +) + Set(keys.flatMap(\.folded)).count
  }
}

/// An alternate key as a database makes it.
package struct KeyDesign: Equatable, Sendable {
  package let id: ComponentID
  package let columns: [String]
  /// Those of them that hold texts, which are kept apart by what they compare by.
  package let folded: Set<String>

  /// As many as the platform takes.
  static let columnsMax = 16
  static let bytesMax = 900

  package init(id: ComponentID, columns: [String], folded: Set<String>) {
    self.id = id
    self.columns = columns
    self.folded = folded
  }
}

/// A column as a database makes it.
package struct ColumnDesign: Equatable, Sendable {
  /// nil for columns that every table has.
  package let id: ComponentID?
  package let name: String
  package let storage: ColumnType.Storage
  /// Beside the value: the table that a lookup leads to, the name of a file.
  package let companion: Companion?

  package enum Companion: String, CaseIterable, Equatable, Sendable {
    case type
    case name
  }

  /// How many columns it is to a database.
  package var width: Int { companion == nil ? 1 : 2 }
}

extension ColumnDesign {
  package init(_ column: Column, id: ComponentID? = nil) {
    let companion: Companion? =
      switch column.type {
      case .lookup: .type
      case .file: .name
      default: nil
      }
    self.init(id: id, name: column.name, storage: column.type.storage, companion: companion)
  }
}

/// A table or column with the values in it: dropped and made anew, a component has another one.
package struct Incarnation: Equatable, Sendable {
  package typealias ID = Int

  package let id: ID
  /// Its values are gone for good.
  package let isPurged: Bool

  package init(id: ID, isPurged: Bool = false) {
    self.id = id
    self.isPurged = isPurged
  }
}

/// Which values of a column belong to a table.
package struct ColumnIncarnation: Equatable, Sendable {
  package let column: ComponentID
  package let id: Incarnation.ID
}
