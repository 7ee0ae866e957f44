internal import AsyncHTTPClient
internal import JSON
internal import NIOCore
internal import NIOHTTP1
internal import OData

/// Tokens of an application with a secret, from the platform's sign-in service (docs/live.md).
///
/// The one request that is sent to anything but the service itself.
package struct ClientCredentials: TokenSource {
  private let tenant: String
  private let client: String
  private let secret: String
  private let scope: String

  /// - Returns: nil for a tenant that could lead elsewhere.
  package init?(tenant: String, client: String, secret: String, for address: ServiceAddress) {
    let isPlain = tenant.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x2D || $0 == 0x2E
    }
    guard isPlain, !tenant.isEmpty else { return nil }
    self.tenant = tenant
    self.client = client
    self.secret = secret
    scope = "\(address.origin)/.default"
  }

  /// - Throws: `DataverseError` where none is given.
  package func token() async throws -> String {
    var request = HTTPClientRequest(
      url: "https://login.microsoftonline.com/\(tenant)/oauth2/v2.0/token"
    )
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
    let fields = [
      ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret),
      ("scope", scope),
    ]
    let form = fields.map { "\($0)=\(QueryString.encoded($1))" }.joined(separator: "&")
    request.body = .bytes(Array(form.utf8))
    let root = try JSONDocument(try await Self.answer(to: request)).root
    guard let token = root["access_token"]?.text, !token.isEmpty else {
      // Its description may repeat what was sent; its code does not.
      throw DataverseError.notSignedIn(root["error"]?.text ?? "the sign-in service gave no token")
    }
    return token
  }

  /// The secret goes nowhere else: a redirect is an answer without a token.
  private static func answer(to request: HTTPClientRequest) async throws -> [UInt8] {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout = .init(connect: .seconds(30), read: .seconds(30))
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let body: Result<[UInt8], any Error>
    do {
      let answer = try await client.execute(request, timeout: .seconds(60))
      body = .success(Array(try await answer.body.collect(upTo: 1 << 20).readableBytesView))
    } catch is CancellationError {
      body = .failure(CancellationError())
    } catch {
      body = .failure(DataverseError.notSignedIn("the sign-in service was not reached"))
    }
    try await client.shutdown()
    return try body.get()
  }
}
