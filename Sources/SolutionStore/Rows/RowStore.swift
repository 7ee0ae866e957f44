internal import SQL
internal import Solutions

/// Writes, deletes and moves the rows of tables.
package struct RowStore {
  let transaction: StoreTransaction

  var reader: StoreReader { transaction.reader }
  var sql: any SQLSession { transaction.sql }

  func onStep(_ name: String) { transaction.onStep(name) }
}
