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
    let (status, body) = try await answer(to: request, within: seconds)
    guard status == 200 else { throw NoAnswer("it answered \(status)") }
    return body
  }

  /// Hands something over.
  ///
  /// - Returns: the status of the answer.
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
    return try await answer(to: request, within: seconds).status
  }

  private func answer(
    to request: HTTPClientRequest,
    within seconds: Int64
  ) async throws -> (status: Int, body: [UInt8]) {
    var request = request
    request.headers.add(name: "User-Agent", value: "strata")
    let deadline = NIODeadline.now() + .seconds(seconds)
    do {
      let answer = try await client.execute(request, deadline: deadline)
      let body = try await answer.body.collect(upTo: Self.answerBytesMax)
      return (Int(answer.status.code), Array(body.readableBytesView))
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
