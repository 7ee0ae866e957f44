internal import SQL
internal import Solutions

/// Writes, deletes and moves the rows of tables.
///
/// - Throws: all of it: `BadRows` and `StoreError` for what is refused, `SQLError` where the database cannot be written.
package struct RowStore {
  let transaction: StoreTransaction

  var reader: StoreReader { transaction.reader }
  var sql: any SQLSession { transaction.sql }

  func onStep(_ name: String) { transaction.onStep(name) }
}
