import Solutions
import Testing
import WebAPI

/// Several requests in one.
@Suite("Web API: batches")
struct WebBatchTests {
  private func batch(_ asking: Asking, _ text: String, goesOn: Bool = false) async -> (Int, String)
  {
    let headers =
      [("Content-Type", "multipart/mixed; boundary=b")]
      + (goesOn ? [("Prefer", "odata.continue-on-error")] : [])
    let response = await asking.answer("POST $batch", text, headers: headers)
    let body = String(decoding: response.body, as: UTF8.self)
      .replacing(/[-0-9a-f]{36}/, with: "ID")
    return (response.status, body.replacing("\r\n", with: "\n"))
  }

  /// Parts with a request each.
  private func parts(_ requests: [(id: String?, line: String, body: String)], _ boundary: String)
    -> String
  {
    requests.map { id, line, body in
      """
      --\(boundary)
      Content-Type: application/http
      Content-Transfer-Encoding: binary
      \(id.map { "Content-ID: \($0)\n" } ?? "")
      \(line) HTTP/1.1
      Content-Type: application/json; type=entry

      \(body)

      """
    }.joined() + "--\(boundary)--\n"
  }

  private func changeSet(_ requests: [(id: String?, line: String, body: String)]) -> String {
    "--b\nContent-Type: multipart/mixed; boundary=c\n\n\(parts(requests, "c"))\n"
  }

