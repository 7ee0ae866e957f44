import EnvironmentSupport
import Solutions
import Testing
import WebAPI

/// What is kept of a request for the next one that is like it: nobody notices, but for the time that it takes.
@Suite("Web API: requests that are alike")
struct WebShapeTests {
  /// Three times: asked for, remembered, and answered from what was kept.
  private static let often = 0..<3

  @Test("A column that comes is answered, and one that is gone is not, whatever was asked before")
  func columns() async throws {
    let asking = try await Asking()
    let own = "X 1.0 by A\ntable new_t\nprimary new_t.new_name"
    try await asking.environment.import(own)
    let (set, id) = ("new_ts", Asking.id(1))
    #expect(
      await asking.ask("POST \(set)", "{\"new_tid\":\"\(id)\",\"new_name\":\"one\"}") == "204"
    )
    let whole = ["\(set)(\(id))", set, "\(set)?$filter=new_name eq 'one'"]
    func answers() async -> [String] {
      var found: [String] = []
      for line in whole { found.append(await asking.ask("GET \(line)")) }
      return found
    }
    let before = await answers()
    for _ in Self.often { #expect(await answers() == before) }
    #expect(before.allSatisfy { !$0.contains("new_later") })
    #expect(await asking.ask("GET \(set)?$select=new_later").hasPrefix("400"))

    let more = own.replacing("1.0", with: "1.1") + "\ncolumn new_t.new_later"
    try await asking.environment.import(more)
    for _ in Self.often {
      #expect(await answers().allSatisfy { $0.contains("\"new_later\":null") })
      #expect(await asking.ask("GET \(set)?$select=new_later").hasSuffix("\"new_later\":null}]}"))
    }
    #expect(await asking.ask("PATCH \(set)(\(id))", "{\"new_later\":\"x\"}") == "204")
    for _ in Self.often {
      #expect(await answers().allSatisfy { $0.contains("\"new_later\":\"x\"") })
    }
    try await asking.environment.import(own.replacing("1.0", with: "1.2"))
    for _ in Self.often {
      #expect(await answers().allSatisfy { !$0.contains("new_later") })
      #expect(await asking.ask("GET \(set)?$select=new_later").hasPrefix("400"))
    }
  }

