import EnvironmentSupport
import Lifecycle
import Solutions
import Testing
import WebAPI

/// Rows over the protocol of the platform: what is sent, and what comes back.
@Suite("Web API: rows")
struct WebRowTests {
  private let a = Asking.id(1)
  private let b = Asking.id(2)
  private let c = Asking.id(3)

  private func asking() async throws -> Asking {
    let asking = try await Asking()
    for (id, name, employees) in [(a, "Alpha", "10"), (b, "Beta", "null"), (c, "Gamma", "30")] {
      let body = "{\"accountid\":\"\(id)\",\"name\":\"\(name)\",\"numberofemployees\":\(employees)}"
      #expect(await asking.ask("POST accounts", body) == "204")
    }
    let people = [(4, "Ann", a), (5, "Bob", a), (6, "Cid", c)]
    for (number, name, account) in people {
      let body = """
        {"contactid":"\(Asking.id(number))","firstname":"\(name)","fullname":"\(name)",
         "parentcustomerid_account@odata.bind":"/accounts(\(account))"}
        """
      #expect(await asking.ask("POST contacts", body) == "204")
    }
    return asking
  }

  @Test("WA-410, WA-122 a row that is made is answered with its address, or with itself")
  func create() async throws {
    let asking = try await Asking()
    let bare = await asking.answer("POST accounts", "{\"accountid\":\"\(a)\",\"name\":\"x\"}")
    #expect(bare.status == 204 && bare.body.isEmpty && bare.headers["Content-Type"] == nil)
    #expect(bare.headers["OData-EntityId"] == "\(Asking.root)accounts(\(a))")
    #expect(bare.headers["Location"] == bare.headers["OData-EntityId"])
    #expect(bare.headers.fields.contains { $0.name == "OData-EntityId" })
    #expect(bare.headers["OData-Version"] == "4.0")
    let shown = await asking.ask(
      "POST accounts?$select=name,statecode",
      "{\"name\":\"y\"}",
      headers: [("Prefer", "return=representation")]
    )
    #expect(shown.hasPrefix("201 {\"accountid\":\""))
    #expect(shown.hasSuffix(",\"name\":\"y\",\"statecode\":0}"))
  }