  @Test(
    "WA-604 a change set is one transaction, in which later requests name what earlier ones made"
  )
  func references() async throws {
    let asking = try await Asking()
    let set = changeSet([
      ("1", "POST \(Asking.root)accounts", "{\"name\":\"one\"}"),
      (
        "2", "POST /api/data/v9.2/contacts",
        "{\"fullname\":\"two\",\"parentcustomerid_account@odata.bind\":\"$1\"}"
      ),
      ("3", "PATCH $1", "{\"telephone1\":\"3\"}"),
      ("4", "PUT $1/primarycontactid/$ref", "{\"@odata.id\":\"$2\"}"),
    ])
    let (status, body) = await batch(
      asking,
      set
        + "--b\nContent-Type: application/http\n\nGET accounts?$select=name,telephone1&$filter=name eq 'one' HTTP/1.1\n\n\n--b--\n"
    )
    #expect(status == 200)
    #expect(
      body.hasPrefix(
        "--batchresponse_ID\nContent-Type: multipart/mixed; boundary=changesetresponse_ID\n\n--changesetresponse_ID\n"
      )
    )
    #expect(body.components(of: "HTTP/1.1 204 No Content") == 4)
    for number in 1...4 { #expect(body.contains("Content-ID: \(number)\n")) }
    #expect(body.contains("\"name\":\"one\",\"telephone1\":\"3\""))
    #expect(
      await asking.ask("GET accounts?$select=name&$filter=primarycontactid/fullname eq 'two'")
        .contains("one")
    )
  }

  @Test(
    "WA-607 what fails takes its change set back; without more being asked for nothing comes after it"
  )
  func failure() async throws {
    let asking = try await Asking()
    let set = changeSet([
      ("1", "POST accounts", "{\"name\":\"gone\"}"),
      ("2", "PATCH accounts(\(Asking.id(9)))\nIf-Match: *", "{\"name\":\"x\"}"),
    ]).replacing("\nIf-Match: * HTTP/1.1", with: " HTTP/1.1\nIf-Match: *")
    let more = "--b\nContent-Type: application/http\n\nGET WhoAmI HTTP/1.1\n\n--b--\n"
    let (status, body) = await batch(asking, set + more)
    #expect(status == 400)
    #expect(body.components(of: "HTTP/1.1 ") == 1)
    #expect(body.contains("HTTP/1.1 404 Not Found") && body.contains("0x80040217"))
    let (other, all) = await batch(asking, set + more, goesOn: true)
    #expect(other == 200)
    #expect(all.contains("HTTP/1.1 404 Not Found") && all.contains("HTTP/1.1 200 OK"))
    #expect(await asking.ask("GET accounts/$count") == "200 0")
  }

  @Test(
    "WA-604, WA-608 what no batch may hold is refused",
    arguments: [
      ("GET accounts", "a change set reads nothing"), ("POST $7/x", "Content-ID Reference: '$7'"),
    ] as [(String, String)]
  )
  func refused(line: String, message: String) async throws {
    let asking = try await Asking()
    let (status, body) = await batch(asking, changeSet([("1", line, "{}")]) + "--b--\n")
    #expect(status == 400)
    #expect(body.contains(message), "\(body)")
  }

  @Test("WA-608 what is no batch is refused as plain JSON")
  func unreadable() async throws {
    let asking = try await Asking()
    let response = await asking.answer("POST $batch", "nothing")
    #expect(response.status == 400)
    #expect(response.headers["Content-Type"]?.hasPrefix("application/json") == true)
    let (status, body) = await batch(
      asking,
      "--b\nContent-Type: application/http\n\nnonsense\n--b--"
    )
    #expect(status == 400 && body.contains("no line of a request"))
    let (nested, told) = await batch(
      asking,
      "--b\nContent-Type: application/http\n\nPOST $batch HTTP/1.1\n\n--b--"
    )
    #expect(nested == 400 && told.contains("a batch holds no batches"))
  }

  @Test("WA-604 rows are made in collections, also of what the change set has made before")
  func collections() async throws {
    let asking = try await Asking()
    let (status, body) = await batch(
      asking,
      changeSet([
        ("1", "POST accounts", "{\"accountid\":\"\(Asking.id(1))\",\"name\":\"one\"}"),
        ("2", "POST $1/contact_customer_accounts", "{\"fullname\":\"two\"}"),
        ("3", "PATCH $2", "{\"jobtitle\":\"three\"}"),
      ]) + "--b--\n"
    )
    #expect(status == 200 && body.components(of: "HTTP/1.1 204 ") == 3, "\(body)")
    let collection = "accounts(\(Asking.id(1)))/contact_customer_accounts"
    let made = await asking.answer("POST \(collection)", "{\"contactid\":\"\(Asking.id(4))\"}")
    #expect(made.status == 204)
    #expect(made.headers["OData-EntityId"] == "\(Asking.root)contacts(\(Asking.id(4)))")
    let shown = await asking.ask(
      "POST \(collection)?$select=_parentcustomerid_value",
      "{\"fullname\":\"five\"}",
      headers: [("Prefer", "return=representation")]
    )
    #expect(shown.hasPrefix("201 ") && shown.contains(Asking.id(1)), "\(shown)")
    let rows = await asking.ask("GET \(collection)?$select=fullname,jobtitle&$orderby=fullname")
    #expect(rows.contains("\"fullname\":\"two\",\"jobtitle\":\"three\""), "\(rows)")
    #expect(await asking.ask("GET \(collection)/$count") == "200 3")
    let team = "{\"teamid\":\"\(Asking.id(5))\",\"name\":\"T\"}"
    #expect(await asking.ask("POST teams", team) == "204")
    let members = "teams(\(Asking.id(5)))/teammembership_association"
    #expect(await asking.ask("POST \(members)", "{\"domainname\":\"ned\"}") == "204")
    #expect(await asking.ask("GET \(members)/$count") == "200 1")
    let nobody = "accounts(\(Asking.id(99)))/contact_customer_accounts"
    #expect(await asking.ask("POST \(nobody)", "{}").hasPrefix("404"))
    #expect(await asking.ask("PATCH \(collection)", "{}").hasPrefix("501"))
  }

  @Test("WA-121 every part says which answer it is, also of what failed")
  func answerIDs() async throws {
    let asking = try await Asking()
    let more = "--b\nContent-Type: application/http\n\nnonsense\n\n--b--\n"
    let done = changeSet([
      ("1", "POST accounts", "{\"name\":\"a\"}"), ("2", "POST accounts", "{\"name\":\"b\"}"),
    ])
    let failed = changeSet([("1", "POST accounts", "{\"nothing\":1}")])
    let (status, body) = await batch(asking, done + failed + more, goesOn: true)
    #expect(status == 200)
    #expect(body.components(of: "HTTP/1.1 204 ") == 2 && body.components(of: "HTTP/1.1 400 ") == 2)
    #expect(body.components(of: "\nx-ms-service-request-id: ID\n") == 4, "\(body)")
    #expect(body.components(of: "\nOData-Version: 4.0\n") == 4, "\(body)")
  }

  @Test("DeleteMultiple deletes all or nothing")
  func deleteMultiple() async throws {
    let asking = try await Asking.filled(third: "Gamma")
    let action = "POST accounts/Microsoft.Dynamics.CRM.DeleteMultiple"
    let rows = "{\"accountid\":\"\(Asking.id(1))\"},{\"@odata.id\":\"accounts(\(Asking.id(2)))\"}"
    #expect(
      await asking.ask(action, "{\"Targets\":[\(rows),{\"accountid\":\"\(Asking.id(99))\"}]}")
        .hasPrefix("404")
    )
    #expect(await asking.ask("GET accounts/$count") == "200 3")
    #expect(await asking.ask(action, "{\"Targets\":[\(rows)]}", right: .write).hasPrefix("403"))
    #expect(await asking.ask(action, "{\"Targets\":[\(rows)]}") == "204")
    #expect(await asking.ask("GET accounts/$count") == "200 1")
  }
}

extension String {
  fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
