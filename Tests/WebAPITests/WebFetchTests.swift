import EnvironmentSupport
import Solutions
import Testing
import WebAPI

/// Queries in the platform's own XML.
@Suite("Web API: FetchXML")
struct WebFetchTests {
  private func asking() async throws -> Asking { try await .filled(third: "Gamma") }

  private func fetch(_ asking: Asking, _ set: String, _ text: String) async -> String {
    let escaped = text.replacing("%", with: "%25").replacing("&", with: "%26")
    return await asking.ask(
      "GET \(set)?fetchXml=\(escaped)",
      headers: [
        (
          "Prefer",
          "odata.include-annotations=\"Microsoft.Dynamics.CRM.fetchxmlpagingcookie,Microsoft.Dynamics.CRM.morerecords\""
        )
      ]
    )
  }

  @Test(
    "WA-520 conditions find what they say",
    arguments: [
      ("attribute='name' operator='eq' value='beta'", "Beta"),
      ("attribute='name' operator='ne' value='Beta'", "Alpha Gamma"),
      ("attribute='name' operator='like' value='%amm%'", "Gamma"),
      ("attribute='name' operator='not-like' value='%amm%'", "Alpha Beta"),
      ("attribute='name' operator='begins-with' value='A'", "Alpha"),
      ("attribute='name' operator='ends-with' value='TA'", "Beta"),
      ("attribute='numberofemployees' operator='null'", "Beta"),
      ("attribute='numberofemployees' operator='not-null'", "Alpha Gamma"),
      ("attribute='numberofemployees' operator='ge' value='30'", "Gamma"),
      ("attribute='statecode' operator='eq' value='0'", "Alpha Beta Gamma"),
      ("attribute='createdon' operator='olderthan-x-years' value='1'", ""),
      ("attribute='createdon' operator='on-or-after' value='2020-01-01'", "Alpha Beta Gamma"),
      ("attribute='ownerid' operator='eq-userid'", "Alpha Beta Gamma"),
    ] as [(String, String)]
  )
  func conditions(condition: String, names: String) async throws {
    let asking = try await asking()
    let text = await fetch(
      asking,
      "accounts",
      "<fetch><entity name='account'><attribute name='name'/><order attribute='name'/><filter><condition \(condition)/></filter></entity></fetch>"
    )
    let found = text.matches(of: /"name":"([A-Za-z]*)"/).map { String($0.output.1) }
    #expect(found.joined(separator: " ") == names, "\(text)")
    #expect(
      text.hasPrefix("200 {\"@Microsoft.Dynamics.CRM.morerecords\":false,\"value\":["),
      "\(text)"
    )
  }

  @Test("WA-520, WA-521 values in lists, alternatives, and columns of linked tables by their alias")
  func linked() async throws {
    let asking = try await asking()
    #expect(
      await fetch(
        asking,
        "contacts",
        """
        <fetch><entity name='contact'><attribute name='fullname'/><order attribute='fullname' descending='true'/>
        <filter type='or'><condition attribute='fullname' operator='in'><value>Ann</value><value>Cid</value></condition>
        <filter><condition attribute='fullname' operator='eq' value='nobody'/></filter></filter>
        <link-entity name='account' from='accountid' to='parentcustomerid' alias='a' link-type='inner'>
        <attribute name='name'/><attribute name='numberofemployees' alias='n'/></link-entity></entity></fetch>
        """.replacing("\n", with: " ")
      )
        == "200 {\"@Microsoft.Dynamics.CRM.morerecords\":false,\"value\":[{\"a.name\":\"Gamma\",\"n\":30,\"fullname\":\"Cid\",\"contactid\":\"\(Asking.id(6))\"},{\"a.name\":\"Alpha\",\"n\":10,\"fullname\":\"Ann\",\"contactid\":\"\(Asking.id(4))\"}]}"
    )
    let childless = await fetch(
      asking,
      "accounts",
      """
      <fetch distinct='true'><entity name='account'><attribute name='name'/>
      <link-entity name='contact' from='parentcustomerid' to='accountid' alias='c' link-type='outer'/>
      <filter><condition entityname='c' attribute='contactid' operator='null'/></filter></entity></fetch>
      """.replacing("\n", with: " ")
    )
    #expect(childless.contains("\"value\":[{\"name\":\"Beta\"}]"), "\(childless)")
  }

  @Test("WA-520 groups are added up")
  func aggregates() async throws {
    let asking = try await asking()
    let text = await fetch(
      asking,
      "contacts",
      """
      <fetch aggregate='true'><entity name='contact'><attribute name='contactid' alias='n' aggregate='count'/>
      <link-entity name='account' from='accountid' to='parentcustomerid' alias='a'>
      <attribute name='name' alias='of' groupby='true'/></link-entity><order alias='of' descending='true'/></entity></fetch>
      """.replacing("\n", with: " ")
    )
    #expect(
      text.contains("\"value\":[{\"of\":\"Gamma\",\"n\":1},{\"of\":\"Alpha\",\"n\":2}]"),
      "\(text)"
    )
  }

  @Test("WA-520 dates are put together by their parts; fiscal ones are missing")
  func dateGroups() async throws {
    let asking = try await asking()
    func grouped(_ column: String, _ part: String) async -> String {
      await fetch(
        asking,
        "accounts",
        "<fetch aggregate='true'><entity name='account'><attribute name='\(column)' groupby='true' dategrouping='\(part)'"
          + " alias='p'/><attribute name='accountid' aggregate='count' alias='n'/><order alias='p'/></entity></fetch>"
      )
    }
    let year = await grouped("createdon", "year")
    #expect(year.contains(/"value":\[{"p":20\d\d,"n":3}\]/), "\(year)")
    #expect(await grouped("createdon", "fiscal-year").hasPrefix("501"))
    #expect(await grouped("name", "year").hasPrefix("400"))
  }

  @Test("WA-522 pages follow each other by number; the last says that it is, and has no cookie")
  func pages() async throws {
    let asking = try await asking()
    func page(_ number: Int) async -> String {
      await fetch(
        asking,
        "accounts",
        "<fetch count='2' page='\(number)'><entity name='account'><attribute name='name'/></entity></fetch>"
      )
    }
    let first = await page(1)
    #expect(first.contains("morerecords\":true"))
    #expect(
      first.contains(
        "\\u003ccookie pagenumber=\\\"2\\\" pagingcookie=\\\"%253Ccookie%2520page%253D%25221%2522"
      )
    )
    let last = await page(2)
    #expect(last.contains("morerecords\":false") && !last.contains("cookie"))
    #expect(last.contains("Gamma") && !last.contains("Alpha"))
  }

  @Test(
    "Links that show nothing ask which partners a row has",
    arguments: [
      ("exists", "", "Alpha Gamma"), ("in", "", "Alpha Gamma"), ("any", "", "Alpha Gamma"),
      ("not any", "", "Beta"), ("any", "Bob", "Alpha"), ("not any", "Bob", "Beta Gamma"),
      ("all", "Bob", "Gamma"), ("not all", "Bob", "Alpha"),
    ] as [(String, String, String)]
  )
  func partners(type: String, name: String, found: String) async throws {
    let asking = try await asking()
    let filter =
      name.isEmpty
      ? "" : "<filter><condition attribute='fullname' operator='eq' value='\(name)'/></filter>"
    let link =
      "<link-entity name='contact' from='parentcustomerid' to='accountid' link-type='\(type)'>\(filter)</link-entity>"
    for inner in [link, "<filter>\(link)</filter>"] {
      let text = await fetch(
        asking,
        "accounts",
        "<fetch><entity name='account'><attribute name='name'/><order attribute='name'/>\(inner)</entity></fetch>"
      )
      let names = text.matches(of: /"name":"([A-Za-z]*)"/).map { String($0.output.1) }
      #expect(names.joined(separator: " ") == found, "\(text)")
    }
  }

  @Test("Conditions of an outer link say which partners are shown, and rows without one stay")
  func outer() async throws {
    let asking = try await asking()
    let text = await fetch(
      asking,
      "accounts",
      """
      <fetch><entity name='account'><attribute name='name'/><order attribute='name'/>
      <link-entity name='contact' from='parentcustomerid' to='accountid' alias='c' link-type='outer'>
      <attribute name='fullname'/><filter><condition attribute='fullname' operator='ne' value='Ann'/></filter>
      </link-entity></entity></fetch>
      """.replacing("\n", with: " ")
    )
    let found = text.matches(of: /"c.fullname":("[A-Za-z]*"|null),"name":"([A-Za-z]*)"/)
      .map { "\($0.output.2) \($0.output.1)" }
    #expect(found == ["Alpha \"Bob\"", "Beta null", "Gamma \"Cid\""], "\(text)")
  }

  @Test("Groups come in the order of what is made of them, in FetchXML and in SQL")
  func orderedByAggregate() async throws {
    let asking = try await asking()
    let text = await fetch(
      asking,
      "contacts",
      "<fetch aggregate='true'><entity name='contact'><attribute name='parentcustomerid' groupby='true' alias='p'/><attribute name='contactid' aggregate='count' alias='n'/><order alias='n' descending='true'/></entity></fetch>"
    )
    let counts = text.matches(of: /"n":([0-9]+)/).map { String($0.output.1) }
    #expect(counts == ["2", "1"], "\(text)")
    let sql = await asking.ask(
      "GET contacts?sql=SELECT parentcustomerid, COUNT(*) AS n FROM contact GROUP BY parentcustomerid ORDER BY n"
    )
    #expect(sql.matches(of: /"n":([0-9]+)/).map { String($0.output.1) } == ["1", "2"], "\(sql)")
    let all = await asking.ask("GET accounts?sql=SELECT * FROM account WHERE name = 'Beta'")
    #expect(all.contains("\"name\":\"Beta\"") && all.contains("\"accountid\":"), "\(all)")
  }

  @Test("savedQuery runs a view as it is in effect, on its own table")
  func savedQuery() async throws {
    let asking = try await asking()
    try await asking.environment.import("X 1.0 by A\ntable t\nprimary t.name\nview v t name")
    #expect(await asking.ask("POST ts", "{\"name\":\"seen\"}") == "204")
    let views = await asking.ask("GET savedqueries?$select=name,returnedtypecode")
    let id = try #require(views.firstMatch(of: /"savedqueryid":"([-0-9a-f]*)"/)).output.1
    #expect(await asking.ask("GET ts?savedQuery=\(id)").contains("\"name\":\"seen\""))
    #expect(await asking.ask("GET accounts?savedQuery=\(id)").hasPrefix("400"))
    #expect(await asking.ask("GET ts?savedQuery=\(Asking.id(99))").hasPrefix("404"))
    #expect(await asking.ask("GET ts?savedQuery=x").hasPrefix("400"))
  }

  @Test("WA-418 whole queries on the rows of a collection find among these, or are refused")
  func withinCollections() async throws {
    let asking = try await asking()
    let collection = "accounts(\(Asking.id(1)))/contact_customer_accounts"
    let fetch =
      "<fetch><entity name='contact'><attribute name='fullname'/><filter><condition attribute='fullname' operator='ne' value='Bob'/></filter></entity></fetch>"
    let found = await self.fetch(asking, collection, fetch)
    #expect(found.contains("Ann") && !found.contains("Bob") && !found.contains("Cid"), "\(found)")
    let view = "savedQuery=00000000-0000-0000-00aa-000010001004"
    let seen = await asking.ask("GET \(collection)?\(view)")
    #expect(seen.contains("Ann") && seen.contains("Bob") && !seen.contains("Cid"), "\(seen)")
    for line in [
      "\(collection)?sql=SELECT fullname FROM contact", "\(collection)/$count?\(view)",
      "\(collection)/$ref?\(view)", "contacts/$count?\(view)",
    ] {
      #expect(await asking.ask("GET \(line)").hasPrefix("501 "), "\(line)")
    }
  }

  private static let annotated = [("Prefer", "odata.include-annotations=\"*\"")]
  private static let formatted = "OData.Community.Display.V1.FormattedValue"

  @Test("WA-307, WA-401 rows of FetchXML and of views have etags, and their context names columns")
  func etags() async throws {
    let asking = try await asking()
    func ask(_ query: String) async -> String {
      String(decoding: await asking.answer("GET accounts?\(query)").body, as: UTF8.self)
    }
    let etag = "\"@odata.etag\":\"W/\\\"1\\\"\""
    let some = await ask(
      "fetchXml=<fetch><entity name='account'><attribute name='name'/></entity></fetch>"
    )
    #expect(some.contains("$metadata#accounts(name,accountid)\""), "\(some)")
    #expect(some.contains("{\(etag),\"name\":\"Alpha\""), "\(some)")
    let all = await ask("fetchXml=<fetch><entity name='account'/></fetch>")
    #expect(all.contains("$metadata#accounts\"") && all.contains(etag), "\(all)")
    let view = await ask("savedQuery=00000000-0000-0000-00aa-000010001002")
    #expect(
      view.contains("#accounts(name,_primarycontactid_value,") && view.contains(etag),
      "\(view)"
    )
    let counted = await ask(
      "fetchXml=<fetch aggregate='true'><entity name='account'><attribute name='accountid' aggregate='count' alias='n'/></entity></fetch>"
    )
    #expect(counted.contains("#accounts(n)\"") && !counted.contains("odata.etag"), "\(counted)")
  }

  @Test("WA-402 what lookups lead to is said of rows and of groups")
  func annotated() async throws {
    let asking = try await asking()
    let rows = await asking.ask(
      "GET contacts?fetchXml=<fetch><entity name='contact'><attribute name='parentcustomerid'/></entity></fetch>",
      headers: Self.annotated
    )
    let navigation = "Microsoft.Dynamics.CRM.associatednavigationproperty"
    #expect(
      rows.contains("\"_parentcustomerid_value@\(navigation)\":\"parentcustomerid_account\""),
      "\(rows)"
    )
    let groups = await asking.ask(
      "GET contacts?fetchXml=<fetch aggregate='true'><entity name='contact'><attribute name='parentcustomerid' groupby='true' alias='p'/><attribute name='contactid' aggregate='count' alias='n'/><order alias='n' descending='true'/></entity></fetch>",
      headers: Self.annotated
    )
    let table = "Microsoft.Dynamics.CRM.lookuplogicalname"
    #expect(
      groups.contains(
        "{\"p\":\"\(Asking.id(1))\",\"p@\(Self.formatted)\":\"Alpha\",\"p@\(table)\":\"account\",\"p@\(navigation)\":\"parentcustomerid_account\",\"n\":2,"
      ),
      "\(groups)"
    )
    let applied = await asking.ask(
      "GET contacts?$apply=groupby((_parentcustomerid_value),aggregate($count as n))",
      headers: Self.annotated
    )
    for name in ["Alpha", "Gamma"] {
      #expect(
        applied.contains("\"_parentcustomerid_value@\(Self.formatted)\":\"\(name)\""),
        "\(applied)"
      )
    }
  }

  @Test("WA-402 sums and averages are shown with the places of their column")
  func sums() async throws {
    let asking = try await Asking()
    for rate in ["61299.5", "0.5"] {
      let body = "{\"isocurrencycode\":\"XXA\",\"exchangerate\":\(rate)}"
      #expect(await asking.ask("POST transactioncurrencies", body) == "204")
    }
    for query in [
      "$apply=filter(isocurrencycode eq 'XXA')/aggregate(exchangerate with sum as s)",
      "fetchXml=<fetch aggregate='true'><entity name='transactioncurrency'><attribute name='exchangerate' aggregate='sum' alias='s'/><filter><condition attribute='isocurrencycode' operator='eq' value='XXA'/></filter></entity></fetch>",
    ] {
      let text = await asking.ask("GET transactioncurrencies?\(query)", headers: Self.annotated)
      #expect(text.contains("\"s@\(Self.formatted)\":\"61,300.00\""), "\(text)")
    }
  }

  @Test(
    "WA-502 counts are exact, and say that they are where that is asked for",
    arguments: [
      "accounts?$select=name&$count=true", "solutions?$select=uniquename&$count=true",
      "accounts?fetchXml=<fetch returntotalrecordcount='true'><entity name='account'/></fetch>",
    ]
  )
  func exactCounts(query: String) async throws {
    let asking = try await asking()
    let exceeded = "\"@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded\":false"
    let told = await asking.ask("GET \(query)", headers: Self.annotated)
    #expect(told.contains(exceeded) && told.contains("totalrecordcount\":"), "\(told)")
    #expect(!(await asking.ask("GET \(query)")).contains("limitexceeded"))
  }

  @Test("WA-413 rows that are there are bound to one that is there")
  func bound() async throws {
    let asking = try await asking()
    let contact = "\"/contacts(\(Asking.id(6)))\""
    #expect(
      await asking.ask(
        "PATCH accounts(\(Asking.id(2)))",
        "{\"telephone1\":\"1\",\"contact_customer_accounts@odata.bind\":[\(contact)]}"
      ) == "204"
    )
    #expect(
      await asking.ask("GET accounts(\(Asking.id(2)))/contact_customer_accounts?$select=fullname")
        .contains("\"fullname\":\"Cid\"")
    )
  }
}
