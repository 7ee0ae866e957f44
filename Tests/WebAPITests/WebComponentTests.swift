import EnvironmentSupport
import Solutions
import TestSupport
import Testing
import WebAPI

/// Components that the platform keeps as rows, and bodies of rows that say what they are.
@Suite("Web API: components as rows")
struct WebComponentTests {
  private static let role = PackageText.guid("role")
  private static let step = PackageText.guid("step")

  private func asking() async throws -> Asking {
    let asking = try await Asking()
    try await asking.environment.import(
      """
      X 1.0 by A
      table t
      column t.a
      form f t a
      map Area
      xml Roles <Role id="{\(Self.role)}" name="Order clerk"><RolePrivileges/></Role>
      manifest <RootComponent type="20" id="{\(Self.role)}" behavior="0"/>
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep Name="A step" SdkMessageProcessingStepId="{\(Self.step)}">\
      <PrimaryEntity>t</PrimaryEntity><Stage>40</Stage><Mode>1</Mode></SdkMessageProcessingStep>
      manifest <RootComponent type="92" id="{\(Self.step)}" behavior="0"/>
      """
    )
    return asking
  }

  @Test("WA-1108 components answer as they are in effect, by id and by condition")
  func rows() async throws {
    let asking = try await asking()
    let form = await asking.ask(
      "GET systemforms?$select=name,type,objecttypecode,formxml&$filter=objecttypecode eq 't'"
    )
    #expect(form.contains("\"formid\":\"\(PackageText.guid("f"))\""), "\(form)")
    #expect(form.contains("\"objecttypecode\":\"t\",\"type\":2") && form.contains("datafieldname"))
    #expect(
      await asking.ask("GET roles(\(Self.role))?$select=name,ismanaged").contains(
        "\"name\":\"Order clerk\",\"ismanaged\":true"
      )
    )
    let steps = await asking.ask(
      "GET sdkmessageprocessingsteps?$select=stage,statecode&$count=true"
    )
    #expect(steps.contains("\"@odata.count\":1") && steps.contains("\"stage\":40"), "\(steps)")
    #expect(await asking.ask("GET sitemaps?$select=sitemapxml").contains("SiteMap"))
    #expect(await asking.ask("GET sdkmessages?$filter=name eq 'Create'").contains("\"Create\""))
  }

  @Test(
    "WA-1108 what cannot be told of components, or done with their rows, is 501",
    arguments: [
      "PATCH roles(\(role))", "GET webresourceset?$select=name,contentjson",
      "GET msdyn_componentlayers?sql=SELECT msdyn_name FROM msdyn_componentlayer",
    ]
  )
  func missing(question: String) async throws {
    let text = await (try asking()).ask(question, "{\"name\":\"X\"}")
    #expect(text.hasPrefix("501 "), "\(text)")
  }

  @Test("WA-203 a body says the type that its place makes it, or none")
  func types() async throws {
    let asking = try await Asking()
    let wrong = "{\"@odata.type\":\"#Microsoft.Dynamics.CRM.contact\",\"name\":\"x\"}"
    #expect(await asking.ask("POST accounts", wrong).contains("0x80048d19"))
    let right = wrong.replacing("CRM.contact", with: "CRM.account")
    #expect(await asking.ask("POST accounts", right).hasPrefix("204"))
    let id = Asking.id(7)
    _ = await asking.ask("PATCH accounts(\(id))", "{\"name\":\"y\"}")
    func targets(_ type: String, _ ids: String...) -> String {
      let rows = ids.map {
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.\(type)\",\"accountid\":\"\($0)\"}"
      }
      return "{\"Targets\":[\(rows.joined(separator: ","))]}"
    }
    let delete = "POST accounts/Microsoft.Dynamics.CRM.DeleteMultiple"
    #expect(await asking.ask(delete, targets("contact", id)).contains("0x80048d19"))
    #expect(await asking.ask(delete, targets("account", id, id)).contains("stands twice"))
    #expect(await asking.ask(delete, targets("account", id)).hasPrefix("204"))
  }
}
