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
}
