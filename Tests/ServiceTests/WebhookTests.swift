import Faces
import Logging
import Solutions
import Synchronization
import Testing
import WebAPI

@testable import Service

/// What is posted to web hooks: where to, how much, and how often.
@Suite("Web hooks")
struct WebhookTests {
  private let metrics = Metrics()

  private func queue(_ allowed: String...) -> WebhookQueue {
    WebhookQueue(
      allowed.compactMap { HostPort($0) },
      metrics: metrics,
      log: Logger(label: "strata") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  private func call(_ address: String, bytes: Int = 10) -> WebhookCall {
    WebhookCall(
      step: "step",
      address: address,
      headers: [],
      body: Array(repeating: 0x20, count: bytes)
    )
  }

  private func counted(_ outcome: WebhookQueue.Outcome) -> Int {
    let line = metrics.text.split(separator: "\n").first {
      $0.hasPrefix("strata_webhooks_total{outcome=\"\(outcome.rawValue)\"}")
    }
    return line?.split(separator: " ").last.flatMap { Int($0) } ?? 0
  }

  @Test(
    "A call goes to a host and a port that were allowed, and nowhere else",
    arguments: [
      ("a.example", "https://a.example/x?code=1", true),
      ("a.example", "https://A.EXAMPLE:443", true),
      ("A.example:8443", "https://a.example:8443/", true),
      ("127.0.0.1:8080", "http://127.0.0.1:8080/", true),
      ("a.example", "https://a.example:8443/", false),
      ("a.example", "https://b.example/", false), ("a.example", "https://x.a.example/", false),
      ("a.example", "https://a.example@b.example/", false),
      ("a.example:80", "http://a.example/", false), ("a.example", "sb://a.example/", false),
      ("127.0.0.1", "http://127.0.0.1/", false), ("a.example", "", false),
    ]
  )
  func hosts(allowed: String, address: String, isSent: Bool) async {
    let queue = queue(allowed)
    queue.post(call(address))
    queue.close()
    var sent = 0
    for await _ in queue.calls { sent += 1 }
    #expect(sent == (isSent ? 1 : 0))
    #expect(counted(.forbidden) == (isSent ? 0 : 1))
  }

  @Test("So many calls wait and no more, and so many bytes")
  func bounds() {
    let queue = queue("a.example")
    for _ in 0..<1001 { queue.post(call("https://a.example/")) }
    #expect(counted(.dropped) == 1)
    let other = self.queue("a.example")
    for _ in 0..<5 { other.post(call("https://a.example/", bytes: 16 << 20)) }
    #expect(counted(.dropped) == 2)
    other.finish(call("https://a.example/", bytes: 16 << 20), as: .posted, "", attempts: 1)
    other.post(call("https://a.example/", bytes: 16 << 20))
    #expect(counted(.dropped) == 2 && counted(.posted) == 1)
  }

  @Test("What may go better later is posted again, a little later each time, and then given up")
  func attempts() {
    for status in [nil, 408, 429, 500, 503] {
      #expect((1...4).map { Retrying.pause(after: $0, status: status) } == [1, 5, 25, nil])
    }
    for status in [301, 302, 400, 401, 404, 410] {
      #expect(Retrying.pause(after: 1, status: status) == nil)
    }
  }
}
