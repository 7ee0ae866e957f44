internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Requests over HTTP.
///
/// It follows no redirect: a token is for one host.
package final class HTTPTransport: Transport {
  private let address: ServiceAddress
  private let client: HTTPClient

  package init(_ address: ServiceAddress) {
    self.address = address
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout = .init(connect: .seconds(30), read: .seconds(180))
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// Ends it; it answers nothing afterwards.
  ///
  /// - Throws: what its connections throw when they are closed.
  package func close() async throws { try await client.shutdown() }

  /// - Throws: `DataverseError` where no answer came, or a longer one than any that is expected.
  package func answer(to request: ReadRequest, token: String) async throws -> ReadAnswer {
    var sent = HTTPClientRequest(url: address.origin + request.target)
    sent.method = HTTPMethod(rawValue: request.method.rawValue)
    for (name, value) in request.headers { sent.headers.add(name: name, value: value) }
    sent.headers.add(name: "User-Agent", value: "strata")
    if !token.isEmpty { sent.headers.add(name: "Authorization", value: "Bearer \(token)") }
    if request.method == .post { sent.body = .bytes(request.body) }
    do {
      let answer = try await client.execute(sent, timeout: .seconds(300))
      let body = try await answer.body.collect(upTo: ServiceAddress.answerBytesMax)
      return ReadAnswer(
        status: Int(answer.status.code),
        retryAfter: answer.headers.first(name: "Retry-After").flatMap { Int($0) },
        contentType: answer.headers.first(name: "Content-Type") ?? "",
        body: Array(body.readableBytesView)
      )
    } catch is CancellationError {
      throw CancellationError()
    } catch is NIOTooManyBytesError {
      throw DataverseError.tooLong(request.target)
    } catch {
      throw DataverseError.unreachable("\(error)")
    }
  }
}
