import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing
import WebAPI

/// Values of variables and connections behind references, as sets.
@Suite("Web API: variables and connections")
struct WebHeldTests {
  private static let package = """
    X 1.0 by A
    manifest <RootComponent type="380" schemaName="new_Plain" behavior="0"/><RootComponent type="380" schemaName="new_Key" behavior="0"/>
    xml EnvironmentVariables <Definition><SchemaName>new_Plain</SchemaName><Type>100000000</Type><DefaultValue>D</DefaultValue></Definition><Definition><SchemaName>new_Key</SchemaName><Type>100000005</Type></Definition>
    xml connectionreferences <connectionreference connectionreferencelogicalname="new_Link"><connectorid>/providers/x</connectorid></connectionreference><connectionreference connectionreferencelogicalname="new_Open"><connectorid>/providers/x</connectorid></connectionreference>
    """

  private func asking() async throws -> Asking {
    let asking = try await Asking()
    try await asking.environment.import(
      Self.package,
      options: PlanOptions(
        deployment: DeploymentSettings(
          values: ["new_Key": "S-ONE"],
          connections: ["new_Link": "L-ONE"]
        )
      )
    )
    return asking
  }

  private func texts(_ answer: String, _ name: String) -> [String] {
    answer.split(separator: "\"\(name)\":").dropFirst().map {
      String($0.prefix { $0 != "," && $0 != "}" })
    }
  }

  @Test("PF-708 variables have their names and defaults, and values where the environment has some")
  func variables() async throws {
    let asking = try await asking()
    let all = await asking.ask(
      "GET environmentvariabledefinitions?$select=schemaname,type&$orderby=schemaname"
    )
    #expect(texts(all, "schemaname") == ["\"new_Key\"", "\"new_Plain\""], "\(all)")
    #expect(texts(all, "type") == ["100000005", "100000000"])
    let defaults = await asking.ask(
      "GET environmentvariabledefinitions?$select=schemaname&$filter=defaultvalue ne null"
    )
    #expect(texts(defaults, "schemaname") == ["\"new_Plain\""], "\(defaults)")
    let values = await asking.ask(
      "GET environmentvariablevalues?$select=value&$filter=value ne null&$expand=EnvironmentVariableDefinitionId($select=schemaname)"
    )
    #expect(texts(values, "schemaname") == ["\"new_Key\""], "\(values)")
    #expect(!values.contains("S-ONE"))
  }

  @Test("§11.8 a variable is read with its value, and a value with its variable")
  func expanded() async throws {
    let asking = try await asking()
    let collection = "environmentvariabledefinition_environmentvariablevalue"
    let all = await asking.ask(
      "GET environmentvariabledefinitions?$select=schemaname&$expand=\(collection)($select=value)&$orderby=schemaname"
    )
    #expect(texts(all, "schemaname") == ["\"new_Key\"", "\"new_Plain\""], "\(all)")
    #expect(texts(all, "value").count == 1 + 1, "\(all)")
    #expect(all.contains("\"\(collection)\":[]"), "\(all)")
    let filtered = await asking.ask(
      "GET environmentvariablevalues?$filter=EnvironmentVariableDefinitionId/schemaname eq 'new_Key'&$expand=EnvironmentVariableDefinitionId"
    )
    #expect(filtered.contains("\"EnvironmentVariableDefinitionId\":{"), "\(filtered)")
    let id = texts(filtered, "_environmentvariabledefinitionid_value").first ?? ""
    let bare = id.filter { $0 != "\"" }
    let related = await asking.answer(
      "GET environmentvariabledefinitions(\(bare))/\(collection)?$select=value"
    )
    let text = String(decoding: related.body, as: UTF8.self)
    #expect(text.contains("$metadata#environmentvariablevalues(value)"), "\(text)")
    #expect(texts(text, "environmentvariablevalueid").count == 1, "\(text)")
  }

