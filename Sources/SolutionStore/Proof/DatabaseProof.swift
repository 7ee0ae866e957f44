internal import SQL
internal import Solutions

extension StoreReader {
  /// What other programs have put into the database.
  func strangeObjects() throws -> [String: SQLObject] {
    var known = Set(try Schema.objects(at: Schema.version, sql.dialect).keys)
    known.formUnion(SystemBaseline.tableNames.map { plainName(ofTable: $0) })
    known.formUnion(try pieces("place IS NULL AND purged IS NULL").map(\.storedName))
    known.formUnion(try storedMoves("1 = 1").map(\.rows))
    return try sql.objects().filter { name, kind in
      !known.contains(name) && !name.hasPrefix("sqlite_")
        && !(kind == .index && name.hasPrefix("key_"))
    }
  }

  /// The same in words.
  ///
  /// - Returns: what changes rows behind our back is broken; what only lies there is noted.
  func toldStrangers() throws -> (broken: [String], notes: [String]) {
    var (broken, notes): ([String], [String]) = ([], [])
    for (name, kind) in try strangeObjects().sorted(by: { $0.key < $1.key }) {
      switch kind {
      case .trigger:
        broken.append("the trigger \(name) is another program's, and may change what is written")
      case .index, .table, .view: notes.append("the \(kind.rawValue) \(name) is another program's")
      }
    }
    return (broken, notes)
  }

  /// The rows that an environment is made with.
  func brokenSystemRows() throws -> [String] {
    let environment = try environment()
    return try SystemRows.tables.compactMap { table in
      let ids = [
        SystemRows.id(in: table), SystemRows.formerID(in: table, of: environment),
      ].map { SQLValue.text($0.description) }
      let found = try count(
        "\(name: plainName(ofTable: table)) WHERE \(name: "\(table)id") IN \(list: ids)"
      )
      return found == 0 ? "the row of \(table) that the environment was made with is gone" : nil
    }
  }
}
