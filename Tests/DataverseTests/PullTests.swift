import Dataverse
import Solutions
import Synchronization
import TestSupport
import Testing

/// What is asked of a service, and what its answers come to, by the documented shapes.
@Suite("Facts are pulled")
struct PullTests {
  private static let organization = "11111111-0000-4000-8000-000000000001"
  private static let x = "22222222-0000-4000-8000-000000000001"
  private static let y = "22222222-0000-4000-8000-000000000002"
  private static let table = "33333333-0000-4000-8000-000000000001"
  private static let columnA = "33333333-0000-4000-8000-00000000000a"
  private static let columnB = "33333333-0000-4000-8000-00000000000b"
  private static let view = "44444444-0000-4000-8000-000000000001"
  private static let root = "https://contoso.crm.dynamics.com/api/data/v9.2/"

  private static func solution(_ id: String, _ name: String, _ version: String) -> String {
    """
    {"solutionid":"\(id)","uniquename":"\(name)","friendlyname":"\(name)","version":"\(version)","ismanaged":true,
     "installedon":"2026-01-0\(name == "X" ? 1 : 2)T00:00:00Z","_parentsolutionid_value":null,
     "publisherid":{"uniquename":"\(name == "X" ? "A" : "B")"}}
    """
  }

  private static func member(_ id: String, _ type: Int) -> String {
    "{\"objectid\":\"\(id)\",\"componenttype\":\(type),\"rootcomponentbehavior\":0}"
  }

  private static func layers(_ names: String...) -> ReadAnswer {
    let rows = names.enumerated().reversed().map { place, name in
      "{\"msdyn_solutionname\":\"\(name)\",\"msdyn_publishername\":\"P\",\"msdyn_order\":\(place + 1)}"
    }
    return json(200, "{\"value\":[\(rows.joined(separator: ","))]}")
  }

  private static func layerPath(_ id: String, _ kind: String) -> String {
    "msdyn_componentlayers?$select=msdyn_solutionname,msdyn_publishername,msdyn_order&$filter="
      + "%28msdyn_componentid%20eq%20%27\(id)%27%20and%20msdyn_solutioncomponentname%20eq%20%27\(kind)%27%29"
  }

  private static func deletion(_ id: String, _ type: Int) -> String {
    "RetrieveDependenciesForDelete(ObjectId=\(id),ComponentType=\(type))"
  }

  private static func members(_ id: String) -> String {
    "solutioncomponents?$select=objectid,componenttype,rootcomponentbehavior&$filter=_solutionid_value%20eq%20\(id)"
  }

  /// X 1.0 of the package below, and Y with a view that shows X's column b.
  private static var service: [String: [ReadAnswer]] {
    let noUse = list()
    return [
      "WhoAmI": [json(200, "{\"OrganizationId\":\"\(organization)\"}")],
      "RetrieveVersion()": [json(200, "{\"Version\":\"9.2.1.2\"}")],
      "RetrieveAvailableLanguages()": [json(200, "{\"LocaleIds\":[1033,1031]}")],
      "publishers": [
        list("{\"uniquename\":\"A\",\"friendlyname\":\"A\",\"customizationprefix\":\"t\"}")
      ],
      "solutions": [list(solution(x, "X", "1.0.0.0"), solution(y, "Y", "2.0"))],
      "EntityDefinitions": [
        list("{\"MetadataId\":\"\(table)\",\"LogicalName\":\"t\",\"EntitySetName\":\"ts\"}")
      ],
      "EntityDefinitions(LogicalName=%27t%27)/Attributes": [list()],
      "EntityDefinitions(LogicalName='t')/Attributes": [
        list(
          "{\"MetadataId\":\"\(columnA)\",\"LogicalName\":\"a\"}",
          "{\"MetadataId\":\"\(columnB)\",\"LogicalName\":\"b\"}"
        )
      ],
      members(x): [list(member(table, 1), member(columnA, 2), member(columnB, 2))],
      members(y): [list(member(view, 26))],
      layerPath(table, "Entity"): [layers("X")],
      layerPath(columnA, "Attribute"): [layers("X", "Active")],
      layerPath(columnB, "Attribute"): [layers("X")],
      deletion(columnB, 2): [
        list(
          """
          {"dependencytype":2,"dependentcomponentobjectid":"\(view)","dependentcomponenttype":26,
           "dependentcomponentparentid":"\(table)","dependentcomponentbasesolutionid":"\(y)",
           "requiredcomponentobjectid":"\(columnB)","requiredcomponenttype":2,
           "requiredcomponentparentid":"\(table)","requiredcomponentbasesolutionid":"\(x)"}
          """
        )
      ],
      "ts": [json(200, "{\"value\":[{\"n\":7}]}")],
      "environmentvariabledefinitions": [list("{\"schemaname\":\"v\"}")],
      "environmentvariabledefinitions?$select=schemaname&$filter=defaultvalue%20ne%20null": [
        list()
      ],
      "environmentvariablevalues": [list()],
      "connectionreferences": [noUse],
    ]
  }

