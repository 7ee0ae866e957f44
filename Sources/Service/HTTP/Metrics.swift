internal import Synchronization

/// Counts of what was asked and done, as Prometheus reads them.
final class Metrics: Sendable {
  private struct Numbers {
    var requests: [Int: Int] = [:]
    var milliseconds = 0
    var running = 0
    var streams = 0
    var jobs: [String: Int] = [:]
    var webhooks: [String: Int] = [:]
  }

  private let numbers = Mutex(Numbers())

  /// - Returns: whether there is room for one more.
  func begin(atMost most: Int) -> Bool {
    numbers.withLock {
      guard $0.running < most else { return false }
      $0.running += 1
      return true
    }
  }

  func end() { numbers.withLock { $0.running -= 1 } }

  /// A place for a stream of events: free again when nobody has it any more, also where an answer was never sent.
  final class Place: Sendable {
    private let metrics: Metrics

    fileprivate init(_ metrics: Metrics) { self.metrics = metrics }

    deinit { metrics.numbers.withLock { $0.streams -= 1 } }
  }

  /// - Returns: nil where there is no room for one more.
  func place(atMost most: Int) -> Place? {
    let isThere = numbers.withLock {
      guard $0.streams < most else { return false }
      $0.streams += 1
      return true
    }
    return isThere ? Place(self) : nil
  }

  func answered(_ status: Int, milliseconds: Int) {
    numbers.withLock {
      $0.requests[status, default: 0] += 1
      $0.milliseconds += milliseconds
    }
  }

  func ended(job outcome: String) { numbers.withLock { $0.jobs[outcome, default: 0] += 1 } }

  func ended(webhook outcome: String) {
    numbers.withLock { $0.webhooks[outcome, default: 0] += 1 }
  }

  var text: String {
    let numbers = numbers.withLock { $0 }
    var lines = [
      "# HELP strata_requests_total Requests answered, by status.",
      "# TYPE strata_requests_total counter",
    ]
    lines += numbers.requests.sorted { $0.key < $1.key }.map {
      "strata_requests_total{status=\"\($0.key)\"} \($0.value)"
    }
    lines += [
      "# HELP strata_request_milliseconds_total Time until requests were answered.",
      "# TYPE strata_request_milliseconds_total counter",
      "strata_request_milliseconds_total \(numbers.milliseconds)",
      "# HELP strata_requests_running Requests that are being answered.",
      "# TYPE strata_requests_running gauge",
      "strata_requests_running \(numbers.running)",
      "# HELP strata_streams_open Streams of events that are open.",
      "# TYPE strata_streams_open gauge",
      "strata_streams_open \(numbers.streams)",
      "# HELP strata_jobs_total Jobs that ended, by what became of them.",
      "# TYPE strata_jobs_total counter",
    ]
    lines += numbers.jobs.sorted { $0.key < $1.key }.map {
      "strata_jobs_total{outcome=\"\($0.key)\"} \($0.value)"
    }
    lines += [
      "# HELP strata_webhooks_total Calls of web hooks, by what became of them.",
      "# TYPE strata_webhooks_total counter",
    ]
    lines += numbers.webhooks.sorted { $0.key < $1.key }.map {
      "strata_webhooks_total{outcome=\"\($0.key)\"} \($0.value)"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
