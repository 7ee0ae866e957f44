import EnvironmentSupport
import Foundation
import TestSupport
import Testing

/// Files of deployment settings.
@Suite("strata settings")
struct SettingsCommandTests {
  private static func variable(_ name: String, _ fields: String) -> String {
    """
    file environmentvariabledefinitions/\(name)/environmentvariabledefinition.xml \
    <environmentvariabledefinition schemaname="\(name)">\(fields)</environmentvariabledefinition>
    """
  }

  private static let packages = [
    "s.zip": """
    S 1.0 by pub
    \(variable("new_Url", "<type>100000000</type><isrequired>1</isrequired>"))
    \(variable("new_Limit", "<type>100000001</type><defaultvalue>5</defaultvalue>"))
    xml connectionreferences <connectionreference connectionreferencelogicalname="new_mail">\
    <connectorid>/providers/Microsoft.PowerApps/apis/shared_office365</connectorid>\
    <iscustomizable>1</iscustomizable></connectionreference>
    """,
    "t.zip": "T 1.0 by pub\n\(variable("new_Other", "<type>100000000</type>"))",
  ]

  private func findings(_ workshop: Workshop, _ words: String) throws -> (
    status: Int32, told: [String]
  ) {
    let result = try workshop("strata settings check \(words) --json")
    let value = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
    let findings = (value as? [String: Any])?["findings"] as? [[String: Any]] ?? []
    return (
      result.status,
      findings.map { "\($0["severity"] ?? "") \($0["code"] ?? "") \($0["subject"] ?? "")" }
    )
  }

  @Test("A file has a blank for everything that packages let be set, in the form that others read")
  func create() throws {
    let workshop = try Workshop(Self.packages)
    let printed = try workshop("strata settings create s.zip t.zip")
    let value = try JSONSerialization.jsonObject(with: Data(printed.output.utf8))
    let object = try #require(value as? [String: [[String: String]]])
    #expect(
      object["EnvironmentVariables"] == [
        ["SchemaName": "new_Limit", "Value": ""], ["SchemaName": "new_Other", "Value": ""],
        ["SchemaName": "new_Url", "Value": ""],
      ]
    )
    #expect(
      object["ConnectionReferences"] == [
        [
          "LogicalName": "new_mail", "ConnectionId": "",
          "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_office365",
        ]
      ]
    )
    #expect(try workshop("strata settings create s.zip t.zip f.json").status == 0)
    #expect(try workshop.text("f.json") == printed.output)
    let planned = "strata init --env e && strata import s.zip --settings-file f.json --plan --env e"
    #expect(try workshop(planned).status == 2)
    #expect(try workshop("strata plan s.zip --settings-file f.json").status == 2)
  }

  @Test("A file that is there is not overwritten; --update keeps what it says")
  func update() throws {
    let workshop = try Workshop(Self.packages)
    let filled = """
      {"EnvironmentVariables":[{"SchemaName":"NEW_URL","Value":"x"},{"SchemaName":"gone","Value":"y"}]}
      """
    try workshop.write(filled, "f.json")
    let refused = try workshop("strata settings create s.zip f.json")
    #expect(refused.status == 1 && refused.errors.contains("--update"))
    #expect(try workshop.text("f.json") == filled)
    #expect(try workshop("strata settings create s.zip f.json --update").status == 0)
    let text = try workshop.text("f.json")
    for kept in ["\"NEW_URL\"", "\"gone\"", "\"x\"", "new_Limit", "new_mail"] {
      #expect(text.contains(kept), "\(kept)")
    }
    #expect(!text.contains("new_Url"))
    #expect(try workshop("strata settings create s.zip --update").status == 64)
    #expect(try workshop("strata settings create f.json").status == 64)
  }

  @Test("What is missing, unknown, doubled or does not fit is told")
  func check() throws {
    let workshop = try Workshop(Self.packages)
    func told(_ text: String) throws -> (status: Int32, told: [String]) {
      try workshop.write(text, "f.json")
      return try findings(workshop, "s.zip f.json")
    }
    let mail = """
      "ConnectionReferences":[{"LogicalName":"new_mail","ConnectionId":"1","ConnectorId":\
      "/providers/microsoft.powerapps/apis/shared_office365"}]
      """
    #expect(
      try told("{\"EnvironmentVariables\":[{\"SchemaName\":\"new_url\",\"Value\":\"a\"}],\(mail)}")
        == (0, [])
    )
    #expect(
      try told("{}") == (
        4,
        [
          "error strata.setting-missing EnvironmentVariableDefinition:new_Url",
          "warning strata.setting-missing connectionreference:new_mail",
        ]
      )
    )
    let wrong = """
      {"EnvironmentVariables":[{"SchemaName":"new_Url","Value":"a"},{"SchemaName":"new_url","Value":"b"},\
      {"SchemaName":"new_Limit","Value":"many"},{"SchemaName":"new_Lost","Value":""}],\
      "ConnectionReferences":[{"LogicalName":"new_mail","ConnectionId":"1","ConnectorId":"/apis/shared_x"}]}
      """
    #expect(
      try told(wrong) == (
        4,
        [
          "error strata.other-connector connectionreference:new_mail",
          "error strata.setting-twice new_Url",
          "error strata.setting-unfit EnvironmentVariableDefinition:new_Limit",
          "error strata.unknown-setting new_Lost",
        ]
      )
    )
    #expect(try workshop("strata settings check s.zip f.json --quiet").status == 4)
    #expect(try workshop("strata settings check s.zip").status == 64)
    #expect(try workshop("echo '[]' > g.json; strata settings check s.zip g.json").status == 1)
  }

  @Test("No value of a file is printed")
  func secrets() throws {
    let workshop = try Workshop(Self.packages)
    try workshop.write(
      "{\"EnvironmentVariables\":[{\"SchemaName\":\"new_Limit\",\"Value\":\"hunter2\"}]}",
      "f.json"
    )
    for form in ["", "--json"] {
      let result = try workshop("strata settings check s.zip f.json \(form)")
      #expect(result.status == 4 && !(result.output + result.errors).contains("hunter2"))
    }
  }
}
