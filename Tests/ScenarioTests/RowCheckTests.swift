import EnvironmentSupport
import FoundationEssentials
import TestSupport
import Testing

/// RW-13 on the example that everybody has, as a user meets it.
@Suite("verify --rows")
struct RowCheckTests {
  private static let body = "UPDATE data_fab_legacynote SET"

  private func damaged(_ statement: String) throws -> Workshop {
    let shop = try Workshop()
    try shop.write("fab_name,fab_body\nOne,1\nTwo,\nThree,3\n", "notes.csv")
    try shop.write(
      "import sqlite3, sys; c = sqlite3.connect('e'); c.execute(sys.argv[1]); c.commit()",
      "damage.py"
    )
    let made = try shop(
      """
      set -e
      export STRATA_ENV=e
      strata init && strata import '\(Repository.root)/Examples/FieldService_1_0_0_0_managed.zip' --quiet
      strata rows import fab_legacynote notes.csv
      python3 damage.py "\(statement)"
      """
    )
    #expect(made.status == 0, "\(made.errors)")
    return shop
  }

  @Test(
    "RW-13 rows-verbs: what another program left in rows is told by kind and column, with ids",
    arguments: [
      (
        "\(body) fab_workorderid = '11111111-1111-1111-1111-111111111111'",
        "fab_legacynote.fab_workorderid: 3 values do not lead to a row of fab_workorder: "
      ),
      ("\(body) statuscode = 42", "fab_legacynote.statuscode: 3 values are no option: "),
      ("\(body) statuscode = 2", "fab_legacynote.statuscode: 3 values belong to another state"),
      ("\(body) statecode = 'abc'", "fab_legacynote.statecode: 3 values are no choice: "),
      (
        "\(body) createdon = 'yesterday'",
        "fab_legacynote.createdon: 3 values are not spelled as a date and time is kept: "
      ),
      (
        "\(body) ownerid = NULL",
        "fab_legacynote.ownerid: 3 rows have no value, and the system requires one: "
      ),
      (
        "\(body) versionnumber = 9999",
        "fab_legacynote.versionnumber: 3 rows are of operations that are yet to come: "
      ),
    ]
  )
  func told(statement: String, line: String) throws {
    let shop = try damaged(statement)
    let found = try shop("strata verify --rows --env e")
    #expect(found.status == 1)
    #expect(found.output.hasPrefix("Broken:\n  \(line)"), "\(found.output)")
    let unasked = try shop("strata verify --env e")
    #expect(unasked.status == 0)
    #expect(unasked.output.contains("  rows not checked (--rows)\n"))
  }
}
