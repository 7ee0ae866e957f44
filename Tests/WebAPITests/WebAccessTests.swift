import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing
import WebAPI

/// Users of the environment, and what their security roles let them do with rows.
@Suite("Web API: security roles")
struct WebAccessTests {
  /// Two business units, North below the root; Ann and Bob in North, Cid in the root; an account of each.
  private struct Office {
    let asking: Asking
    let root, north: String

    static let (ann, bob, cid) = (Asking.id(11), Asking.id(12), Asking.id(13))
    static let (annAccount, bobAccount, cidAccount) = (
      Asking.id(21), Asking.id(22), Asking.id(23)
    )
    static let team = Asking.id(31)

    init() async throws {
      asking = try await Asking()
      let me = await asking.ask("GET WhoAmI")
      root = try #require(me.firstMatch(of: /"BusinessUnitId":"([^"]*)"/)).output.1.description
      north = Asking.id(10)
      try await done(
        "POST businessunits",
        """
        {"businessunitid":"\(north)","name":"North",
         "parentbusinessunitid@odata.bind":"businessunits(\(root))"}
        """
      )
      for (id, name, unit) in [
        (Self.ann, "ann", north), (Self.bob, "bob", north), (Self.cid, "cid", root),
      ] {
        try await done(
          "POST systemusers",
          """
          {"systemuserid":"\(id)","fullname":"\(name)","domainname":"\(name)@contoso.com",
           "azureactivedirectoryobjectid":"\(Asking.id(90 + (id == Self.ann ? 1 : 2)))",
           "businessunitid@odata.bind":"businessunits(\(unit))"}
          """
        )
      }
      try await done(
        "POST teams",
        """
        {"teamid":"\(Self.team)","name":"Helpers","businessunitid@odata.bind":"businessunits(\(root))"}
        """
      )
      for (id, owner) in [
        (Self.annAccount, Self.ann), (Self.bobAccount, Self.bob), (Self.cidAccount, Self.cid),
      ] {
        try await done(
          "POST accounts",
          """
          {"accountid":"\(id)","name":"of \(owner.suffix(2))","numberofemployees":1,
           "ownerid@odata.bind":"systemusers(\(owner))"}
          """
        )
      }
    }

    func done(_ line: String, _ body: String = "") async throws {
      let answer = await asking.ask(line, body)
      guard answer.hasPrefix("204") else { throw Refused(text: "\(line): \(answer)") }
    }

    struct Refused: Error { let text: String }

    /// Installs a role with these privileges, and gives it to a user.
    func give(_ privileges: [String: String], to user: String, named name: String = "clerk")
      async throws
    {
      let id = PackageText.guid(name)
      let list = privileges.sorted { $0.key < $1.key }.map {
        "<RolePrivilege name=\"prv\($0.key)\" level=\"\($0.value)\"/>"
      }
      try await asking.environment.import(
        """
        \(name) 1.0 by A
        xml Roles <Role id="{\(id)}" name="\(name)"><RolePrivileges>\(list.joined())</RolePrivileges></Role>
        manifest <RootComponent type="20" id="{\(id)}" behavior="0"/>
        """
      )
      try await done(
        "POST systemusers(\(user))/systemuserroles_association/$ref",
        "{\"@odata.id\":\"\(Asking.root)roles(\(id))\"}"
      )
    }

    /// Ids of accounts that an answer names, as their last two digits.
    func accounts(_ line: String, as user: String) async -> [String] {
      let text = await asking.ask(line, as: SystemUserName(user))
      return text.matches(of: /"accountid":"[^"]*([0-9]{2})"/).map { "\($0.output.1)" }.sorted()
    }

    func ask(_ line: String, _ body: String = "", as user: String) async -> String {
      await asking.ask(line, body, as: SystemUserName(user))
    }
  }

