import Solutions
import Testing

/// What a new row gets without being told.
@Suite("Values of new rows")
struct NewRowValueTests {
  private static let moment = Timestamp(milliseconds: 1_769_852_096_123)

  @Test(
    "PF-421 a number is made by its format; what is no placeholder stands as it is",
    arguments: [
      ("REQ-{SEQNUM:5}", "REQ-01000"), ("{SEQNUM:2}", "1000"),
      ("{seqnum:4}/{SEQNUM:6}", "1000/001000"),
      ("{RANDSTRING:4}-{RANDSTRING:8}", "FE74-FE74ETFE"), ("{DATETIMEUTC:yyyyMMdd}", "20260131"),
      ("{DATETIMEUTC:dd.MM.yy HH:mm:ss}", "31.01.26 09:34:56"), ("{SEQNUM:0}", "{SEQNUM:0}"),
      ("{SEQNUM}", "{SEQNUM}"), ("{SEQNUM:x}", "{SEQNUM:x}"), ("{OTHER:3} }{", "{OTHER:3} }{"),
    ]
  )
  func numbers(format: String, expected: String) throws {
    let number = try #require(AutoNumber(format))
    #expect(number.text(1000, at: Self.moment, newID: { "" }) == expected)
    #expect(number.isCounted == expected.contains("1000"))
  }

  @Test("PF-421 no format is no number")
  func none() { #expect(AutoNumber("") == nil) }

  @Test(
    "A moment is spelled as .NET does",
    arguments: [
      ("yyyy-MM-ddTHH:mm:ss.fff", "2026-01-31T09:34:56.123"), ("yy y M d", "26 26 1 31"),
      ("dddd, d MMMM yyyy", "Saturday, 31 January 2026"), ("ddd MMM", "Sat Jan"),
      ("h:mm tt", "9:34 AM"), ("'day' d \\d", "day 31 d"), ("ff", "12"), ("fffff", "12300"),
    ]
  )
  func moments(format: String, expected: String) { #expect(Self.moment.text(format) == expected) }

  private static let state = Column("statecode", .choice([0, 1]), links: [0: 20, 1: 30])
  private static let status = Column(
    "statuscode",
    .choice([10, 20, 30, 40]),
    titles: [30: "Closed"],
    links: [10: 0, 20: 0, 30: 1, 40: 1]
  )

  @Test(
    "PF-431 state and status follow from each other",
    arguments: [
      (nil, nil, "0 20"), (1, nil, "1 30"), (nil, 40, "1 40"), (0, 10, "0 10"),
      (0, 30, "✘ statuscode 30 (Closed) belongs to statecode 1, not 0"),
      (1, 10, "✘ statuscode 10 belongs to statecode 0, not 1"),
    ] as [(Int?, Int?, String)]
  )
  func states(state: Int?, status: Int?, expected: String) {
    let table = Table(name: "t", displayName: nil, columns: [Self.state, Self.status])
    #expect(Self.completed(table, state, status) == expected)
  }

  @Test("Where no definition tells states, they are those of every table")
  func usual() {
    let table = Table(name: "t", displayName: nil, columns: [])
    #expect(Self.completed(table, nil, nil) == "0 1")
    #expect(Self.completed(table, 1, nil) == "1 2")
    #expect(Self.completed(table, nil, 2) == "1 2")
    #expect(Self.completed(table, nil, 7) == "0 7")
  }

  @Test("PF-431 a state without a status of its own begins with the least that belongs to it")
  func least() {
    let state = Column("statecode", .choice([3, 4]), links: [3: 40])
    let table = Table(name: "t", displayName: nil, columns: [state, Self.status])
    #expect(Self.completed(table, 1, nil) == "1 30")
  }

  private static func completed(_ table: Table, _ state: Int?, _ status: Int?) -> String {
    do throws(RowProblem) {
      let (state, status) = try table.statuses.completed(state: state, status: status)
      return "\(state) \(status.map(String.init) ?? "")"
    } catch {
      return "✘ \(error.message)"
    }
  }
}
