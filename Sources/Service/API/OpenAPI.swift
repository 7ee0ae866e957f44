internal import Contract
internal import HTTPTypes

/// What can be asked over the API, in OpenAPI 3.1; made from the table by which requests are answered.
enum OpenAPI {
  private struct Document: Encodable {
    let openapi = "3.1.0"
    let info: Info
    let servers: [Server]
    let security: [[String: [String]]]
    let paths: [String: [String: Operation]]
    let components: Components
  }

  private struct Info: Encodable {
    let title: String
    let version: String
    let description: String
  }

  private struct Server: Encodable {
    let url: String
  }

  private struct Operation: Encodable {
    let operationId: String
    let summary: String
    let description: String
    let parameters: [Parameter]
    var requestBody: Body?
    let responses: [String: Answer]
  }

  private struct Parameter: Encodable {
    let name: String
    let `in`: String
    let required: Bool
    let description: String
    let schema: [String: String]
  }

  private struct Body: Encodable {
    let required = true
    let description: String
    let content: [String: Media]
  }

  private struct Media: Encodable {
    let schema: Schema
  }

  private struct Answer: Encodable {
    let description: String
    let content: [String: Media]
  }

  /// Documents are told by their formats; docs/json.md describes each.
  private struct Schema: Encodable {
    var type: String?
    var format: String?
    var properties: [String: [String: String]]?
    var required: [String]?

    static func document(_ format: String) -> Schema {
      Schema(
        type: "object",
        properties: [
          "format": ["type": "string", "const": format], "formatVersion": ["type": "integer"],
        ],
        required: ["format", "formatVersion"]
      )
    }
  }

  private struct Components: Encodable {
    let securitySchemes: [String: [String: String]]
  }

  /// - Parameter base: what the addresses of its endpoints begin with.
  static func document(at base: String) throws -> String {
    var paths: [String: [String: Operation]] = [:]
    for endpoint in Endpoint.all {
      paths[endpoint.path, default: [:]][endpoint.method.rawValue.lowercased()] = operation(
        endpoint
      )
    }
    return try ShapeCoder.json(
      bare: Document(
        info: Info(
          title: "Strata",
          version: "1",
          description:
            "Plans, applies and rolls back solution operations. Documents are those of the commands (docs/json.md)."
        ),
        servers: [Server(url: base)],
        security: [["token": []]],
        paths: paths,
        components: Components(securitySchemes: ["token": ["type": "http", "scheme": "bearer"]])
      )
    )
  }

  private static func operation(_ endpoint: Endpoint) -> Operation {
    let parts = endpoint.path.split(separator: "/").filter { $0.hasPrefix("{") }
    let places = parts.map { part in
      Parameter(
        name: String(part.dropFirst().dropLast()),
        in: "path",
        required: true,
        description: "",
        schema: ["type": "string"]
      )
    }
    let queries = endpoint.queries.map { query in
      Parameter(
        name: query.name,
        in: "query",
        required: false,
        description: query.words,
        schema: ["type": query.isNumber ? "integer" : "string"]
      )
    }
    let words = endpoint.path.split(separator: "/").map {
      $0.trimmingPrefix("{").filter { $0 != "}" }
    }
    let isFile = endpoint.path == "/packages"
    let body = endpoint.body.map { words in
      Body(
        description: words,
        content: isFile
          ? ["application/octet-stream": Media(schema: Schema(type: "string", format: "binary"))]
          : ["application/json": Media(schema: Schema(type: "object"))]
      )
    }
    let type =
      endpoint.path.hasSuffix("/events")
      ? "text/event-stream"
      : endpoint.format.hasPrefix("strata.") ? "application/json" : endpoint.format
    let schema: Schema =
      endpoint.format.hasPrefix("strata.")
      ? .document(endpoint.format) : Schema(type: "string", format: "binary")
    let status = endpoint.method == .get ? "200" : endpoint.path.hasSuffix("/apply") ? "202" : "201"
    return Operation(
      operationId: ([endpoint.method.rawValue.lowercased()] + words).joined(separator: "-"),
      summary: endpoint.summary,
      description: "Takes the role \(endpoint.role.rawValue).",
      parameters: places + queries,
      requestBody: body,
      responses: [
        status: Answer(
          description: endpoint.format,
          content: [type: Media(schema: schema)]
        ),
        "default": Answer(
          description: "What went wrong.",
          content: ["application/json": Media(schema: .document(ErrorShape.format))]
        ),
      ]
    )
  }
}
