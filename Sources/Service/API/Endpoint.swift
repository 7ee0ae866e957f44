internal import Contract
internal import HTTPTypes

/// One way to ask for something over the API: what it is called, who may, and how it is answered.
struct Endpoint: Sendable {
  enum Answer: Sendable {
    /// One of the shapes of `docs/json.md`, on many lines.
    case document(String, status: HTTPResponse.Status = .ok, location: String? = nil)
    case file([UInt8], name: String, type: String)
    case stored(Workroom.Scratch, name: String, type: String)
    /// A job as it changes, until it ends.
    case events(AsyncStream<Job>)
  }

  /// What can stand behind the question mark.
  struct Query: Sendable {
    let name: String
    let words: String
    var isNumber = false
  }

  let method: HTTPRequest.Method
  /// Below `/api/strata/v1`, with `{NAME}` for what changes.
  let path: String
  let role: Role
  let summary: String
  var queries: [Query] = []
  /// The fields of the body, in words; nil for none.
  var body: String?
  /// The format of the answer, such as `strata.plan`.
  let format: String
  let respond: @Sendable (Call) async throws -> Answer

  /// All, in the order of the description; each file of this folder gives some.
  static let all: [Endpoint] = looking + rows + rowOrders + planning + applying + missing
}

extension Endpoint.Answer {
  static func shape(
    _ shape: some Shape,
    status: HTTPResponse.Status = .ok,
    location: String? = nil
  ) throws -> Endpoint.Answer {
    .document(try ShapeCoder.json(shape), status: status, location: location)
  }
}
