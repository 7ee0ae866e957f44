internal import Lifecycle
internal import OData
internal import Solutions

/// A function or an action that belongs to no set.
struct Operation: Sendable {
  let name: String
  /// Whether it is asked for by POST.
  let isAction: Bool
  let body: @Sendable (WebAPI, WebRequest, Parameters) async throws -> WebResponse

  init(
    function name: String,
    _ body: @escaping @Sendable (WebAPI, WebRequest, Parameters) async throws -> WebResponse
  ) {
    (self.name, isAction, self.body) = (name, false, body)
  }

  init(
    action name: String,
    _ body: @escaping @Sendable (WebAPI, WebRequest, Parameters) async throws -> WebResponse
  ) {
    (self.name, isAction, self.body) = (name, true, body)
  }

  func respond(
    _ api: WebAPI,
    _ request: WebRequest,
    _ segment: ResourcePath.Segment
  ) async throws -> WebResponse {
    guard request.method == (isAction ? "POST" : "GET") else {
      throw WebError.wrongMethod(request.method, name)
    }
    return try await body(api, request, try Parameters(segment, request))
  }

  /// What a function is given: in brackets, or by names that stand for it.
  struct Parameters: Sendable {
    private let named: [String: Expression]
    private let aliases: [String: String]

    init(_ segment: ResourcePath.Segment, _ request: WebRequest) throws {
      aliases = try QueryOptions(query: request.query).aliases
      switch segment.arguments {
      case .none: named = [:]
      case .single: throw WebError.badQuery("parameters of \(segment.name) have names")
      case .named(let parts):
        named = Dictionary(parts.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
      }
    }

    /// As it is written, for what is JSON; nil where it is missing.
    func raw(_ name: String) -> String? {
      guard case .alias(let alias)? = named[name.lowercased()] else { return nil }
      return aliases[alias]
    }

    func literal(_ name: String) throws -> Literal? {
      switch named[name.lowercased()] {
      case nil: return nil
      case .literal(let literal): return literal
      case .alias(let alias):
        guard let text = aliases[alias] else {
          throw WebError.badQuery("@\(alias.shown(80)) stands for nothing")
        }
        guard case .literal(let literal) = try Expression(text, part: "@\(alias)") else {
          throw WebError.badQuery("\(name) is no value")
        }
        return literal
      default: throw WebError.badQuery("\(name) is no value")
      }
    }

    func guid(_ name: String) throws -> GUID {
      guard let text = try literal(name)?.plain, let id = GUID(text) else {
        throw WebError.badQuery("\(name) is expected, a GUID")
      }
      return id
    }

    func number(_ name: String) throws -> Int {
      guard case .number(let text)? = try literal(name), let number = Int(text) else {
        throw WebError.badQuery("\(name) is expected, a whole number")
      }
      return number
    }

    func text(_ name: String) throws -> String {
      guard let text = try literal(name)?.plain else {
        throw WebError.badQuery("\(name) is expected")
      }
      return text
    }

    func list(_ name: String) throws -> [String] {
      let expression =
        if let raw = raw(name) { try Expression(raw, part: name) } else { named[name.lowercased()] }
      guard case .list(let values)? = expression else {
        throw WebError.badQuery("\(name) is expected, a list")
      }
      return values.compactMap { if case .literal(let literal) = $0 { literal.plain } else { nil } }
    }
  }
}

/// What can be asked for by name.
enum Operations {
  static let all: [Operation] =
    [
      .whoAmI, .retrieveVersion, .retrieveCurrentOrganization,
      .languages("RetrieveAvailableLanguages", "LocaleIds"),
      .languages("RetrieveProvisionedLanguages", "RetrieveProvisionedLanguages"),
      .languages("RetrieveInstalledLanguagePacks", "RetrieveInstalledLanguagePacks"),
      .retrieveTotalRecordCount, .retrieveMetadataChanges, .bulkDelete,
    ] + solutionMessages + dependencyFunctions + definitionMessages
    + membershipMessages + fileMessages

