import EnvironmentSupport
import Solutions
import Testing
import WebAPI

/// What clients take for granted of the platform's own tables and sets.
@Suite("Web API: standard tables and sets")
struct WebStandardTests {
  private static let annotated = [("Prefer", "odata.include-annotations=\"*\"")]

  @Test(
    "§10 columns that clients name are there, and what people are called follows from their names"
  )
  func columns() async throws {
    let asking = try await Asking()
    let made = await asking.ask(
      "POST contacts",
      #"{"firstname":"Ann","lastname":"Lee","annualincome":1200.5,"birthdate":"1990-02-03","creditonhold":true}"#
    )
    #expect(made.hasPrefix("204"), "\(made)")
    let row = await asking.ask(
      "GET contacts?$select=fullname,annualincome,birthdate,creditonhold&$filter=fullname eq 'ann lee'"
    )
    #expect(row.contains(#""fullname":"Ann Lee""#), "\(row)")
    #expect(row.contains(#""annualincome":1200.5"#) && row.contains(#""birthdate":"1990-02-03""#))
    let task = await asking.ask(
      "POST tasks",
      #"{"subject":"Call","scheduledstart":"2026-01-02T03:04:05Z","actualdurationminutes":5,"category":"A"}"#
    )
    #expect(task.hasPrefix("204"), "\(task)")
    // Activities have states of their own.
    let state = "statecode,statuscode"
    let open = await asking.ask("GET tasks?$select=\(state)", headers: Self.annotated)
    #expect(open.contains(#""statecode":0"#) && open.contains(#""Not Started""#), "\(open)")
    let id = try #require(open.firstMatch(of: /"activityid":"([0-9a-f-]{36})"/)).output.1
    #expect(await asking.ask("PATCH tasks(\(id))", #"{"statecode":1}"#) == "204")
    let done = await asking.ask("GET tasks(\(id))?$select=\(state)")
    #expect(done.contains(#""statecode":1,"statuscode":5"#), "\(done)")
    #expect(await asking.ask("PATCH tasks(\(id))", #"{"statuscode":1}"#).hasPrefix("400"))
    let account = await asking.ask("POST accounts", #"{"name":"A","statuscode":7}"#)
    #expect(account.hasPrefix("400"), "\(account)")
  }

  @Test("Whose a row is follows from its owner: the user or the team, and the unit")
  func owners() async throws {
    let asking = try await Asking()
    _ = await asking.ask("POST accounts", #"{"name":"A"}"#)
    let me = await asking.ask("GET WhoAmI")
    let user = try #require(me.firstMatch(of: /"UserId":"([0-9a-f-]{36})"/)).output.1
    let unit = try #require(me.firstMatch(of: /"BusinessUnitId":"([0-9a-f-]{36})"/)).output.1
    let row = await asking.ask(
      "GET accounts?$select=_ownerid_value,_owninguser_value,_owningteam_value,_owningbusinessunit_value"
    )
    #expect(row.contains(#""_owninguser_value":"\#(user)""#), "\(row)")
    #expect(row.contains(#""_owningteam_value":null"#), "\(row)")
    #expect(row.contains(#""_owningbusinessunit_value":"\#(unit)""#), "\(row)")
    let units = await asking.ask(
      "GET accounts?$select=name&$filter=_owningbusinessunit_value eq \(unit)&$expand=owningbusinessunit($select=name)"
    )
    #expect(units.contains(#""owningbusinessunit":{"#), "\(units)")
    let all = await asking.ask("GET accounts")
    #expect(all.contains(#""_owningbusinessunit_value":"\#(unit)""#), "\(all)")
  }

  @Test("WA-520 lookups of FetchXML say their table and what the row is called")
  func fetchedLookups() async throws {
    let asking = try await Asking()
    _ = await asking.ask("POST accounts", #"{"name":"Parent"}"#)
    let found = await asking.ask("GET accounts?$select=accountid")
    let parent = try #require(found.firstMatch(of: /"accountid":"([0-9a-f-]{36})"/)).output.1
    _ = await asking.ask(
      "POST accounts",
      #"{"name":"Child","parentaccountid@odata.bind":"/accounts(\#(parent))"}"#
    )
    let fetch =
      "<fetch><entity name='account'><attribute name='parentaccountid'/><attribute name='ownerid'/><filter><condition attribute='name' operator='eq' value='Child'/></filter></entity></fetch>"
    let rows = await asking.ask("GET accounts?fetchXml=\(fetch)", headers: Self.annotated)
    let formatted = "OData.Community.Display.V1.FormattedValue"
    let table = "Microsoft.Dynamics.CRM.lookuplogicalname"
    #expect(rows.contains(#""_parentaccountid_value@\#(formatted)":"Parent""#), "\(rows)")
    #expect(rows.contains(#""_parentaccountid_value@\#(table)":"account""#), "\(rows)")
    #expect(rows.contains(#""_ownerid_value@\#(table)":"systemuser""#), "\(rows)")
    #expect(!rows.contains("name0_") && !rows.contains(":type"), "\(rows)")
  }

  @Test("§11 FetchXML finds solutions and publishers, as it does rows")
  func fetchedSolutions() async throws {
    let asking = try await Asking()
    for name in ["Base", "Extra"] {
      try await asking.environment.import("\(name) 1.2 by A\ntable \(name.lowercased())_t")
    }
    func fetch(_ inner: String, _ set: String = "solutions", _ type: String = "solution") async
      -> String
    {
      await asking.ask(
        "GET \(set)?fetchXml=<fetch><entity name='\(type)'>\(inner)</entity></fetch>"
      )
    }
    let name = "<attribute name='uniquename'/>"
    func names(_ condition: String) async -> [String] {
      let text = await fetch(
        "\(name)<order attribute='uniquename' descending='true'/><filter><condition \(condition)/></filter>"
      )
      return text.matches(of: /"uniquename":"([A-Za-z]*)"/).map { String($0.output.1) }
    }
    #expect(await names("attribute='uniquename' operator='eq' value='base'") == ["Base"])
    #expect(
      await names("attribute='uniquename' operator='like' value='%25a%25'")
        == ["Extra", "Default", "Base", "Active"]
    )
    #expect(
      await names("attribute='ismanaged' operator='eq' value='1'") == ["System", "Extra", "Base"]
    )
    #expect(await names("attribute='ismanaged' operator='eq' value='0'") == ["Default", "Active"])
    #expect(await names("attribute='installedon' operator='null'") == [])
    #expect(await names("attribute='parentsolutionid' operator='null'").count == 5)
    let publishers = await fetch(
      "<filter><condition attribute='uniquename' operator='in'><value>A</value></condition></filter>",
      "publishers",
      "publisher"
    )
    #expect(publishers.contains(#""customizationprefix":"new""#), "\(publishers)")
    let id = try #require(publishers.firstMatch(of: /"publisherid":"([0-9a-f-]{36})"/)).output.1
    #expect(
      await names("attribute='publisherid' operator='eq' value='{\(id)}'") == ["Extra", "Base"]
    )
    #expect(await fetch("<attribute name='nonsense'/>").hasPrefix("400"))
    let solution = await asking.ask(
      "GET solutions(uniquename='Base')/publisherid?$select=uniquename"
    )
    #expect(solution.contains(#""uniquename":"A""#), "\(solution)")
  }

