internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// Views that are kept, and run by their ids.
extension RowReading {
  /// Rows that a view of everybody finds, as it is in effect.
  func rows(of model: TableModel, savedQuery text: String) async throws -> WebResponse {
    guard let id = GUID(text) else { throw WebError.badQuery("savedQuery is no GUID") }
    let view = ComponentID(.savedQuery, id)
    let state = try await api.ask(PartQuestion(of: [view]))
    guard let stack = state.stacks[view] else { throw WebError.noRow("savedquery", id.description) }
    let element = stack.effective(ComponentKinds.standard[view.type].merge).definition.element
    guard let fetch = element.child("fetchxml")?.child("fetch") else {
      throw WebError(missing: "a view without FetchXML")
    }
    return try await rows(of: model, fetching: fetch)
  }

  /// Rows that somebody's own view finds: a row itself.
  func rows(of model: TableModel, userQuery text: String) async throws -> WebResponse {
    guard let id = GUID(text) else { throw WebError.badQuery("userQuery is no GUID") }
    guard let views = try await api.catalog.find("userquery"), views.table.column("fetchxml") != nil
    else { throw WebError(missing: "userQuery") }
    var query = RowQuery(views.name)
    query.columns = [RowQuery.ColumnPath("fetchxml")]
    query.filter = .compare(
      RowQuery.ColumnPath(views.table.primaryKey),
      .equal,
      .text(id.description)
    )
    query.rowsMax = 1
    let found = try await api.find(RowTree(query))
    guard let fetch = found.rows.first?.values[0].text else {
      throw WebError.noRow("userquery", id.description)
    }
    return try await rows(of: model, fetching: fetch)
  }
}

extension SystemSet {
  /// Views are components; their rows follow from what is in effect.
  static let savedQueries = SystemSet(name: "savedqueries", type: "savedquery") { api, _ in
    try await ComponentRow.all(.savedQuery, api).map { view($0) }
  }

  private static func view(_ row: ComponentRow) -> Record {
    Record(
      always: [("savedqueryid", .guid(row.guid))],
      [
        ("name", row.name), ("returnedtypecode", Cell(row.component.parent?.key)),
        ("querytype", row.number("querytype")), ("isdefault", row.flag("isdefault")),
        ("isquickfindquery", row.flag("isquickfindquery")), ("isprivate", row.flag("isprivate")),
        ("ismanaged", .boolean(row.isManaged)), ("fetchxml", row.xml("fetchxml", "fetch")),
        ("layoutxml", row.xml("layoutxml", "grid")), ("statecode", .integer(0)),
        ("statuscode", .integer(1)),
      ]
    )
  }
}
