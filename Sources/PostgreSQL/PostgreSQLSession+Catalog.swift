internal import SQL

/// What is there.
extension PostgreSQLSession {
  /// A table or view of the schema, by its number.
  private func object(_ table: String) -> SQLText {
    """
    (SELECT c.oid FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE n.nspname = \(schema) AND c.relname = \(table) AND c.relkind IN ('r', 'p', 'v', 'm', 'f'))
    """
  }

  func columns(of table: String) throws -> [String] {
    try rows(
      """
      SELECT attname FROM pg_catalog.pg_attribute
      WHERE attrelid = \(object(table)) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
      """
    ) { try $0.text(0) }
  }

  func table(_ table: String) throws -> SQLTable? {
    let columns = try rows(
      """
      SELECT attname, atttypid, attnotnull FROM pg_catalog.pg_attribute
      WHERE attrelid = \(object(table)) AND attnum > 0 AND NOT attisdropped ORDER BY attnum
      """
    ) { row -> SQLTable.Column in
      let name = try row.text(0)
      guard let storage = Wire.storage(of: UInt32(clamping: try row.integer(1))) else {
        throw SQLError(
          .foreign,
          "the column \(name) of the table \(table) is of a type that no environment has"
        )
      }
      return SQLTable.Column(name, storage, isRequired: try row.integer(2) == 1)
    }
    guard !columns.isEmpty else { return nil }
    var keys: [String: (isPrimary: Bool, columns: [String])] = [:]
    try forEachRow(
      """
      SELECT k.conname, CAST(k.contype AS TEXT), a.attname FROM pg_catalog.pg_constraint AS k
      CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS u (number, place)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = u.number
      WHERE k.conrelid = \(object(table)) AND k.contype IN ('p', 'u') ORDER BY k.conname, u.place
      """
    ) { row in
      let isPrimary = try row.text(1) == "p"
      keys[try row.text(0), default: (isPrimary, [])].columns.append(try row.text(2))
    }
    return SQLTable(
      table,
      columns,
      primaryKey: keys.values.first(where: \.isPrimary)?.columns ?? [],
      uniques: keys.sorted { $0.key < $1.key }.map(\.value).filter { !$0.isPrimary }.map(\.columns)
    )
  }

  func types(of columns: [String], in table: String) throws(SQLError) -> [UInt32] {
    let reply = try connection.run(
      try Self.rendered(
        """
        SELECT attname, atttypid FROM pg_catalog.pg_attribute
        WHERE attrelid = \(object(table)) AND attnum > 0 AND NOT attisdropped
        """
      )
    )
    var found: [String: UInt32] = [:]
    for place in 0..<reply.count {
      let row = try reply.row(place, names: ["attname", "atttypid"])
      found[try row.text(0)] = UInt32(clamping: try row.integer(1))
    }
    return columns.map { found[$0] ?? Wire.TypeID.none }
  }

  func indexes(of table: String) throws -> [String] {
    try rows(
      """
      SELECT c.relname FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      WHERE i.indrelid = \(object(table)) AND \(Self.isOfStatement) ORDER BY c.relname
      """
    ) { try $0.text(0) }
  }

  /// An index `i` that no key of a table brings along.
  private static let isOfStatement: SQLText = """
    NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint AS k
      WHERE k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
    """

  /// Tables and views of a schema, by their numbers.
  ///
  /// The catalog finds a table by its name, and those of a schema by what depends on it: looking at all tables would take
  /// longer with each environment that a database has.
  static func tables(of schema: String) -> SQLText {
    """
    (SELECT d.objid FROM pg_catalog.pg_depend AS d
      WHERE d.refclassid = CAST('pg_catalog.pg_namespace' AS REGCLASS)
        AND d.refobjid = (SELECT n.oid FROM pg_catalog.pg_namespace AS n WHERE n.nspname = \(schema))
        AND d.classid = CAST('pg_catalog.pg_class' AS REGCLASS))
    """
  }

  func objects() throws -> [String: SQLObject] {
    let tables = Self.tables(of: schema)
    var found: [String: SQLObject] = [:]
    try forEachRow(
      """
      SELECT c.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END
      FROM pg_catalog.pg_class AS c
      WHERE c.oid IN \(tables) AND c.relkind IN ('r', 'p', 'f', 'v', 'm')
      UNION ALL
      SELECT c.relname, 'index' FROM pg_catalog.pg_index AS i
      JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      WHERE i.indrelid IN \(tables) AND c.relkind = 'i' AND \(Self.isOfStatement)
      UNION ALL
      SELECT t.tgname, 'trigger' FROM pg_catalog.pg_trigger AS t
      WHERE t.tgrelid IN \(tables) AND NOT t.tgisinternal
      """
    ) { row in
      found[try row.text(0)] = SQLObject(rawValue: try row.text(1))
    }
    return found
  }

  /// The server looks after its disk itself.
  func integrityFaults() throws -> [String] { [] }

  func pieces(of table: String, rows step: Int) throws -> SQLPieces {
    let size = try row(
      """
      SELECT CAST(c.reltuples AS BIGINT), c.relpages,
        pg_relation_size(c.oid) / CAST(current_setting('block_size') AS BIGINT)
      FROM pg_catalog.pg_class AS c WHERE c.oid = \(object(table))
      """
    ) { row in
      (
        rows: try row.signedInteger(0), pages: try row.integer(1), blocks: try row.integer(2)
      )
    }
    guard let size, size.blocks > 0 else {
      return SQLPieces(["1 = 1"], rowsMax: 0, step: step)
    }
    // Where nobody has counted yet, rows are taken for small ones.
    let density = size.rows > 0 && size.pages > 0 ? max(1, size.rows / size.pages) : 60
    let blocks = max(1, step / density)
    let starts = Array(stride(from: 0, to: size.blocks, by: min(blocks, size.blocks)))
    // A table as a whole is read by several processes of the server, a range of its blocks by one.
    guard starts.count > 1 else {
      return SQLPieces(["1 = 1"], rowsMax: size.blocks * density, step: step)
    }
    let conditions = starts.enumerated().map { place, start -> SQLText in
      let from: SQLText = "ctid >= CAST(\("(\(start),0)") AS TID)"
      guard place + 1 < starts.count else { return from }
      return "\(from) AND ctid < CAST(\("(\(starts[place + 1]),0)") AS TID)"
    }
    return SQLPieces(conditions, rowsMax: size.blocks * density, step: step)
  }
}
