import SQL

extension Conformance {
  static let changes: [Case] = [
    Case(
      name: "A table tells what it is, and another is made like it, with the values that it holds"
    ) {
      database in
      try await database.write { session in
        let dialect = session.dialect
        let columns = [
          SQLTable.Column("id", .text, isRequired: true), SQLTable.Column("a b", .text),
          SQLTable.Column("n", .integer, isRequired: true), SQLTable.Column("r", .real),
          SQLTable.Column("d", .decimal), SQLTable.Column("b:x", .blob),
        ]
        let made = SQLTable("t \"1\"", columns, primaryKey: ["id"], uniques: [["n", "a b"]])
        try session.create(made)
        let found = try session.table(made.name)
        // Where decimals are texts they are told as such.
        let isText = dialect.decimal == dialect.text
        let told = columns.map { column in
          column.storage == .decimal && isText
            ? SQLTable.Column(column.name, .text, isRequired: column.isRequired) : column
        }
        try expect(found, SQLTable(made.name, told, primaryKey: ["id"], uniques: [["n", "a b"]]))
        try expect(try session.table("other"), nil)
        var rows = SQLRows(columns.map(\.name))
        rows.append(["1", "x", 1, .real(0.5), "12.5", .blob([0, 1])])
        rows.append(["2", .null, 1, .null, .null, .null])
        try session.insert(rows, into: made.name, .refused)
        let again = try session.prepare(
          "INSERT INTO \(name: made.name) (id, \(name: "a b"), n) VALUES ('3', 'x', 1)",
          mayFail: true
        )
        do throws(SQLError) {
          try again.execute([])
          throw SQLError(.other, "not refused")
        } catch {
          try expect(error.isNotUnique, true)
        }
        let read = try session.rows(
          "SELECT \(names: rows.columns) FROM \(name: made.name) ORDER BY id"
        ) {
          $0.values
        }
        try expect(read, [Array(rows[0]), Array(rows[1])])
      }
    },
    Case(
      name:
        "Rows that would be alike are told with their columns, and a run that may fail leaves nothing"
    ) { database in
      try await database.write { session in
        let text = session.dialect.text
        try session.execute(
          "CREATE TABLE u (id \(text) PRIMARY KEY, a \(text), \(name: "b~2") \(text), \(name: "c:folded") \(text))"
        )
        try session.execute("CREATE UNIQUE INDEX u_pair ON u (a, \(name: "b~2"))")
        try session.execute("CREATE UNIQUE INDEX u_folded ON u (\(name: "c:folded"))")
        let insert = try session.prepare(
          "INSERT INTO u VALUES (\(argument: 0), \(argument: 1), \(argument: 2), \(argument: 3))",
          mayFail: true
        )
        let refused: [([SQLValue], [String])] = [
          (["1", "x", "q", "r"], ["id"]), (["3", "x", "y", "s"], ["a", "b~2"]),
          (["4", "p", "q", "z"], ["c:folded"]),
        ]
        try insert.execute(["1", "x", "y", "z"])
        for round in 0..<3 {
          for (row, columns) in refused {
            do throws(SQLError) {
              try insert.execute(row)
              throw SQLError(.other, "not refused")
            } catch {
              try expect(error.reason, .notUnique(columns: columns))
            }
            // What other statements write stands, too.
            let id = "\(round) \(columns)"
            try session.execute("INSERT INTO u (id) VALUES (\("other \(id)"))")
            try insert.execute([.text(id), .null, .null, .null])
            try insert.execute([.text("\(id) 2"), .null, .null, .null])
          }
        }
        try expect(try session.row("SELECT COUNT(*) FROM u") { try $0.integer(0) }, 28)
      }
      let there = try await database.read { reader in
        try reader.row("SELECT COUNT(*) FROM u") { try $0.integer(0) }
      }
      try expect(there, 28)
    },
    Case(name: "A row that is there is changed where that is asked for, and tells what it is") {
      database in
      try await database.write { session in
        try table(session)
        let upsert = try session.prepare(
          """
          INSERT INTO t (id, a, n) VALUES (\(argument: 0), \(argument: 1), \(argument: 2))
          ON CONFLICT (id) DO UPDATE SET a = COALESCE(\(argument: 1), t.a), n = excluded.n
          WHERE COALESCE(t.n, 0) <> \(9) RETURNING id, a
          """,
          mayFail: true
        )
        func run(_ arguments: [SQLValue]) throws -> [SQLValue]? {
          try upsert.row(arguments).map { [$0.value(0), $0.value(1)] }
        }
        try expect(try run([1, "x", 1]), [1, "x"])
        try expect(try run([1, .null, 9]), [1, "x"])
        try expect(try run([1, "y", 2]), nil)
      }
    },
    Case(
      name: "Of many runs at once those with keys that are taken are told, and the others are done"
    ) {
      database in
      try await database.write { session in
        try table(session)
        let insert = try session.prepare(
          "INSERT INTO t (id, a) VALUES (\(argument: 0), \(argument: 1))",
          mayFail: true
        )
        func run(_ ids: [Int64], _ statement: any SQLStatement) throws -> [Int] {
          var refused: [Int] = []
          try statement.runEach(ids.map { [.integer($0), "x"] }) { place, answer in
            if case .failure(let error) = answer {
              try expect(error.reason, .notUnique(columns: ["id"]))
              refused.append(place)
            }
          }
          return refused
        }
        try expect(try run([], insert), [])
        try expect(try run(Array(1...700), insert), [])
        // Within them, and beside what was there.
        try expect(try run([701, 1, 702, 702, 703], insert), [1, 3])
        try expect(try run([704, 705], insert), [])
        try expect(try session.row("SELECT COUNT(*) FROM t") { try $0.integer(0) }, 705)

        let upsert = try session.prepare(
          """
          INSERT INTO t (id, a) VALUES (\(argument: 0), \(argument: 1)) ON CONFLICT (id)
          DO UPDATE SET a = excluded.a WHERE t.a <> excluded.a RETURNING id, a
          """,
          mayFail: true
        )
        var told: [[SQLValue]?] = []
        try upsert.runEach([[1, "y"], [1, "y"], [800, "z"]]) { _, answer in
          told.append(try answer.get().map { [$0.value(0), $0.value(1)] })
        }
        try expect(told, [[1, "y"], nil, [800, "z"]])

        // What is no matter of keys ends all of them, and not the transaction.
        do {
          try insert.runEach([[900, "x"], [.null, "x"], [901, "x"]]) { _, _ in }
          throw SQLError(.other, "taken")
        } catch let error as SQLError {
          try expect(error.message.contains("taken"), false)
        }
        try expect(try run([902], insert), [])
      }
    },
    Case(name: "Tables come, change, go and come again within a transaction") { database in
      try await database.write { session in
        try table(session)
        try session.execute("INSERT INTO t (id, a) VALUES (1, 'x')")
        try session.execute("ALTER TABLE t ADD COLUMN \(name: "e~7") \(session.dialect.text)")
        try session.execute("UPDATE t SET \(name: "e~7") = a")
        try session.execute("ALTER TABLE t DROP COLUMN b")
        try session.execute("CREATE INDEX t_a ON t (a)")
        try expect(try session.columns(of: "t"), ["id", "a", "n", "r", "d", "e~7"])
        try expect(try session.indexes(of: "t"), ["t_a"])
        try session.execute("DROP TABLE t")
        try expect(try session.columns(of: "t"), [])
        try table(session)
        try session.execute("INSERT INTO t (id, n) VALUES (1, 5)")
      }
      try await database.read { reader in
        try expect(try reader.columns(of: "t"), ["id", "a", "n", "r", "d", "b"])
        let objects = try reader.objects().filter { $0.key.hasPrefix("t") }
        try expect(objects, ["t": .table])
      }
      try await expectFailure("a table of that name") {
        try await database.write { session in
          try session.execute("ALTER TABLE t ADD COLUMN late BIGINT")
          try table(session)
        }
      }
      let columns = try await database.read { try $0.columns(of: "t") }
      try expect(columns.contains("late"), false, "a change that was taken back")
    },
    Case(name: "Several columns go at once, and others may come by their names") { database in
      try await database.write { session in
        try table(session)
        try session.execute("INSERT INTO t (id, a, n, r) VALUES (1, 'x', 5, 2.5)")
        try session.execute("CREATE INDEX t_r ON t (r)")
      }
      for round in 1...3 {
        try await database.write { session in
          try session.dropColumns(["a", "n"], of: "t")
          try expect(try session.columns(of: "t"), ["id", "r", "d", "b"])
          try session.execute("ALTER TABLE t ADD COLUMN a \(session.dialect.text)")
          try session.execute("ALTER TABLE t ADD COLUMN n BIGINT")
          try expect(
            try session.row("SELECT a, n, r FROM t") { [$0.value(0), $0.value(1), $0.value(2)] },
            [.null, .null, .real(2.5)]
          )
          try session.execute("UPDATE t SET a = 'x', n = \(round)")
        }
      }
      try await database.write { session in
        let many = (0..<120).map { "c\($0)" }
        for name in many { try session.execute("ALTER TABLE t ADD COLUMN \(name: name) BIGINT") }
        try session.dropColumns(many, of: "t")
        try expect(try session.columns(of: "t"), ["id", "r", "d", "b", "a", "n"])
        try expect(try session.indexes(of: "t"), ["t_r"])
        try expect(
          try session.row("SELECT a, n, r FROM t") { [$0.value(0), $0.value(1), $0.value(2)] },
          ["x", 3, .real(2.5)]
        )
      }
    },
    Case(name: "A temporary table is there for its transaction, and found before others") {
      database in
      for round in 0..<2 {
        try await database.write { session in
          try session.execute(
            "CREATE TEMPORARY TABLE several (id \(session.dialect.text) PRIMARY KEY, n BIGINT DEFAULT 0)"
          )
          var rows = SQLRows(["id"])
          for number in 0..<300 { rows.append([.text("\(number % 200)")]) }
          try session.insert(rows, into: "several", .kept)
          try session.execute("UPDATE several SET n = n + 1 WHERE id = \("7")")
          let found = try session.row("SELECT COUNT(*), SUM(n) FROM several") { row in
            [row.value(0).description, row.value(1).description]
          }
          try expect(found?.first, "200", "round \(round)")
          try session.execute("DROP TABLE several")
        }
      }
    },
  ]
}
