import EnvironmentSupport
import Lifecycle
import Solutions
import Testing
import WebAPI

/// An environment that is asked over its Web API, without HTTP.
final class Asking: Sendable {
  let environment: TestEnvironment
  let api: WebAPI
  private let desk: PlanningDesk

  /// Unless a test has one of its own.
  static let moment = Timestamp(milliseconds: 1_764_000_000_000)

  init(
    webhooks: (any WebhookDesk)? = nil,
    clock: @escaping @Sendable () -> Timestamp = { moment }
  ) async throws {
    environment = try await TestEnvironment()
    desk = PlanningDesk(environment.lifecycle)
    let ids = Counter()
    api = WebAPI(
      environment.lifecycle,
      clock: clock,
      newID: { "00000000-0000-4000-9000-\(ids.next())" },
      webhooks: webhooks
    )
  }

  /// Three accounts, the second of which nobody counts, and contacts of the first and the last.
  static func filled(third: String) async throws -> Asking {
    let asking = try await Asking()
    for (number, name, employees) in [(1, "Alpha", "10"), (2, "Beta", "null"), (3, third, "30")] {
      let body =
        "{\"accountid\":\"\(id(number))\",\"name\":\"\(name)\",\"numberofemployees\":\(employees)}"
      #expect(await asking.ask("POST accounts", body) == "204")
    }
    for (number, name, account) in [(4, "Ann", 1), (5, "Bob", 1), (6, "Cid", 3)] {
      let body = """
        {"contactid":"\(id(number))","fullname":"\(name)",
         "parentcustomerid_account@odata.bind":"accounts(\(id(account)))"}
        """
      #expect(await asking.ask("POST contacts", body) == "204")
    }
    return asking
  }

  static let root = "http://127.0.0.1/api/data/v9.2/"

  /// A row's id.
  static func id(_ number: Int) -> String {
    "00000000-0000-4000-8000-0000000000\(number < 10 ? "0" : "")\(number)"
  }

  func answer(
    _ line: String,
    _ body: String = "",
    headers: [(String, String)] = [],
    right: WebRequest.Right = .destroy,
    as user: SystemUserName? = nil
  ) async -> WebResponse {
    let parts = line.split(separator: " ", maxSplits: 1)
    let target = (parts.last ?? "").split(separator: "?", maxSplits: 1)
    return await api.respond(
      WebRequest(
        method: String(parts[0]),
        path: String(target.first ?? ""),
        query: target.count > 1 ? String(target[1]) : "",
        headers: WebHeaders(headers.map { (name: $0.0, value: $0.1) }),
        body: Array(body.utf8),
        root: Self.root,
        caller: Caller("tester", through: .api),
        right: right,
        user: user,
        desk: desk
      )
    )
  }

  /// The status, and the body without what is the same in all of them.
  func ask(
    _ line: String,
    _ body: String = "",
    headers: [(String, String)] = [],
    right: WebRequest.Right = .destroy,
    as user: SystemUserName? = nil
  ) async -> String {
    let response = await answer(line, body, headers: headers, right: right, as: user)
    let text = String(decoding: response.body, as: UTF8.self)
      .replacing(/"@odata.context":"[^"]*",?/, with: "")
      .replacing(/"@odata.etag":"W\/\\"[0-9]*\\"",?/, with: "")
      .replacing(Self.root, with: "ROOT/")
    return text.isEmpty ? "\(response.status)" : "\(response.status) \(text)"
  }

  private final class Counter: Sendable {
    private let number = Locked()

    func next() -> String {
      let text = String(number.increment())
      return String(repeating: "0", count: 12 - text.count) + text
    }
  }
}