  @Test(
    "Rows are read as far as the privilege reaches",
    arguments: [
      ("Basic", ["21"], ["23"]), ("Local", ["21", "22"], ["23"]),
      ("Deep", ["21", "22"], ["21", "22", "23"]),
      ("Global", ["21", "22", "23"], ["21", "22", "23"]),
    ]
  )
  func depths(depth: String, ann: [String], cid: [String]) async throws {
    let office = try await Office()
    try await office.give(["ReadAccount": depth], to: Office.ann)
    try await office.give(["ReadAccount": depth], to: Office.cid, named: "manager")
    for (user, expected) in [(Office.ann, ann), (Office.cid, cid)] {
      #expect(await office.accounts("GET accounts?$select=name", as: user) == expected)
      let count = await office.ask("GET accounts/$count", as: user)
      #expect(count == "200 \(expected.count)")
      let total = await office.ask(
        "GET RetrieveTotalRecordCount(EntityNames=@p1)?@p1=[\"account\"]",
        as: user
      )
      #expect(total.contains("\"Values\":[\(expected.count)]"), "\(total)")
      let fetch = "<fetch><entity name='account'><attribute name='accountid'/></entity></fetch>"
      #expect(await office.accounts("GET accounts?fetchXml=\(fetch)", as: user) == expected)
      let sql = "SELECT accountid FROM account"
      #expect(await office.accounts("GET accounts?sql=\(sql)", as: user) == expected)
      let sum = await office.ask(
        "GET accounts?$apply=aggregate(numberofemployees with sum as total)",
        as: user
      )
      #expect(sum.contains("\"total\":\(expected.count)"), "\(sum)")
      for id in ["21", "22", "23"] {
        let row = await office.ask(
          "GET accounts(\(Asking.id(Int(id) ?? 0)))?$select=name",
          as: user
        )
        #expect(row.hasPrefix(expected.contains(id) ? "200" : "403"), "\(row)")
        let value = await office.ask("GET accounts(\(Asking.id(Int(id) ?? 0)))/name", as: user)
        #expect(value.hasPrefix(expected.contains(id) ? "200" : "403"), "\(value)")
      }
    }
  }

  @Test("Each user has an answer of their own, whoever asked the same before")
  func alike() async throws {
    let office = try await Office()
    try await office.give(["ReadAccount": "Basic"], to: Office.ann)
    try await office.give(["ReadAccount": "Local"], to: Office.bob, named: "manager")
    let (page, row) = ("accounts?$select=name", "accounts(\(Office.annAccount))?$select=name")
    let own = "accounts?$filter=Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')"
    for _ in 0..<3 {
      let all = await office.asking.ask("GET \(page)")
      #expect(all.matches(of: /"accountid"/).count == 3)
      #expect(await office.asking.ask("GET \(row)").hasPrefix("200"))
      #expect(await office.asking.ask("GET \(own)") == "200 {\"value\":[]}")
      for (user, rows, mine) in [
        (Office.ann, ["21"], ["21"]), (Office.bob, ["21", "22"], ["22"]),
      ] {
        #expect(await office.accounts("GET \(page)", as: user) == rows)
        #expect(await office.ask("GET \(row)", as: user).hasPrefix("200"))
        #expect(await office.accounts("GET \(own)&$select=name", as: user) == mine)
      }
      #expect(await office.ask("GET \(page)", as: Office.cid).hasPrefix("403"))
      #expect(await office.ask("GET \(row)", as: Office.cid).hasPrefix("403"))
    }
  }

