internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Solutions

/// Requests of the service to others: within limits of time and size, and never where a redirect leads.
final class Outgoing: Sendable {
  private let client: HTTPClient

  /// Bytes of an answer that are read; longer ones are refused.
  static let answerBytesMax = 1 << 20

  init() {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout = .init(connect: .seconds(5), read: .seconds(30))
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Ends it: whatever is under way fails, and nothing is sent afterwards.
  func close() async throws { try await client.shutdown() }

  /// A document.
  ///
  /// - Throws: `NoAnswer`.
  func document(at address: WebAddress, within seconds: Int64) async throws -> [UInt8] {
    var request = HTTPClientRequest(url: address.text)
    request.headers.add(name: "Accept", value: "application/json")
    return try await ask(request, within: seconds) { answer in
      guard answer.status == .ok else { throw NoAnswer("it answered \(Int(answer.status.code))") }
      return Array(try await answer.body.collect(upTo: Self.answerBytesMax).readableBytesView)
    }
  }

  /// Hands something over.
  ///
  /// - Returns: the status of the answer; what else it says is read by nobody.
  /// - Throws: `NoAnswer`.
  func post(
    _ body: [UInt8],
    to address: WebAddress,
    headers: [(name: String, value: String)],
    within seconds: Int64
  ) async throws -> Int {
    var request = HTTPClientRequest(url: address.text)
    request.method = .POST
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    request.body = .bytes(body)
    return try await ask(request, within: seconds) { answer in
      var count = 0
      // To its end, so that the connection can be used again, unless it has none.
      for try await piece in answer.body {
        count += piece.readableBytes
        if count > Self.answerBytesMax { break }
      }
      return Int(answer.status.code)
    }
  }

  private func ask<Value: Sendable>(
    _ request: HTTPClientRequest,
    within seconds: Int64,
    _ read: @escaping @Sendable (HTTPClientResponse) async throws -> Value
  ) async throws -> Value {
    do {
      // The client's own deadline is one for the head of an answer alone.
      return try await withThrowingTaskGroup(of: Value?.self) { [client] group in
        defer { group.cancelAll() }
        group.addTask {
          var request = request
          request.headers.add(name: "User-Agent", value: "strata")
          return try await read(client.execute(request, timeout: .seconds(seconds)))
        }
        group.addTask {
          try await Task.sleep(for: .seconds(seconds))
          return nil
        }
        guard case .some(.some(let value)) = try await group.next() else {
          throw NoAnswer("it did not answer within \(seconds) seconds")
        }
        return value
      }
    } catch let error as NoAnswer {
      throw error
    } catch is CancellationError {
      throw CancellationError()
    } catch is NIOTooManyBytesError {
      throw NoAnswer("its answer is too long")
    } catch {
      throw NoAnswer("it was not reached: \(.foreign("\(error)"))")
    }
  }

  /// Why nothing came back.
  struct NoAnswer: Error {
    let reason: Prose

    init(_ reason: Prose) { self.reason = reason }
  }
}
