internal import Faces
internal import Logging
internal import Solutions
internal import Synchronization
internal import WebAPI

/// What waits to be posted to the addresses of steps: so many and no more, and only to hosts that were allowed.
final class WebhookQueue: WebhookDesk {
  private let allowed: [HostPort]
  private let metrics: Metrics
  private let log: Logger
  private let bytes = Mutex(0)
  let calls: AsyncStream<Posting>
  private let continuation: AsyncStream<Posting>.Continuation

  /// A call whose address was found to be allowed.
  struct Posting: Sendable {
    let call: WebhookCall
    let address: WebAddress
  }

  /// What became of a call, as it is counted.
  enum Outcome: String, CaseIterable {
    case posted
    /// Refused, or without an answer at the last attempt.
    case failed
    /// To an address that is not allowed.
    case forbidden
    /// Too much waited, or the service ended.
    case dropped
  }

  private static let callsMax = 1000
  private static let bytesMax = 64 << 20

  init(_ allowed: [HostPort], metrics: Metrics, log: Logger) {
    self.allowed = allowed
    self.metrics = metrics
    self.log = log
    (calls, continuation) = AsyncStream.makeStream(
      bufferingPolicy: .bufferingOldest(Self.callsMax)
    )
  }

  func post(_ call: WebhookCall) {
    guard let address = WebAddress(call.address), allowed.contains(where: { $0.covers(address) })
    else { return end(call, as: .forbidden, "its address is not allowed") }
    let hasRoom = bytes.withLock {
      guard $0 + call.body.count <= Self.bytesMax else { return false }
      $0 += call.body.count
      return true
    }
    guard hasRoom else { return end(call, as: .dropped, "too much waits") }
    guard case .enqueued = continuation.yield(Posting(call: call, address: address)) else {
      release(call)
      return end(call, as: .dropped, "too much waits")
    }
  }

  func skip(because error: any Error) {
    log.error("steps that are due could not be read: \(Failure(error).message.text)")
  }

  /// Nothing more comes; what waits is still posted.
  func close() { continuation.finish() }

  /// A call is done with, and its room free.
  func finish(_ call: WebhookCall, as outcome: Outcome, _ why: Prose, attempts: Int) {
    release(call)
    end(call, as: outcome, why, attempts: attempts)
  }

  private func release(_ call: WebhookCall) { bytes.withLock { $0 -= call.body.count } }

  private func end(_ call: WebhookCall, as outcome: Outcome, _ why: Prose, attempts: Int = 0) {
    metrics.ended(webhook: outcome.rawValue)
    // An address may hold a secret; a host does not.
    let place = WebAddress(call.address)?.host ?? "-"
    log.log(
      level: outcome == .posted ? .info : .warning,
      "webhook \(call.step.shown(100))",
      metadata: [
        "outcome": "\(outcome.rawValue)", "host": "\(place)", "attempts": "\(attempts)",
        "why": "\(why.text)",
      ]
    )
  }
}

extension HostPort {
  /// Without a port, the one of HTTPS.
  fileprivate func covers(_ address: WebAddress) -> Bool {
    host == address.host && port ?? 443 == address.port
  }
}
