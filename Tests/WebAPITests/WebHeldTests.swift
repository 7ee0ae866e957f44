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

  @Test("What stands in packages is not written row by row")
  func writing() async throws {
    let asking = try await asking()
    let answer = await asking.ask("POST environmentvariabledefinitions", "{\"schemaname\":\"x\"}")
    #expect(answer.hasPrefix("501"), "\(answer)")
  }
}