  private static let old = "X 1.0 by A\ntable t\ncolumn t.a nvarchar 100\ncolumn t.b nvarchar 100"
  private static let new = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 50"

  private var scope: PullScope {
    get throws { PullScope(planned: [PullScope.Planned(try PackageText(Self.new).read())]) }
  }

  /// - Returns: what was told, and how long was waited.
  private func pull(
    _ service: Recorded,
    from record: PullRecord? = nil,
    into journal: MemoryJournal? = nil
  ) async throws -> (facts: Facts, waits: [Int]) {
    let address = try #require(ServiceAddress("https://contoso.crm.dynamics.com"))
    var pull = Pull(address, try scope, at: Timestamp(milliseconds: 1_764_000_000_000))
    let waits = Mutex<[Int]>([])
    let puller = Puller(service, tokens: Token()) { seconds in
      waits.withLock { $0.append(seconds) }
    }
    try await puller.run(&pull, from: record, into: journal) { _, _ in }
    return (try #require(pull.result()), waits.withLock { $0 })
  }

  @Test("What a plan needs is asked: layers of what stays, uses of what goes, values that go")
  func planned() async throws {
    let service = Recorded(Self.service)
    let (facts, _) = try await pull(service)
    #expect(facts.organization.description == Self.organization)
    #expect(facts.languages == [1031, 1033])
    #expect(facts.solutions?.map(\.isListed) == [true, true])
    let a = try #require(facts.components.first { $0.id == .attribute("t", "a") })
    #expect(a.layers?.map(\.solution.text) == ["X", "Active"])
    #expect(!a.isDeletionTold)
    let b = try #require(facts.components.first { $0.id == .attribute("t", "b") })
    #expect(b.isDeletionTold)
    #expect(facts.uses.map(\.dependent.id.description) == [Self.view])
    #expect(facts.values == [.attribute("t", "b"): 7])
    // Nothing is asked of what stays.
    #expect(!service.questions.contains(Self.deletion(Self.columnA, 2)))
    let state = try InstalledState([try PackageText(Self.old).read()], among: facts)
    let plan = Plan.importing([try PackageText(Self.new).read()], on: state)
    #expect(plan.findings.contains { $0.code == "0x8004F01F" && $0.content.isTold })
    let change = try #require(plan.changes.first { $0.id == .attribute("t", "a") })
    #expect(change.maskedBy == [.active])
  }

  @Test("What has a name of several parts is named by rows of its own, as packages name it")
  func parts() async throws {
    let profile = PackageText.guid("profile")
    let package = try PackageText(
      """
      X 1.0 by A
      table t
      assembly Plug 1.0.0.0 Plug.A
      xml EntityMaps <EntityMap><EntitySource>Account</EntitySource><EntityTarget>T</EntityTarget><AttributeMaps>\
      <AttributeMap><AttributeSource>Name</AttributeSource><AttributeTarget>A</AttributeTarget></AttributeMap>\
      </AttributeMaps></EntityMap>
      xml FieldSecurityProfiles <FieldSecurityProfile name="P" fieldsecurityprofileid="{\(profile)}"><FieldPermissions>\
      <FieldPermission><EntityName>T</EntityName><AttributeName>A</AttributeName></FieldPermission></FieldPermissions>\
      </FieldSecurityProfile>
      """
    ).read()
    let ids = (1...4).map { "55555555-0000-4000-8000-00000000000\($0)" }
    var answers = Self.service
    answers[Self.members(Self.x), default: []] = [
      list(
        Self.member(ids[0], 90),
        Self.member(ids[1], 46),
        Self.member(ids[2], 47),
        Self.member(ids[3], 71)
      )
    ]
    answers["plugintypes"] = [
      list("{\"plugintypeid\":\"\(ids[0])\",\"typename\":\"Plug.A\",\"assemblyname\":\"Plug\"}")
    ]
    let tables = "\"sourceentityname\":\"account\",\"targetentityname\":\"t\""
    answers["entitymaps"] = [list("{\"entitymapid\":\"\(ids[1])\",\(tables)}")]
    answers["attributemaps"] = [
      list(
        "{\"attributemapid\":\"\(ids[2])\",\"sourceattributename\":\"name\",\"targetattributename\":\"a\",\"entitymapid\":{\(tables)}}"
      )
    ]
    answers["fieldpermissions"] = [
      list(
        "{\"fieldpermissionid\":\"\(ids[3])\",\"entityname\":\"t\",\"attributelogicalname\":\"a\",\"_fieldsecurityprofileid_value\":\"\(profile)\"}"
      )
    ]
    let facts = try await pull(Recorded(answers)).facts
    for number in [90, 46, 47, 71] {
      let expected = try #require(package.components.first { $0.id.type.number == number })
      let told = facts.components.first { $0.object.type == number }
      #expect(told?.id == expected.id)
      #expect(told?.parent == expected.parent)
    }
    // Whoever does not tell leaves them unknown.
    for set in ["plugintypes", "entitymaps", "attributemaps", "fieldpermissions"] {
      answers[set] = [list("{}", "7", "{\"plugintypeid\":\"x\"}")]
    }
    let less = try await pull(Recorded(answers)).facts
    #expect(
      less.components.filter { $0.id == nil }.map(\.object.type).sorted() == [46, 47, 71, 90]
    )
  }

