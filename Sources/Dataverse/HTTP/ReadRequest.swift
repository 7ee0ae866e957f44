/// A request that only reads: no other can be made, so that nothing is ever written to a service (docs/live.md).
package struct ReadRequest: Equatable, Sendable {
  package enum Method: String, Sendable {
    case get = "GET"
    /// Of batches alone, whose parts are requests to read.
    case post = "POST"
  }

  package let method: Method
  /// From the root of the host on, with the query.
  package let target: String
  package let headers: [(name: String, value: String)]
  package let body: [UInt8]

  /// Of the service (WA-101).
  static let root = "/api/data/v9.2/"

  /// The boundary of batches; nothing of what they hold can contain it.
  static let boundary = "batch_strata_facts"

  /// One question, by its path below the root.
  package init(get path: String) {
    method = .get
    target = Self.root + path
    headers = Self.common + [("Prefer", Self.preferences)]
    body = []
  }

  /// Several questions in one request (WA-601); every part is a GET.
  package init(batch paths: [String]) {
    method = .post
    target = Self.root + "$batch"
    headers =
      Self.common + [
        ("Content-Type", "multipart/mixed; boundary=\(Self.boundary)"),
        ("Prefer", "odata.continue-on-error"),
      ]
    let parts = paths.map { path in
      [
        "--\(Self.boundary)", "Content-Type: application/http",
        "Content-Transfer-Encoding: binary", "", "GET \(Self.root)\(path) HTTP/1.1",
        "Accept: application/json", "OData-Version: 4.0", "OData-MaxVersion: 4.0", "", "", "",
      ].joined(separator: "\r\n")
    }
    body = Array((parts.joined() + "--\(Self.boundary)--\r\n").utf8)
  }

  private static let common = [
    ("Accept", "application/json"), ("OData-Version", "4.0"), ("OData-MaxVersion", "4.0"),
  ]

  /// Pages are read to their end, whatever their size.
  private static let preferences = "odata.maxpagesize=5000"

  package static func == (left: ReadRequest, right: ReadRequest) -> Bool {
    left.method == right.method && left.target == right.target && left.body == right.body
  }
}

/// What came back, whatever carried it.
package struct ReadAnswer: Equatable, Sendable {
  package let status: Int
  /// Seconds that the service asks for before the next try.
  package let retryAfter: Int?
  package let contentType: String
  package let body: [UInt8]

  package init(status: Int, retryAfter: Int? = nil, contentType: String, body: [UInt8]) {
    self.status = status
    self.retryAfter = retryAfter
    self.contentType = contentType
    self.body = body
  }
}

/// What carries requests to a service and answers back.
package protocol Transport: Sendable {
  /// - Throws: `DataverseError` where no answer came.
  func answer(to request: ReadRequest, token: String) async throws -> ReadAnswer
}