  private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  static func named(_ name: String) -> Operation? { byName[name] }

  /// An answer with the type of its function.
  static func answer(
    _ name: String,
    _ request: WebRequest,
    _ body: (inout JSONWriter) throws -> Void
  ) rethrows -> WebResponse {
    var json = JSONWriter()
    try json.object {
      $0.member(
        "@odata.context",
        "\(request.root)$metadata#Microsoft.Dynamics.CRM.\(name)Response"
      )
      try body(&$0)
    }
    return .json(json)
  }
}

extension Operation {
  static let whoAmI = Operation(function: "WhoAmI") { api, request, _ in
    let session = try await api.session()
    return Operations.answer("WhoAmI", request) {
      $0.member("BusinessUnitId", session.unit.description)
      $0.member("UserId", session.user.description)
      $0.member("OrganizationId", session.organization.description)
    }
  }

  /// Above that from which on clients upgrade in stages (WA-304).
  static let version = "9.2.24052.181"

  static let retrieveVersion = Operation(function: "RetrieveVersion") { _, request, _ in
    Operations.answer("RetrieveVersion", request) { $0.member("Version", version) }
  }

  /// Of the last two nothing is answered: clients look for the names.
  private static let endpoints: KeyValuePairs = [
    "WebApplication": "", "OrganizationService": "XRMServices/2011/Organization.svc",
    "OrganizationDataService": "XRMServices/2011/OrganizationData.svc",
  ]

  static let retrieveCurrentOrganization = Operation(function: "RetrieveCurrentOrganization") {
    api,
    request,
    _ in
    let session = try await api.session()
    let environment = try await api.ask(EnvironmentQuestion())
    let root = request.root.firstRange(of: "api/data/").map { request.root[..<$0.lowerBound] }
    return Operations.answer("RetrieveCurrentOrganization", request) {
      $0.member("Detail") {
        $0.object {
          $0.member("OrganizationId", session.organization.description)
          $0.member("FriendlyName", "Strata")
          $0.member("OrganizationVersion", version)
          $0.member("EnvironmentId", "\(environment.id)")
          $0.member("DatacenterId", GUID(from: "datacenter", "strata").description)
          $0.member("Geo", "NA")
          $0.member("TenantId", GUID(from: "tenant", "\(environment.id)").description)
          $0.member("UrlName", "strata")
          $0.member("UniqueName", "strata")
          $0.member("State", "Enabled")
          $0.member("Endpoints") {
            $0.object {
              $0.member("Count", endpoints.count)
              $0.member("IsReadOnly", false)
              $0.member("Keys") {
                $0.list { json in for end in endpoints { json.string(end.key) } }
              }
              $0.member("Values") {
                $0.list { json in for end in endpoints { json.string("\(root ?? "")\(end.value)") }
                }
              }
            }
          }
        }
      }
    }
  }

  /// Environments have one language.
  static func languages(_ name: String, _ member: String) -> Operation {
    Operation(function: name) { _, request, _ in
      Operations.answer(name, request) { $0.member(member) { $0.list { $0.raw("1033") } } }
    }
  }

  static let retrieveTotalRecordCount = Operation(function: "RetrieveTotalRecordCount") {
    api,
    request,
    parameters in
    var counts: [(String, Int)] = []
    for name in try parameters.list("EntityNames") {
      let model = try await api.catalog.model(of: name.lowercased())
      let told = try await ToldTables.count(of: model.name, api, request)
      let count = if let told { told } else { try await api.count(RowQuery(model.name)) }
      counts.append((model.name, count))
    }
    return Operations.answer("RetrieveTotalRecordCount", request) {
      $0.member("EntityRecordCountCollection") {
        $0.object {
          $0.member("Count", counts.count)
          $0.member("IsReadOnly", false)
          $0.member("Keys") { $0.list { for count in counts { $0.string(count.0) } } }
          $0.member("Values") { $0.list { for count in counts { $0.raw("\(count.1)") } } }
        }
      }
    }
  }
}
