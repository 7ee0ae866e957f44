import Solutions
import Testing

@Suite("Row values")
struct RowValueTests {
  /// What becomes of a text, as text again, or why it cannot be written.
  private func check(_ type: ColumnType, _ text: String, _ expected: String) {
    check(Column("c", type, labels: ["red": 1, "green": 2]), text, expected)
  }

  private func check(_ column: Column, _ text: String, _ expected: String) {
    do throws(RowProblem) {
      #expect(column.text(of: try column.value(of: text)) == expected, "\(text)")
    } catch {
      #expect("✘ \(error.message)" == expected, "\(text)")
    }
  }

  @Test("Every kind of column takes what it can keep, spelled one way")
  func kinds() {
    check(.text(lengthMax: 3), "añ🐢", "✘ the text is 4 characters long, and 3 are allowed")
    check(.text(lengthMax: 4), "añ🐢", "añ🐢")
    check(.text(lengthMax: nil), "a\0", "✘ the text holds a NUL")
    check(.integer(min: 0, max: 9), "9", "9")
    check(.integer(min: 0, max: 9), "10", "✘ 10 is above 9")
    check(.integer(min: 0, max: 9), "-1", "✘ -1 is below 0")
    check(.integer(min: nil, max: nil), "1.5", "✘ “1.5” is no whole number")
    check(.integer(min: nil, max: nil), "1E3", "1000")
    check(.integer(min: nil, max: nil), "7.0", "7")
    check(.integer(min: nil, max: nil), "1e30", "✘ “1e30” is no whole number")
    check(.integer(min: nil, max: nil), "1.0", "1")
    check(.bigInteger, "1e2", "100")
    check(.bigInteger, "1e19", "✘ “1e19” is no whole number")
    check(.bigInteger, "-9223372036854775808", "-9223372036854775808")
    check(.float(min: nil, max: nil), "1.5e3", "1500.0")
    check(.float(min: nil, max: nil), "nan", "✘ “nan” is no number")
    check(.float(min: nil, max: nil), "0x1p3", "✘ “0x1p3” is no number")
    check(.float(min: nil, max: nil), "1e400", "✘ “1e400” is no number")
    check(.float(min: nil, max: nil), "-0.0", "0.0")
    check(.boolean, "Yes", "true")
    check(.boolean, "0", "false")
    check(.boolean, "maybe", "✘ “maybe” is neither yes nor no")
    check(.choice([1, 2]), "Green", "2")
    check(.choice([1, 2]), "3", "✘ 3 is no option of c")
    check(.choice(nil), "3", "3")
    check(.choice([1, 2]), "blue", "✘ “blue” is no option of c")
    check(.choices([1, 2]), "2; red", "1;2")
    check(
      .lookup(["t"]),
      "{0A1B2C3D-0000-4000-8000-000000000001}",
      "0a1b2c3d-0000-4000-8000-000000000001"
    )
    check(.uniqueIdentifier, "0a1b", "✘ “0a1b” is no id")
    check(.file, "aGk=", "aGk=")
    check(.image, "a", "✘ the content is not base64")
    check(.other("partylist"), "x", "✘ columns of the type partylist are not kept")
    check(.other("partylist"), "", "")
  }

  private static let years = Column(
    "y",
    .choice([1, 2, 3]),
    labels: ["2024": 3, "3": 1, "old": 2]
  )

  @Test(
    "A label may be made of digits; numbers of options come first",
    arguments: [("2024", "3"), ("3", "3"), ("OLD", "2"), ("2025", "✘ 2025 is no option of y")]
  )
  func labels(text: String, expected: String) { check(Self.years, text, expected) }

  private static let tags = Column(
    "c",
    .choices([1, 2, 3, 4]),
    labels: ["a;b": 1, "c": 2, "say \"d\"": 3, "1,2": 4]
  )

  @Test(
    "A label with a separator in it stands alone or quoted; nothing between separators is no value",
    arguments: [
      ("A;B", "1"), ("\"A;B\"; C", "1;2"), ("C;\"a;b\"", "1;2"), (";", ""), (" ; ;", ""),
      ("1;2", "1;2"), ("2,1", "1;2"), ("1,2", "1;2"), ("say \"d\"", "3"),
      ("\"say \"\"d\"\"\"", "3"),
      ("A;C", "✘ “A” is no option of c"), ("1;5", "✘ 5 is no option of c"),
    ]
  )
  func choices(text: String, expected: String) { check(Self.tags, text, expected) }

