internal import OData
internal import Solutions

/// How rows of a query become objects: which column goes where.
struct Layout: Sendable {
  let model: TableModel
  var fields: [Field]
  /// Of the id among the columns of the query.
  let key: Int
  let version: Int?
  var singles: [Single] = []
  var branches: [Branch] = []

  struct Field: Sendable {
    let column: Column
    let at: Int
    /// Of the table that a lookup leads to, where that may be several.
    let table: Int?
    /// What the row is called that a lookup leads to, by its table.
    let names: [(table: String, at: Int)]
    /// Of a picture, in place of what it shows.
    var fact: PictureFact?
  }

  /// A lookup that is shown with its row.
  struct Single: Sendable {
    let name: String
    let layout: Layout
    /// Of other tables that it may lead to instead.
    var others: [Layout] = []
    let isReference: Bool

    /// That of the table which it leads to; nil where it leads nowhere.
    func layout(in row: Row) -> Layout? {
      if row.values[layout.key] != .null { return layout }
      return others.first { row.values[$0.key] != .null }
    }
  }

  /// Rows that belong to each row.
  struct Branch: Sendable {
    let name: String
    /// Among the branches of the tree.
    let place: Int
    let layout: Layout
    let kind: QueryOptions.Expansion.Kind
  }
}
