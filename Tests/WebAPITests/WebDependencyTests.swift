import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing
import WebAPI

/// Functions about who needs whom, and sets in which tools read what solutions list.
@Suite("Web API: dependencies and summaries")
struct WebDependencyTests {
  private func asking() async throws -> Asking {
    let asking = try await Asking()
    try await asking.environment.import(
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 30 Label\ncolumn t.b"
    )
    try await asking.environment.import(
      "Y 1.0 by B\nshell t\nview v t a\nneeds Attribute t.a from X"
    )
    try await asking.environment.import(
      "U 1.0 by C unmanaged\nshell t\nview w t b\ntable u\nrelationship r u.x -> t"
    )
    return asking
  }

  /// The id of a column or, where none is named, of the table.
  private func id(_ asking: Asking, _ column: String? = nil) async throws -> String {
    let part = column.map { "/Attributes(LogicalName='\($0)')" } ?? ""
    let text = await asking.ask("GET EntityDefinitions(LogicalName='t')\(part)?$select=MetadataId")
    return String(try #require(text.firstMatch(of: /"MetadataId":"([-0-9a-f]*)"/)).output.1)
  }

  private func types(_ text: String, _ side: String = "dependent") -> String {
    text.matches(of: /"(dependent|required)componenttype":([0-9]+)/)
      .filter { $0.output.1 == side }.map { String($0.output.2) }.joined(separator: " ")
  }

  @Test(
    "DP-101 who needs a column, what it needs, and what blocks its deletion",
    arguments: [
      ("RetrieveDependentComponents", "dependent", "26"),
      ("RetrieveRequiredComponents", "required", "1"),
      ("RetrieveDependenciesForDelete", "dependent", "26"),
    ]
  )
  func edges(function: String, side: String, found: String) async throws {
    let asking = try await asking()
    let id = try await id(asking, "a")
    for question in [
      "GET \(function)(ObjectId=\(id),ComponentType=2)",
      "GET \(function)(ObjectId=@p1,ComponentType=@p2)?@p1=\(id)&@p2=2",
    ] {
      let text = await asking.ask(question)
      #expect(text.hasPrefix("200 {\"value\":[{\"dependencyid\":"), "\(text)")
      #expect(types(text, side) == found, "\(text)")
    }
  }

  @Test(
    "DP-103 a row of a dependency has both ends, by the ids under which their definitions are read"
  )
  func row() async throws {
    let asking = try await asking()
    let (table, column) = (try await id(asking), try await id(asking, "a"))
    let text = await asking.ask(
      "GET RetrieveRequiredComponents(ObjectId=\(column),ComponentType=2)?$select=dependencytype,dependentcomponentobjectid,dependentcomponentparentid,requiredcomponentobjectid"
    )
    #expect(text.contains("\"dependencytype\":1"))
    #expect(text.contains("\"dependentcomponentobjectid\":\"\(column)\""))
    #expect(text.contains("\"dependentcomponentparentid\":\"\(table)\""))
    #expect(text.contains("\"requiredcomponentobjectid\":\"\(table)\""))
  }

  @Test("DP-435 what stands in the way of an uninstall is what the plan of one tells")
  func uninstall() async throws {
    let asking = try await asking()
    let text = await asking.ask("GET RetrieveDependenciesForUninstall(SolutionUniqueName='X')")
    // Parts that others have brought, and what refers to the table.
    #expect(Set(types(text).split(separator: " ")).isSuperset(of: ["26", "10"]), "\(text)")
    #expect(
      await asking.ask("GET RetrieveDependenciesForUninstall(SolutionUniqueName=@p)?@p='Y'")
        == "200 {\"value\":[]}"
    )
  }

