import Solutions
import TestSupport
import Testing

/// What rows have and columns no longer take, whichever way a change comes about.
@Suite("What columns take")
struct NarrowingTests {
  private static let codes: Set<String> = [
    ColumnShortened.kind.code, ColumnNarrowed.kind.code, MomentsBecomeDays.kind.code,
    DateBehaviorChanged.kind.code, ColumnTypeChanged.kind.code, TableFactsChanged.kind.code,
  ]

  private func told(_ plan: Plan) -> [String] {
    plan.findings.map(\.code).filter { Self.codes.contains($0) }
  }

  private func attribute(_ type: String, _ facts: String) -> String {
    "attribute t <attribute PhysicalName=\"a\"><Type>\(type)</Type><LogicalName>a</LogicalName>"
      + "<IsCustomizable>1</IsCustomizable>\(facts)</attribute>"
  }

  private func upgrade(
    _ type: String,
    _ before: String,
    _ after: String
  ) throws -> Plan {
    let state = try installed(["X 1.0 by A\ntable t\n\(attribute(type, before))"])
    let next = try PackageText("X 1.1 by A\ntable t\n\(attribute(type, after))").read()
    return Plan.importing([next], on: state)
  }

  @Test(
    "LC-500 a shorter column is told, also where an upgrade rolls the patch up that made it longer"
  )
  func rolledUp() throws {
    func column(_ length: Int) -> String { "column t.a nvarchar \(length)" }
    let state = try installed([
      "X 1.0 by A\ntable t\n\(column(50))",
      "X_Patch_1 1.0.1 by A patch of X\nshell t\n\(column(100))",
    ])
    let next = try PackageText("X 1.1 by A\ntable t\n\(column(50))").read()
    let single = Plan.importing([next], on: state)
    #expect(told(single) == [ColumnShortened.kind.code])
    let staged = state.applying(
      Plan.importing([next], on: state, options: PlanOptions(choice: .stage))
    )
    let name = try #require(SolutionName("X"))
    // Both ways of upgrading say the same, when it takes effect.
    let all =
      told(Plan.importing([next], on: state, options: PlanOptions(choice: .stage)))
      + told(Plan.applyingUpgrade(of: name, on: staged))
    #expect(all == [ColumnShortened.kind.code])
  }

  @Test("LC-310 a column that is shorter once customizations are overwritten is told")
  func overwritten() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 50",
      "U 1.0 by A unmanaged\nshell t\ncolumn t.a nvarchar 100",
    ])
    let next = try PackageText("X 1.1 by A\ntable t\ncolumn t.a nvarchar 60").read()
    let kept = Plan.importing([next], on: state)
    #expect(told(kept) == [])
    let plan = Plan.importing(
      [next],
      on: state,
      options: PlanOptions(overwritesCustomizations: true)
    )
    #expect(told(plan) == [ColumnShortened.kind.code])
  }

  @Test(
    "LC-500 numbers that a column no longer takes are told",
    arguments: [
      ("<MinValue>0</MinValue>", "<MinValue>10</MinValue>", true),
      ("<MaxValue>10</MaxValue>", "<MaxValue>9</MaxValue>", true),
      ("<MinValue>10</MinValue>", "<MinValue>0</MinValue>", false),
      ("<MaxValue>9</MaxValue>", "<MaxValue>10</MaxValue>", false),
      ("<MaxValue>10</MaxValue>", "<MaxValue>10.0</MaxValue>", false),
    ]
  )
  func numbers(before: String, after: String, isTold: Bool) throws {
    for type in ["int", "decimal", "money", "float"] {
      #expect(
        told(try upgrade(type, before, after)) == (isTold ? [ColumnNarrowed.kind.code] : []),
        "\(type)"
      )
    }
    // Of a file it is a size.
    #expect(told(try upgrade("file", before, after)) == [])
  }

  @Test(
    "LC-500 every change of what moments mean is told",
    arguments: [
      ("1", "1", []), ("1", "2", [MomentsBecomeDays.kind.code]),
      ("1", "3", [DateBehaviorChanged.kind.code]), ("2", "1", [DateBehaviorChanged.kind.code]),
      ("2", "3", [DateBehaviorChanged.kind.code]), ("3", "1", [DateBehaviorChanged.kind.code]),
      ("3", "2", [MomentsBecomeDays.kind.code, DateBehaviorChanged.kind.code]),
    ] as [(String, String, [String])]
  )
  func moments(before: String, after: String, expected: [String]) throws {
    func behavior(_ number: String) -> String { "<Behavior>\(number)</Behavior>" }
    let plan = try upgrade("datetime", behavior(before), behavior(after))
    #expect(Set(told(plan)) == Set(expected))
    #expect(plan.isApplicable)
  }

  @Test("LC-500 whether people write values or the platform computes them is fixed")
  func source() throws {
    let plan = try upgrade("int", "", "<SourceType>1</SourceType>")
    #expect(told(plan) == [ColumnTypeChanged.kind.code])
    #expect(!plan.isApplicable)
    #expect(
      plan.findings.first { $0.code == ColumnTypeChanged.kind.code }?.message
        .contains("from simple to calculated") == true
    )
    #expect(told(try upgrade("int", "", "<SourceType>0</SourceType>")) == [])
  }

  @Test("LC-500 the column that names rows is fixed")
  func primaryName() throws {
    let state = try installed(["X 1.0 by A\ntable t\nprimary t.name\ncolumn t.b"])
    func next(_ text: String) throws -> Plan {
      Plan.importing([try PackageText("X 1.1 by A\ntable t\n\(text)").read()], on: state)
    }
    let moved = try next("column t.name\nprimary t.b")
    #expect(told(moved) == [TableFactsChanged.kind.code])
    #expect(!moved.isApplicable)
    #expect(told(try next("primary t.c\ncolumn t.b")) == [TableFactsChanged.kind.code])
    #expect(told(try next("primary t.name\ncolumn t.b\ncolumn t.c")) == [])
  }
}
