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
