import EnvironmentSupport
import TestSupport
import Testing

/// `--plan` says what a command would do, ends as `plan` does, and changes nothing.
@Suite("Plans of commands")
struct PlanFlagTests {
  private static let table = "table t\nprimary t.name\ncolumn t.b nvarchar 9"

  @Test("READ-10 why a plan is refused is told, however little is wished for")
  func quietRefusal() throws {
    let shop = try shop()
    let refused = try shop("strata plan x0.zip --env e --out p.json --quiet")
    #expect(refused.status == 4 && refused.output.isEmpty, "\(refused)")
    #expect(refused.errors.contains("0x80048541"), "\(refused.errors)")
    let shown = try shop("strata show p.json --quiet")
    #expect(shown.status == 4 && shown.errors.contains("0x80048541"), "\(shown)")
    let lower = try shop("strata downgrade X 0.5 --env e --json")
    #expect(lower.status == 4 && lower.output.contains("\"code\""), "\(lower)")
  }

  /// With 1.0 (a, b) and 1.1 (b) of X imported, one row with a value of `a`, and that in the trash.
  private func shop() throws -> Workshop {
    let shop = try Workshop([
      "x0.zip": "X 1.0 by A\n\(Self.table)\ncolumn t.a nvarchar 9",
      "x1.zip": "X 1.1 by A\n\(Self.table)",
      "x2.zip": "X 1.2 by A\n\(Self.table)\ncolumn t.a nvarchar 9",
      "x3.zip": "X 1.3 by A\n\(Self.table)",
    ])
    try shop.write("name,a\none,kept\n", "one.csv")
    let made = try shop(
      """
      set -e
      strata init --env e
      strata import x0.zip --quiet --env e
      strata rows import t one.csv --quiet --env e
      strata import x1.zip --allow-destroy all --quiet --env e
      """
    )
    #expect(made.status == 0, "\(made.errors)")
    return shop
  }

  /// What it says; nothing may happen.
  private func plan(_ words: String, _ status: Int32, in shop: Workshop) throws -> String {
    let state = "strata verify --env e && strata history --env e --json && strata trash --env e"
    let before = try shop(state).output
    let planned = try shop("strata \(words) --plan --env e")
    #expect(planned.status == status, "\(words): \(planned)")
    #expect(try shop(state).output == before, "\(words)")
    let json = try shop("strata \(words) --plan --json --env e")
    #expect(json.status == status)
    #expect(json.output.contains("\"exitStatus\" : \(status)"), "\(json.output)")
    return planned.output
  }

  @Test("Digests of plans differ where what is made does, also where no change tells of it")
  func digests() throws {
    let shop = try shop()
    try shop(
      """
      for o in Low High; do
        printf 'solution: {name: M, version: 1.0.0.0}\\npublisher: {name: c, prefix: new}\\n' > $o.yaml
        echo "choices: {new_c: {options: {1: $o}}}" >> $o.yaml
      done
      """
    )
    let commands = [
      "customize add column t.new_x --type text --set maxLength=5",
      "customize add column t.new_x --type text --set maxLength=6",
      "customize --from Low.yaml", "customize --from High.yaml",
    ]
    let digests = try commands.map { command in
      try #require(try plan(command, 2, in: shop).split(separator: "\n").last)
    }
    #expect(Set(digests).count == 4)
    #expect(digests.allSatisfy { $0.hasPrefix("plan sha256:") })
  }

  @Test("The preferred solution lists what is made, unless another is said")
  func preferred() throws {
    let shop = try shop()
    try shop(
      "strata new publisher c --prefix new --env e; strata new solution P --publisher c --env e; strata new solution Q --publisher c --env e"
    )
    let add = "strata customize add column --type text --env e"
    let made = try shop("STRATA_SOLUTION=P \(add) t.new_a --quiet")
    #expect(made.status == 0, "\(made)")
    #expect(try shop("strata components P --env e").output.contains("new_a"))
    try shop("STRATA_SOLUTION=P \(add) t.new_b --solution Q --quiet")
    #expect(try !shop("strata components P --env e").output.contains("new_b"))
    #expect(try shop("strata components Q --env e").output.contains("new_b"))
    let wrong = try shop("STRATA_SOLUTION='a b' \(add) t.new_d")
    #expect(wrong.status == 64 && wrong.errors.contains("STRATA_SOLUTION"), "\(wrong)")
  }

  @Test("Imports, what ends them, downgrades and uninstalls")
  func solutions() throws {
    let shop = try shop()
    let planned = try shop("strata plan x2.zip --env e | grep -v '^plan '").output
    #expect(try plan("import x2.zip", 2, in: shop).hasPrefix(planned))
    let staging = try shop("strata import x3.zip --two-phase --plan --env e")
    #expect(staging.output.contains("Stage for upgrade"), "\(staging)")
    #expect(staging.errors.contains("strata upgrade apply X --plan"), "\(staging.errors)")
    #expect(try plan("uninstall X", 3, in: shop).contains("Destroys 1 table"))
    #expect(try plan("downgrade X", 2, in: shop).contains("1 value"))
    let nothing = try shop("strata upgrade apply X --plan --env e")
    #expect(nothing.status == 4, "\(nothing)")
    #expect(try shop("strata import x2.zip --action stage --quiet --env e").status == 0)
    #expect(try plan("upgrade apply X", 2, in: shop).contains("Apply upgrade X"))
    #expect(try plan("upgrade discard X", 3, in: shop).contains("Discard the staged X"))
  }