  @Test("PF-621 connection references have their names, and a connection where there is one")
  func connections() async throws {
    let asking = try await asking()
    let all = await asking.ask("GET connectionreferences?$select=connectionreferencelogicalname")
    #expect(
      texts(all, "connectionreferencelogicalname") == ["\"new_Link\"", "\"new_Open\""],
      "\(all)"
    )
    let connected = await asking.ask("GET connectionreferences?$filter=connectionid ne null")
    #expect(texts(connected, "connectionreferencelogicalname") == ["\"new_Link\""], "\(connected)")
    #expect(!connected.contains("L-ONE"))
  }

  @Test("Web resources have their names")
  func webResources() async throws {
    let asking = try await Asking()
    try await asking.environment.import("R 1.0 by A\nresource new_/a.js x")
    let all = await asking.ask("GET webresourceset?$select=name&$filter=webresourceid ne null")
    #expect(texts(all, "name") == ["\"new_/a.js\""], "\(all)")
  }

  @Test("LC-604 values are made, changed and taken away as rows, each by an operation")
  func writtenValues() async throws {
    let asking = try await asking()
    let all = await asking.ask(
      "GET environmentvariabledefinitions?$select=schemaname&$filter=schemaname eq 'new_Plain'"
    )
    let id = texts(all, "environmentvariabledefinitionid")[0].filter { $0 != "\"" }
    let bind =
      "\"EnvironmentVariableDefinitionId@odata.bind\":\"/environmentvariabledefinitions(\(id))\""
    let made = await asking.answer(
      "POST environmentvariablevalues",
      "{\"value\":\"one\",\"schemaname\":\"new_Plain\",\(bind)}"
    )
    #expect(made.status == 204)
    let address = try #require(made.headers["OData-EntityId"]).replacing(Asking.root, with: "")
    #expect(texts(await asking.ask("GET \(address)?$select=value"), "value") == ["\"one\""])
    // A variable has one value.
    let again = await asking.ask("POST environmentvariablevalues", "{\"value\":\"two\",\(bind)}")
    #expect(again.hasPrefix("412"), "\(again)")
    #expect(await asking.ask("PATCH \(address)", "{\"value\":\"two\"}") == "204")
    #expect(texts(await asking.ask("GET \(address)?$select=value"), "value") == ["\"two\""])
    // What says nothing of the value leaves it.
    #expect(await asking.ask("PATCH \(address)", "{\"statecode\":0}") == "204")
    #expect(texts(await asking.ask("GET \(address)?$select=value"), "value") == ["\"two\""])
    #expect(await asking.ask("PATCH \(address)", "{\"statecode\":1}").hasPrefix("501"))
    let other = await asking.ask("PATCH \(address)", "{\"iscustomizable\":true}")
    #expect(other.hasPrefix("501"), "\(other)")
    #expect(await asking.ask("DELETE \(address)") == "204")
    #expect(await asking.ask("GET \(address)").hasPrefix("404"))
    let history = try await asking.environment.lifecycle.ask(
      HistoryQuestion(of: nil, limit: 3, withAttempts: false)
    )
    #expect(history.operations.map(\.record.verb) == ["settings", "settings", "settings"])
    try await asking.environment.lifecycle.perform(.rollback(3), consent: .all)
    #expect(texts(await asking.ask("GET \(address)?$select=value"), "value") == ["\"one\""])
    let viewer = await asking.ask("DELETE \(address)", right: .look)
    #expect(viewer.hasPrefix("403"), "\(viewer)")
  }

  @Test("LC-604 a value has to fit its variable, and one of a secret is not shown")
  func unfitValues() async throws {
    let asking = try await Asking()
    try await asking.environment.import(
      """
      X 1.0 by A
      manifest <RootComponent type="380" schemaName="new_N" behavior="0"/>
      xml EnvironmentVariables <Definition><SchemaName>new_N</SchemaName><Type>100000001</Type></Definition>
      """
    )
    func post(_ value: String) async -> String {
      await asking.ask(
        "POST environmentvariablevalues",
        """
        {"value":"\(value)","EnvironmentVariableDefinitionId@odata.bind":"/environmentvariabledefinitions(schemaname='new_N')"}
        """
      )
    }
    let refused = await post("many")
    #expect(refused.hasPrefix("400") && refused.contains("new_N"), "\(refused)")
    #expect(await post("3") == "204")
  }

  @Test("PF-621 a connection is put behind a reference, and taken away")
  func writtenConnections() async throws {
    let asking = try await asking()
    let all = await asking.ask("GET connectionreferences?$filter=connectionid eq null")
    let id = texts(all, "connectionreferenceid")[0].filter { $0 != "\"" }
    #expect(
      await asking.ask("PATCH connectionreferences(\(id))", "{\"connectionid\":\"C\"}") == "204"
    )
    let one = await asking.ask("GET connectionreferences(\(id))?$select=connectionid")
    #expect(!one.contains("\"connectionid\":null"), "\(one)")
    #expect(
      await asking.ask("PATCH connectionreferences(\(id))", "{\"connectionid\":null}") == "204"
    )
    let none = await asking.ask("GET connectionreferences(\(id))?$select=connectionid")
    #expect(none.contains("\"connectionid\":null"), "\(none)")
  }

  @Test("LC-601 processes and steps are switched by the state of their rows")
  func switched() async throws {
    let asking = try await Asking()
    let (process, step) = (PackageText.guid("process"), PackageText.guid("step"))
    try await asking.environment.import(
      """
      X 1.0 by A
      xml Workflows <Workflow WorkflowId="{\(process)}" Name="P"><Category>0</Category><Type>1</Type><StateCode>1</StateCode><StatusCode>2</StatusCode><RunAs>1</RunAs><IsCustomizable>1</IsCustomizable><IntroducedVersion>1.0</IntroducedVersion><PrimaryEntity>account</PrimaryEntity><XamlFileName>/Workflows/P.xaml</XamlFileName></Workflow>
      file Workflows/P.xaml <a/>
      xml SdkMessageProcessingSteps <SdkMessageProcessingStep Name="S" SdkMessageProcessingStepId="{\(step)}"><IsCustomizable>1</IsCustomizable><Stage>40</Stage></SdkMessageProcessingStep>
      manifest <RootComponent type="29" id="{\(process)}" behavior="0"/><RootComponent type="92" id="{\(step)}" behavior="0"/>
      """
    )
    for (address, on) in [("workflows(\(process))", 1), ("sdkmessageprocessingsteps(\(step))", 0)] {
      for state in [on, 1 - on] {
        #expect(await asking.ask("PATCH \(address)", "{\"statecode\":\(state)}") == "204")
        let now = await asking.ask("GET \(address)?$select=statecode")
        #expect(texts(now, "statecode") == ["\(state)"], "\(now)")
      }
    }
    // What the definition says in words of its own is told, and so is its file.
    let told = await asking.ask(
      "GET workflows(\(process))?$select=runas,introducedversion,xaml,clientdata,createdon"
    )
    #expect(texts(told, "runas") == ["1"], "\(told)")
    #expect(told.contains("\"xaml\":\"\\u003ca/\\u003e\""), "\(told)")
    #expect(told.contains("\"clientdata\":null") && told.contains("\"createdon\":null"), "\(told)")
  }

  @Test("WA-203 a name that no row has is wrong, also where there is no row")
  func emptySets() async throws {
    let asking = try await Asking()
    for set in ["workflows", "connectionreferences", "importjobs", "dependencies", "stringmaps"] {
      for option in ["$select=bogus", "$filter=bogus eq 1", "$orderby=bogus", "$expand=bogus"] {
        let answer = await asking.ask("GET \(set)?\(option)")
        #expect(answer.hasPrefix("400") && answer.contains("bogus"), "\(set) \(option): \(answer)")
      }
      #expect(await asking.ask("GET \(set)/$count?$filter=bogus eq 1").hasPrefix("400"))
    }
    let managed =
      "GET webresourceset?$filter=ishidden/Value eq false and iscustomizable/Value eq true"
    #expect(await asking.ask(managed) == "200 {\"value\":[]}")
  }

  @Test(
    "§11.8 what every environment has says whether it can be changed, as what packages bring does"
  )
  func platformRows() async throws {
    let asking = try await Asking()
    for question in [
      "savedqueries?$select=name&$filter=name eq 'Active Accounts' and iscustomizable/Value eq true",
      "roles?$select=name,iscustomizable&$filter=canbedeleted/Value eq false",
    ] {
      #expect(texts(await asking.ask("GET \(question)"), "name").count == 1, "\(question)")
    }
  }

  @Test("Labels of options are rows, too")
  func stringMaps() async throws {
    let asking = try await Asking()
    try await asking.environment.import("X 1.0 by A\ntable t\ncolumn t.c picklist 1 2")
    let found = await asking.ask(
      "GET stringmaps?$select=value,attributevalue&$filter=objecttypecode eq 't' and attributename eq 'c'"
    )
    #expect(texts(found, "attributevalue") == ["1", "2"], "\(found)")
    #expect(texts(found, "value").suffix(2) == ["\"o1\"", "\"o2\""], "\(found)")
  }

  @Test("WA-418 navigation that is expanded is also a path")
  func paths() async throws {
    let asking = try await asking()
    let roles = await asking.ask("GET roles?$select=name")
    let role = texts(roles, "roleid")[0].filter { $0 != "\"" }
    let users = await asking.ask("GET roles(\(role))/systemuserroles_association?$select=fullname")
    #expect(users.hasPrefix("200"), "\(users)")
    let solutions = await asking.ask("GET solutions?$select=uniquename&$filter=uniquename eq 'X'")
    let id = texts(solutions, "solutionid")[0].filter { $0 != "\"" }
    let members = await asking.ask(
      "GET solutions(\(id))/solution_solutioncomponent?$select=componenttype"
    )
    #expect(members.hasPrefix("200 {\"value\":[{"), "\(members)")
    let none = await asking.ask("GET roles(\(Asking.id(9)))/systemuserroles_association")
    #expect(none.hasPrefix("404") && none.contains("0x80040217"), "\(none)")
    #expect(await asking.ask("GET roles(\(role))/bogus").contains("0x8006088a"))
  }

  @Test("What stands in packages is not written row by row")
  func writing() async throws {
    let asking = try await asking()
    let answer = await asking.ask("POST environmentvariabledefinitions", "{\"schemaname\":\"x\"}")
    #expect(answer.hasPrefix("501"), "\(answer)")
  }
}
