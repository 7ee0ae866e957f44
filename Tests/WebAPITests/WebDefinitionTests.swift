import EnvironmentSupport
import Solutions
import Testing
import WebAPI

/// Definitions that are made, changed and deleted.
@Suite("Web API: writing definitions")
struct WebDefinitionTests {
  private static func table(_ name: String) -> String {
    let said = "\"OwnershipType\":\"UserOwned\",\"HasNotes\":false,\"IsActivity\":false"
    return MetadataText.table(name, name, said)
  }

  /// A table `new_thing` in the solution `Own`.
  private func asking() async throws -> Asking {
    let asking = try await Asking.own()
    #expect(await asking.make("EntityDefinitions", Self.table("new_Thing")) == "204")
    return asking
  }

  private let things = "EntityDefinitions(LogicalName='new_thing')"

  @Test("§7.2 a table is usable at once, listed in its solution, and gone when it is deleted")
  func table() async throws {
    let asking = try await asking()
    #expect(
      await asking.ask(
        "GET EntityDefinitions?$select=LogicalName,SchemaName,EntitySetName,PrimaryNameAttribute&$filter=LogicalName eq 'new_thing'"
      ).contains(
        "\"LogicalName\":\"new_thing\",\"SchemaName\":\"new_Thing\",\"EntitySetName\":\"new_things\",\"PrimaryNameAttribute\":\"new_thingname\""
      )
    )
    let again = await asking.make("EntityDefinitions", Self.table("new_Thing"))
    #expect(again.hasPrefix("400") && again.contains("0x8004810c"), "\(again)")
    #expect(await asking.ask("POST new_things", "{\"new_thingname\":\"one\"}") == "204")
    #expect(
      await asking.ask("GET new_things?$select=new_thingname&$top=1").contains(
        "\"new_thingname\":\"one\""
      )
    )
    let name = try #require(SolutionName("Own"))
    let members = try await asking.environment.whole().solutions[name]?.members
    #expect(members?.contains(.entity("new_thing")) == true)
    #expect(await asking.ask("DELETE \(things)", right: .write).hasPrefix("403"))
    #expect(await asking.ask("DELETE \(things)") == "204")
    #expect(await asking.ask("GET \(things)").hasPrefix("404"))
    #expect(try await asking.environment.broken() == [])
  }

  @Test(
    "§7.3 a column of each kind is made, and read as it was said",
    arguments: [
      (
        "String", "\"MaxLength\":50,\"FormatName\":{\"Value\":\"Email\"}",
        "\"MaxLength\":50,\"FormatName\":{\"Value\":\"Email\"}"
      ),
      ("Memo", "\"MaxLength\":4000", "\"MaxLength\":4000"),
      ("Integer", "\"MinValue\":1,\"MaxValue\":9", "\"MinValue\":1,\"MaxValue\":9"),
      ("BigInt", "", "\"AttributeType\":\"BigInt\""),
      (
        "Decimal", "\"MinValue\":-100000000000.0,\"MaxValue\":5.5,\"Precision\":3",
        "\"MinValue\":-100000000000.0,\"MaxValue\":5.5,\"Precision\":3"
      ),
      ("Double", "\"Precision\":2", "\"Precision\":2"),
      (
        "Money", "\"Precision\":3,\"PrecisionSource\":0",
        "\"Precision\":3,\"PrecisionSource\":0"
      ),
      (
        "Money", "\"MaxValue\":5.5,\"PrecisionSource\":1",
        "\"Precision\":2,\"PrecisionSource\":1"
      ),
      (
        "Boolean",
        "\"DefaultValue\":true,\"OptionSet\":{\"TrueOption\":{\"Value\":1,\"Label\":{\"LocalizedLabels\":[{\"Label\":\"On\",\"LanguageCode\":1033}]}},\"FalseOption\":{\"Value\":0,\"Label\":{\"LocalizedLabels\":[{\"Label\":\"Off\",\"LanguageCode\":1033}]}}}",
        "\"DefaultValue\":true"
      ),
      (
        "DateTime", "\"Format\":\"DateOnly\"",
        "\"Format\":\"DateOnly\",\"DateTimeBehavior\":{\"Value\":\"UserLocal\"}"
      ),
      (
        "DateTime", "\"Format\":\"DateOnly\",\"DateTimeBehavior\":{\"Value\":\"DateOnly\"}",
        "\"DateTimeBehavior\":{\"Value\":\"DateOnly\"}"
      ),
      (
        "Picklist",
        "\"OptionSet\":{\"IsGlobal\":false,\"Options\":[{\"Value\":1,\"Label\":{\"LocalizedLabels\":[{\"Label\":\"A\",\"LanguageCode\":1033}]}},{\"Label\":{\"LocalizedLabels\":[{\"Label\":\"B\",\"LanguageCode\":1033}]}}]}",
        "\"AttributeType\":\"Picklist\""
      ),
      (
        "MultiSelectPicklist",
        "\"OptionSet\":{\"Options\":[{\"Value\":1,\"Label\":{\"LocalizedLabels\":[{\"Label\":\"A\",\"LanguageCode\":1033}]}}]}",
        "\"AttributeType\":\"Virtual\""
      ),
      ("File", "\"MaxSizeInKB\":1024", "\"MaxSizeInKB\":1024"),
      ("Image", "\"MaxSizeInKB\":1024", "\"MaxSizeInKB\":1024"),
    ] as [(String, String, String)]
  )
  func columns(kind: String, said: String, read: String) async throws {
    let asking = try await asking()
    #expect(
      await asking.make("\(things)/Attributes", MetadataText.column("new_Value", kind, said))
        == "204"
    )
    let text = await asking.ask("GET \(things)/Attributes(LogicalName='new_value')")
    #expect(text.contains(read), "\(text)")
    #expect(text.contains("\"@odata.type\":\"#\(MetadataText.type).\(kind)AttributeMetadata\""))
    // Sent back as it was read, it changes nothing.
    let body = String(text.dropFirst("200 ".count))
    #expect(await asking.ask("PUT \(things)/Attributes(LogicalName='new_value')", body) == "204")
    #expect(await asking.ask("GET \(things)/Attributes(LogicalName='new_value')") == text)
    #expect(await asking.ask("DELETE \(things)/Attributes(LogicalName='new_value')") == "204")
    #expect(
      await asking.ask("GET \(things)/Attributes(LogicalName='new_value')").hasPrefix("404")
    )
    #expect(try await asking.environment.broken() == [])
  }

  @Test("§7.3 options without values take the publisher's own, and messages change them")
  func options() async throws {
    let asking = try await asking()
    let options =
      "\"OptionSet\":{\"Options\":[{\"Label\":\(MetadataText.label("A"))},{\"Value\":7,\"Label\":\(MetadataText.label("B"))}]}"
    #expect(
      await asking.make(
        "\(things)/Attributes",
        MetadataText.column("new_Kind", "Picklist", options)
      )
        == "204"
    )
    let place = "\"EntityLogicalName\":\"new_thing\",\"AttributeLogicalName\":\"new_kind\""
    #expect(
      await asking.make("InsertOptionValue", "{\(place),\"Label\":\(MetadataText.label("C"))}")
        == "200 {\"NewOptionValue\":200000001}"
    )
    #expect(
      await asking.make(
        "UpdateOptionValue",
        "{\(place),\"Value\":7,\"Label\":\(MetadataText.label("Bb")),\"MergeLabels\":true}"
      ) == "204"
    )
    #expect(
      await asking.make("OrderOption", "{\(place),\"Values\":[200000001,7,200000000]}") == "204"
    )
    #expect(await asking.make("DeleteOptionValue", "{\(place),\"Value\":200000000}") == "204")
    #expect(
      await asking.make("DeleteOptionValue", "{\(place),\"Value\":99}").hasPrefix("400")
    )
    let text = await asking.ask(
      "GET \(things)/Attributes/\(MetadataText.type).PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options)&$filter=LogicalName eq 'new_kind'"
    )
    let found = text.matches(
      of: /"Value":([0-9]+),"Label":\{"LocalizedLabels":\[\{"Label":"([A-Za-z]*)"/
    )
    .map { "\($0.output.1) \($0.output.2)" }
    #expect(found == ["200000001 C", "7 Bb"], "\(text)")
    let status = "\"EntityLogicalName\":\"new_thing\",\"AttributeLogicalName\":\"statuscode\""
    #expect(
      await asking.make(
        "InsertStatusValue",
        "{\(status),\"Label\":\(MetadataText.label("Waiting")),\"StateCode\":0}"
      ) == "200 {\"NewOptionValue\":200000000}"
    )
    // A state that the table does not have.
    #expect(
      await asking.make(
        "InsertStatusValue",
        "{\(status),\"Label\":\(MetadataText.label("Nowhere")),\"StateCode\":7}"
      ).hasPrefix("400 ")
    )
    #expect(
      await asking.ask(
        "POST new_things",
        "{\"new_thingname\":\"w\",\"statuscode\":200000000,\"new_kind\":7}"
      ) == "204"
    )
    #expect(
      await asking.make(
        "UpdateStateValue",
        "{\"EntityLogicalName\":\"new_thing\",\"AttributeLogicalName\":\"statecode\",\"Value\":1,\"Label\":\(MetadataText.label("Off"))}"
      ) == "204"
    )
  }

  @Test("§7.4 a choice that columns share is made, named by its address, changed and deleted")
  func choices() async throws {
    let asking = try await asking()
    #expect(
      await asking.make(
        "GlobalOptionSetDefinitions",
        "{\"@odata.type\":\"\(MetadataText.type).OptionSetMetadata\",\"Name\":\"new_color\",\"DisplayName\":\(MetadataText.label("Color")),\"IsGlobal\":true,\"OptionSetType\":\"Picklist\",\"Options\":[{\"Value\":1,\"Label\":\(MetadataText.label("Red"))}]}"
      ) == "204"
    )
    let again = await asking.make(
      "GlobalOptionSetDefinitions",
      "{\"@odata.type\":\"\(MetadataText.type).OptionSetMetadata\",\"Name\":\"new_Color\",\"DisplayName\":\(MetadataText.label("Other")),\"Options\":[]}"
    )
    #expect(again.hasPrefix("400") && again.contains("0x80047010"), "\(again)")
    let text = await asking.ask("GET GlobalOptionSetDefinitions(Name='new_color')?$select=Name")
    let id = try #require(text.firstMatch(of: /"MetadataId":"([-0-9a-f]*)"/)).output.1
    #expect(
      await asking.make(
        "\(things)/Attributes",
        MetadataText.column(
          "new_Color",
          "Picklist",
          "\"GlobalOptionSet@odata.bind\":\"/GlobalOptionSetDefinitions(\(id))\""
        )
      ) == "204"
    )
    #expect(
      await asking.make(
        "InsertOptionValue",
        "{\"OptionSetName\":\"new_color\",\"Value\":2,\"Label\":\(MetadataText.label("Blue"))}"
      ) == "200 {\"NewOptionValue\":2}"
    )
    #expect(
      await asking.ask("POST new_things", "{\"new_thingname\":\"b\",\"new_color\":2}") == "204"
    )
    // It is in use.
    #expect(
      await asking.ask("DELETE GlobalOptionSetDefinitions(Name='new_color')").contains("0x8004")
    )
    #expect(await asking.ask("DELETE \(things)/Attributes(LogicalName='new_color')") == "204")
    #expect(await asking.ask("DELETE GlobalOptionSetDefinitions(\(id))") == "204")
  }

  @Test("§7.5 a key is made, found by its columns, and its id follows the key that the client used")
  func keys() async throws {
    let asking = try await asking()
    #expect(
      await asking.make("\(things)/Attributes", MetadataText.column("new_Code", "String")) == "204"
    )
    let made = await asking.answer(
      "POST \(things)/Keys",
      "{\"SchemaName\":\"new_ByCode\",\"DisplayName\":\(MetadataText.label("By code")),\"KeyAttributes\":[\"new_code\"]}",
      headers: [("MSCRM.SolutionUniqueName", "Own")]
    )
    let address = made.headers["OData-EntityId"] ?? ""
    #expect(made.status == 204 && address.hasPrefix("\(Asking.root)\(things)/Keys("), "\(address)")
    #expect(
      await asking.ask("GET \(things)/Keys?$select=SchemaName,KeyAttributes,EntityKeyIndexStatus")
        .contains(
          "\"SchemaName\":\"new_ByCode\",\"KeyAttributes\":[\"new_code\"],\"EntityKeyIndexStatus\":\"Active\""
        )
    )
    #expect(
      await asking.ask("PATCH new_things(new_code='x')", "{\"new_thingname\":\"x\"}") == "204"
    )
    #expect(
      await asking.ask("DELETE \(things)/Keys(LogicalName='new_bycode')") == "204"
    )
    #expect(await asking.ask("GET \(things)/Keys") == "200 {\"value\":[]}")
  }

  @Test("§7.6 relationships make a lookup or pairs, and take them along when they go")
  func relationships() async throws {
    let asking = try await asking()
    #expect(await asking.make("EntityDefinitions", Self.table("new_Part")) == "204")
    let link = """
      {"@odata.type":"\(MetadataText.type).OneToManyRelationshipMetadata","SchemaName":"new_Thing_Parts",
       "ReferencedEntity":"new_thing","ReferencingEntity":"new_part",
       "CascadeConfiguration":{"Assign":"NoCascade","Delete":"Restrict","Merge":"NoCascade"},
       "Lookup":{"@odata.type":"\(MetadataText.type).LookupAttributeMetadata","SchemaName":"new_ThingId","DisplayName":\(MetadataText.label("Thing"))}}
      """
    #expect(await asking.make("RelationshipDefinitions", link) == "204")
    #expect(
      await asking.ask(
        "POST new_things",
        "{\"new_thingid\":\"\(Asking.id(1))\",\"new_thingname\":\"t\",\"new_Thing_Parts\":[{\"new_partname\":\"p\"}]}"
      ) == "204"
    )
    #expect(
      await asking.ask(
        "GET new_parts?$select=new_partname&$filter=new_ThingId/new_thingname eq 't'"
      )
      .contains("\"new_partname\":\"p\"")
    )
    // Restrict
    #expect(await asking.ask("DELETE new_things(\(Asking.id(1)))").hasPrefix("405"))
    let read = await asking.ask("GET RelationshipDefinitions(SchemaName='new_Thing_Parts')")
    #expect(read.contains("\"Delete\":\"Restrict\""), "\(read)")
    let changed = String(read.dropFirst("200 ".count))
      .replacing("\"Delete\":\"Restrict\"", with: "\"Delete\":\"Cascade\"")
    #expect(
      await asking.ask("PUT RelationshipDefinitions(SchemaName='new_Thing_Parts')", changed)
        == "204"
    )
    #expect(await asking.ask("DELETE new_things(\(Asking.id(1)))") == "204")
    #expect(await asking.ask("GET new_parts/$count") == "200 0")
    #expect(
      await asking.ask("DELETE RelationshipDefinitions(SchemaName='new_Thing_Parts')") == "204"
    )
    #expect(
      await asking.ask(
        "GET EntityDefinitions(LogicalName='new_part')/Attributes(LogicalName='new_thingid')"
      )
      .hasPrefix("404")
    )
    let pairs = """
      {"@odata.type":"\(MetadataText.type).ManyToManyRelationshipMetadata","SchemaName":"new_things_parts",
       "Entity1LogicalName":"new_thing","Entity2LogicalName":"new_part","IntersectEntityName":"new_things_parts"}
      """
    #expect(await asking.make("RelationshipDefinitions", pairs) == "204")
    #expect(
      await asking.ask("GET \(things)/ManyToManyRelationships?$select=SchemaName").contains(
        "new_things_parts"
      )
    )
    #expect(
      await asking.ask("DELETE RelationshipDefinitions(SchemaName='new_things_parts')") == "204"
    )
    #expect(try await asking.environment.broken() == [])
  }

  @Test("A lookup of several tables is one column with a relationship for each")
  func customers() async throws {
    let asking = try await asking()
    let relationships = ["account", "contact"].map { table in
      "{\"SchemaName\":\"new_thing_buyer_\(table)\",\"ReferencedEntity\":\"\(table)\",\"ReferencingEntity\":\"new_thing\"}"
    }.joined(separator: ",")
    let body =
      "{\"Lookup\":{\"SchemaName\":\"new_Buyer\",\"DisplayName\":\(MetadataText.label("Buyer"))},\"OneToManyRelationships\":[\(relationships)]}"
    let made = await asking.make("CreateCustomerRelationships", body)
    #expect(made.hasPrefix("200 {\"RelationshipIds\":["), "\(made)")
    #expect(
      await asking.ask("GET \(things)/Attributes(LogicalName='new_buyer')").contains(
        "\"Targets\":[\"account\",\"contact\"]"
      )
    )
    #expect(await asking.ask("DELETE \(things)/Attributes(LogicalName='new_buyer')") == "204")
    #expect(
      await asking.make("CanBeReferenced", "{\"EntityName\":\"new_thing\"}")
        == "200 {\"CanBeReferenced\":true}"
    )
    #expect(
      await asking.ask("GET GetValidReferencedEntities(ReferencingEntityName='new_thing')")
        .contains(
          "\"account\""
        )
    )
  }

  @Test("A table that is sent back with another label has it, and nothing else is changed")
  func change() async throws {
    let asking = try await asking()
    let text = await asking.ask("GET \(things)")
    #expect(await asking.ask("PUT \(things)", String(text.dropFirst("200 ".count))) == "204")
    let revision = try await asking.environment.whole().revision
    let other = text.replacing("\"Label\":\"new_Thing\"", with: "\"Label\":\"Thing\"")
    #expect(
      await asking.ask(
        "PUT \(things)",
        String(other.dropFirst("200 ".count)),
        headers: [("MSCRM.MergeLabels", "true")]
      ) == "204"
    )
    #expect(try await asking.environment.whole().revision == revision + 1)
    #expect(await asking.ask("GET \(things)").contains("\"Label\":\"Thing\""))
    // What nobody writes here is told.
    #expect(
      await asking.ask("PUT \(things)", "{\"IntroducedVersion\":\"9.9\"}").hasPrefix("501")
    )
    #expect(await asking.ask("PATCH \(things)", "{}").hasPrefix("405"))
  }

  @Test(
    "What cannot be made is refused with the code of the platform, and nothing is there",
    arguments: [
      ("EntityDefinitions", "{\"SchemaName\":\"nothing\",\"Attributes\":[]}", "400 0x80048d19"),
      ("EntityDefinitions", "{\"Attributes\":{}}", "400 0x80048d19"),
      ("EntityDefinitions", "[]", "400 0x80048d19"),
      (
        "EntityDefinitions(LogicalName='new_thing')/Attributes", "{\"SchemaName\":\"new_a\"}",
        "400 0x80048d19"
      ),
      (
        "EntityDefinitions(LogicalName='new_thing')/Attributes",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.LookupAttributeMetadata\",\"SchemaName\":\"new_a\"}",
        "400 0x80048d19"
      ),
      (
        "EntityDefinitions(LogicalName='new_thing')/Attributes",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.StringAttributeMetadata\",\"SchemaName\":\"a\"}",
        "400 0x80044366"
      ),
      (
        "EntityDefinitions(LogicalName='new_thing')/Attributes",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.StringAttributeMetadata\",\"SchemaName\":\"new_thingname\"}",
        "400 0x80047013"
      ),
      (
        "EntityDefinitions(LogicalName='new_thing')/Attributes",
        "{\"@odata.type\":\"Microsoft.Dynamics.CRM.StringAttributeMetadata\",\"SchemaName\":\"new_a\",\"MaxLength\":-1}",
        "400 0x80048033"
      ),
      (
        "EntityDefinitions(LogicalName='new_thing')/Keys",
        "{\"SchemaName\":\"new_k\",\"KeyAttributes\":[\"new_none\"]}", "400 0x80048033"
      ),
      ("EntityDefinitions(LogicalName='nothing')/Keys", "{}", "404 0x80060888"),
      (
        "RelationshipDefinitions",
        "{\"SchemaName\":\"new_r\",\"ReferencedEntity\":\"nothing\",\"ReferencingEntity\":\"new_thing\",\"Lookup\":{\"SchemaName\":\"new_l\"}}",
        "400 0x80048033"
      ),
      (
        "InsertOptionValue",
        "{\"EntityLogicalName\":\"new_thing\",\"AttributeLogicalName\":\"new_thingname\",\"Label\":null}",
        "400 0x80044323"
      ),
      (
        "solutions",
        "{\"uniquename\":\"Own\",\"friendlyname\":\"Own\",\"version\":\"1.0\",\"publisherid@odata.bind\":\"/publishers(uniquename='own')\"}",
        "400 0x8004f023"
      ),
      (
        "solutions",
        "{\"uniquename\":\"a b\",\"publisherid@odata.bind\":\"/publishers(uniquename='own')\"}",
        "400 0x8004f002"
      ),
      ("publishers", "{\"uniquename\":\"x\",\"customizationprefix\":\"mscrm\"}", "400 0x80044366"),
    ] as [(String, String, String)]
  )
  func refused(path: String, body: String, answer: String) async throws {
    let asking = try await asking()
    let before = try await asking.environment.whole()
    let text = await asking.make(path, body)
    let code = text.firstMatch(of: /"code":"([^"]*)"/)?.output.1 ?? ""
    #expect("\(text.prefix(3)) \(code)" == answer, "\(text)")
    let after = try await asking.environment.whole()
    #expect(after.revision == before.revision)
  }

  @Test("Work that no solution is named for lies in the unmanaged layer, and no solution lists it")
  func unlisted() async throws {
    let asking = try await Asking()
    #expect(await asking.ask("POST EntityDefinitions", Self.table("test_Free")) == "204")
    let state = try await asking.environment.whole()
    #expect(state.stacks[.entity("test_free")]?.top.solution == .active)
    #expect(state.solutions.isEmpty)
    #expect(
      await asking.ask(
        "POST CreateEntities?SolutionUniqueName=Nothing",
        "{\"Entities\":[\(Self.table("test_Other"))]}"
      ).contains("0x80048037")
    )
    #expect(
      await asking.ask("POST CreateEntities", "{\"Entities\":[\(Self.table("test_Other"))]}")
        .hasPrefix("200")
    )
    #expect(
      await asking.ask("POST test_others", "{\"test_othername\":\"x\"}") == "204"
    )
  }
}
