import EnvironmentSupport
import Testing
import WebAPI

/// Whoever owns a row, user or team, behind one navigation property.
@Suite("Web API: owners")
struct WebOwnerTests {
  private let team = Asking.id(31)
  private let account = "accounts(\(Asking.id(2)))"

  /// Accounts of the user, the second of which belongs to a team by now.
  private func asking() async throws -> (Asking, user: String) {
    let asking = try await Asking.filled(third: "Gamma")
    let me = await asking.ask("GET WhoAmI")
    let user = try #require(me.firstMatch(of: /"UserId":"([^"]*)"/)).output.1
    #expect(await asking.ask("POST teams", "{\"teamid\":\"\(team)\",\"name\":\"T\"}") == "204")
    let reference = "{\"@odata.id\":\"teams(\(team))\"}"
    #expect(await asking.ask("PUT \(account)/ownerid/$ref", reference) == "204")
    return (asking, String(user))
  }

  @Test("§4.1 owners are shown with their rows, each as what it is")
  func expanded() async throws {
    let (asking, user) = try await asking()
    let all = await asking.ask(
      "GET accounts?$select=name&$orderby=name&$expand=ownerid($select=fullname,name)"
    )
    #expect(
      all.contains(
        "\"name\":\"Beta\",\"ownerid\":{\"@odata.type\":\"#Microsoft.Dynamics.CRM.team\",\"teamid\":\"\(team)\",\"name\":\"T\",\"ownerid\":\"\(team)\"}"
      ),
      "\(all)"
    )
    #expect(
      all.contains(
        "\"@odata.type\":\"#Microsoft.Dynamics.CRM.systemuser\",\"systemuserid\":\"\(user)\""
      )
    )
    #expect(all.contains("\"ownerid\":\"\(user)\"}"), "\(all)")
    let references = await asking.ask("GET \(account)?$select=name&$expand=ownerid/$ref")
    #expect(
      references.contains("\"ownerid\":{\"@odata.id\":\"ROOT/teams(\(team))\"}"),
      "\(references)"
    )
    let wrong = await asking.ask("GET accounts?$expand=ownerid($select=nonsense)")
    #expect(wrong.hasPrefix("400 ") && wrong.contains("nonsense"), "\(wrong)")
  }

  @Test(
    "§4.1 conditions reach over owners",
    arguments: [
      ("ownerid/ownerid eq \(Asking.id(31))", "Beta"), ("ownerid/name eq 'T'", "Beta"),
      ("ownerid/ownerid ne \(Asking.id(31))", "Alpha Gamma"), ("ownerid/fullname eq 'T'", ""),
      ("ownerid/systemuserid ne null and ownerid/name eq null", "Alpha Gamma"),
    ] as [(String, String)]
  )
  func conditions(filter: String, names: String) async throws {
    let (asking, _) = try await asking()
    let text = await asking.ask("GET accounts?$select=name&$orderby=name&$filter=\(filter)")
    let found = text.matches(of: /"name":"([A-Za-z]*)"/).map { String($0.output.1) }
    #expect(found.joined(separator: " ") == names, "\(text)")
    #expect(text.hasPrefix("200 "))
  }

  @Test("§4.1, WA-417, WA-418 the owner of a row is read, referred to and changed by its property")
  func followed() async throws {
    let (asking, user) = try await asking()
    #expect(
      await asking.ask("GET \(account)/ownerid?$select=name")
        == "200 {\"teamid\":\"\(team)\",\"name\":\"T\"}"
    )
    let reference = await asking.ask("GET \(account)/ownerid/$ref")
    #expect(reference == "200 {\"@odata.id\":\"ROOT/teams(\(team))\"}", "\(reference)")
    let own = "{\"@odata.id\":\"systemusers(\(user))\"}"
    #expect(await asking.ask("PUT \(account)/ownerid/$ref", own) == "204")
    let changed = await asking.ask("GET \(account)/ownerid/$ref")
    #expect(changed.contains("ROOT/systemusers(\(user))"), "\(changed)")
  }
}
