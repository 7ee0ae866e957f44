import EnvironmentSupport
import Testing
import WebAPI

/// What is asked for and cannot be meant is said, and nothing is done that was not asked for.
@Suite("Web API: nothing is taken and lost")
struct WebLimitTests {
  private static let relationship =
    #"{"@odata.type":"Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata","SchemaName":"new_r","ReferencedEntity":"account","ReferencingEntity":"new_thing","Lookup":{"SchemaName":"new_Account"}}"#

  private func asking() async throws -> Asking {
    let asking = try await Asking.own()
    let table = MetadataText.table("new_Thing", "Thing", #""OwnershipType":"UserOwned""#)
    #expect(await asking.make("EntityDefinitions", table) == "204")
    #expect(await asking.make("RelationshipDefinitions", Self.relationship) == "204")
    return asking
  }

  @Test("§4.1 an entity set leads to one table")
  func sets() async throws {
    let asking = try await asking()
    for set in ["accounts", "solutions", "EntityDefinitions", "new_things", "a b", "1x"] {
      let said = #""OwnershipType":"UserOwned","EntitySetName":"\#(set)""#
      let answer = await asking.make(
        "EntityDefinitions",
        MetadataText.table("new_Other", "Other", said)
      )
      #expect(answer.hasPrefix("400"), "\(set): \(answer)")
    }
    // Names whose plurals are alike.
    let usual = #""OwnershipType":"UserOwned""#
    #expect(
      await asking.make("EntityDefinitions", MetadataText.table("new_Bus", "Bus", usual)) == "204"
    )
    let buse = await asking.make("EntityDefinitions", MetadataText.table("new_Buse", "Buse", usual))
    #expect(buse.hasPrefix("400") && buse.contains("new_bus"), "\(buse)")
  }

