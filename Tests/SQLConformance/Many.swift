import SQL

extension Conformance {
  static let many: [Case] = [
    Case(name: "Decimals that are written by the hundred are exact, whatever their length") {
      database in
      let decimals = [
        "0", "1", "-1", "0.1", "-0.0001", "0.00012", "10000", "9999", "12345678901234567890.25",
        "99999999.9999", "1000000000000", "-10000.0001", "0.000000000001", "100000000",
      ]
      try await database.write { session in
        try table(session)
        var rows = SQLRows(["id", "d"])
        for id in 0..<280 { rows.append([SQLValue(id), .text(decimals[id % decimals.count])]) }
        rows.append([280, .null])
        try session.insert(rows, into: "t", .refused)
        let found = try values(of: "d", session)
        try expect(found.count, 281)
        for (id, value) in found.dropLast().enumerated() {
          try expect(value, .text(decimals[id % decimals.count]))
        }
        try expect(found.last, .null)
      }
    },
    Case(name: "Many rows go in together, or none of them") { database in
      for count in [0, 1, 99, 100, 101, 20_000] {
        try await database.write { session in
          try table(session)
          var rows = SQLRows(["id", "a", "n", "r", "b"])
          for id in 0..<count {
            rows.append([
              SQLValue(id), id % 7 == 0 ? .null : .text("é\(id)"), .integer(-1), .real(0.5),
              .blob([UInt8(id % 256)]),
            ])
          }
          try session.insert(rows, into: "t", .refused)
          try session.insert(rows, into: "t", .kept)
          try expect(try session.row("SELECT COUNT(*) FROM t") { try $0.integer(0) }, count)
          if count > 50 {
            let found = try session.row("SELECT a, n, r, b FROM t WHERE id = 50") { row in
              (0..<4).map { row.value($0) }
            }
            try expect(found, ["é50", -1, .real(0.5), .blob([50])])
          }
          try session.execute("DROP TABLE t")
        }
      }
      for count in [5, 5_000] {
        try await expectFailure("a row twice", { if case .notUnique = $0 { true } else { false } })
        {
          try await database.write { session in
            try session.execute("CREATE TABLE twice (id BIGINT NOT NULL PRIMARY KEY)")
            var rows = SQLRows(["id"])
            for id in 0..<count { rows.append([SQLValue(min(id, count - 2))]) }
            try session.insert(rows, into: "twice", .refused)
          }
        }
      }
    },
    Case(name: "Rows may be written while others are read, however many there are") { database in
      try await database.write { session in
        try table(session)
        var rows = SQLRows(["id"])
        for id in 0..<3_500 { rows.append([SQLValue(id)]) }
        try session.insert(rows, into: "t", .refused)
        let double = try session.prepare(
          "INSERT INTO t (id, n) VALUES (\(argument: 0), 1)",
          mayFail: true
        )
        var seen = 0
        try session.forEachRowOfMany("SELECT id FROM t WHERE n IS NULL ORDER BY id") { row in
          try expect(try row.integer(0), seen)
          seen += 1
          try double.execute([SQLValue(100_000 + seen)])
          if seen == 1_700 {
            do throws(SQLError) {
              try double.execute([100_001])
            } catch {
              try expect(error.isNotUnique, true)
            }
          }
        }
        try expect(seen, 3_500)
        // Within a short answer, too.
        var sum = 0
        try session.forEachRow("SELECT id FROM t WHERE id < 10 ORDER BY id") { row in
          let id = try row.integer(0)
          let next = try session.row("SELECT id FROM t WHERE id = \(id + 1)") { try $0.integer(0) }
          sum += (next ?? 0) - id
          try session.execute("UPDATE t SET a = 'seen' WHERE id = \(id)")
        }
        try expect(sum, 10)
        try expect(
          try session.row("SELECT COUNT(*) FROM t WHERE a = 'seen'") { try $0.integer(0) },
          10
        )
      }
    },
    Case(name: "Pieces of a table have each row once") { database in
      try await database.write { session in
        try table(session)
        var rows = SQLRows(["id", "a"])
        for id in 0..<9_000 { rows.append([SQLValue(id), "some text"]) }
        try session.insert(rows, into: "t", .refused)
        try session.execute("DELETE FROM t WHERE id % 3 = 0")
        for step in [700, 1_000_000, Int.max] {
          let pieces = try session.pieces(of: "t", rows: step)
          var found = 0
          for condition in pieces.conditions {
            found +=
              try session.row("SELECT COUNT(*) FROM t WHERE \(condition)") { try $0.integer(0) }
              ?? 0
          }
          try expect(found, 6_000, "step \(step)")
        }
        try session.execute("DELETE FROM t")
        let pieces = try session.pieces(of: "t", rows: 10)
        try expect(pieces.conditions.isEmpty, false, "pieces of nothing")
      }
    },
  ]
}