  @Test("Throttling is waited for as long as the service says, in batches too")
  func throttled() async throws {
    var answers = Self.service
    let busy = "{\"error\":{\"code\":\"0x80072322\",\"message\":\"Number of requests exceeded\"}}"
    answers["solutions", default: []].insert(json(429, busy, retryAfter: 17), at: 0)
    let path = Self.layerPath(Self.columnA, "Attribute")
    answers[path, default: []].insert(json(429, busy, retryAfter: 5), at: 0)
    answers["publishers", default: []].insert(json(503, ""), at: 0)
    let (facts, waits) = try await pull(Recorded(answers))
    #expect(waits.contains(17) && waits.contains(5))
    #expect(facts == (try await pull(Recorded(Self.service))).facts)
  }

  @Test("Who is too busy for ever is left alone; what fails each time is told as refused")
  func failing() async throws {
    var answers = Self.service
    answers["publishers"] = [json(429, "")]
    await #expect(throws: DataverseError.failing(question: "the publishers", status: 429)) {
      try await pull(Recorded(answers))
    }
    answers["publishers"] = [json(500, "{\"error\":{\"code\":\"0x80040216\",\"message\":\"odd\"}}")]
    let facts = try await pull(Recorded(answers)).facts
    #expect(facts.refusals.contains { $0.status == 500 && $0.reason == "0x80040216: odd" })
  }

  @Test("Pages are read to their end; a link elsewhere, or in a circle, is no next page")
  func pages() async throws {
    var answers = Self.service
    let more = "\(Self.root)solutions2"
    answers["solutions"] = [
      list(
        Self.solution(Self.x, "X", "1.0"),
        // Each environment has them.
        Self.solution("fd140aaf-4df4-11dd-bd17-0019b9312238", "Default", "1.0"),
        Self.solution("fd140aae-4df4-11dd-bd17-0019b9312238", "Active", "1.0"),
        Self.solution("fd140aad-4df4-11dd-bd17-0019b9312238", "System", "1.0"),
        next: more
      )
    ]
    answers["solutions2"] = [list(Self.solution(Self.y, "Y", "2.0"))]
    #expect(try await pull(Recorded(answers)).facts.solutions?.count == 2)
    answers["solutions2"] = [list(next: more)]
    await #expect(throws: DataverseError.self) { try await pull(Recorded(answers)) }
    answers["solutions"] = [list(next: "https://elsewhere.example/api/data/v9.2/solutions2")]
    await #expect(throws: DataverseError.self) { try await pull(Recorded(answers)) }
  }

  @Test("A service that lacks a table tells less, and a deletion is then not known")
  func lacking() async throws {
    var answers = Self.service
    for path in answers.keys where path.hasPrefix("RetrieveDependencies") { answers[path] = nil }
    answers["ts"] = [
      json(403, "{\"error\":{\"code\":\"0x80040220\",\"message\":\"no privilege\"}}")
    ]
    let (facts, _) = try await pull(Recorded(answers))
    #expect(facts.values == [.attribute("t", "b"): nil])
    #expect(facts.refusals.contains { $0.status == 404 })
    let state = try InstalledState([try PackageText(Self.old).read()], among: facts)
    let plan = Plan.importing([try PackageText(Self.new).read()], on: state)
    let open = try #require(plan.findings.first { $0.code == "strata.not-known" })
    #expect(open.because == ["Attribute:t.b: what uses it was not reported"])
  }

  @Test(
    "A use that cannot be read, or comes on a page that is refused, leaves a deletion not known"
  )
  func partly() async throws {
    let path = Self.deletion(Self.columnB, 2)
    for uses in [
      [list("{\"dependencytype\":2}")], [list("7")], [list(next: "\(Self.root)uses2")],
    ] {
      var answers = Self.service
      answers[path] = uses
      answers["uses2"] = [json(403, "{}")]
      let facts = try await pull(Recorded(answers)).facts
      let b = try #require(facts.components.first { $0.id == .attribute("t", "b") })
      #expect(!b.isDeletionTold)
      let state = try InstalledState([try PackageText(Self.old).read()], among: facts)
      let plan = Plan.importing([try PackageText(Self.new).read()], on: state)
      #expect(plan.findings.contains { $0.code == "strata.not-known" })
    }
  }

  @Test("Layers of which only a part comes at once are not known")
  func layersInPages() async throws {
    var answers = Self.service
    answers[Self.layerPath(Self.columnA, "Attribute")] = [
      list(
        "{\"msdyn_solutionname\":\"X\",\"msdyn_publishername\":\"A\",\"msdyn_order\":1}",
        next: "\(Self.root)layers2"
      )
    ]
    answers["layers2"] = [Self.layers("Active")]
    let facts = try await pull(Recorded(answers)).facts
    #expect(facts.components.first { $0.id == .attribute("t", "a") }?.layers == nil)
  }

  @Test("Without batches each question is asked alone, and the facts are the same")
  func withoutBatches() async throws {
    let (facts, _) = try await pull(Recorded(Self.service, takesBatches: false))
    #expect(facts == (try await pull(Recorded(Self.service))).facts)
  }

  @Test("A token that has run out is asked for once more; then nobody is let in")
  func tokens() async throws {
    var answers = Self.service
    answers["solutions", default: []].insert(json(401, ""), at: 0)
    let service = Recorded(answers)
    _ = try await pull(service)
    #expect(Set(service.tokensSeen) == ["t1", "t2"])
    answers["solutions"] = [json(401, "{\"error\":{\"code\":\"\",\"message\":\"who?\"}}")]
    await #expect(throws: DataverseError.notSignedIn("who?")) { try await pull(Recorded(answers)) }
  }

  @Test("Cut off at every request and resumed, a pull tells the same")
  func resumed() async throws {
    let address = try #require(ServiceAddress("https://contoso.crm.dynamics.com"))
    let whole = Recorded(Self.service)
    let facts = try await pull(whole).facts
    for cut in 0..<whole.questions.count {
      let journal = MemoryJournal()
      let at = Timestamp(milliseconds: 1_764_000_000_000)
      journal.append(PullRecord.head(address, try scope, at: at))
      await #expect(throws: DataverseError.unreachable("cut")) {
        try await pull(Recorded(Self.service, until: cut), into: journal)
      }
      // What was cut within a line counts for nothing.
      let length = journal.content.count
      journal.append(Array("200 solut".utf8))
      let record = try PullRecord(journal, address, try scope)
      #expect(record.length == length)
      let again = Recorded(Self.service)
      #expect(try await pull(again, from: record).facts == facts)
      #expect(again.questions.count == whole.questions.count - record.count)
    }
  }

  @Test("What another pull has left is not gone on with")
  func otherRun() throws {
    let address = try #require(ServiceAddress("https://contoso.crm.dynamics.com"))
    let at = Timestamp(milliseconds: 0)
    let head = PullRecord.head(address, PullScope(), at: at)
    _ = try PullRecord(MemoryJournal(head), address, PullScope())
    let others = [
      PullRecord.head(address, try scope, at: at), [], Array("nonsense\n".utf8),
      head + Array("nonsense\n".utf8), head + Array("200 WhoAmI\n".utf8),
      head + Array("x WhoAmI {}\n".utf8), Array(repeating: 0x61, count: 1 << 20),
    ]
    for bytes in others {
      #expect(throws: DataverseError.self) {
        try PullRecord(MemoryJournal(bytes), address, PullScope())
      }
    }
  }

  @Test("A journal that is longer than what is read at once tells every answer")
  func longJournal() async throws {
    let address = try #require(ServiceAddress("https://contoso.crm.dynamics.com"))
    let whole = Recorded(Self.service)
    let journal = MemoryJournal()
    journal.append(PullRecord.head(address, try scope, at: Timestamp(milliseconds: 0)))
    let facts = try await pull(whole, into: journal).facts
    for chunk in [1, 7, 100, 4096] {
      let record = try PullRecord(journal, address, try scope, chunk: chunk)
      #expect(record.length == journal.content.count)
      let again = Recorded(Self.service)
      #expect(try await pull(again, from: record).facts == facts)
      #expect(again.questions.isEmpty)
    }
  }

  @Test("Answers that are not as documented end a pull with words, and never with a crash")
  func hostile() async throws {
    for body in ["", "[]", "{", "{\"value\":{}}", "{\"value\":[1,null,[]]}", "null"] {
      for path in ["solutions", "publishers", Self.members(Self.x), "RetrieveVersion()"] {
        var answers = Self.service
        answers[path] = [json(200, body)]
        do {
          _ = try await pull(Recorded(answers))
        } catch is DataverseError {
          continue
        }
      }
    }
  }
}