  @Test("DP-301 what the members of a solution need, and it does not list")
  func missing() async throws {
    let asking = try await asking()
    let text = await asking.ask("GET RetrieveMissingDependencies(SolutionUniqueName='Y')")
    #expect(types(text, "required") == "2", "\(text)")
    #expect(
      await asking.ask("GET RetrieveMissingDependencies(SolutionUniqueName='X')")
        == "200 {\"value\":[]}"
    )
  }

  @Test("What is not there is told, and no empty answer")
  func unknown() async throws {
    let asking = try await asking()
    for question in [
      "RetrieveDependentComponents(ObjectId=\(Asking.id(9)),ComponentType=2)",
      "RetrieveDependentComponents(ObjectId=\(Asking.id(9)))",
      "RetrieveDependentComponents(ObjectId='x',ComponentType=1)",
      "RetrieveDependenciesForUninstall(SolutionUniqueName='Nothing')",
      "RetrieveMissingDependencies()",
    ] {
      let text = await asking.ask("GET \(question)")
      #expect(text.hasPrefix("400 {\"error\":{"), "\(question): \(text)")
    }
  }

  @Test("A table of the platform of which nobody speaks has dependencies as others have")
  func platform() async throws {
    let asking = try await asking()
    let text = await asking.ask("GET EntityDefinitions(LogicalName='account')?$select=MetadataId")
    let id = try #require(text.firstMatch(of: /"MetadataId":"([-0-9a-f]*)"/)).output.1
    #expect(
      await asking.ask("GET RetrieveDependentComponents(ObjectId=\(id),ComponentType=1)")
        == "200 {\"value\":[]}"
    )
  }

  @Test("Dependencies are a set, and each of their ends is a node")
  func sets() async throws {
    let asking = try await asking()
    let column = try await id(asking, "a")
    let found = await asking.ask(
      "GET dependencies?$select=dependentcomponenttype,_requiredcomponentnodeid_value&$filter=requiredcomponentobjectid eq \(column)"
    )
    #expect(types(found) == "26", "\(found)")
    let node = try #require(
      found.firstMatch(of: /"_requiredcomponentnodeid_value":"([-0-9a-f]*)"/)
    ).output.1
    #expect(
      await asking.ask("GET dependencynodes(\(node))?$select=objectid").contains(
        "\"objectid\":\"\(column)\""
      )
    )
  }

  @Test("A solution is summed up: each of its components, and how many there are of each kind")
  func summaries() async throws {
    let asking = try await asking()
    let solutions = await asking.ask("GET solutions?$select=solutionid&$filter=uniquename eq 'X'")
    let id = try #require(solutions.firstMatch(of: /"solutionid":"([-0-9a-f]*)"/)).output.1
    let columns = await asking.ask(
      "GET msdyn_solutioncomponentsummaries?$filter=(msdyn_solutionid eq \(id)) and ((msdyn_componenttype eq 2))&$select=msdyn_name,msdyn_displayname,msdyn_primaryentityname,msdyn_componentlogicalname&$orderby=msdyn_name asc&api-version=9.1"
    )
    #expect(
      columns
        == "200 {\"value\":[{\"msdyn_solutioncomponentsummaryid\":null,\"msdyn_name\":\"a\",\"msdyn_displayname\":\"Label\",\"msdyn_componentlogicalname\":\"attribute\",\"msdyn_primaryentityname\":\"t\"},{\"msdyn_solutioncomponentsummaryid\":null,\"msdyn_name\":\"b\",\"msdyn_displayname\":\"b\",\"msdyn_componentlogicalname\":\"attribute\",\"msdyn_primaryentityname\":\"t\"}]}"
    )
    #expect(
      await asking.ask(
        "GET msdyn_solutioncomponentcountsummaries?$filter=msdyn_solutionid eq \(id)&$select=msdyn_componentlogicalname,msdyn_total"
      )
      .replacing(/"msdyn_solutioncomponentcountsummaryid":"[-0-9a-f]{36}",/, with: "")
        == "200 {\"value\":[{\"msdyn_componentlogicalname\":\"entity\",\"msdyn_total\":1},{\"msdyn_componentlogicalname\":\"attribute\",\"msdyn_total\":2}]}"
    )
    #expect(
      await asking.ask(
        "GET solutioncomponentdefinitions?$select=name&$filter=solutioncomponenttype eq 61"
      ).contains("\"name\":\"WebResource\"")
    )
  }

  private func layers(_ id: String, _ kind: String, select: String = "") -> String {
    "GET msdyn_componentlayers?\(select.isEmpty ? "" : "$select=\(select)&")$filter=(msdyn_componentid eq '\(id)' and msdyn_solutioncomponentname eq '\(kind)')"
  }

  @Test("LY-207 who has layers of a component is told alone, or with what they say")
  func layers() async throws {
    let asking = try await asking()
    try await asking.environment.import("V 1.0 by B\nshell t\nforeign t.a nvarchar 50")
    let id = try await id(asking, "a")
    let who = await asking.ask(
      layers(id, "Attribute", select: "msdyn_solutionname,msdyn_publishername,msdyn_order")
    )
    let orders = who.matches(
      of: /"msdyn_solutionname":"(\w+)","msdyn_publishername":"(\w+)","msdyn_order":(\d)/
    ).map { "\($0.output.3) \($0.output.1) \($0.output.2)" }
    #expect(orders == ["2 V B", "1 X A"], "\(who)")
    let whole = await asking.ask(layers(id, "attribute"))
    #expect(whole.contains("\"msdyn_componentjson\":\"{"), "\(whole)")
    let alone = await asking.ask(layers(id, "Attribute", select: "msdyn_componentjson"))
    #expect(alone.contains("\"msdyn_componentjson\":\"{") && !alone.contains("msdyn_order"))
    #expect(await asking.ask(layers(id, "Entity")) == "200 {\"value\":[]}")
  }

  @Test("What came after somebody has asked is found, and what went is not")
  func later() async throws {
    let asking = try await asking()
    let name = "RetrieveDependenciesForDelete"
    let view = PackageText.guid("z")
    let question = "GET \(name)(ObjectId=\(view),ComponentType=26)"
    #expect(await asking.ask(question).hasPrefix("400"))
    try await asking.environment.import("Z 1.0 by A\ntable z\nview z z")
    #expect(await asking.ask(question) == "200 {\"value\":[]}")
    #expect(await asking.ask("POST accounts", "{\"name\":\"A\"}") == "204")
    #expect(await asking.ask(question) == "200 {\"value\":[]}")
    let solution = try #require(SolutionName("Z"))
    try await asking.environment.lifecycle.perform(.uninstall(solution), consent: .all)
    #expect(await asking.ask(question).hasPrefix("400"))
  }

  @Test("What a solution lists is told of it alone")
  func members() async throws {
    let asking = try await asking()
    let solutions = await asking.ask("GET solutions?$select=solutionid&$filter=uniquename eq 'Y'")
    let id = try #require(solutions.firstMatch(of: /"solutionid":"([-0-9a-f]*)"/)).output.1
    let own = await asking.ask(
      "GET solutioncomponents?$select=componenttype&$filter=_solutionid_value eq \(id)&$orderby=componenttype"
    )
    #expect(
      own.matches(of: /"componenttype":(\d+)/).map { String($0.output.1) } == ["1", "26"],
      "\(own)"
    )
    let all = await asking.ask("GET solutioncomponents/$count")
    #expect(Int(all.dropFirst(4)).map { $0 > 2 } == true, "\(all)")
  }
}