  @Test("WA-401, WA-411, WA-414 a row is read whole, in part, by its key and value by value")
  func read() async throws {
    let asking = try await asking()
    #expect(
      await asking.ask("GET accounts(\(a))?$select=name")
        == "200 {\"accountid\":\"\(a)\",\"name\":\"Alpha\"}"
    )
    #expect(
      await asking.ask("GET ACCOUNTS%28accountid=\(a.uppercased())%29/?$select=NAME,name")
        == "200 {\"accountid\":\"\(a)\",\"name\":\"Alpha\"}"
    )
    #expect(await asking.ask("GET accounts(\(a))/name") == "200 {\"value\":\"Alpha\"}")
    #expect(await asking.ask("GET accounts(\(a))/name/$value") == "200 Alpha")
    #expect(await asking.ask("GET accounts(\(b))/numberofemployees") == "204")
    let whole = await asking.ask("GET accounts(\(a))")
    for part in [
      "\"createdon\":\"20", "\"_ownerid_value\":\"", "\"statuscode\":1", "\"versionnumber\":1",
    ] {
      #expect(whole.contains(part))
    }
    #expect(
      await asking.ask("GET accounts(\(Asking.id(99)))")
        == "404 {\"error\":{\"code\":\"0x80040217\",\"message\":\"Entity 'account' With Id = \(Asking.id(99)) Does Not Exist\"}}"
    )
    let etag = try #require(await asking.answer("GET accounts(\(a))").headers["ETag"])
    #expect(etag == "W/\"1\"")
    #expect(
      await asking.ask("GET accounts(\(a))", headers: [("If-None-Match", etag)]) == "304"
    )
    #expect(
      await asking.ask("GET accounts(\(a))?$select=name", headers: [("If-None-Match", "null")])
        .hasPrefix("200")
    )
  }

  @Test(
    "WA-510 to WA-515 conditions find what they say; nothing is neither equal nor different",
    arguments: [
      ("numberofemployees eq 10", "Alpha"), ("numberofemployees ne 10", "Gamma"),
      ("not (numberofemployees eq 10)", "Gamma"), ("numberofemployees eq null", "Beta"),
      ("numberofemployees ne null", "Alpha Gamma"), ("10 lt numberofemployees", "Gamma"),
      ("numberofemployees in (10,30)", "Alpha Gamma"), ("name eq 'ALPHA'", "Alpha"),
      ("contains(name,'et')", "Beta"), ("startswith(name,'g')", "Gamma"),
      ("not endswith(name,'a')", ""), ("contains(name,'l_h')", "Alpha"),
      ("contains(name,'a') eq false", ""), ("name gt 'Alpha' and name lt 'Gamma'", "Beta"),
      ("accountid eq \(Asking.id(2))", "Beta"), ("accountid eq '\(Asking.id(2))'", "Beta"),
      ("statecode eq 0 and (name eq 'Beta' or name eq 'Gamma')", "Beta Gamma"),
      ("name eq name", "Alpha Beta Gamma"), ("createdon lt 2020-01-01", ""),
      ("createdon gt 2020-01-01T00:00:00Z", "Alpha Beta Gamma"), ("1 eq 1", "Alpha Beta Gamma"),
      ("contact_customer_accounts/any()", "Alpha Gamma"),
      ("contact_customer_accounts/any(o:o/firstname eq 'Bob')", "Alpha"),
      ("contact_customer_accounts/all(o:o/firstname eq 'Cid')", "Beta Gamma"),
      ("not contact_customer_accounts/any()", "Beta"),
      (
        "Microsoft.Dynamics.CRM.In(PropertyName='name',PropertyValues=['alpha','beta'])",
        "Alpha Beta"
      ),
      (
        "Microsoft.Dynamics.CRM.NotIn(PropertyName='name',PropertyValues=[\"alpha\"])", "Beta Gamma"
      ),
      (
        "Microsoft.Dynamics.CRM.Between(PropertyName='numberofemployees',PropertyValues=['10','20'])",
        "Alpha"
      ),
      ("Microsoft.Dynamics.CRM.OlderThanXYears(PropertyName='createdon',PropertyValue=3)", ""),
      ("Microsoft.Dynamics.CRM.EqualUserId(PropertyName='ownerid')", "Alpha Beta Gamma"),
      ("contains(@p,'amm')&@p=name", "Gamma"), ("name eq @p&@p='beta'", "Beta"),
    ] as [(String, String)]
  )
  func conditions(filter: String, names: String) async throws {
    let asking = try await asking()
    let text = await asking.ask("GET accounts?$select=name&$orderby=name&$filter=\(filter)")
    let found = text.matches(of: /"name":"([A-Za-z]*)"/).map { String($0.output.1) }
    #expect(found.joined(separator: " ") == names, "\(text)")
    #expect(text.hasPrefix("200 "), "\(text)")
  }

  @Test(
    "WA-203 what is not there, of another type or not supported says so with its code",
    arguments: [
      ("GET nothings", 404, "0x8006088a"), ("GET accounts?$select=nothing", 400, "0x80060888"),
      ("GET accounts?$filter=nothing eq 1", 400, "0x80060888"),
      ("GET accounts?$filter=name eq 1", 400, "0x80060888"),
      ("GET accounts?$filter=name eq", 400, "0x80060888"),
      ("GET accounts?$expand=nothing", 400, "0x80060888"),
      ("GET accounts?$orderby=nothing", 400, "0x80060888"),
      ("GET accounts?$skip=1", 400, "0x80060888"), ("GET accounts?$skiptoken=x", 400, "0x80060888"),
      ("GET accounts(1)", 400, "0x80060888"), ("GET accounts(name='x')", 400, "0x80060891"),
      ("GET accounts(\(Asking.id(1)))/nothing", 404, "0x8006088a"),
      ("GET accounts?$filter=length(name) gt 3", 501, "0x80040203"),
      ("GET accounts?fetchXml=<fetch/>", 400, "0x80060888"),
      ("GET accounts?fetchXml=<fetch", 400, "0x80060888"),
      ("GET accounts?fetchXml=<fetch><entity name='contact'/></fetch>", 400, "0x80060888"),
      (
        "GET accounts?fetchXml=<fetch><entity name='account'><attribute name='x'/></entity></fetch>",
        400, "0x80060888"
      ),
      (
        "GET accounts?fetchXml=<fetch><entity name='account'><filter><condition attribute='name' operator='eq-useroruserhierarchy'/></filter></entity></fetch>",
        501, "0x80040203"
      ),
      ("GET accounts?sql=SELECT name FROM contact", 400, "0x80060888"),
      ("GET accounts?sql=DELETE FROM account", 400, "0x80060888"),
      ("GET accounts?sql=SELECT x FROM account", 400, "0x80060888"),
      ("GET accounts?sql=SELECT name FROM account WHERE", 400, "0x80060888"),
      ("GET accounts?sql=SELECT name FROM account WHERE name = 'x' -- y", 400, "0x80060888"),
      ("POST ImportSolutionAsync", 400, "0x80048d19"), ("GET WhoAmI/nothing", 200, ""),
      ("PATCH accounts", 405, ""), ("POST WhoAmI", 405, ""),
      ("DELETE accounts(\(Asking.id(99)))", 404, "0x80040217"),
    ] as [(String, Int, String)]
  )
  func refusals(line: String, status: Int, code: String) async throws {
    let asking = try await asking()
    let text = await asking.ask(line, line.hasPrefix("P") ? "{}" : "")
    #expect(text.hasPrefix("\(status)"), "\(text)")
    if !code.isEmpty { #expect(text.contains("\"code\":\"\(code)\""), "\(text)") }
    #expect(asking.api.unsupported.all.count == (status == 501 ? 1 : 0))
  }

  @Test("WA-501 pages follow each other by their links, and the order is total")
  func pages() async throws {
    let asking = try await asking()
    var names: [String] = []
    var line = "GET accounts?$select=name&$orderby=statecode&$count=true"
    for page in 1...3 {
      let text = await asking.ask(line, headers: [("Prefer", "odata.maxpagesize=1")])
      names += text.matches(of: /"name":"([A-Za-z]*)"/).map { String($0.output.1) }
      #expect(text.contains("\"@odata.count\":3"))
      guard let link = text.firstMatch(of: /"@odata.nextLink":"ROOT\/([^"]*)"/) else {
        #expect(page == 3)
        break
      }
      line = "GET \(link.output.1.replacing("\\u0026", with: "&"))"
    }
    #expect(names == ["Alpha", "Beta", "Gamma"])
    #expect(await asking.ask("GET accounts/$count") == "200 3")
    #expect(await asking.ask("GET accounts/$count?$filter=name eq 'Beta'") == "200 1")
    #expect(!(await asking.ask("GET accounts?$top=1&$select=name")).contains("nextLink"))
  }

  @Test(
    "A preference is said to be honoured where it was",
    arguments: [
      ("accounts?$select=name", true), ("solutions?$select=uniquename", true),
      ("accounts?$select=name&$top=1", false), ("solutions?$top=1", false),
      ("accounts(\(Asking.id(1)))", false),
      ("accounts?fetchXml=<fetch><entity name='account'/></fetch>", false),
    ] as [(String, Bool)]
  )
  func honoured(path: String, isPage: Bool) async throws {
    let asking = try await asking()
    let answer = await asking.answer("GET \(path)", headers: [("Prefer", "odata.maxpagesize=2")])
    #expect(answer.status == 200)
    let applied = answer.headers["Preference-Applied"]
    #expect(applied == (isPage ? "odata.maxpagesize=2" : nil), "\(path)")
  }

  @Test(
    "WA-418, WA-503 what lookups and collections lead to is shown with a row, and read by itself"
  )
  func related() async throws {
    let asking = try await asking()
    #expect(
      await asking.ask(
        "GET contacts(\(Asking.id(4)))?$select=fullname&$expand=parentcustomerid_account($select=name;$expand=contact_customer_accounts($select=fullname;$orderby=fullname desc;$top=1)),parentcustomerid_contact"
      )
        == "200 {\"contactid\":\"\(Asking.id(4))\",\"fullname\":\"Ann\",\"parentcustomerid_account\":{\"accountid\":\"\(a)\",\"name\":\"Alpha\",\"contact_customer_accounts\":[{\"contactid\":\"\(Asking.id(5))\",\"fullname\":\"Bob\"}]},\"parentcustomerid_contact\":null}"
    )
    #expect(
      await asking.ask(
        "GET accounts(\(a))/contact_customer_accounts?$select=fullname&$filter=fullname ne 'Bob'"
      )
        == "200 {\"value\":[{\"contactid\":\"\(Asking.id(4))\",\"fullname\":\"Ann\"}]}"
    )
    #expect(await asking.ask("GET accounts(\(a))/contact_customer_accounts/$count") == "200 2")
    #expect(
      await asking.ask("GET contacts(\(Asking.id(4)))/parentcustomerid_account?$select=name")
        == "200 {\"accountid\":\"\(a)\",\"name\":\"Alpha\"}"
    )
    #expect(
      await asking.ask("GET contacts(\(Asking.id(4)))/parentcustomerid_account/$ref")
        == "200 {\"@odata.id\":\"ROOT/accounts(\(a))\"}"
    )
    #expect(await asking.ask("GET accounts(\(a))/primarycontactid") == "204")
    #expect(
      await asking.ask(
        "GET contacts?$select=fullname&$filter=parentcustomerid_account/name eq 'gamma'"
      )
        == "200 {\"value\":[{\"contactid\":\"\(Asking.id(6))\",\"fullname\":\"Cid\"}]}"
    )
  }

  @Test("WA-402 annotations come where they are asked for, and nothing has none")
  func annotations() async throws {
    let asking = try await asking()
    let text = await asking.ask(
      "GET contacts(\(Asking.id(4)))?$select=_parentcustomerid_value,statecode,jobtitle",
      headers: [("Prefer", "odata.include-annotations=\"*\"")]
    )
    #expect(
      text
        == "200 {\"contactid\":\"\(Asking.id(4))\",\"_parentcustomerid_value\":\"\(a)\",\"_parentcustomerid_value@OData.Community.Display.V1.FormattedValue\":\"Alpha\",\"_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\":\"account\",\"_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty\":\"parentcustomerid_account\",\"statecode\":0,\"statecode@OData.Community.Display.V1.FormattedValue\":\"Active\",\"jobtitle\":null}"
    )
  }

  @Test("WA-412, WA-413 a change is an upsert, unless conditions say otherwise")
  func change() async throws {
    let asking = try await asking()
    func patch(_ id: String, _ body: String, _ header: (String, String)? = nil) async -> String {
      await asking.ask("PATCH accounts(\(id))", body, headers: header.map { [$0] } ?? [])
    }
    #expect(await patch(a, "{\"name\":\"Alpha 2\"}") == "204")
    #expect(
      await asking.ask("GET accounts(\(a))?$select=name,numberofemployees").contains(
        "\"numberofemployees\":10"
      )
    )
    #expect(await patch(a, "{\"numberofemployees\":null}", ("If-Match", "*")) == "204")
    #expect(await asking.ask("GET accounts(\(a))/numberofemployees") == "204")
    #expect(await patch(Asking.id(20), "{\"name\":\"New\"}", ("If-Match", "*")).hasPrefix("404"))
    #expect(await patch(Asking.id(20), "{\"name\":\"New\"}") == "204")
    #expect(
      await patch(Asking.id(20), "{\"name\":\"New\"}", ("If-None-Match", "*")).contains(
        "0x80040237"
      )
    )
    #expect(await patch(a, "{\"name\":\"x\"}", ("If-Match", "W/\"1\"")).contains("0x80060882"))
    let etag = try #require(await asking.answer("GET accounts(\(a))").headers["ETag"])
    #expect(await patch(a, "{\"name\":\"x\"}", ("If-Match", etag)) == "204")
    #expect(await asking.ask("PUT accounts(\(a))/name", "{\"value\":\"y\"}") == "204")
    #expect(await asking.ask("DELETE accounts(\(a))/name") == "204")
    #expect(await asking.ask("GET accounts(\(a))/name") == "204")
    #expect(await asking.ask("POST accounts", "{\"accountid\":\"\(a)\"}").contains("0x80040237"))
  }

  @Test("§1.4 a version that is not the row's is refused by whatever writes the row")
  func versions() async throws {
    let asking = try await asking()
    let (old, row) = (("If-Match", "W/\"99\""), "accounts(\(a))")
    let contact = "{\"@odata.id\":\"\(Asking.root)contacts(\(Asking.id(4)))\"}"
    for (line, body) in [
      ("PUT \(row)/name", "{\"value\":\"x\"}"), ("DELETE \(row)/telephone1", ""),
      ("PUT \(row)/primarycontactid/$ref", contact), ("DELETE \(row)/primarycontactid/$ref", ""),
      ("PATCH \(row)", "{\"name\":\"x\"}"), ("DELETE \(row)", ""),
    ] {
      #expect(
        await asking.ask(line, body, headers: [old]).hasPrefix("412"),
        "\(line)"
      )
    }
    let etag = try #require(await asking.answer("GET \(row)").headers["ETag"])
    #expect(
      await asking.ask("PUT \(row)/name", "{\"value\":\"x\"}", headers: [("If-Match", etag)])
        == "204"
    )
  }

  @Test("What cannot be shown afterwards is refused before it is written")
  func shownAfterwards() async throws {
    let asking = try await asking()
    let shown = [("Prefer", "return=representation")]
    for options in ["$select=nope", "$expand=nope", "$filter=name eq 'x'"] {
      let made = await asking.ask(
        "POST accounts?\(options)",
        "{\"name\":\"Twice\"}",
        headers: shown
      )
      #expect(made.hasPrefix("400"), "\(made)")
      let changed = await asking.ask(
        "PATCH accounts(\(a))?\(options)",
        "{\"name\":\"Twice\"}",
        headers: shown
      )
      #expect(changed.hasPrefix("400"), "\(changed)")
    }
    #expect(await asking.ask("GET accounts/$count?$filter=name eq 'Twice'") == "200 0")
  }

  @Test("Expansions within expansions are refused where there are too many, and at once")
  func deepExpansions() async throws {
    let asking = try await asking()
    let depth = 30
    let text =
      String(repeating: "primarycontactid($expand=parentcustomerid_account($expand=", count: depth)
      + "primarycontactid" + String(repeating: "))", count: depth)
    #expect(await asking.ask("GET accounts?$expand=\(text)").hasPrefix("400"))
  }

  @Test("Brackets beyond what the database takes are too much, and no fault of the service")
  func deepConditions() async throws {
    let asking = try await asking()
    let depth = 40
    let text =
      String(repeating: "(name eq 'x' and (name eq 'y' or ", count: depth) + "name eq 'z'"
      + String(repeating: "))", count: depth)
    let answer = await asking.ask("GET accounts?$filter=\(text)")
    #expect(answer.hasPrefix("4"), "\(answer)")
  }

  @Test(
    "WA-203 what a body may not say is refused, and nothing is written",
    arguments: [
      ("{\"nothing\":1}", 400, "0x80048d19"), ("{\"name\":1}", 400, "0x80048d19"),
      ("{\"numberofemployees\":\"1\"}", 400, "0x80048d19"), ("[]", 400, "0x80048d19"),
      ("{\"name\":", 400, "0x80048d19"), ("", 400, "0x80048d19"),
      ("{\"numberofemployees\":1.5}", 400, "0x80044330"),
      ("{\"accountid\":\"x\"}", 400, "0x80048d19"),
      ("{\"name\":\"\(String(repeating: "x", count: 161))\"}", 400, "0x80044331"),
      ("{\"primarycontactid\":\"\(Asking.id(4))\"}", 400, "0x80048d19"),
      ("{\"primarycontactid@odata.bind\":\"/contacts(\(Asking.id(98)))\"}", 404, "0x80040217"),
      ("{\"primarycontactid@odata.bind\":\"/accounts(\(Asking.id(1)))\"}", 400, "0x80048d19"),
      ("{\"primarycontactid@odata.bind\":\"/nothings(\(Asking.id(4)))\"}", 400, "0x80048d19"),
      ("{\"primarycontactid@odata.bind\":\"$1\"}", 400, ""),
    ] as [(String, Int, String)]
  )
  func bodies(body: String, status: Int, code: String) async throws {
    let asking = try await asking()
    let text = await asking.ask("POST accounts", body)
    #expect(text.hasPrefix("\(status) "), "\(text)")
    #expect(text.contains("\"code\":\"\(code)\""), "\(text)")
    #expect(await asking.ask("GET accounts/$count") == "200 3")
  }

  @Test("Places behind the point that a column does not have are rounded away")
  func rounded() async throws {
    let asking = try await Asking()
    let row = "transactioncurrencies(\(Asking.id(40)))"
    let body = "{\"transactioncurrencyid\":\"\(Asking.id(40))\",\"exchangerate\":1.23456789055}"
    #expect(await asking.ask("POST transactioncurrencies", body) == "204")
    #expect(await asking.ask("GET \(row)/exchangerate") == "200 {\"value\":1.2345678906}")
    #expect(await asking.ask("PUT \(row)/exchangerate", "{\"value\":2.00000000004}") == "204")
    #expect(await asking.ask("GET \(row)/exchangerate") == "200 {\"value\":2}")
  }

  @Test("WA-410 rows within a row are made with it, or none of them")
  func nested() async throws {
    let asking = try await asking()
    let body = """
      {"accountid":"\(Asking.id(30))","name":"Deep","primarycontactid":{"fullname":"First"},
       "contact_customer_accounts":[{"fullname":"Second"},{"fullname":"Third"}],"odd@comment":1}
      """
    #expect(await asking.ask("POST accounts", body) == "204")
    #expect(
      await asking.ask("GET accounts(\(Asking.id(30)))/primarycontactid/$ref").hasPrefix("200")
    )
    #expect(
      await asking.ask("GET accounts(\(Asking.id(30)))/contact_customer_accounts/$count")
        == "200 2"
    )
    let bad = body.replacing(Asking.id(30), with: Asking.id(31))
      .replacing("\"Third\"", with: "\"\(String(repeating: "x", count: 200))\"")
    #expect(await asking.ask("POST accounts", bad).hasPrefix("400"))
    #expect(await asking.ask("GET accounts/$count") == "200 4")
  }

  @Test("WA-417 lookups and collections are set and emptied by references")
  func references() async throws {
    let asking = try await asking()
    let ref = "accounts(\(b))/primarycontactid/$ref"
    let body = "{\"@odata.id\":\"\(Asking.root)/contacts(\(Asking.id(4)))\"}"
    #expect(await asking.ask("PUT \(ref)", body) == "204")
    #expect(
      await asking.ask("GET \(ref)") == "200 {\"@odata.id\":\"ROOT/contacts(\(Asking.id(4)))\"}"
    )
    #expect(await asking.ask("DELETE \(ref)") == "204")
    #expect(await asking.ask("GET \(ref)") == "204")
    let many = "accounts(\(b))/contact_customer_accounts"
    #expect(await asking.ask("POST \(many)/$ref", body) == "204")
    #expect(
      await asking.ask("GET \(many)/$ref")
        == "200 {\"value\":[{\"@odata.id\":\"ROOT/contacts(\(Asking.id(4)))\"}]}"
    )
    #expect(await asking.ask("DELETE \(many)(\(Asking.id(4)))/$ref") == "204")
    #expect(await asking.ask("GET \(many)/$count") == "200 0")
  }

  @Test("WA-420 several rows at once are written all or not at all")
  func several() async throws {
    let asking = try await asking()
    let action = "POST accounts/Microsoft.Dynamics.CRM"
    let made = await asking.ask(
      "\(action).CreateMultiple",
      "{\"Targets\":[{\"name\":\"d\",\"@odata.type\":\"Microsoft.Dynamics.CRM.account\"},{\"name\":\"e\"}]}"
    )
    #expect(made.wholeMatch(of: /200 \{"Ids":\["[-0-9a-f]{36}","[-0-9a-f]{36}"\]\}/) != nil)
    let changed =
      "{\"Targets\":[{\"accountid\":\"\(a)\",\"name\":\"f\"},{\"accountid\":\"\(Asking.id(97))\",\"name\":\"g\"}]}"
    #expect(await asking.ask("\(action).UpdateMultiple", changed).hasPrefix("404"))
    #expect(await asking.ask("GET accounts(\(a))/name") == "200 {\"value\":\"Alpha\"}")
    #expect(
      await asking.ask("\(action).UpsertMultiple", changed)
        == "200 {\"Results\":[{\"RecordCreated\":false,\"Target\":{\"@odata.id\":\"ROOT/accounts(\(a))\"}},{\"RecordCreated\":true,\"Target\":{\"@odata.id\":\"ROOT/accounts(\(Asking.id(97)))\"}}]}"
    )
  }

  @Test("What others change about tables between two questions is seen by the second")
  func changedBetween() async throws {
    let asking = try await Asking()
    let first = "X 1.0 by A\ntable t\ncolumn t.a\nprimary t.name"
    try await asking.environment.import(first)
    #expect(await asking.ask("POST ts", "{\"name\":\"one\",\"a\":\"x\"}") == "204")
    for _ in 0..<2 {
      #expect(await asking.ask("GET ts?$select=a").contains("\"a\":\"x\""))
    }
    try await asking.environment.import(
      first.replacing("1.0", with: "1.1").replacing("t.a", with: "t.b")
    )
    #expect(await asking.ask("GET ts?$select=b").contains("\"b\":null"))
    #expect(await asking.ask("GET ts?$select=a").hasPrefix("400 "))
    // Rows alone change nothing about tables.
    #expect(await asking.ask("POST ts", "{\"name\":\"two\",\"b\":\"y\"}") == "204")
    #expect(await asking.ask("GET ts?$select=b&$filter=b eq 'y'").contains("\"b\":\"y\""))
    try await asking.environment.lifecycle.perform(
      .uninstall(try #require(SolutionName("X"))),
      consent: .all
    )
    #expect(await asking.ask("GET ts?$select=b").hasPrefix("404 "))
  }

  @Test("$apply groups and adds up")
  func groups() async throws {
    let asking = try await asking()
    #expect(
      await asking.ask(
        "GET accounts?$apply=aggregate(numberofemployees with sum as s,numberofemployees with average as v,$count as n)"
      )
        == "200 {\"value\":[{\"s\":40,\"v\":20.0,\"n\":3}]}"
    )
    #expect(
      await asking.ask(
        "GET contacts?$apply=filter(fullname ne 'Cid')/groupby((_parentcustomerid_value),aggregate($count as n))"
      )
        == "200 {\"value\":[{\"_parentcustomerid_value\":\"\(a)\",\"n\":2}]}"
    )
    // Columns of other tables are called after these, as the platform documents it.
    let grouped = await asking.ask(
      "GET contacts?$apply=groupby((parentcustomerid_account/name,statecode),aggregate($count as n))",
      headers: [
        ("Prefer", "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue\"")
      ]
    )
    #expect(grouped.contains("\"account_name\":\"Alpha\""), "\(grouped)")
    #expect(
      grouped.contains(
        "\"statecode\":0,\"statecode@OData.Community.Display.V1.FormattedValue\":\"Active\""
      ),
      "\(grouped)"
    )
    #expect(
      await asking.ask("GET contacts?$apply=groupby((owninguser/fullname,createdby/fullname))")
        .hasPrefix("400 ")
    )
  }

  /// Alpha above Beta, Beta above Gamma, and Delta beside them.
  private func tree() async throws -> Asking {
    let asking = try await Asking.filled(third: "Gamma")
    #expect(await asking.ask("POST accounts", "{\"name\":\"Delta\"}") == "204")
    for (child, parent) in [(2, 1), (3, 2)] {
      let body = "{\"parentaccountid@odata.bind\":\"accounts(\(Asking.id(parent)))\"}"
      #expect(await asking.ask("PATCH accounts(\(Asking.id(child)))", body) == "204")
    }
    return asking
  }

  @Test(
    "WA-515 rows above and below another are found along the hierarchy, by function and by operator",
    arguments: [
      ("Above", "above", "accountid", 3, "Alpha Beta"),
      ("AboveOrEqual", "eq-or-above", "accountid", 2, "Alpha Beta"),
      ("Under", "under", "accountid", 1, "Beta Gamma"),
      ("UnderOrEqual", "eq-or-under", "accountid", 2, "Beta Gamma"),
      ("NotUnder", "not-under", "accountid", 1, "Alpha Delta"),
      ("Under", "under", "parentaccountid", 1, "Gamma"),
      ("Above", "above", "accountid", 1, ""), ("Under", "under", "accountid", 77, ""),
    ] as [(String, String, String, Int, String)]
  )
  func hierarchies(function: String, sign: String, column: String, of: Int, names: String)
    async throws
  {
    let asking = try await tree()
    let id = Asking.id(of)
    let call = "Microsoft.Dynamics.CRM.\(function)(PropertyName='\(column)',PropertyValue='\(id)')"
    let condition = "<condition attribute='\(column)' operator='\(sign)' value='{\(id)}'/>"
    for query in [
      "$select=name&$orderby=name&$filter=\(call)",
      "fetchXml=<fetch><entity name='account'><attribute name='name'/><order attribute='name'/>"
        + "<filter>\(condition)</filter></entity></fetch>",
    ] {
      let text = await asking.ask("GET accounts?\(query)")
      let found = text.matches(of: /"name":"([A-Za-z]*)"/).map { String($0.output.1) }
      #expect(found.joined(separator: " ") == names, "\(text)")
    }
  }

  @Test("WA-515 a hierarchy that leads in a circle ends, and a table without one is told")
  func circles() async throws {
    let asking = try await tree()
    let body = "{\"parentaccountid@odata.bind\":\"accounts(\(Asking.id(3)))\"}"
    #expect(await asking.ask("PATCH accounts(\(Asking.id(1)))", body) == "204")
    func under(_ set: String, _ key: String, _ id: String = Asking.id(1)) async -> String {
      let call = "Microsoft.Dynamics.CRM.Under(PropertyName='\(key)',PropertyValue='\(id)')"
      return await asking.ask("GET \(set)?$filter=\(call)&$count=true&$select=\(key)")
    }
    #expect(await under("accounts", "accountid").contains("\"@odata.count\":2"))
    #expect(await under("contacts", "contactid").contains("rows of contact have no hierarchy"))
    #expect(await under("accounts", "accountid", "x").hasPrefix("400 "))
  }

  @Test("WA-515 rows of the user's teams are found")
  func userTeams() async throws {
    let asking = try await Asking.filled(third: "Gamma")
    let me = await asking.ask("GET WhoAmI")
    let user = try #require(me.firstMatch(of: /"UserId":"([^"]*)"/)).output.1
    let team = Asking.id(31)
    #expect(await asking.ask("POST teams", "{\"teamid\":\"\(team)\",\"name\":\"T\"}") == "204")
    let owned = "{\"ownerid@odata.bind\":\"teams(\(team))\"}"
    #expect(await asking.ask("PATCH accounts(\(Asking.id(2)))", owned) == "204")
    func found(_ function: String, _ sign: String) async -> [String] {
      let call = "Microsoft.Dynamics.CRM.\(function)(PropertyName='ownerid')"
      let condition = "<condition attribute='ownerid' operator='\(sign)'/>"
      var counts: [String] = []
      for query in [
        "$filter=\(call)&$count=true",
        "fetchXml=<fetch returntotalrecordcount='true'><entity name='account'><filter>\(condition)</filter></entity></fetch>",
      ] {
        let text = await asking.ask("GET accounts?\(query)")
        let count = text.firstMatch(of: /"@odata.count":([0-9]+)/)
        counts.append(count.map { String($0.output.1) } ?? text)
      }
      return counts
    }
    #expect(await found("EqualUserTeams", "eq-userteams") == ["0", "0"])
    let joined = await asking.ask(
      "POST systemusers(\(user))/teammembership_association/$ref",
      "{\"@odata.id\":\"teams(\(team))\"}"
    )
    #expect(joined == "204")
    #expect(await found("EqualUserTeams", "eq-userteams") == ["1", "1"])
    #expect(await found("EqualUserOrUserTeams", "eq-useroruserteams") == ["3", "3"])
  }

  @Test("Who may only look changes nothing; what destroys takes an owner")
  func rights() async throws {
    let asking = try await asking()
    for right in [WebRequest.Right.look, .plan] {
      #expect(await asking.ask("POST accounts", "{\"name\":\"x\"}", right: right).hasPrefix("403"))
    }
    #expect(await asking.ask("DELETE accounts(\(b))", right: .write).contains("0x80040220"))
    #expect(await asking.ask("POST accounts", "{\"name\":\"x\"}", right: .write) == "204")
    #expect(await asking.ask("DELETE accounts(\(b))", right: .destroy) == "204")
    #expect(await asking.ask("GET accounts(\(b))", right: .look).hasPrefix("404"))
  }

  @Test("Each write is an operation of its own in the history, and all of it verifies")
  func history() async throws {
    let asking = try await asking()
    #expect(await asking.ask("DELETE accounts(\(b))") == "204")
    let state = try await asking.environment.whole()
    #expect(state.revision == 7)
    #expect(try await asking.environment.broken() == [])
  }
}
