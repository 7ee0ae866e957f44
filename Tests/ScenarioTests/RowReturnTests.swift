import EnvironmentSupport
import TestSupport
import Testing

/// Columns that come back to rows which were written without them.
@Suite("Rows and columns that return")
struct RowReturnTests {
  @Test(
    "strata.trash a column that the system requires comes back empty in rows written since, and the plan says so"
  )
  func requiredEmpty() throws {
    let table = "table t\nprimary t.name\ncolumn t.b nvarchar 9"
    let required = "column t.a nvarchar 9\nrequired t.a"
    let shop = try Workshop([
      "x1.zip": "X 1.0 by A\n\(table)\n\(required)", "x2.zip": "X 1.1 by A\n\(table)",
    ])
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try shop.write("tid,name,a\n\(one),one,kept\n", "one.csv")
    try shop.write("tid,name\n\(two),two\n", "two.csv")
    let made = try shop(
      """
      set -e
      strata init --env e
      strata import x1.zip --quiet --env e
      strata rows import t one.csv --quiet --env e
      strata import x2.zip --allow-destroy all --quiet --env e
      strata rows import t two.csv --quiet --env e
      """
    )
    #expect(made.status == 0, "\(made.errors)")
    let planned = try shop("strata rollback 3 --plan --env e")
    #expect(planned.output.contains("the system requires a value in"), "\(planned)")
    #expect(planned.output.contains("1 row"), "\(planned.output)")
    let undone = try shop("strata rollback 3 --allow-destroy all --env e")
    #expect(undone.status == 0, "\(undone.errors)")
    #expect(undone.output.contains("the system requires a value in"), "\(undone.output)")
    let rows = try shop("strata rows export t - --select name,a --order name --env e")
    #expect(rows.output == "name,a\none,kept\ntwo,\n")
    try shop.write("tid,name,a\n\(two),two,\n", "two.csv")
    let refused = try shop("strata rows import t two.csv --upsert --env e")
    #expect(refused.status == 4, "\(refused)")
    #expect(try shop("strata rows set t \(two) a=now --env e").status == 0)
    // Where every row has its value nothing is said.
    try shop.write("tid,name,a\n\(two),two,since\n", "two.csv")
    let whole = try shop(
      """
      strata init --env f && strata import x1.zip --quiet --env f && strata rows import t one.csv --quiet --env f
      strata import x2.zip --allow-destroy all --quiet --env f && strata rollback --plan --env f
      """
    )
    #expect(!whole.output.contains("the system requires a value"), "\(whole.output)")
  }

  /// With one row whose values of `new_a` and of table u lie in the trash, with a pair.
  private func emptied() throws -> Workshop {
    let rest = "table t\nprimary t.name"
    let whole = "\(rest)\ncolumn t.new_a nvarchar 9\ntable u\nprimary u.name\nmany r t u"
    let shop = try Workshop([
      "x1.zip": "X 1.0 by A\n\(whole)", "x2.zip": "X 1.1 by A\n\(rest)",
      "x3.zip": "X 1.2 by A\n\(whole)", "u.zip": "U 1.0 by A unmanaged\n\(whole)",
    ])
    let (one, two) = (PackageText.guid("one"), PackageText.guid("two"))
    try shop.write("tid,name,new_a\n\(one),one,kept\n", "t.csv")
    try shop.write("uid,name\n\(two),two\n", "u.csv")
    try shop.write("tid,uid\n\(one),\(two)\n", "r.csv")
    let made = try shop(
      """
      set -e
      strata init --env e --quiet
      strata import x1.zip --quiet --env e
      for t in t u r; do strata rows import $t $t.csv --quiet --env e; done
      strata import x2.zip --allow-destroy all --quiet --env e
      """
    )
    #expect(made.status == 0, "\(made.errors)")
    return shop
  }

  @Test(
    "RW-52 whatever brings a table, column or relationship back brings its data, and says how much from where",
    arguments: [
      "import x3.zip", "import x3.zip --action update", "import x3.zip --action stage",
      "downgrade X", "import u.zip",
    ]
  )
  func returning(words: String) throws {
    let shop = try emptied()
    let entries = try shop("strata trash --env e | tr -s ' ' | cut -d ' ' -f -4 | sort -n").output
    #expect(entries.contains(" Entity:u 1 row") && entries.contains(" Attribute:t.new_a 1 value"))
    let plan = try shop("strata \(words) --plan --env e")
    #expect(plan.status == 2, "\(plan)")
    for line in ["Data back from the trash: 2 rows, ", "--no-data leaves it in the trash"] {
      #expect(plan.output.contains(line), "\(plan.output)")
    }
    for entry in entries.split(separator: "\n") {
      let parts = entry.split(separator: " ")
      #expect(plan.output.contains("\(parts[1]) has entry \(parts[0])"), "\(plan.output)")
    }
    #expect(try shop("strata \(words) --env e --quiet").status == 0)
    let rows = "for t in t u; do strata rows export $t - --select name --env e | tail -1; done"
    let value =
      "strata rows export t - --select new_a --env e | tail -1; strata rows count r --env e | head -1"
    #expect(try shop("\(rows); \(value)").output == "one\ntwo\nkept\nr  1 pair\n")
    #expect(try shop("strata trash --env e").output.contains("The trash is empty"))
    #expect(try shop("strata rollback --allow-destroy all --quiet --env e").status == 0)
    let back = try shop("strata trash --env e | tr -s ' ' | cut -d ' ' -f -4 | sort -n").output
    #expect(back == entries)
    #expect(try shop("strata verify --rows --env e").status == 0)
  }

  @Test(
    "RW-52 what stays in the trash is named with its number, its count and the way to restore it"
  )
  func staying() throws {
    let shop = try emptied()
    let number = try shop("strata trash --env e | grep Attribute: | cut -d ' ' -f 1").output
      .filter(\.isNumber)
    let way = "strata trash restore \(number) brings them back"
    let chosen = try shop("strata plan x3.zip --no-data --full --env e")
    #expect(chosen.output.contains(way) && chosen.output.contains("1 value in entry \(number)"))
    #expect(!chosen.output.contains("back from the trash"))
    let words = "--type text --set maxLength=9"
    let added = try shop("strata customize add column t.new_a \(words) --env e")
    #expect(added.status == 0, "\(added)")
    #expect(added.output.contains(way), "\(added.output)")
    #expect(added.output.contains("1 value in entry \(number)"), "\(added.output)")
    #expect(try shop("strata trash restore \(number) --quiet --env e").status == 0)
    let value = try shop("strata rows export t - --select new_a --env e | tail -1")
    #expect(value.output == "kept\n")
    let other = try emptied()
    let mismatched = try other("strata customize add column t.new_a --type integer --env e")
    #expect(
      mismatched.output.contains(
        "they are of the type text, and it is of the type whole number now"
      ),
      "\(mismatched)"
    )
  }
}
