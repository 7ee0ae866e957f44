import Testing
import WebAPI

/// Solutions and publishers that are written as rows.
@Suite("Web API: solutions and publishers")
struct WebSolutionTests {
  @Test("Solutions and publishers are changed as rows, list what they are told to, and go")
  func rows() async throws {
    let asking = try await Asking.own()
    let solution = "solutions(uniquename='Own')"
    #expect(
      await asking.ask("PATCH \(solution)", "{\"version\":\"1.1.0.0\",\"friendlyname\":\"Ours\"}")
        == "204"
    )
    #expect(
      await asking.ask("GET \(solution)?$select=version,friendlyname").contains(
        "\"friendlyname\":\"Ours\",\"version\":\"1.1.0.0\""
      )
    )
    let account = await asking.ask(
      "GET EntityDefinitions(LogicalName='account')?$select=MetadataId"
    )
    let id = try #require(account.firstMatch(of: /"MetadataId":"([-0-9a-f]*)"/)).output.1
    let add =
      "{\"ComponentId\":\"\(id)\",\"ComponentType\":1,\"SolutionUniqueName\":\"Own\",\"AddRequiredComponents\":false,\"IncludedComponentSettingsValues\":[]}"
    let added = await asking.ask("POST AddSolutionComponent", add)
    #expect(added.hasPrefix("200 {\"id\":\""), "\(added)")
    #expect(await asking.ask("POST AddSolutionComponent", add) == added)
    #expect(
      await asking.ask(
        "GET solutioncomponents?$select=rootcomponentbehavior&$filter=objectid eq \(id)"
      )
      .contains("\"rootcomponentbehavior\":2")
    )
    #expect(
      await asking.ask(
        "POST RemoveSolutionComponent",
        "{\"SolutionComponent\":{\"@odata.type\":\"Microsoft.Dynamics.CRM.solutioncomponent\",\"solutioncomponentid\":\"\(id)\"},\"ComponentType\":1,\"SolutionUniqueName\":\"Own\"}"
      ) == added
    )
    #expect(
      await asking.ask("POST RemoveSolutionComponent", "{\"ComponentId\":\"\(id)\"}").contains(
        "0x80048d19"
      )
    )
    #expect(
      await asking.ask("PATCH publishers(uniquename='own')", "{\"friendlyname\":\"We\"}") == "204"
    )
    #expect(await asking.ask("DELETE publishers(uniquename='own')").hasPrefix("400"))
    #expect(
      await asking.ask(
        "POST publishers",
        "{\"uniquename\":\"idle\",\"customizationprefix\":\"idl\"}"
      ) == "204"
    )
    #expect(await asking.ask("DELETE publishers(uniquename='idle')") == "204")
    #expect(await asking.ask("GET publishers(uniquename='idle')").hasPrefix("404"))
  }

  @Test("LC-132 Default lists every component, and nobody adds to it or takes out")
  func ofEverything() async throws {
    let asking = try await Asking.own()
    let id = "fd140aaf-4df4-11dd-bd17-0019b9312238"
    let own = await asking.ask(
      "GET solutions(\(id))?$select=uniquename,isvisible&$expand=publisherid($select=publisherid)"
    )
    #expect(own.contains("\"uniquename\":\"Default\"") && own.contains("\"isvisible\":true"))
    #expect(own.contains("d21aab71-79e7-11dd-8874-00188b01e34f"), "\(own)")
    let shown = await asking.ask("GET solutions?$select=uniquename&$filter=isvisible eq true")
    #expect(shown.contains("Default") && !shown.contains("\"Active\""), "\(shown)")
    let table = MetadataText.table("new_Thing", "Thing", "\"OwnershipType\":\"UserOwned\"")
    #expect(await asking.make("EntityDefinitions", table) == "204")
    let listed = "solutioncomponents/$count?$filter=componenttype eq 1 and _solutionid_value eq"
    #expect(await asking.ask("GET \(listed) \(id)").hasSuffix("1"))
    let gone = await asking.ask("DELETE solutions(\(id))")
    #expect(gone.hasPrefix("400") && gone.contains("0x8004f005"), "\(gone)")
  }
}

extension Asking {
  /// With a solution `Own` of the publisher `own`, whose prefix is `new`.
  static func own() async throws -> Asking {
    let asking = try await Asking()
    #expect(
      await asking.ask(
        "POST publishers",
        "{\"uniquename\":\"own\",\"friendlyname\":\"Own\",\"customizationprefix\":\"new\",\"customizationoptionvalueprefix\":20000}"
      ) == "204"
    )
    #expect(
      await asking.ask(
        "POST solutions",
        "{\"uniquename\":\"Own\",\"friendlyname\":\"Our own\",\"version\":\"1.0.0.0\",\"publisherid@odata.bind\":\"/publishers(uniquename='own')\"}"
      ) == "204"
    )
    return asking
  }
}
