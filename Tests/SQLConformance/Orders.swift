import SQL

extension Conformance {
  static let orders: [Case] = [
    Case(name: "Texts are ordered by their bytes, and nothing stands where it is told to") {
      database in
      let sorted = [
        "", " ", "A", "B", "Z", "_", "a", "aa", "b", "z", "é", "ÿ", "あ", "\u{FFFD}", "\u{1F600}",
      ]
      try await database.write { session in
        try table(session)
        for (place, text) in sorted.reversed().enumerated() {
          try session.execute("INSERT INTO t (id, a) VALUES (\(place), \(text))")
        }
        try session.execute("INSERT INTO t (id, a) VALUES (100, NULL)")
        let found = try values(of: "a", session, orderedBy: "a ASC NULLS FIRST")
        try expect(found, [.null] + sorted.map { .text($0) })
        let back = try values(of: "a", session, orderedBy: "a DESC NULLS LAST")
        try expect(back, sorted.reversed().map { .text($0) } + [.null])
        try expect(
          try session.row("SELECT MIN(a), MAX(a) FROM t") { [try $0.text(0), try $0.text(1)] },
          ["", "\u{1F600}"]
        )
        try expect(
          try session.row("SELECT COUNT(*) FROM t WHERE a > \("a")") { try $0.integer(0) },
          8
        )
      }
    },
    Case(name: "A pattern is like what it says, and only ASCII forgets its case") { database in
      let texts = ["abc", "ABC", "a%c", "a_c", "äbc", "ÄBC", "a\\c", ""]
      let cases: [(pattern: String, found: [Int64])] = [
        ("abc", [0, 1]), ("a%", [0, 1, 2, 3, 6]), ("a\\%c", [2]), ("a\\_c", [3]),
        ("_bc", [0, 1, 4, 5]),
        ("ä%", [4]), ("a\\\\c", [6]), ("%", [0, 1, 2, 3, 4, 5, 6, 7]), ("", [7]),
      ]
      try await database.write { session in
        try table(session)
        for (place, text) in texts.enumerated() {
          try session.execute("INSERT INTO t (id, a) VALUES (\(place), \(text))")
        }
        for (pattern, wanted) in cases {
          let isLike = session.dialect.like("a", "\(pattern)")
          let found = try session.rows("SELECT id FROM t WHERE \(isLike) ORDER BY id") {
            $0.value(0)
          }
          try expect(found, wanted.map { .integer($0) }, pattern)
        }
      }
    },
    Case(name: "Numbers add up, and compare as numbers") { database in
      try await database.write { session in
        try table(session)
        let dialect = session.dialect
        for (id, n, d) in [(1, 2, "10"), (2, 3, "9.5"), (3, 6, "-1"), (4, 0, "0.25")] {
          try session.execute("INSERT INTO t (id, n, d) VALUES (\(id), \(n), \(d))")
        }
        try session.execute("INSERT INTO t (id) VALUES (5)")
        let sums = try session.row(
          """
          SELECT \(dialect.wholeSum("n")), \(dialect.average("n")), SUM(\(dialect.number("d"))),
            \(dialect.average(dialect.number("d"))), COUNT(d) FROM t
          """
        ) { row in (0..<5).map { row.value($0) } }
        try expect(sums, [.integer(11), .real(2.75), .real(18.75), .real(4.6875), .integer(4)])
        let none = try session.row(
          "SELECT \(dialect.wholeSum("n")), \(dialect.average("n")) FROM t WHERE id = 5"
        ) {
          [$0.value(0), $0.value(1)]
        }
        try expect(none, [.null, .null])
        let order = try values(
          of: "id",
          session,
          orderedBy: "\(dialect.number("d")) ASC NULLS FIRST"
        )
        try expect(order, [5, 3, 4, 2, 1])
        let greater: SQLText = "\(dialect.number("d")) > \(dialect.number("\("9.4")"))"
        try expect(
          try session.row("SELECT COUNT(*) FROM t WHERE \(greater)") { try $0.integer(0) },
          2
        )
        try expect(
          try session.row("SELECT COUNT(*) FROM t WHERE d = \("9.5")") { try $0.integer(0) },
          1
        )
      }
    },
    Case(name: "Rows that a text holds are rows with types, and join those of tables") { database in
      try await database.write { session in
        try table(session)
        try session.execute("INSERT INTO t (id, a) VALUES (7, 'seven')")
        let dialect = session.dialect
        let columns: [(name: String, type: SQLText)] = [
          ("id", "BIGINT"), ("called", dialect.text), ("part", dialect.real),
        ]
        let told = dialect.rows(
          of: "\(#"[[7,"É \"s\" \\ {1}",0.5],[12,null,null],[null,"b",2.0]]"#)",
          columns
        )
        var found: [[SQLValue]] = []
        try session.forEachRow(
          "SELECT told.id, called, part, t.a FROM \(told) AS told LEFT JOIN t ON t.id = told.id ORDER BY told.id + 0 ASC NULLS LAST"
        ) { row in found.append((0..<4).map { row.value($0) }) }
        try expect(
          found,
          [
            [.integer(7), .text(#"É "s" \ {1}"#), .real(0.5), .text("seven")],
            [.integer(12), .null, .null, .null], [.null, .text("b"), .real(2), .null],
          ]
        )
        let none = dialect.rows(of: "\("[]")", columns)
        try expect(
          try session.row("SELECT COUNT(*) FROM \(none) AS told") { try $0.integer(0) },
          0
        )
      }
    },
    Case(name: "Texts have as many bytes as they take") { database in
      try await database.write { session in
        try table(session)
        try session.execute("INSERT INTO t (id, a) VALUES (1, 'é'), (2, ''), (3, \("\u{1F600}"))")
        let found = try session.rows("SELECT \(session.dialect.bytes("a")) FROM t ORDER BY id") {
          $0.value(0)
        }
        try expect(found, [2, 0, 4])
      }
    },
  ]
}
