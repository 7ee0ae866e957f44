import EnvironmentSupport
import JSON
import Solutions
import Synchronization
import TestSupport
import Testing
import WebAPI
import XML

/// Tables whose rows follow from what is installed: queries over tables find them, and `$metadata` says what they have.
@Suite("Web API: queries over solutions and components")
struct WebToldTests {
  private static let annotated = [("Prefer", "odata.include-annotations=\"*\"")]
  private static let formatted = "OData.Community.Display.V1.FormattedValue"

  private func asking() async throws -> Asking {
    let asking = try await Asking()
    try await asking.environment.import(
      """
      Base 1.2 by A
      table base_t
      column base_t.a
      form f base_t a
      view v base_t a
      map Area
      role Clerk
      resource base_/first.js say("first")
      """
    )
    try await asking.environment.import("Extra 3.0 by B\nresource extra_/second.js say(\"second\")")
    return asking
  }

  /// The rows of a query of either kind, as JSON.
  private func rows(_ question: String, _ asking: Asking) async throws -> [JSONValue] {
    let answer = await asking.answer("GET \(question)", headers: Self.annotated)
    let text = String(decoding: answer.body, as: UTF8.self)
    try #require(answer.status == 200, "\(question): \(text)")
    return Array(try #require(JSONDocument(answer.body, limits: .standard).root["value"]?.elements))
  }

  @Test("§11 FetchXML links solutions, what they list, publishers and users, and counts them")
  func linked() async throws {
    let asking = try await asking()
    let listed = try await rows(
      """
      solutioncomponents?fetchXml=<fetch><entity name='solutioncomponent'><attribute name='componenttype'/>\
      <order attribute='componenttype'/>\
      <link-entity name='solution' from='solutionid' to='solutionid' alias='s'><attribute name='uniquename'/>\
      <filter><condition attribute='uniquename' operator='eq' value='base'/></filter>\
      <link-entity name='publisher' from='publisherid' to='publisherid' alias='p'><attribute name='uniquename'/>\
      </link-entity></link-entity></entity></fetch>
      """,
      asking
    )
    #expect(listed.first?["componenttype"]?.integer == 1 && listed.count > 3, "\(listed)")
    #expect(
      listed.allSatisfy { $0["s.uniquename"]?.text == "Base" && $0["p.uniquename"]?.text == "A" }
    )

    let counted = try await rows(
      """
      solutioncomponents?fetchXml=<fetch aggregate='true'><entity name='solutioncomponent'>\
      <attribute name='solutioncomponentid' aggregate='count' alias='n'/>\
      <link-entity name='solution' from='solutionid' to='solutionid'>\
      <attribute name='uniquename' groupby='true' alias='name'/></link-entity></entity></fetch>
      """,
      asking
    )
    let counts = counted.map { ($0["name"]?.text ?? "", $0["n"]?.integer ?? 0) }
    #expect(counts.contains { $0 == ("Extra", 1) } && counts.contains { $0.0 == "Default" })
    #expect(counts.count == 3, "\(counts)")

    let without = try await rows(
      """
      publishers?fetchXml=<fetch><entity name='publisher'><attribute name='uniquename'/>\
      <link-entity name='solution' from='publisherid' to='publisherid' link-type='outer' alias='s'/>\
      <filter><condition entityname='s' attribute='solutionid' operator='null'/></filter></entity></fetch>
      """,
      asking
    )
    #expect(without.allSatisfy { !["A", "B"].contains($0["uniquename"]?.text) }, "\(without)")
  }

