import TestSupport
import Testing

/// The built program, as a user runs it.
@Suite("Commands")
struct CommandTests {
  static let old = "Examples/FieldService_1_0_0_0_managed.zip"
  static let new = "Examples/FieldService_1_1_0_0_managed.zip"
  static let refused = "Examples/FieldService_2_0_0_0_managed.zip"
  static let neighbor = "Examples/NorthwindDispatch_1_0_0_0_managed.zip"

  struct Case: Sendable, CustomTestStringConvertible {
    let golden: String
    let status: Int32
    let arguments: [String]

    var testDescription: String { golden }
  }

  static let cases = [
    Case(golden: "inspect.txt", status: 0, arguments: ["inspect", old]),
    Case(golden: "inspect.json", status: 0, arguments: ["inspect", old, "--json", "--components"]),
    Case(golden: "inventory.txt", status: 0, arguments: ["inspect", old, "--inventory"]),
    Case(golden: "diff.txt", status: 2, arguments: ["diff", old, new]),
    Case(golden: "diff.json", status: 2, arguments: ["diff", old, new, "--json"]),
    Case(golden: "plan-install.txt", status: 2, arguments: ["plan", old]),
    Case(
      golden: "plan-upgrade.txt",
      status: 3,
      arguments: ["plan", new, "--against", old, "--against", neighbor]
    ),
    Case(
      golden: "plan-upgrade.json",
      status: 3,
      arguments: ["plan", new, "--against", old, "--against", neighbor, "--json"]
    ),
    Case(
      golden: "plan-upgrade.md",
      status: 3,
      arguments: ["plan", new, "--against", old, "--against", neighbor, "--markdown", "-"]
    ),
    Case(
      golden: "plan-upgrade.html",
      status: 3,
      arguments: ["plan", new, "--against", old, "--against", neighbor, "--html", "-"]
    ),
    Case(
      golden: "plan-rows.txt",
      status: 3,
      arguments: ["plan", new, "--against", old, "--rows", "Tests/Fixtures/rows.json"]
    ),
    Case(
      golden: "plan-update.txt",
      status: 2,
      arguments: ["plan", new, "--against", old, "--action", "update"]
    ),
    Case(
      golden: "plan-refused.txt",
      status: 4,
      arguments: ["plan", refused, "--against", old, "--against", neighbor]
    ),
    Case(golden: "plan-nothing.txt", status: 0, arguments: ["plan", old, "--against", old]),
    Case(golden: "plan-strict.txt", status: 4, arguments: ["plan", neighbor, "--strict"]),
    Case(
      golden: "layers.txt",
      status: 0,
      arguments: [
        "layers", "Attribute:fab_workorder.fab_description", "--against", old, "--against",
        neighbor,
      ]
    ),
    Case(
      golden: "blame.txt",
      status: 0,
      arguments: [
        "blame", "Attribute:fab_workorder.fab_description", "--against", old, "--against", neighbor,
      ]
    ),
    Case(
      golden: "deps.txt",
      status: 0,
      arguments: [
        "deps", "Attribute:fab_workorder.fab_priority", "--against", old, "--against", neighbor,
      ]
    ),
    Case(golden: "help.txt", status: 0, arguments: ["--help"]),
    Case(golden: "help-plan.txt", status: 0, arguments: ["plan", "--help"]),
  ]

  @Test("Output and exit status are as recorded, and the same on every run", arguments: cases)
  func output(example: Case) throws {
    let program = try #require(Program.strata)
    let first = try #require(Program.run(program, example.arguments))
    let second = try #require(Program.run(program, example.arguments))
    #expect(first.status == example.status)
    #expect(first.output == second.output)
    #expect(first.errors == "")
    try expectGolden(first.output, example.golden)
  }

  @Test(
    "Wrong usage is told with status 64, what cannot be read with 1",
    arguments: [
      (["plan"], 64), (["plan", old, "--nonsense"], 64), (["layers", "Entity:x"], 64),
      (["inspect", "missing.zip"], 1), (["inspect", "README.md"], 1), (["show", old], 1),
      (["layers", "Entity:fab_nosuch", "--against", old], 1),
      (["plan", new, "--rows", "README.md"], 1),
    ] as [([String], Int32)]
  )
  func failures(arguments: [String], status: Int32) throws {
    let program = try #require(Program.strata)
    let result = try #require(Program.run(program, arguments))
    #expect(result.status == status)
    #expect(result.output == "")
    #expect(!result.errors.isEmpty)
  }

  @Test("A saved plan shows as it was planned")
  func saved() throws {
    let program = try #require(Program.strata)
    let file = "/tmp/strata-plan-test-\(UInt64.random(in: 0...UInt64.max)).json"
    let planned = try #require(
      Program.run(program, ["plan", Self.new, "--against", Self.old, "--out", file])
    )
    let shown = try #require(Program.run(program, ["show", file]))
    #expect(shown.output == planned.output)
    #expect(shown.status == planned.status)
    _ = Program.run("/bin/rm", [file])
  }
}