  @Test("What is asked for may be beyond what is taken: it is there from before")
  func meaning() throws {
    func meaning(_ type: ColumnType, _ text: String) throws -> String {
      let column = Column("c", type, isComputed: true)
      return column.text(of: try column.meaning(of: text))
    }
    #expect(try meaning(.integer(min: 0, max: 9), "10") == "10")
    #expect(try meaning(.choice([1]), "7") == "7")
    #expect(try meaning(.text(lengthMax: 1), "long") == "long")
    #expect(try meaning(.decimal(places: 1, min: "0", max: "1"), "-2.25") == "-2.25")
    #expect(try meaning(.dateTime(.dateOnly), "1600-01-01") == "1600-01-01")
    #expect(throws: RowProblem.self) { try meaning(.integer(min: nil, max: nil), "x") }
  }

  @Test("Of a long value a message has the beginning")
  func long() {
    let text = String(repeating: "9", count: 200_000) + "x"
    check(
      .integer(min: nil, max: nil),
      text,
      "✘ “\(text.prefix(60))…” (200001 characters) is no whole number"
    )
  }

  @Test(
    "Decimals are exact and have one spelling",
    arguments: [
      ("007.50", "7.5"), ("-0.0", "0"), ("+1", "1"),
      ("100000000000.0000000001", "100000000000.0000000001"),
      (".5", "0.5"), ("1e3", "1000"), ("1E-05", "0.00001"), ("-12.5e1", "-125"), ("0e9", "0"),
      ("1e", "✘ “1e” is no number"), ("1e9999", "✘ “1e9999” is no number"),
      ("1e1e1", "✘ “1e1e1” is no number"), ("", ""), (".", "✘ “.” is no number"),
      ("1.50e1", "15"), ("-2.5e+0", "-2.5"), ("1e401", "✘ “1e401” is no number"),
      ("e1", "✘ “e1” is no number"),
      ("1e9223372036854775808", "✘ “1e9223372036854775808” is no number"),
      ("1e-9223372036854775808", "✘ “1e-9223372036854775808” is no number"),
      ("0.12345678901", "✘ 0.12345678901 has more than 10 places after the point"),
      ("100000000001", "✘ 100000000001 is above 100000000000.5"),
      ("-100000000001", "✘ -100000000001 is below -100000000000"),
    ]
  )
  func decimals(text: String, expected: String) {
    check(.decimal(places: 10, min: "-100000000000.0000", max: "100000000000.5"), text, expected)
  }

  @Test(
    "Dates are kept as their behavior says",
    arguments: [
      ("2026-02-28", "2026-02-28T00:00:00Z", "2026-02-28", "2026-02-28T00:00:00"),
      ("2024-02-29T23:30+02:00", "2024-02-29T21:30:00Z", "2024-02-29", "2024-02-29T23:30:00"),
      ("2026-12-31 23:59:59.999Z", "2026-12-31T23:59:59Z", "2026-12-31", "2026-12-31T23:59:59"),
      ("2026-01-31T00:00:00+14:00", "2026-01-30T10:00:00Z", "2026-01-31", "2026-01-31T00:00:00"),
      ("1753-01-01", "1753-01-01T00:00:00Z", "1753-01-01", "1753-01-01T00:00:00"),
      ("1899-12-31T00:00:00-01:00", "1899-12-31T01:00:00Z", "1899-12-31", "1899-12-31T00:00:00"),
    ]
  )
  func dates(text: String, moment: String, day: String, clock: String) {
    check(.dateTime(.userLocal), text, moment)
    check(.dateTime(.dateOnly), text, day)
    check(.dateTime(.timeZoneIndependent), text, clock)
  }

  @Test(
    "What is no date is refused",
    arguments: [
      "2026-02-29", "2026-13-01", "26-01-01", "2026-01-01T24:00", "2026-01-01T10:00Zx", "today",
    ]
  )
  func notDates(text: String) {
    check(
      .dateTime(.userLocal),
      text,
      "✘ “\(text)” is no date; write 2026-01-31 or 2026-01-31T09:30:00Z"
    )
  }

  @Test("PF-423 what the platform computes is declared and not written")
  func computed() {
    let column = Column("c", .integer(min: nil, max: nil), isComputed: true)
    #expect(throws: RowProblem.self) { try column.value(of: "1") }
  }
}