  @Test("A saved plan is compared as if it were to be applied")
  func saved() throws {
    let shop = try shop()
    #expect(try shop("strata plan x2.zip --out p.json --env e").status == 2)
    #expect(try plan("apply p.json", 2, in: shop).contains("1.1 → 1.2"))
    let edited = try shop("sed 's/1 component added/nothing/' p.json > q.json")
    #expect(edited.status == 0)
    let refused = try shop("strata apply q.json --plan --env e")
    #expect(refused.status == 4, "\(refused)")
    #expect(try shop("strata import x2.zip --no-data --quiet --env e").status == 0)
    let late = try shop("strata apply p.json --plan --env e")
    #expect(late.status == 4 && late.errors.contains("plan again"), "\(late)")
  }

  @Test("What comes out of the trash, and what goes from it for good")
  func trash() throws {
    let shop = try shop()
    let number = String(try shop("strata trash --env e").output.prefix { $0.isNumber })
    let early = try shop("strata trash restore \(number) --plan --env e")
    #expect(early.status == 4 && early.output.contains("REFUSED"), "\(early)")
    #expect(try shop("strata import x2.zip --no-data --quiet --env e").status == 0)
    try shop.write("name,a\ntwo,new\nthree,newer\n", "two.csv")
    #expect(try shop("strata rows import t two.csv --quiet --env e").status == 0)
    let restore = try plan("trash restore \(number)", 2, in: shop)
    #expect(restore.contains("1 entry of the trash comes back"), "\(restore)")
    let line = "+ t.a  1 value out of the trash (entry \(number)), 2 values of now into it"
    #expect(restore.contains(line), "\(restore)")
    let restored = try shop("strata trash restore \(number) --env e")
    #expect(restored.status == 0 && restored.output.contains(line), "\(restored)")
    let undone = try plan("rollback", 2, in: shop)
    #expect(undone.contains("+ t.a  2 values out of the trash"), "\(undone)")
    #expect(undone.contains("1 value of now into it"), "\(undone)")
    let other = String(try shop("strata trash --env e").output.prefix { $0.isNumber })
    #expect(other != number)
    let purge = try plan("trash purge \(other)", 3, in: shop)
    #expect(purge.contains("Destroys 1 entry of the trash, for good."), "\(purge)")
    #expect(purge.contains("- t.a  2 values deleted for good (entry \(other))"), "\(purge)")
    let none = try plan("trash purge", 0, in: shop)
    #expect(none.contains("Nothing changes"), "\(none)")
    let done = try shop("strata trash purge \(other) --allow-destroy all --env e")
    #expect(done.status == 0 && done.output.contains("deleted for good"), "\(done)")
    #expect(try shop("strata trash --env e").output.contains("The trash is empty"))
  }

  @Test("An export writes no file, and says that it would store a version")
  func export() throws {
    let shop = try Workshop(["u.zip": "U 1.0 by A unmanaged\n\(Self.table)"])
    let made = "strata init --env e --quiet && strata import u.zip --quiet --env e"
    #expect(try shop(made).status == 0)
    #expect(try plan("export U", 0, in: shop).contains("would be written to U_1_0.zip"))
    let stored = try plan("export U --version 1.0.0.1", 2, in: shop)
    #expect(stored.contains("1.0.0.1 would be the version here, too"), "\(stored)")
    #expect(try shop("ls *_*.zip").status != 0)
    #expect(try shop("strata export U --version 1.0.0.1 --env e").status == 0)
    #expect(try plan("export U", 0, in: shop).contains("U 1.0.0.1, unmanaged"))
  }

  @Test("A key over rows that are equal is refused by the plan already")
  func key() throws {
    let table = "table t\nprimary t.name\ncolumn t.a nvarchar 9"
    let shop = try Workshop([
      "x0.zip": "X 1.0 by A\n\(table)", "x1.zip": "X 1.1 by A\n\(table)\nkey t.k a",
    ])
    try shop.write("name,a\none,same\ntwo,SAME\n", "one.csv")
    let made = try shop(
      """
      set -e
      strata init --env e
      strata import x0.zip --quiet --env e
      strata rows import t one.csv --quiet --env e
      strata import x1.zip --quiet --env e
      """
    )
    #expect(made.status == 0, "\(made.errors)")
    let refused = try plan("rows activate t k", 4, in: shop)
    #expect(refused.contains("2 rows are equal in a"), "\(refused)")
    #expect(try shop("strata rows activate t k --env e").status == 4)
    let chosen = "--where name=two --allow-destroy all"
    #expect(try shop("strata rows delete t \(chosen) --quiet --env e").status == 0)
    #expect(try plan("rows activate t k", 2, in: shop).contains("~ t.k  key, active"))
    #expect(try shop("strata rows activate t k --env e").status == 0)
  }
}