  @Test("§11 FetchXML over solutions has pages, and says which row a lookup leads to")
  func pages() async throws {
    let asking = try await asking()
    let answer = await asking.ask(
      """
      GET solutions?fetchXml=<fetch count='1'><entity name='solution'><attribute name='publisherid'/>\
      <order attribute='uniquename'/></entity></fetch>
      """,
      headers: Self.annotated
    )
    #expect(
      answer.contains("\"_publisherid_value@\(Self.formatted)\":\"Default Publisher\""),
      "\(answer)"
    )
    #expect(answer.contains("lookuplogicalname\":\"publisher\""), "\(answer)")
    #expect(answer.contains("morerecords\":true") && answer.contains("pagingcookie"), "\(answer)")
  }

  @Test("WA-530 SELECT joins solutions with tables, and groups them")
  func selected() async throws {
    let asking = try await asking()
    let joined = try await rows(
      """
      solutions?sql=SELECT s.uniquename, p.friendlyname AS publisher, u.fullname FROM solution s \
      INNER JOIN publisher p ON s.publisherid = p.publisherid \
      LEFT JOIN systemuser u ON s.createdby = u.systemuserid ORDER BY s.uniquename DESC
      """,
      asking
    )
    #expect(
      joined.map { $0["uniquename"]?.text } == [
        "System", "Extra", "Default", "Base", "Active",
      ]
    )
    #expect(
      joined.map { $0["publisher"]?.text } == [
        "MicrosoftCorporation", "B", "Default Publisher", "A", "Default Publisher",
      ]
    )
    #expect(joined.allSatisfy { $0["fullname"]?.text == "SYSTEM" }, "\(joined)")
    let groups = try await rows(
      "solutions?$apply=groupby((ismanaged),aggregate($count as n))",
      asking
    )
    #expect(groups.map { $0["n"]?.integer } == [2, 3])
    let related = try await rows(
      "solutions?$apply=groupby((publisherid/uniquename),aggregate($count as n))",
      asking
    )
    #expect(
      related.map { $0["publisher_uniquename"]?.text } == [
        "A", "B", "DefaultPublisher", "MicrosoftCorporation",
      ],
      "\(related)"
    )
    let roles = try await rows("roles?sql=SELECT name FROM role ORDER BY name", asking)
    #expect(roles.map { $0["name"]?.text } == ["Clerk", "System Administrator"])
    #expect(await asking.ask("GET solutions?sql=SELECT nonsense FROM solution").hasPrefix("400"))
    #expect(await asking.ask("GET msdyn_componentlayers?sql=SELECT x FROM y").hasPrefix("501"))
  }

  @Test("What rows of the platform's tables say, $metadata declares, with its type")
  func declared() async throws {
    let asking = try await asking()
    _ = await asking.ask("POST BulkDelete", "{\"QuerySet\":[]}")
    let metadata = await asking.answer("GET $metadata")
    let tree = try XMLTree(metadata.body).root
    let schema = try #require(tree.descend("edmx:DataServices", "Schema"))
    var properties: [String: [String: String]] = [:]
    for type in schema.children("EntityType") {
      properties[type.attribute("Name") ?? ""] = Dictionary(
        type.children("Property").map { ($0.attribute("Name") ?? "", $0.attribute("Type") ?? "") }
      ) { first, _ in first }
    }
    let types = Dictionary(
      schema.child("EntityContainer")?.children("EntitySet").map {
        // Elements are called so, too.
        let type = $0.attributes.first { $0.name == "EntityType" }?.value ?? ""
        return ($0.attribute("Name") ?? "", String(type.dropFirst(6)))
      } ?? []
    ) { first, _ in first }
    var seen: Set<String> = []
    for set in [
      "solutions", "publishers", "solutioncomponents", "asyncoperations", "importjobs",
      "savedqueries",
      "msdyn_solutionhistories", "sdkmessagefilters", "dependencies", "dependencynodes",
      "sdkmessages",
      "msdyn_solutioncomponentsummaries", "msdyn_solutioncomponentcountsummaries", "systemforms",
      "solutioncomponentdefinitions", "environmentvariabledefinitions", "environmentvariablevalues",
      "connectionreferences", "savedqueryvisualizations", "roles", "workflows", "appmodules",
      "sitemaps",
      "webresourceset", "sdkmessageprocessingsteps", "pluginassemblies", "plugintypes",
      "customapis",
    ] {
      let own = try #require(
        properties[types[set] ?? ""],
        "\(set) is no set of $metadata"
      )
      let rows = try await rows(set, asking)
      if !rows.isEmpty { seen.insert(set) }
      for (name, value) in rows.flatMap(\.members)
      where !name.contains("@") && value.kind != .object && name != "createdby" {
        let type = try #require(own[name], "\(set) has \(name), and $metadata does not")
        #expect(Self.fits(value, type), "\(set).\(name) is \(type), and not \(value)")
      }
    }
    #expect(seen.count > 12, "\(seen.sorted())")
  }

  private static func fits(_ value: JSONValue, _ type: String) -> Bool {
    switch (value.kind, type) {
    case (.null, _), (.boolean, "Edm.Boolean"), (.number, "Edm.Double"): true
    case (.number, "Edm.Int32"), (.number, "Edm.Int64"): value.integer != nil
    case (.string, "Edm.Guid"): GUID(value.text ?? "") != nil
    case (.string, "Edm.DateTimeOffset"): value.text?.hasSuffix("Z") == true
    case (.string, "Edm.String"): true
    default: false
    }
  }

  @Test("WA-401 rows of solutions have etags, and are annotated where that is asked for")
  func annotations() async throws {
    let asking = try await asking()
    let question = "solutions?$filter=uniquename eq 'Base'&$select=ismanaged,_publisherid_value"
    let row = try #require(
      try await rows("\(question)&$expand=publisherid($select=uniquename)", asking).first
    )
    #expect(row["@odata.etag"]?.text?.wholeMatch(of: /W\/"[0-9]+"/) != nil, "\(row)")
    #expect(row["ismanaged@\(Self.formatted)"]?.text == "Yes")
    #expect(row["_publisherid_value@\(Self.formatted)"]?.text == "A")
    #expect(row["_publisherid_value@Microsoft.Dynamics.CRM.lookuplogicalname"]?.text == "publisher")
    let navigation = "_publisherid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"
    #expect(row[navigation]?.text == "publisherid", "\(row)")
    #expect(row["publisherid"]?["uniquename"]?.text == "A")
    #expect(!(await asking.ask("GET \(question)")).contains(Self.formatted))
  }

  @Test("WA-402 options are told by their labels, and lookups by the names of rows")
  func labelled() async throws {
    let asking = try await asking()
    _ = await asking.ask("POST BulkDelete", "{\"QuerySet\":[]}")
    func text(_ name: String, of question: String) async throws -> String? {
      try await rows(question, asking).first?["\(name)@\(Self.formatted)"]?.text
    }
    for (column, wanted) in [
      ("statecode", "Completed"), ("statuscode", "Succeeded"), ("operationtype", "Bulk Delete"),
      ("_ownerid_value", "SYSTEM"),
    ] {
      #expect(try await text(column, of: "asyncoperations?$select=\(column)") == wanted)
    }
    for question in [
      "solutioncomponents?$select=componenttype&$filter=componenttype eq 61",
      "solutioncomponents?$select=componenttype&$filter=solutionid/uniquename eq 'Extra'",
      """
      solutioncomponents?fetchXml=<fetch aggregate='true'><entity name='solutioncomponent'>\
      <attribute name='componenttype' groupby='true' alias='componenttype'/>\
      <filter><condition attribute='componenttype' operator='eq' value='61'/></filter></entity></fetch>
      """,
    ] {
      #expect(try await text("componenttype", of: question) == "Web Resource", "\(question)")
    }
    let histories = "msdyn_solutionhistories?$select=msdyn_operation"
    #expect(try await text("msdyn_operation", of: histories) == "Import")
    #expect(try await text("_createdby_value", of: "solutions") == "SYSTEM")
    #expect(try await text("_solutionid_value", of: "solutioncomponents") != nil)
    let units = try await rows("businessunits?$select=name", asking)
    let unit = units.first?["name"]?.text
    #expect(
      try await text("_businessunitid_value", of: "roles?$select=_businessunitid_value") == unit
    )
  }

  @Test("WA-1108 a web resource says what its file holds, where that is asked for")
  func contents() async throws {
    let asking = try await asking()
    let first = try await rows(
      "webresourceset?$select=name,content&$filter=name eq 'base_/first.js'",
      asking
    )
    #expect(first.map { $0["content"]?.text } == ["c2F5KCJmaXJzdCIp"])
    let id = try #require(first.first?["webresourceid"]?.text)
    #expect(
      await asking.ask("GET webresourceset(\(id))").contains("\"content\":\"c2F5KCJmaXJzdCIp\"")
    )
    #expect(await asking.ask("GET webresourceset(\(id))/content").contains("c2F5KCJmaXJzdCIp"))
    #expect(!(await asking.ask("GET webresourceset?$select=name")).contains("c2F5"))
    let selected = try await rows(
      "webresourceset?sql=SELECT content FROM webresource WHERE name = 'extra_/second.js'",
      asking
    )
    #expect(selected.map { $0["content"]?.text } == ["c2F5KCJzZWNvbmQiKQ=="])
  }

  @Test("Views of accounts and contacts are there before a package brings some, and run")
  func standardViews() async throws {
    let asking = try await asking()
    for (name, state) in [("Open", 0), ("Closed", 1)] {
      _ = await asking.ask("POST accounts", "{\"name\":\"\(name)\",\"statecode\":\(state)}")
    }
    let views = try await rows(
      "savedqueries?$select=name,savedqueryid&$filter=name eq 'Active Accounts'",
      asking
    )
    let id = try #require(views.first?["savedqueryid"]?.text)
    #expect(id == "00000000-0000-0000-00aa-000010001002")
    #expect(
      try await rows("accounts?savedQuery=\(id)", asking).map { $0["name"]?.text } == ["Open"]
    )
    let own = try await rows("savedqueries?$filter=name eq 'My Active Contacts'", asking)
    let mine = try #require(own.first?["savedqueryid"]?.text)
    #expect(try await rows("contacts?savedQuery=\(mine)", asking).isEmpty)
    // What a package says of it counts.
    try await asking.environment.import(
      """
      Views 1.0 by A
      table account
      inside account <SavedQueries><savedqueries><savedquery><savedqueryid>{\(id)}</savedqueryid><returnedtypecode>1</returnedtypecode>\
      <fetchxml><fetch><entity name="account"><attribute name="name"/></entity></fetch></fetchxml>\
      <LocalizedNames><LocalizedName description="All of them" languagecode="1033"/></LocalizedNames></savedquery></savedqueries></SavedQueries>
      """
    )
    #expect(try await rows("savedqueries?$filter=name eq 'Active Accounts'", asking).isEmpty)
    #expect(try await rows("accounts?savedQuery=\(id)", asking).count == 2)
  }

  @Test("§1.4 a solution or publisher that is another by now is neither changed nor deleted")
  func matched() async throws {
    let asking = try await asking()
    _ = await asking.ask(
      "POST publishers",
      "{\"uniquename\":\"mine\",\"customizationprefix\":\"mine\",\"friendlyname\":\"Mine\"}"
    )
    let publishers = try await rows("publishers?$filter=uniquename eq 'mine'", asking)
    let id = try #require(publishers.first?["publisherid"]?.text)
    let etag = try #require(publishers.first?["@odata.etag"]?.text)
    let change = "{\"friendlyname\":\"Other\"}"
    for (header, code) in [("W/\"1\"", "0x80060882"), ("nonsense", "0x80060882")] {
      for line in ["PATCH publishers(\(id))", "DELETE publishers(\(id))"] {
        let answer = await asking.ask(line, change, headers: [("If-Match", header)])
        #expect(answer.hasPrefix("412") && answer.contains(code), "\(line): \(answer)")
      }
    }
    let upsert = await asking.ask(
      "PATCH publishers(\(id))",
      change,
      headers: [("If-None-Match", "*")]
    )
    #expect(upsert.hasPrefix("412") && upsert.contains("0x80040237"), "\(upsert)")
    let known = await asking.answer("GET publishers(\(id))", headers: [("If-None-Match", etag)])
    #expect(known.status == 304)
    #expect(
      await asking.ask("PATCH publishers(\(id))", change, headers: [("If-Match", etag)]) == "204"
    )
    let changed = await asking.answer("GET publishers(\(id))", headers: [("If-None-Match", etag)])
    #expect(changed.status == 200 && changed.headers["ETag"] != etag)
    #expect(await asking.ask("DELETE publishers(\(id))", headers: [("If-Match", "*")]) == "204")
    let stale = await asking.ask(
      "DELETE solutions(uniquename='Base')",
      headers: [("If-Match", "W/\"999\"")]
    )
    #expect(stale.hasPrefix("412"), "\(stale)")
  }

  @Test(
    "What rows alone do not know is asked of them as a table: navigation properties, and conditions over them"
  )
  func navigated() async throws {
    let asking = try await asking()
    let solutions = try await rows(
      """
      solutions?$select=uniquename&$expand=createdby($select=fullname),\
      solution_solutioncomponent($select=componenttype;$orderby=componenttype;$top=1)&$filter=uniquename eq 'Base'
      """,
      asking
    )
    #expect(solutions.first?["createdby"]?["fullname"]?.text == "SYSTEM", "\(solutions)")
    let listed = solutions.first?["solution_solutioncomponent"]?.elements.map {
      $0["componenttype"]?.integer
    }
    #expect(listed == [1], "\(solutions)")
    let members = try await rows(
      "solutioncomponents?$select=componenttype&$filter=solutionid/uniquename eq 'Extra'",
      asking
    )
    #expect(members.map { $0["componenttype"]?.integer } == [61])
    #expect(
      try await rows(
        """
        solutioncomponents?$select=componenttype&\
        $filter=Microsoft.Dynamics.CRM.In(PropertyName='componenttype',PropertyValues=["61","2"])
        """,
        asking
      ).allSatisfy { [61, 2].contains($0["componenttype"]?.integer) }
    )
    #expect(await asking.ask("GET solutions?$filter=nonsense/x eq 1").hasPrefix("400"))
    let publisher = await asking.answer("GET solutions(uniquename='Base')/publisherid")
    #expect(
      String(decoding: publisher.body, as: UTF8.self).contains("$metadata#publishers/$entity")
    )
    let counts = await asking.ask(
      "GET RetrieveTotalRecordCount(EntityNames=@p1)?@p1=[\"solution\",\"webresource\"]"
    )
    #expect(counts.contains("\"Values\":[5,2]"), "\(counts)")
  }

  @Test(
    "What cannot be done with such tables is told, and nothing is said to be done",
    arguments: [
      (
        "POST BulkDelete",
        #"{"QuerySet":[{"EntityName":"solution","Criteria":{}}],"JobName":"x","SendEmailNotification":false,"ToRecipients":[],"CCRecipients":[],"RecurrencePattern":"","StartDateTime":"2026-01-01T00:00:00Z"}"#,
        "501"
      ),
      ("POST EntityDefinitions(LogicalName='importjob')/Attributes", "{}", "501"),
      ("POST solutions/Microsoft.Dynamics.CRM.CreateMultiple", "{\"Targets\":[]}", "501"),
      ("GET accounts?savedQuery=00000000-0000-0000-00aa-000010001002&$top=1", "", "501"),
      ("GET solutions?$search=x", "", "400"), ("GET solutions?$format=json", "", "400"),
    ]
  )
  func refused(line: String, body: String, status: String) async throws {
    let answer = await (try asking()).ask(line, body)
    #expect(answer.hasPrefix(status), "\(answer)")
  }

  @Test("Whoever asks is not who made it")
  func byWhom() async throws {
    let asking = try await asking()
    let id = Asking.id(40)
    _ = await asking.ask("POST systemusers", "{\"systemuserid\":\"\(id)\",\"domainname\":\"ned\"}")
    let admin = try await rows("roles?$filter=name eq 'System Administrator'", asking)
    let role = try #require(admin.first?["roleid"]?.text)
    _ = await asking.ask(
      "POST systemusers(\(id))/systemuserroles_association/$ref",
      "{\"@odata.id\":\"\(Asking.root)roles(\(role))\"}"
    )
    let owner = await asking.ask(
      "GET solutions?$select=_createdby_value&$filter=uniquename eq 'Base'"
    )
    let other = await asking.ask(
      "GET solutions?$select=_createdby_value&$filter=uniquename eq 'Base'",
      headers: [("MSCRMCallerID", id)]
    )
    #expect(owner == other && owner.contains("_createdby_value"))
  }

  @Test("What was written in this second lies within the last hour")
  func justNow() async throws {
    let now = Mutex(Asking.moment)
    let asking = try await Asking(clock: { now.withLock { $0 } })
    _ = await asking.ask("POST accounts", "{\"name\":\"New\"}")
    let rows = try await rows("accounts?$select=createdon", asking)
    let created = try #require(rows.first?["createdon"]?.text.flatMap { Timestamp(wire: $0) })
    now.withLock { $0 = created }
    for name in ["LastXHours", "LastXDays", "LastXMonths"] {
      let found = try await self.rows(
        "accounts?$filter=Microsoft.Dynamics.CRM.\(name)(PropertyName='createdon',PropertyValue='1')",
        asking
      )
      #expect(found.map { $0["name"]?.text } == ["New"], "\(name)")
    }
  }
}