  @Test("Each id finds its own row, with what belongs to it")
  func ids() async throws {
    let asking = try await Asking.filled(third: "Gamma")
    let expand = "$select=name&$expand=contact_customer_accounts($select=fullname)"
    for _ in Self.often {
      for (number, name) in [(1, "Alpha"), (2, "Beta"), (3, "Gamma")] {
        let id = Asking.id(number)
        #expect(
          await asking.ask("GET accounts(\(id))?$select=name")
            == "200 {\"accountid\":\"\(id)\",\"name\":\"\(name)\"}"
        )
      }
      #expect(await asking.ask("GET accounts(\(Asking.id(9)))?$select=name").hasPrefix("404"))
      let first = await asking.ask("GET accounts(\(Asking.id(1)))?\(expand)")
      #expect(first.contains("Ann") && first.contains("Bob") && !first.contains("Cid"))
      let third = await asking.ask("GET accounts(\(Asking.id(3)))?\(expand)")
      #expect(third.contains("Cid") && !third.contains("Ann"))
    }
    #expect(await asking.ask("DELETE accounts(\(Asking.id(2)))") == "204")
    #expect(await asking.ask("GET accounts(\(Asking.id(2)))?$select=name").hasPrefix("404"))
  }

  @Test("What a client prefers is no part of another's answer")
  func preferences() async throws {
    let asking = try await Asking.filled(third: "Gamma")
    let line = "GET accounts?$select=numberofemployees,statecode&$orderby=name"
    let formatted = [("Prefer", "odata.include-annotations=\"*\"")]
    for _ in Self.often {
      let plain = await asking.ask(line)
      #expect(!plain.contains("FormattedValue") && !plain.contains("nextLink"), "\(plain)")
      let shown = await asking.ask(line, headers: formatted)
      #expect(shown.contains("\"statecode@OData.Community.Display.V1.FormattedValue\":\"Active\""))
      let page = await asking.ask(line, headers: [("Prefer", "odata.maxpagesize=2")])
      #expect(page.matches(of: /"accountid"/).count == 2)
      let next = try #require(page.firstMatch(of: /"@odata.nextLink":"ROOT\/([^"]*)"/)).output.1
      let rest = await asking.ask("GET \(next.replacing("\\u0026", with: "&"))")
      #expect(rest.matches(of: /"accountid"/).count == 1 && rest.contains(Asking.id(3)), "\(rest)")
    }
  }

  @Test("A page is whole, wherever the rows that fit lie, and wherever they lay before")
  func filling() async throws {
    let asking = try await Asking()
    func write(_ number: Int, _ employees: Int) async {
      let body = "{\"numberofemployees\":\(employees)}"
      #expect(await asking.ask("PATCH accounts(\(Asking.id(number)))", body) == "204")
    }
    func found() async -> [String] {
      let line = "GET accounts?$select=accountid&$filter=numberofemployees gt 5&$top=2"
      return await asking.ask(line).matches(of: /"accountid":"[^"]*([0-9]{2})"/)
        .map { "\($0.output.1)" }
    }
    for number in 1...3 { await write(number, 10) }
    for _ in Self.often { #expect(await found() == ["01", "02"]) }
    // More rows than are looked at before all of them are.
    for number in 4...80 { await write(number, 0) }
    for _ in Self.often { #expect(await found() == ["01", "02"]) }
    for number in 1...3 { await write(number, 1) }
    for _ in Self.often { #expect(await found().isEmpty) }
    for number in [80, 79] { await write(number, 7) }
    for _ in Self.often { #expect(await found() == ["79", "80"]) }
    for number in 1...3 { await write(number, 10) }
    for _ in Self.often { #expect(await found() == ["01", "02"]) }
  }

  @Test(
    "What depends on the day is asked anew each time",
    arguments: [
      "us?$filter=Microsoft.Dynamics.CRM.Today(PropertyName='when')",
      "us?$filter=not Microsoft.Dynamics.CRM.OlderThanXHours(PropertyName='when',PropertyValue=5)",
      "ts?$expand=r($filter=Microsoft.Dynamics.CRM.Today(PropertyName='when'))",
      "ts?$expand=r($filter=Microsoft.Dynamics.CRM.Today(PropertyName='when');$select=name)",
      "ts?$filter=r/any(x:Microsoft.Dynamics.CRM.Today(PropertyName='when'))&$expand=r",
      "ts(\(Asking.id(1)))?$expand=r($filter=Microsoft.Dynamics.CRM.Today(PropertyName='when'))",
    ]
  )
  func days(line: String) async throws {
    let days = Locked()
    let asking = try await Asking(clock: {
      Timestamp(milliseconds: Asking.moment.milliseconds + days.count * 86_400_000)
    })
    try await asking.environment.import(
      "X 1.0 by A\ntable t\ntable u\nprimary u.name\ncolumn u.when datetime\ncolumn u.t lookup\n"
        + "relationship r u.t -> t"
    )
    #expect(await asking.ask("POST ts", "{\"tid\":\"\(Asking.id(1))\"}") == "204")
    let row = """
      {"name":"one","when":"2025-11-24T15:00:00Z","t@odata.bind":"ts(\(Asking.id(1)))"}
      """
    #expect(await asking.ask("POST us", row) == "204")
    for _ in Self.often {
      let found = await asking.ask("GET \(line)")
      #expect(found.contains("\"one\""), "\(found)")
    }
    _ = days.increment()
    for _ in Self.often {
      let found = await asking.ask("GET \(line)")
      #expect(found.hasPrefix("200") && !found.contains("\"one\""), "\(found)")
    }
  }
}
