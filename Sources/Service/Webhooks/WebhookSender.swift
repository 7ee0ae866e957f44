internal import ServiceLifecycle
internal import Solutions
internal import WebAPI

/// Posts what waits, several at one time, and again where a receiver may be better later.
struct WebhookSender: ServiceLifecycle.Service {
  let queue: WebhookQueue
  let outgoing: Outgoing

  /// Calls that are under way at one time.
  ///
  /// One that hangs, or waits to be posted again, keeps its place.
  private static let together = 16
  /// Seconds until an answer.
  private static let patience: Int64 = 10

  func run() async throws {
    await withGracefulShutdownHandler {
      await withTaskGroup(of: Void.self) { group in
        var running = 0
        for await posting in queue.calls {
          if running == Self.together {
            await group.next()
            running -= 1
          }
          group.addTask { await deliver(posting) }
          running += 1
        }
      }
    } onGracefulShutdown: {
      queue.close()
    }
  }

  private func deliver(_ posting: WebhookQueue.Posting) async {
    let call = posting.call
    var attempt = 1
    while true {
      let (status, told) = await attemptOnce(posting)
      if let status, (200..<300).contains(status) {
        return queue.finish(call, as: .posted, told, attempts: attempt)
      }
      guard let pause = Retrying.pause(after: attempt, status: status) else {
        return queue.finish(call, as: .failed, told, attempts: attempt)
      }
      do {
        try await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(pause)) }
      } catch {
        return queue.finish(call, as: .dropped, "the service ends", attempts: attempt)
      }
      attempt += 1
    }
  }

  private func attemptOnce(_ posting: WebhookQueue.Posting) async -> (status: Int?, told: Prose) {
    do {
      let status = try await outgoing.post(
        posting.call.body,
        to: posting.address,
        headers: posting.call.headers,
        within: Self.patience
      )
      return (status, "it answered \(status)")
    } catch let error as Outgoing.NoAnswer {
      return (nil, error.reason)
    } catch {
      return (nil, "\(.foreign("\(error)"))")
    }
  }
}

/// When a call is posted again.
enum Retrying {
  /// Seconds before the second attempt and those after it.
  static let pauses = [1, 5, 25]

  /// - Parameters:
  ///   - attempt: how often it was posted, from 1.
  ///   - status: of the answer; nil where there was none.
  /// - Returns: nil where it is not posted again: it was refused, or often enough.
  static func pause(after attempt: Int, status: Int?) -> Int? {
    let isTemporary = status.map { $0 == 408 || $0 == 429 || (500..<600).contains($0) } ?? true
    guard isTemporary, pauses.indices.contains(attempt - 1) else { return nil }
    return pauses[attempt - 1]
  }
}
