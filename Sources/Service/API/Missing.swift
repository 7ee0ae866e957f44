internal import Contract
internal import HTTPTypes
internal import WebAPI

extension Endpoint {
  /// The Web API of the platform, as far as it is about itself.
  static let missing: [Endpoint] = [
    Endpoint(
      method: .get,
      path: "/unsupported",
      role: .viewer,
      summary: "What clients of the Web API asked for and did not get, the most asked for first.",
      format: UnsupportedShape.format
    ) { try .shape(UnsupportedShape($0.site.web.unsupported)) }
  ]
}

/// What is missing, since the service began.
struct UnsupportedShape: Shape {
  static let format = "strata.unsupported"

  struct Entry: Codable, Sendable {
    let feature: String
    let count: Int
    /// The last request for it.
    let method: String
    let path: String
    let client: String
  }

  let entries: [Entry]

  init(_ unsupported: Unsupported) {
    entries = unsupported.all.map {
      Entry(
        feature: $0.feature,
        count: $0.count,
        method: $0.method,
        path: $0.path,
        client: $0.client
      )
    }
  }
}
