import SQL

extension Conformance {
  static let values: [Case] = [
    Case(name: "Values come out as they went in, whichever way they went") { database in
      let rows: [[SQLValue]] = [
        [1, "", 0, .real(0), "0", .blob([])],
        [
          2, "it's \"$1\" ?1 …", .integer(.max), .real(1e300), "12345678901234567890.0123456789",
          .blob([0, 1, 255]),
        ],
        [
          3, "é\u{301} \u{1F600}", .integer(.min), .real(-0.1), "-0.5",
          .blob(Array(repeating: 7, count: 70_000)),
        ],
        [4, .null, .null, .null, .null, .null],
        [5, "\n\t\r\\", 1, .real(.leastNonzeroMagnitude), "100", .blob(Array("text".utf8))],
      ]
      let columns = ["id", "a", "n", "r", "d", "b"]
      try await database.write { session in
        try table(session)
        let statement = try session.prepare(
          """
          INSERT INTO t (\(names: columns)) VALUES (\(argument: 0), \(argument: 1), \(argument: 2),
            \(argument: 3), \(argument: 4), \(argument: 5))
          """
        )
        for (place, row) in rows.enumerated() {
          switch place % 3 {
          case 0: try session.execute("INSERT INTO t (\(names: columns)) VALUES \(list: row)")
          case 1: try statement.execute(row)
          default:
            var some = SQLRows(columns)
            some.append(row)
            try session.insert(some, into: "t", .refused)
          }
        }
        let found = try session.prepare("SELECT a, n, r, d, b FROM t WHERE id = \(argument: 0)")
        for row in rows {
          let back = try found.row([row[0]])
          try expect((0..<5).map { back?.value($0) }, Array(row[1...]), "row \(row[0])")
        }
      }
      try await database.read { reader in
        for (place, column) in columns.enumerated() {
          try expect(try values(of: column, reader), rows.map { $0[place] }, column)
        }
      }
    },
    Case(name: "A NUL is in no name, no value and no argument") { database in
      try await expectFailure("a NUL", { $0 == .unstorable }) {
        try await database.write { session in
          try table(session)
          try session.execute("INSERT INTO t (id, a) VALUES (1, \("a\0b"))")
        }
      }
      try await expectFailure("a NUL in a name", { $0 == .unstorable }) {
        try await database.write { try $0.execute("CREATE TABLE \(name: "a\0b") (id BIGINT)") }
      }
      try await expectFailure("a NUL in an argument", { $0 == .unstorable }) {
        try await database.write { session in
          try table(session)
          let statement = try session.prepare("SELECT id FROM t WHERE a = \(argument: 0)")
          _ = try statement.row(["a\0b"])
        }
      }
    },
    Case(name: "Names are names, whatever is in them, and long ones are told apart") { database in
      let odd = ["it's", "a -- b", "\"b\"", "$1; DROP TABLE x", "…", "select", "Case"]
      let long = String(repeating: "n", count: 120)
      try await database.write { session in
        let dialect = session.dialect
        let names = odd + [dialect.storedColumn(long + "1"), dialect.storedColumn(long + "2")]
        let columns = names.map { "\(name: $0) \(dialect.text)" as SQLText }
        try session.execute(
          "CREATE TABLE \(name: "a \"table\"") (\(columns.joined(separator: ", ")))"
        )
        try expect(try session.columns(of: "a \"table\""), names, "columns")
        let row = names.map { SQLValue.text($0) }
        try session.execute(
          "INSERT INTO \(name: "a \"table\"") (\(names: names)) VALUES \(list: row)"
        )
        for name in names {
          let found = try session.row("SELECT \(name: name) FROM \(name: "a \"table\"")") {
            try $0.text(0)
          }
          try expect(found, name)
        }
        for name in dialect.reservedColumns {
          try expect(dialect.storedColumn(name) == name, false, "the reserved name \(name)")
        }
        if let most = dialect.nameBytesMax {
          let stored = dialect.storedName("data_\(long)")
          try expect(stored.utf8.count + ":folded~1234567890".utf8.count <= most, true, "room")
        }
      }
    },
    Case(name: "Nothing is among none, whatever is asked") { database in
      try await database.write { session in
        try table(session)
        try session.execute("INSERT INTO t (id, a, n) VALUES (1, 'x', 1), (2, NULL, NULL)")
        func count(_ condition: SQLText) throws -> Int? {
          try session.row("SELECT COUNT(*) FROM t WHERE \(condition)") { try $0.integer(0) }
        }
        try expect(try count("id IN \(list: [])"), 0)
        try expect(try count("a IN \(list: ["x", "y"])"), 1)
        let isSame = session.dialect.isSame("a", "\(SQLValue.null)")
        try expect(try count(isSame), 1, "no value as no value")
        try expect(try count("NOT (\(session.dialect.isSame("a", "\("x")")))"), 1)
      }
    },
  ]
}
