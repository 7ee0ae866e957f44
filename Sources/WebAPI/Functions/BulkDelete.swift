internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions
internal import Synchronization

extension Operation {
  /// Rows that queries find are deleted before it is answered; the operation is there to be asked for all the same (WA-422).
  static let bulkDelete = Operation(action: "BulkDelete") { api, request, _ in
    try request.require(.destroy)
    let message = try Message(
      "BulkDelete",
      request,
      known: [
        "QuerySet", "JobName", "SendEmailNotification", "ToRecipients", "CCRecipients",
        "RecurrencePattern", "StartDateTime", "RunNow", "SourceImportId",
      ]
    )
    if let pattern = message["RecurrencePattern"]?.text, !pattern.isEmpty {
      throw WebError(missing: "RecurrencePattern of BulkDelete")
    }
    let started = api.clock()
    if let text = message["StartDateTime"]?.text, !text.isEmpty {
      guard let start = Timestamp(text) else {
        throw WebError.badBody("StartDateTime is no moment")
      }
      guard start <= started else { throw WebError(missing: "a later StartDateTime of BulkDelete") }
    }
    guard let queries = message["QuerySet"], queries.kind == .array else {
      throw WebError.badBody("BulkDelete takes QuerySet")
    }
    let session = try await api.session()
    for query in queries.elements {
      guard let name = query["EntityName"]?.text else {
        throw WebError.badBody("a query of QuerySet has an EntityName")
      }
      let model = try await api.catalog.model(of: name.lowercased())
      guard ToldTables.model(model.name) == nil else {
        throw WebError(missing: "BulkDelete of \(model.name)")
      }
      var wanted = RowQuery(model.name)
      wanted.filter = try filter(query["Criteria"], of: model, api, session)
      try await api.delete(wanted, by: request.caller)
    }
    guard let id = GUID(api.newID()) else { preconditionFailure("a new id is one") }
    let name = message["JobName"]?.text ?? "Bulk Delete"
    api.deletions.add(BulkDeletions.Entry(id: id, name: name, started: started, ended: api.clock()))
    return Operations.answer("BulkDelete", request) { $0.member("JobId", id.description) }
  }

  /// Criteria of a query in JSON are those of FetchXML in other words.
  private static func filter(
    _ criteria: JSONValue?,
    of model: TableModel,
    _ api: WebAPI,
    _ session: Session
  ) throws -> RowQuery.Filter {
    guard let criteria, criteria.kind == .object else { return .all([]) }
    var terms: [RowQuery.Filter] = []
    for condition in criteria["Conditions"]?.elements.map({ $0 }) ?? [] {
      guard let name = condition["AttributeName"]?.text?.lowercased(),
        let column = model.table.column(name), let sign = condition["Operator"]?.text
      else {
        throw WebError.badBody("a condition has an AttributeName of its table and an Operator")
      }
      let values = (condition["Values"]?.elements.map { $0 } ?? []).map { value in
        value.kind == .object
          ? value["Value"].flatMap { $0.text ?? $0.lexeme } ?? "" : value.text ?? value.lexeme ?? ""
      }
      let reading = FetchCondition(
        column: column,
        path: RowQuery.ColumnPath(name),
        moment: api.clock(),
        session: session
      )
      terms.append(try reading.filter(try spelled(sign), values))
    }
    for inner in criteria["Filters"]?.elements.map({ $0 }) ?? [] {
      terms.append(try filter(inner, of: model, api, session))
    }
    guard !terms.isEmpty else { return .all([]) }
    return criteria["FilterOperator"]?.text == "Or" ? .any(terms) : .all(terms)
  }

  private static func spelled(_ sign: String) throws -> String {
    let known = [
      "Equal": "eq", "NotEqual": "ne", "GreaterThan": "gt", "GreaterEqual": "ge", "LessThan": "lt",
      "LessEqual": "le", "Like": "like", "NotLike": "not-like", "In": "in", "NotIn": "not-in",
      "Between": "between", "NotBetween": "not-between", "Null": "null", "NotNull": "not-null",
      "BeginsWith": "begins-with", "EndsWith": "ends-with", "On": "on", "OnOrAfter": "on-or-after",
      "OnOrBefore": "on-or-before", "Today": "today", "LastXDays": "last-x-days",
      "OlderThanXDays": "olderthan-x-days", "OlderThanXMonths": "olderthan-x-months",
    ]
    guard let spelled = known[sign] else {
      throw WebError(missing: "the Operator \(sign.shown(40)) of BulkDelete")
    }
    return spelled
  }
}

/// What was deleted in bulk since the service began.
final class BulkDeletions: Sendable {
  struct Entry: Sendable {
    let id: GUID
    let name: String
    let started: Timestamp
    let ended: Timestamp
  }

  private static let most = 1000

  private let entries = Mutex<[Entry]>([])

  func add(_ entry: Entry) {
    entries.withLock {
      $0.insert(entry, at: 0)
      if $0.count > Self.most { $0.removeLast() }
    }
  }

  /// Newest first.
  var all: [Entry] { entries.withLock { $0 } }
}
