import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

@Suite("Ways back in an environment", .everyBackend)
struct WayBackTests {
  private static let returning = PlanOptions(
    choice: .upgrade,
    allowsLowerVersion: true,
    dropped: .returned(Trashed())
  )
  private static let low = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.b nvarchar 9"
  private static let high = "X 2.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.c nvarchar 9"

  private func codes(_ plan: Plan) -> [String] {
    plan.findings.map(\.code).filter { $0 == DataReturns.kind.code || $0 == DataStays.kind.code }
  }

  @Test(
    "PF-215 undo brings back members that are listed without content",
    arguments: [false, true]
  )
  func members(stages: Bool) async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t\nroot 60 f")
    let before = try await environment.whole()
    try await environment.import(
      "X 1.1 by A\ntable t\nform f t",
      options: PlanOptions(choice: stages ? .stage : .auto)
    )
    try await environment.lifecycle.perform(.rollback(2), consent: .all)
    let (after, broken) = try await environment.verified()
    #expect(after.fingerprint == before.fingerprint)
    #expect(
      after.solutions.values.map(\.members.count) == before.solutions.values.map(\.members.count)
    )
    #expect(broken == [])
  }

  @Test("The same packages in two environments give one fingerprint, whatever was there before")
  func fingerprints() async throws {
    let packages = ["X 1.0 by A\ntable t", "U 1.0 by A unmanaged\ntable u\nform f u"]
    let (here, there) = (try await TestEnvironment(), try await TestEnvironment())
    for package in packages { try await here.import(package) }
    try await there.import("Gone 1.0 by C\nshell account\ncolumn account.new_g nvarchar 5")
    try await there.lifecycle.perform(
      .uninstall(try #require(SolutionName("Gone"))),
      consent: .all
    )
    for package in packages { try await there.import(package) }
    #expect(try await here.whole().fingerprint == there.whole().fingerprint)
  }

  @Test("LC-408 rows in a table of the platform stay when the solution goes")
  func rowsOfThePlatform() async throws {
    let environment = try await TestEnvironment()
    let empty = try await environment.whole()
    try await environment.import("X 1.0 by A\nshell account\ncolumn account.new_x nvarchar 9")
    try await environment.write("name|new_x\nOne|1", into: "account")
    try await environment.lifecycle.perform(
      .uninstall(try #require(SolutionName("X"))),
      consent: .all
    )
    #expect(try await environment.text("account", "name") == "One")
    let (after, broken) = try await environment.verified()
    #expect(after.fingerprint == empty.fingerprint)
    #expect(broken == [])
  }

  @Test(
    "LC-500 a column that a lower version brings back has its values, and the plan says so"
  )
  func downgrade() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.low)
    try await environment.write("a|b\n1|one\n2|two", into: "t")
    try await environment.import(Self.high)
    let done = try await environment.import(Self.low, options: Self.returning)
    #expect(done.plan.packages.map(\.action) == [.downgrade])
    #expect(codes(done.plan) == [DataReturns.kind.code])
    #expect(done.plan.findings.contains { $0.because.contains { $0.hasPrefix("2 values") } })
    #expect(try await environment.text("t", "a", "b") == "1|one\n2|two")
    #expect(try await environment.broken() == [])
    try await environment.lifecycle.perform(.rollback(4), consent: .all)
    #expect(try await environment.broken() == [])
  }

  @Test("UN-9 a column that came and went empty since does not hide the values from before")
  func emptySince() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.low)
    try await environment.write("a|b\n1|one\n2|two", into: "t")
    try await environment.import(Self.high)
    try await environment.import(
      Self.low,
      options: PlanOptions(choice: .upgrade, allowsLowerVersion: true)
    )
    #expect(try await environment.text("t", "a", "b") == "1|\n2|")
    try await environment.import(Self.high)
    let done = try await environment.import(Self.low, options: Self.returning)
    #expect(done.plan.findings.contains { $0.because.contains { $0.hasPrefix("2 values") } })
    #expect(try await environment.text("t", "a", "b") == "1|one\n2|two")
    #expect(try await environment.broken() == [])
  }

  @Test("LC-500 a table that comes back has its rows, with the columns that went before it")
  func table() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.low)
    try await environment.write("a|b\n1|one", into: "t")
    try await environment.import(Self.high)
    try await environment.lifecycle.perform(
      .uninstall(try #require(SolutionName("X"))),
      consent: .all
    )
    let done = try await environment.import(Self.low, options: Self.returning)
    #expect(codes(done.plan) == [DataReturns.kind.code])
    #expect(try await environment.text("t", "a", "b") == "1|one")
    #expect(try await environment.broken() == [])
  }

  @Test("LC-500 values that cannot come back are told with their entry of the trash")
  func otherType() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.low)
    try await environment.write("a|b\n1|one", into: "t")
    try await environment.import(Self.high)
    let other = "X 3.0 by A\ntable t\ncolumn t.a nvarchar 9\ncolumn t.b int"
    let done = try await environment.import(other, options: Self.returning)
    let finding = try #require(done.plan.findings.first { $0.code == DataStays.kind.code })
    #expect(finding.severity == .warning)
    #expect(finding.remedies.first?.plainWords.hasPrefix("restore entry") == true)
    #expect(try await environment.text("t", "a", "b") == "1|")
  }

  @Test("LC-500 --no-data leaves them in the trash and says where")
  func left() async throws {
    let environment = try await TestEnvironment()
    try await environment.import(Self.low)
    try await environment.write("a|b\n1|one", into: "t")
    try await environment.import(Self.high)
    var options = Self.returning
    options.dropped = .left(Trashed())
    let done = try await environment.import(Self.low, options: options)
    #expect(codes(done.plan) == [DataStays.kind.code])
    #expect(try await environment.text("t", "a", "b") == "1|")
    let entry = try #require(
      try await environment.lifecycle.beneath.read {
        try $0.trash().first { $0.component == .attribute("t", "b") }?.id
      }
    )
    try await environment.lifecycle.perform(.restoreTrash(entry))
    #expect(try await environment.text("t", "a", "b") == "1|one")
  }

  @Test("The history names staging, downgrading and what a rollback moved")
  func titles() async throws {
    let environment = try await TestEnvironment()
    let x = try #require(SolutionName("X"))
    try await environment.import(Self.low)
    try await environment.import(Self.high, options: PlanOptions(choice: .stage))
    try await environment.lifecycle.perform(.discardUpgrade(x), consent: .all)
    try await environment.import(Self.high)
    try await environment.import(Self.low, options: Self.returning)
    try await environment.lifecycle.perform(.rollback(5), consent: .all)
    let plan = try await environment.lifecycle.plan(.rollback(6))
    let finding = try #require(plan.findings.first { $0.code == UndoesRollback.kind.code })
    #expect(finding.remedies == [.rollBack(to: 4)])
    try await environment.lifecycle.perform(.uninstall(x), consent: .all)
    let titles = try await environment.lifecycle.beneath.read { session in
      try session.history().reversed().map(\.record.title)
    }
    #expect(
      titles == [
        "import X 1.0", "stage X 2.0 (1.0 stays)", "discard the staged X 2.0 (1.0 stays)",
        "import X 1.0 → 2.0", "downgrade X 2.0 → 1.0", "rollback of operation 5: X 1.0 → 2.0",
        "uninstall X 2.0",
      ]
    )
  }
}