  @Test("Rows are held wherever a query meets them, and names of lookups are shown")
  func everywhere() async throws {
    let office = try await Office()
    for (contact, account) in [(41, Office.annAccount), (42, Office.cidAccount)] {
      try await office.done(
        "POST contacts",
        """
        {"contactid":"\(Asking.id(contact))","fullname":"c\(contact)",
         "ownerid@odata.bind":"systemusers(\(Office.ann))",
         "parentcustomerid_account@odata.bind":"accounts(\(account))"}
        """
      )
    }
    try await office.give(["ReadAccount": "Basic", "ReadContact": "Global"], to: Office.ann)
    func ask(_ line: String) async -> String { await office.ask(line, as: Office.ann) }

    let expanded = await ask(
      "GET contacts?$select=fullname&$expand=parentcustomerid_account($select=name)&$orderby=fullname"
    )
    #expect(expanded.contains("\"of 11\"") && !expanded.contains("\"of 13\""), "\(expanded)")
    #expect(expanded.contains("\"parentcustomerid_account\":null"), "\(expanded)")
    let filtered = await ask(
      "GET contacts?$select=fullname&$filter=startswith(parentcustomerid_account/name,'of')"
    )
    #expect(filtered.contains("c41") && !filtered.contains("c42"), "\(filtered)")
    let some = await ask(
      "GET contacts?$select=fullname&$filter=parentcustomerid_account/contact_customer_accounts/any(c:c/fullname ne null)"
    )
    #expect(!some.contains("c42"), "\(some)")
    let collection = await ask(
      "GET accounts?$select=name&$expand=contact_customer_accounts($select=fullname)"
    )
    #expect(collection.contains("c41") && !collection.contains("c42"), "\(collection)")
    #expect(
      await ask("GET contacts(\(Asking.id(42)))/parentcustomerid_account?$select=name") == "204"
    )
    let linked = await ask(
      "GET contacts?fetchXml=<fetch><entity name='contact'><attribute name='fullname'/>"
        + "<link-entity name='account' from='accountid' to='parentcustomerid' alias='a'>"
        + "<attribute name='name'/></link-entity></entity></fetch>"
    )
    #expect(linked.contains("of 11") && !linked.contains("of 13"), "\(linked)")
    let joined = await ask(
      "GET contacts?sql=SELECT c.fullname, a.name FROM contact AS c JOIN account AS a ON c.parentcustomerid = a.accountid"
    )
    #expect(joined.contains("of 11") && !joined.contains("of 13"), "\(joined)")
    // What a lookup leads to is called by its name, as on the platform.
    let named = await office.asking.ask(
      "GET contacts(\(Asking.id(42)))?$select=_parentcustomerid_value",
      headers: [("Prefer", "odata.include-annotations=\"*\"")],
      as: SystemUserName(Office.ann)
    )
    #expect(named.contains("of 13"), "\(named)")
    // A table without the privilege is refused, wherever it is named.
    let users = "GET contacts?$expand=owninguser($select=fullname)"
    #expect(await ask(users).contains("is missing prvReadUser privilege"))
    #expect(await ask("GET leads").contains("is missing prvReadlead privilege for entity 'lead'"))
  }

  @Test("Rows are written as far as privileges reach, and belong to whoever wrote them")
  func writes() async throws {
    let office = try await Office()
    try await office.give(
      [
        "CreateAccount": "Basic", "ReadAccount": "Global", "WriteAccount": "Local",
        "DeleteAccount": "Basic", "AssignAccount": "Local", "AppendAccount": "Basic",
        "AppendToContact": "Basic",
      ],
      to: Office.ann
    )
    func ask(_ line: String, _ body: String = "") async -> String {
      await office.ask(line, body, as: Office.ann)
    }
    let new = Asking.id(24)
    #expect(await ask("POST accounts", "{\"accountid\":\"\(new)\",\"name\":\"new\"}") == "204")
    let made = await ask("GET accounts(\(new))?$select=_ownerid_value,_createdby_value")
    #expect(made.components(of: Office.ann) == 2, "\(made)")
    // Bob's is within the unit, Cid's is not.
    func rename(_ id: String) async -> String {
      await ask("PATCH accounts(\(id))", "{\"name\":\"x\"}")
    }
    #expect(await rename(Office.bobAccount) == "204")
    #expect(await rename(Office.cidAccount).hasPrefix("403"))
    let changed = await office.asking.ask(
      "GET accounts(\(Office.bobAccount))?$select=_modifiedby_value,_ownerid_value"
    )
    #expect(changed.contains(Office.ann) && changed.contains(Office.bob), "\(changed)")
    #expect(await ask("DELETE accounts(\(Office.bobAccount))").hasPrefix("403"))
    #expect(await ask("DELETE accounts(\(new))") == "204")
    // Owners: oneself alone for new rows, and anybody for rows that may be assigned.
    func owned(_ owner: String) -> String {
      "{\"name\":\"y\",\"ownerid@odata.bind\":\"systemusers(\(owner))\"}"
    }
    #expect(await ask("POST accounts", owned(Office.bob)).hasPrefix("403"))
    #expect(await ask("PATCH accounts(\(Office.cidAccount))", owned(Office.ann)).hasPrefix("403"))
    #expect(await ask("PATCH accounts(\(Office.annAccount))", owned(Office.bob)) == "204")
    // Lookups: append on the row, append-to on the other.
    try await office.done(
      "POST contacts",
      "{\"contactid\":\"\(Asking.id(41))\",\"fullname\":\"mine\",\"ownerid@odata.bind\":\"systemusers(\(Office.ann))\"}"
    )
    try await office.done(
      "POST contacts",
      "{\"contactid\":\"\(Asking.id(42))\",\"fullname\":\"theirs\"}"
    )
    func leading(_ contact: Int) -> String {
      "{\"name\":\"z\",\"primarycontactid@odata.bind\":\"contacts(\(Asking.id(contact)))\"}"
    }
    #expect(await ask("POST accounts", leading(41)) == "204")
    #expect(await ask("POST accounts", leading(42)).hasPrefix("403"))
    #expect(await ask("PATCH accounts(\(Office.bobAccount))", leading(41)).hasPrefix("403"))
    // What is not there is told as such, and an upsert of it is a creation.
    #expect(await ask("DELETE accounts(\(Asking.id(77)))").hasPrefix("404"))
    #expect(await ask("PATCH accounts(\(Asking.id(78)))", "{\"name\":\"up\"}") == "204")
    let lead = await ask("POST leads", "{\"subject\":\"x\"}")
    #expect(lead.contains("is missing prvCreatelead privilege"), "\(lead)")
    // Within a change set, too, and all or nothing.
    let batch = """
      --b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\
      Content-ID: 1\r\n\r\nPOST /api/data/v9.2/accounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n\
      {"accountid":"\(Asking.id(79))","name":"set"}\r\n--c\r\nContent-Type: application/http\r\nContent-ID: 2\r\n\r\n\
      DELETE /api/data/v9.2/accounts(\(Office.cidAccount)) HTTP/1.1\r\n\r\n\r\n--c--\r\n--b--\r\n
      """
    let answer = await office.asking.ask(
      "POST $batch",
      batch,
      headers: [("Content-Type", "multipart/mixed;boundary=b")],
      as: SystemUserName(Office.ann)
    )
    #expect(answer.contains("403"), "\(answer)")
    #expect(await office.asking.ask("GET accounts(\(Asking.id(79)))").hasPrefix("404"))
  }

  @Test("Values are not written around what is asked of a whole row")
  func aroundRows() async throws {
    let office = try await Office()
    try await office.give(
      [
        "ReadAccount": "Basic", "WriteAccount": "Global", "CreateAccount": "Basic",
        "ReadUser": "Global", "WriteUser": "Global", "WriteTeam": "Global", "CreateUser": "Global",
        "WriteBusinessUnit": "Global", "AppendTeam": "Global", "AppendToBusinessUnit": "Global",
      ],
      to: Office.ann
    )
    func ask(_ line: String, _ body: String) async -> String {
      await office.ask(line, body, as: Office.ann)
    }
    for column in ["ownerid", "createdby", "createdon", "versionnumber", "accountid"] {
      for method in column == "ownerid" ? ["PUT"] : ["PUT", "DELETE"] {
        let text = await ask(
          "\(method) accounts(\(Office.cidAccount))/\(column)",
          "{\"value\":\"\(Office.ann)\"}"
        )
        #expect(text.hasPrefix("4"), "\(method) \(column): \(text)")
      }
    }
    let rows = [
      ("systemusers(\(Office.ann))", "\"domainname\":\"x\""),
      ("systemusers(\(Office.ann))", "\"azureactivedirectoryobjectid\":\"\(Asking.id(92))\""),
      (
        "systemusers(\(Office.ann))",
        "\"businessunitid@odata.bind\":\"businessunits(\(office.root))\""
      ),
      ("systemusers(\(Office.ann))", "\"overriddencreatedon\":\"2001-01-01T00:00:00Z\""),
      ("systemusers(\(Asking.id(88)))", "\"fullname\":\"new\",\"domainname\":\"cid@contoso.com\""),
      ("teams(\(Office.team))", "\"isdefault\":true"),
      ("teams(\(Office.team))", "\"businessunitid@odata.bind\":\"businessunits(\(office.north))\""),
      (
        "businessunits(\(office.root))",
        "\"parentbusinessunitid@odata.bind\":\"businessunits(\(office.north))\""
      ),
      ("accounts(\(Office.annAccount))", "\"overriddencreatedon\":\"2001-01-01T00:00:00Z\""),
    ]
    for (row, value) in rows {
      let text = await ask("PATCH \(row)", "{\(value)}")
      #expect(text.hasPrefix("403 "), "\(row) \(value): \(text)")
    }
    // A row that was written and may not be read is written all the same.
    let blind = await office.asking.ask(
      "PATCH accounts(\(Office.cidAccount))",
      "{\"name\":\"blind\"}",
      headers: [("Prefer", "return=representation")],
      as: SystemUserName(Office.ann)
    )
    #expect(blind == "204")
  }

  @Test("The environment's own user is the one that it was made with, whenever others were made")
  func ownUser() async throws {
    let office = try await Office()
    let own = await office.asking.ask("GET WhoAmI")
    try await office.done(
      "PATCH systemusers(\(Office.ann))",
      "{\"overriddencreatedon\":\"2001-01-01T00:00:00Z\"}"
    )
    let again = WebAPI(
      office.asking.environment.lifecycle,
      clock: { Timestamp(milliseconds: 0) },
      newID: { Asking.id(1) }
    )
    let answer = await again.respond(
      WebRequest(
        method: "GET",
        path: "WhoAmI",
        query: "",
        headers: WebHeaders(),
        body: [],
        root: Asking.root,
        caller: Caller("tester", through: .api),
        right: .look
      )
    )
    let user = try #require(own.firstMatch(of: /"UserId":"([^"]*)"/)).output.1
    #expect(String(decoding: answer.body, as: UTF8.self).contains(user))
  }

  @Test("Pairs are seen by whoever sees both rows, and keys tell nothing of others' rows")
  func pairs() async throws {
    let office = try await Office()
    try await office.asking.environment.import(
      """
      P 1.0 by A
      table t
      primary t.name
      column t.code
      column t.ownerid owner
      key t.k code
      table u
      column u.ownerid owner
      primary u.name
      many r t u
      """
    )
    for (table, number, owner) in [
      ("t", 51, Office.ann), ("t", 52, Office.cid), ("u", 61, Office.ann),
    ] {
      try await office.done(
        "POST \(table)s",
        "{\"\(table)id\":\"\(Asking.id(number))\",\"name\":\"\(table)\(number)\""
          + (table == "t" ? ",\"code\":\"c\(number)\"" : "")
          + ",\"ownerid@odata.bind\":\"systemusers(\(owner))\"}"
      )
    }
    for number in [51, 52] {
      try await office.done(
        "POST ts(\(Asking.id(number)))/r/$ref",
        "{\"@odata.id\":\"us(\(Asking.id(61)))\"}"
      )
    }
    try await office.give(
      ["ReadT": "Basic", "ReadU": "Basic", "ReadAccount": "Basic"],
      to: Office.ann
    )
    func ask(_ line: String) async -> String { await office.ask(line, as: Office.ann) }
    let linked = await ask(
      "GET us?fetchXml=<fetch><entity name='u'><link-entity name='r' from='uid' to='uid' alias='p'>"
        + "<attribute name='tid'/></link-entity></entity></fetch>"
    )
    #expect(linked.contains(Asking.id(51)) && !linked.contains(Asking.id(52)), "\(linked)")
    #expect(await ask("GET ts(\(Asking.id(52)))/r").hasPrefix("403 "))
    #expect(await ask("GET ts(\(Asking.id(51)))/r?$select=name").contains("u61"))
    let roles = "<link-entity name='systemuserroles' from='systemuserid' to='ownerid' alias='p'/>"
    let who = await ask(
      "GET accounts?fetchXml=<fetch><entity name='account'>\(roles)</entity></fetch>"
    )
    #expect(who.contains("is missing prvRead"), "\(who)")
    // By a key: what may not be read is not there, and its id is not told.
    for code in ["c52", "c99"] {
      let text = await ask("GET ts(code='\(code)')")
      #expect(text.hasPrefix("404 ") && !text.contains(Asking.id(52)), "\(text)")
    }
    #expect(await ask("GET ts(code='c51')?$select=name").contains("t51"))
    #expect(
      !(await office.ask("PATCH ts(code='c52')", "{\"name\":\"x\"}", as: Office.ann)).contains(
        Asking.id(52)
      )
    )
  }

  @Test("For whom a change set is done, the batch says and none of its parts")
  func batches() async throws {
    let office = try await Office()
    try await office.give(["ReadAccount": "Basic", "CreateAccount": "Basic"], to: Office.ann)
    func set(_ headers: [(String, String)]) async -> String {
      await office.asking.ask(
        "POST $batch",
        """
        --b\r\nContent-Type: multipart/mixed;boundary=c\r\n\r\n--c\r\nContent-Type: application/http\r\n\
        Content-ID: 1\r\n\r\nPATCH /api/data/v9.2/accounts(\(Office.cidAccount)) HTTP/1.1\r\n\
        Content-Type: application/json\r\nMSCRMCallerID: \(Office.ann)\r\n\r\n{"name":"x"}\r\n--c--\r\n--b--\r\n
        """,
        headers: [("Content-Type", "multipart/mixed;boundary=b")] + headers
      )
    }
    let alone = await set([])
    #expect(alone.contains("MSCRMCallerID of a part is not that of its batch"), "\(alone)")
    #expect(await set([("MSCRMCallerID", Office.ann)]).contains("is missing prvWriteaccount"))
    #expect(
      await office.asking.ask("GET accounts(\(Office.cidAccount))?$select=name").contains("of 13")
    )
  }

  @Test("Solutions, definitions and roles are a matter of administrators")
  func administrators() async throws {
    let office = try await Office()
    try await office.give(
      [
        "ReadAccount": "Global", "ReadUser": "Global", "AppendUser": "Global",
        "AppendToRole": "Global", "AssignRole": "Global", "WriteUser": "Global",
        "AppendToUser": "Global", "AppendRole": "Global",
      ],
      to: Office.ann
    )
    let roles = await office.asking.ask("GET roles?$filter=name eq 'System Administrator'")
    let administrator = try #require(roles.firstMatch(of: /"roleid":"([^"]*)"/)).output.1
    let giving = (
      "POST systemusers(\(Office.ann))/systemuserroles_association/$ref",
      "{\"@odata.id\":\"\(Asking.root)roles(\(administrator))\"}"
    )
    let table = "POST EntityDefinitions"
    for (line, body) in [
      giving, (table, "{}"), ("POST PublishAllXml", ""), ("POST roles", "{\"name\":\"r\"}"),
      ("DELETE roles(\(PackageText.guid("clerk")))", ""),
      ("POST solutions", "{\"uniquename\":\"s\"}"), ("POST BulkDelete", "{}"),
    ] {
      let text = await office.ask(line, body, as: Office.ann)
      #expect(text.hasPrefix("403 "), "\(line): \(text)")
    }
    // Looking at what there is needs no privilege.
    #expect(await office.ask("GET solutions?$select=uniquename", as: Office.ann).hasPrefix("200"))
    try await office.done(giving.0, giving.1)
    #expect(await office.ask("GET leads", as: Office.ann).hasPrefix("200"))
    #expect(await office.ask("POST roles", "{\"name\":\"r\"}", as: Office.ann).hasPrefix("204"))
    // Roles say who may do what; who asks may still do no more than the token allows.
    let looking = await office.asking.ask(
      "POST accounts",
      "{\"name\":\"x\"}",
      right: .look,
      as: SystemUserName(Office.ann)
    )
    #expect(looking.hasPrefix("403 "), "\(looking)")
  }

  @Test(
    "Whoever is no user, is disabled or has no role is refused",
    arguments: ["bob", "eve", "ann"]
  )
  func strangers(name: String) async throws {
    let office = try await Office()
    try await office.give(["ReadAccount": "Global"], to: Office.ann)
    if name == "ann" {
      try await office.done("PATCH systemusers(\(Office.ann))", "{\"isdisabled\":true}")
    }
    let text = await office.ask("GET WhoAmI", as: "\(name)@contoso.com")
    #expect(text.hasPrefix("403 "), "\(text)")
    #expect(text.contains(name == "bob" ? "0x80042f09" : "0x80072560"), "\(text)")
  }

  @Test("WA-112 an administrator asks for somebody else, and the history says so")
  func impersonation() async throws {
    let office = try await Office()
    try await office.give(["ReadAccount": "Basic", "CreateAccount": "Basic"], to: Office.ann)
    for header in [("MSCRMCallerID", Office.ann), ("CallerObjectId", Asking.id(91))] {
      let me = await office.asking.ask("GET WhoAmI", headers: [header])
      #expect(me.contains("\"UserId\":\"\(Office.ann)\""), "\(me)")
      let seen = await office.asking.ask("GET accounts?$select=name", headers: [header])
      #expect(seen.contains("of 11") && !seen.contains("of 13"), "\(seen)")
    }
    let made = await office.asking.ask(
      "POST accounts",
      "{\"name\":\"for ann\"}",
      headers: [("MSCRMCallerID", Office.ann)]
    )
    #expect(made == "204")
    let history = try await office.asking.environment.lifecycle.ask(
      HistoryQuestion(of: nil, limit: 1, withAttempts: false)
    )
    let who = history.operations.map(\.record.who)
    #expect(who.count == 1 && who[0].contains("tester for \(Office.ann)"), "\(who)")
    // Ann speaks for nobody.
    let other = await office.asking.ask(
      "GET WhoAmI",
      headers: [("MSCRMCallerID", Office.cid)],
      as: SystemUserName(Office.ann)
    )
    #expect(other.hasPrefix("403 "), "\(other)")
    for id in ["nonsense", Asking.id(66)] {
      let text = await office.asking.ask("GET WhoAmI", headers: [("MSCRMCallerID", id)])
      #expect(text.hasPrefix(id == "nonsense" ? "400 " : "403 "), "\(text)")
    }
  }

  @Test("Roles of teams count for their members, and so do the rows of teams")
  func teams() async throws {
    let office = try await Office()
    try await office.give(["ReadAccount": "Basic"], to: Office.cid)
    try await office.done(
      "PATCH accounts(\(Office.bobAccount))",
      "{\"ownerid@odata.bind\":\"teams(\(Office.team))\"}"
    )
    #expect(await office.ask("GET accounts", as: Office.ann).contains("0x80042f09"))
    try await office.done(
      "POST teams(\(Office.team))/teammembership_association/$ref",
      "{\"@odata.id\":\"\(Asking.root)systemusers(\(Office.ann))\"}"
    )
    try await office.done(
      "POST teams(\(Office.team))/teamroles_association/$ref",
      "{\"@odata.id\":\"\(Asking.root)roles(\(PackageText.guid("clerk")))\"}"
    )
    #expect(await office.accounts("GET accounts", as: Office.ann) == ["21", "22"])
    // Without the team the membership is gone.
    try await office.done(
      "PATCH accounts(\(Office.bobAccount))",
      "{\"ownerid@odata.bind\":\"systemusers(\(Office.bob))\"}"
    )
    try await office.done("DELETE teams(\(Office.team))")
    #expect(await office.ask("GET accounts", as: Office.ann).contains("0x80042f09"))
    let broken = try await office.asking.environment.broken()
    #expect(broken.isEmpty, "\(broken)")
  }

  @Test("A role is made, given, shown, taken away and deleted, as samples do it")
  func sample() async throws {
    let office = try await Office()
    let answer = await office.asking.answer(
      "POST roles",
      "{\"name\":\"Example Security Role\",\"businessunitid@odata.bind\":\"businessunits(\(office.root))\"}"
    )
    #expect(answer.status == 204)
    let place = try #require(answer.headers["OData-EntityId"])
    #expect(answer.headers["Location"] == place)
    let role = try #require(place.firstMatch(of: /roles\(([^)]*)\)/)).output.1
    let association = "systemusers(\(Office.ann))/systemuserroles_association"
    try await office.done("POST \(association)/$ref", "{\"@odata.id\":\"\(place)\"}")
    let shown = "{\"roleid\":\"\(role)\",\"name\":\"Example Security Role\"}"
    let expanded = await office.asking.ask(
      "GET systemusers(\(Office.ann))?$select=fullname&$expand=systemuserroles_association($select=name)"
    )
    #expect(expanded.contains("Example Security Role"), "\(expanded)")
    let listed = await office.asking.ask("GET \(association)?$select=name")
    #expect(listed.contains("Example Security Role"), "\(listed), not \(shown)")
    try await office.done("DELETE \(association)(\(role))/$ref")
    #expect(await office.asking.ask("GET \(association)").contains("\"value\":[]"))
    try await office.done("POST \(association)/$ref", "{\"@odata.id\":\"\(place)\"}")
    try await office.done("DELETE roles(\(role))")
    // A role that is gone is nobody's.
    #expect(await office.asking.ask("GET \(association)").contains("\"value\":[]"))
    #expect(await office.asking.ask("GET roles(\(role))").hasPrefix("404 "))
    let unknown = await office.asking.ask(
      "POST \(association)/$ref",
      "{\"@odata.id\":\"roles(\(Asking.id(5)))\"}"
    )
    #expect(unknown.hasPrefix("404 "), "\(unknown)")
    let broken = try await office.asking.environment.broken()
    #expect(broken.isEmpty, "\(broken)")
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
