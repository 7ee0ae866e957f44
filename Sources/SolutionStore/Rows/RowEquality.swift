internal import SQL
internal import Solutions

/// Compares what a row says with the row that is there.
struct RowEquality {
  private let statement: any SQLStatement
  private let slots: [Int]
  private let id: Int

  /// - Throws: where the rows have no ids.
  init(
    _ form: ImportStatement,
    _ plan: FieldPlan,
    _ stored: StoredTable,
    in transaction: StoreTransaction
  ) throws {
    let key = plan.table.primaryKey
    guard let id = form.finding.first(where: { $0.name == key })?.slot else {
      throw QueryError(
        description: "rows are compared by their \(key), which the file does not have"
      )
    }
    self.id = id
    let fields = zip(plan.fields, form.slots).compactMap { field, slot in
      slot.map { (name: field.name, slot: $0) }
    }
    slots = fields.map(\.slot)
    statement = try transaction.sql.prepare(
      """
      SELECT \(names: fields.map { stored.stored($0.name) }) FROM \(name: stored.name)
      WHERE \(name: stored.stored(key)) = \(argument: 0)
      """
    )
  }

  /// - Returns: nil where no such row is there.
  func compare(_ arguments: [SQLValue]) throws(SQLError) -> Bool? {
    guard let row = try statement.row([arguments[id]]) else { return nil }
    return slots.enumerated().allSatisfy { place, slot in row.value(place) == arguments[slot] }
  }
}