  @Test("§7.6 a relationship is made once, and leads where nothing led before")
  func relationships() async throws {
    let asking = try await asking()
    let again = Self.relationship.replacing(
      #""Lookup""#,
      with: #""CascadeConfiguration":{"Delete":"Restrict"},"Lookup""#
    )
    #expect(await asking.make("RelationshipDefinitions", again).hasPrefix("400"))
    let other = Self.relationship.replacing(#""new_r""#, with: #""new_other""#)
    let twice = await asking.make("RelationshipDefinitions", other)
    #expect(twice.hasPrefix("400") && twice.contains("0x80047013"), "\(twice)")
    let one = await asking.ask(
      "GET RelationshipDefinitions(SchemaName='new_r')/Microsoft.Dynamics.CRM.OneToManyRelationshipMetadata?$select=CascadeConfiguration"
    )
    #expect(one.contains(#""Delete":"RemoveLink""#), "\(one)")
    let named = other.replacing("new_Account", with: "new_Second")
      .replacing(#""Lookup""#, with: #""ReferencedEntityNavigationPropertyName":"mine","Lookup""#)
    #expect(await asking.make("RelationshipDefinitions", named).hasPrefix("501"))
  }

  @Test("§7.5 a key over equal rows has failed, and says so")
  func keys() async throws {
    let asking = try await asking()
    for _ in 1...2 {
      #expect(await asking.ask("POST new_things", #"{"new_thingname":"one"}"#).hasPrefix("204"))
    }
    let key =
      #"{"SchemaName":"new_Key","DisplayName":\#(MetadataText.label("Key")),"KeyAttributes":["new_thingname"]}"#
    let keys = "EntityDefinitions(LogicalName='new_thing')/Keys"
    #expect(await asking.make(keys, key) == "204")
    let states = await asking.ask("GET \(keys)?$select=EntityKeyIndexStatus")
    #expect(states.contains(#""EntityKeyIndexStatus":"Failed""#), "\(states)")
  }

  @Test("WA-411, WA-412 keys of moments name rows, and nothing names none")
  func momentKeys() async throws {
    let asking = try await Asking()
    try await asking.environment.import(
      "X 1.0 by A\ntable t\nprimary t.name\ncolumn t.at datetime\ncolumn t.code nvarchar\nkey t.k at\nkey t.c code"
    )
    let row = "ts(at=2024-05-06T00:00:00Z)"
    for expected in ["204", "204"] {
      #expect(await asking.ask("PATCH \(row)", #"{"name":"one"}"#).hasPrefix(expected))
    }
    #expect(await asking.ask("GET \(row)?$select=name").contains(#""name":"one""#))
    #expect(await asking.ask("GET ts/$count").hasSuffix("1"))
    #expect(await asking.ask("PATCH ts(code='')", #"{"name":"two"}"#).hasPrefix("400"))
  }

  @Test("WA-203 what a body says of a row is written, or refused")
  func bodies() async throws {
    let asking = try await asking()
    let account = "accounts(\(Asking.id(1)))"
    #expect(
      await asking.ask("POST accounts", #"{"accountid":"\#(Asking.id(1))","name":"A"}"#) == "204"
    )
    _ = await asking.ask("POST contacts", #"{"contactid":"\#(Asking.id(2))","lastname":"B"}"#)
    for body in [
      #"{"_parentaccountid_value":"\#(Asking.id(1))"}"#, #"{"_nope_value":1}"#,
      #"{"ownerid@odata.bind":null}"#,
      #"{"parentaccountid@odata.bind":"/contacts(\#(Asking.id(2)))"}"#,
      #"{"overriddencreatedon":1}"#,
    ] {
      let answer = await asking.ask("PATCH \(account)", body)
      let isTable = body.contains("parentaccountid@")
      #expect(answer.hasPrefix(isTable ? "4" : "400"), "\(body): \(answer)")
    }
    let wrong =
      #"{"lastname":"C","parentcustomerid_account@odata.bind":"/contacts(\#(Asking.id(2)))"}"#
    let bound = await asking.ask("POST contacts", wrong)
    #expect(bound.hasPrefix("400") && bound.contains("leads to account"), "\(bound)")
    _ = await asking.ask(
      "POST new_things",
      #"{"new_thingname":"old","overriddencreatedon":"2001-01-01T00:00:00Z"}"#
    )
    let old = await asking.ask("GET new_things?$select=createdon&$filter=new_thingname eq 'old'")
    #expect(old.contains("2001-01-01"), "\(old)")
    let many = #"{"Targets":[],"Foo":1}"#
    #expect(
      await asking.ask("POST accounts/Microsoft.Dynamics.CRM.CreateMultiple", many).hasPrefix("400")
    )
  }

  @Test("§7.3 a file is as large as its column says at most, and casts name what there is")
  func sizes() async throws {
    let asking = try await asking()
    let columns = "EntityDefinitions(LogicalName='new_thing')/Attributes"
    let file = MetadataText.column("new_Doc", "File", #""MaxSizeInKB":1"#)
    #expect(await asking.make(columns, file) == "204")
    let id = Asking.id(7)
    _ = await asking.ask("POST new_things", #"{"new_thingid":"\#(id)","new_thingname":"one"}"#)
    let path = "PATCH new_things(\(id))/new_doc"
    #expect(await asking.ask(path, String(repeating: "x", count: 1_025)).hasPrefix("400"))
    #expect(await asking.ask(path, String(repeating: "x", count: 1_024)) == "204")
    let cast = "\(columns)/Microsoft.Dynamics.CRM"
    #expect(
      await asking.ask("GET \(cast).FileAttributeMetadata?$select=LogicalName").hasPrefix("200")
    )
    #expect(await asking.ask("GET \(cast).NopeAttributeMetadata").hasPrefix("404"))
  }

  @Test("WA-422 rows are deleted when it is asked for, by queries that are there")
  func bulk() async throws {
    let asking = try await Asking()
    _ = await asking.ask("POST accounts", #"{"name":"A"}"#)
    let later =
      #"{"QuerySet":[{"EntityName":"account"}],"JobName":"x","StartDateTime":"2099-01-01T00:00:00Z"}"#
    #expect(await asking.ask("POST BulkDelete", later).hasPrefix("501"))
    #expect(await asking.ask("POST BulkDelete", "{}").hasPrefix("400"))
    #expect(await asking.ask("GET accounts/$count").hasSuffix("1"))
  }

  @Test("WA-512, WA-530 a sign in brackets is itself, and columns of SQL have a name each")
  func queries() async throws {
    let asking = try await Asking()
    for name in ["50%", "500", "a_b", "x[y"] {
      _ = await asking.ask("POST accounts", #"{"name":"\#(name)"}"#)
    }
    func found(_ pattern: String) async -> [String] {
      let text = await asking.ask(
        "GET accounts?fetchXml=<fetch><entity name='account'><attribute name='name'/><filter><condition attribute='name' operator='like' value='\(pattern)'/></filter></entity></fetch>"
      )
      return text.matches(of: /"name":"([^"]*)"/).map { String($0.output.1) }
    }
    #expect(await found("50[%25]") == ["50%"])
    #expect(await found("a[_]b") == ["a_b"])
    #expect(await found("x[[]%25") == ["x[y"])
    _ = await asking.ask("POST accounts", #"{"name":"rich","revenue":10.5,"numberofemployees":3}"#)
    let more = await asking.ask("GET accounts?$select=name&$filter=revenue gt numberofemployees")
    #expect(more.contains("rich"), "\(more)")
    let sum = await asking.ask("GET accounts?$apply=aggregate(name with sum as n)")
    #expect(sum.hasPrefix("400") && sum.contains("name is no number"), "\(sum)")
    let sql =
      "SELECT a.name, b.name FROM account a INNER JOIN businessunit b ON a.owningbusinessunit = b.businessunitid"
    let twice = await asking.ask("GET accounts?sql=\(sql)")
    #expect(twice.hasPrefix("400"), "\(twice)")
  }
}