  @Test("What is known and not built is told as that, and counted; a slip of the pen is none")
  func missing() async throws {
    let asking = try await Asking()
    for path in [
      "POST SendEmail", "GET RetrieveEntityRibbon(EntityName='account')", "POST QualifyLead",
      "GET solutioncomponentconfigurations",
      "GET accounts?$expand=contact_customer_accounts($skip=1)",
      "GET accounts?$expand=contact_customer_accounts($count=true)",
    ] {
      let answer = await asking.ask(path, path.hasPrefix("POST") ? "{}" : "")
      #expect(answer.hasPrefix("501"), "\(path): \(answer)")
    }
    #expect(await asking.ask("POST accounts", "{\"accountid\":\"\(Asking.id(1))\"}") == "204")
    let account = "accounts(\(Asking.id(1)))"
    for path in [
      "GET \(account)/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()",
      "GET \(account)/RetrievePrincipalAccess(Target=@t)?@t={}",
      "GET accounts/Microsoft.Dynamics.CRM.RetrieveUnpublishedMultiple()",
      "GET savedqueries/Microsoft.Dynamics.CRM.RetrieveUnpublishedMultiple()",
      "GET RetrieveSettingList()", "GET GetPreferredSolution()",
      "GET RetrieveSetting(SettingName='x')",
      "GET ExecuteCosmosSqlQuery(EntityLogicalName='x')", "GET audits", "GET fileattachments",
      "GET attributeimageconfigs", "GET appmodulecomponents", "GET customapirequestparameters",
      "GET annotations?$select=documentbody", "GET systemusers?$filter=accessmode eq 0",
    ] {
      let answer = await asking.ask(path)
      #expect(answer.hasPrefix("501"), "\(path): \(answer)")
    }
    let body = "{\"subject\":\"x\",\"documentbody\":\"eA==\"}"
    #expect(await asking.ask("POST annotations", body).hasPrefix("501"))
    for (path, status) in [
      ("GET SendEmial", "404"), ("GET \(account)/nothing", "404"), ("GET nothings", "404"),
      ("GET solutions?$skip=1", "400"),
      ("GET accounts?$expand=primarycontactid,primarycontactid", "400"),
    ] {
      let answer = await asking.ask(path)
      #expect(answer.hasPrefix(status), "\(path): \(answer)")
    }
  }
}
