import Solutions
import Testing
import WebAPI

/// The read-only query in SQL.
@Suite("Web API: SQL")
struct WebSelectTests {
  private func asking() async throws -> Asking { try await .filled(third: "It's") }

  @Test(
    "WA-530, WA-531 a SELECT finds what it says, under the names that it gives",
    arguments: [
      (
        "SELECT name FROM account ORDER BY name DESC",
        #"{"name":"It's"},{"name":"Beta"},{"name":"Alpha"}"#
      ),
      ("select TOP 1 a.name AS n from account a order by a.name", #"{"n":"Alpha"}"#),
      ("SELECT name FROM account WHERE name = 'it''s'", #"{"name":"It's"}"#),
      ("SELECT name FROM account WHERE numberofemployees IS NULL", #"{"name":"Beta"}"#),
      (
        "SELECT name FROM account WHERE numberofemployees BETWEEN 5 AND 20 OR name LIKE 'b%'",
        #"{"name":"Alpha"},{"name":"Beta"}"#
      ),
      (
        "SELECT name FROM account WHERE NOT (name IN ('alpha', 'beta')) AND numberofemployees >= 30",
        #"{"name":"It's"}"#
      ),
      (
        "SELECT name FROM account WHERE name <> 'Beta' AND name NOT LIKE '%t''s'",
        #"{"name":"Alpha"}"#
      ),
      (
        "SELECT name FROM account ORDER BY name OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY",
        #"{"name":"Beta"}"#
      ),
      (
        "SELECT COUNT(*) AS n, SUM(numberofemployees) AS s, MAX(name) AS m FROM account",
        #"{"n":3,"s":40,"m":"It's"}"#
      ),
    ] as [(String, String)]
  )
  func select(text: String, rows: String) async throws {
    let asking = try await asking()
    let escaped = text.replacing("%", with: "%25")
    #expect(await asking.ask("GET accounts?sql=\(escaped)") == "200 {\"value\":[\(rows)]}")
  }

  @Test("WA-531 tables are joined, and groups added up")
  func joined() async throws {
    let asking = try await asking()
    #expect(
      await asking.ask(
        "GET contacts?sql=SELECT c.fullname, a.name account FROM contact c INNER JOIN account a ON c.parentcustomerid = a.accountid WHERE a.name = 'Alpha' ORDER BY c.fullname"
      )
        == #"200 {"value":[{"fullname":"Ann","account":"Alpha"},{"fullname":"Bob","account":"Alpha"}]}"#
    )
    #expect(
      await asking.ask(
        "GET accounts?sql=SELECT a.name, COUNT(c.contactid) AS n FROM account a LEFT JOIN contact c ON c.parentcustomerid = a.accountid GROUP BY a.name ORDER BY a.name"
      )
        == #"200 {"value":[{"name":"Alpha","n":2},{"name":"Beta","n":0},{"name":"It's","n":1}]}"#
    )
    #expect(
      await asking.ask("GET contacts?sql=SELECT DISTINCT statecode FROM contact")
        == #"200 {"value":[{"statecode":0}]}"#
    )
  }

  @Test("What is cut off or changed is answered or refused, and never a fault", arguments: 0..<60)
  func damaged(seed: Int) async throws {
    let asking = try await Asking()
    let whole = Array(
      "SELECT TOP 5 a.name AS n, COUNT(*) FROM account a LEFT JOIN contact c ON c.parentcustomerid = a.accountid WHERE a.name LIKE 'x' AND (a.numberofemployees IN (1,2)) GROUP BY a.name ORDER BY a.name"
        .utf8
    )
    let cut = String(decoding: whole.prefix(seed * 4), as: UTF8.self)
    let text = await asking.ask("GET accounts?sql=\(cut)")
    #expect(["2", "4"].contains(text.prefix(1)) || text.hasPrefix("501"), "\(cut): \(text)")
  }
}
