internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// Views that are kept, and run by their ids.
extension RowReading {
  /// Rows that a view of everybody finds, as it is in effect.
  func rows(
    of model: TableModel,
    savedQuery text: String,
    where filter: RowQuery.Filter?
  ) async throws -> WebResponse {
    guard let id = GUID(text) else { throw WebError.badQuery("savedQuery is no GUID") }
    let view = ComponentID(.savedQuery, id)
    let state = try await api.ask(PartQuestion(of: [view]))
    guard let stack = state.stacks[view] else {
      guard let own = StandardView.all.first(where: { $0.id == id }) else {
        throw WebError.noRow("savedquery", id.description)
      }
      return try await rows(of: model, fetching: own.fetch, where: filter)
    }
    let element = stack.effective(ComponentKinds.standard[view.type].merge).definition.element
    guard let fetch = element.child("fetchxml")?.child("fetch") else {
      throw WebError(missing: "a view without FetchXML")
    }
    return try await rows(of: model, fetching: fetch, where: filter)
  }

  /// Rows that somebody's own view finds: a row itself.
  func rows(
    of model: TableModel,
    userQuery text: String,
    where filter: RowQuery.Filter?
  ) async throws -> WebResponse {
    guard let id = GUID(text) else { throw WebError.badQuery("userQuery is no GUID") }
    guard let views = try await api.catalog.find("userquery"), views.table.column("fetchxml") != nil
    else { throw WebError(missing: "userQuery") }
    let row = try await api.row(of: views, id, ["fetchxml"])
    guard let fetch = row?.values[0].text else {
      throw WebError.noRow("userquery", id.description)
    }
    return try await rows(of: model, fetching: fetch, where: filter)
  }
}

extension SystemSet {
  /// Views are components; their rows follow from what is in effect.
  static let savedQueries = SystemSet(name: "savedqueries", type: "savedquery") { api, _ in
    let rows = try await ComponentRow.all(.savedQuery, api)
    let known = Set(rows.map(\.guid))
    return rows.map { view($0) }
      + StandardView.all.filter { !known.contains($0.id) }.map { view($0) }
  }

  private static func view(_ standard: StandardView) -> Record {
    view(
      standard.id,
      [
        ("name", .text(standard.name)), ("returnedtypecode", .text(standard.table)),
        ("querytype", .integer(0)), ("isdefault", .boolean(standard.isDefault)),
        ("isquickfindquery", .boolean(false)), ("isprivate", .boolean(false)),
        ("ismanaged", .boolean(true)), ("fetchxml", .text(standard.fetch)), ("layoutxml", .null),
      ] + ComponentRow.managedByPlatform
    )
  }

  private static func view(_ row: ComponentRow) -> Record {
    let own: [(String, Cell)] =
      [
        ("name", row.name), ("returnedtypecode", Cell(row.component.parent?.key)),
        ("querytype", row.number("querytype")), ("isdefault", row.flag("isdefault")),
        ("isquickfindquery", row.flag("isquickfindquery")), ("isprivate", row.flag("isprivate")),
        ("ismanaged", .boolean(row.isManaged)), ("fetchxml", row.xml("fetchxml", "fetch")),
        ("layoutxml", row.xml("layoutxml", "grid")),
      ]
    return view(row.guid, own + row.cells(of: "savedquery", besides: own))
  }

  /// Views are always active.
  private static func view(_ id: GUID, _ cells: [(String, Cell)]) -> Record {
    Record(
      always: [("savedqueryid", .guid(id))],
      cells + [("statecode", .integer(0)), ("statuscode", .integer(1))]
    )
  }
}

/// Views that the platform's own tables have before any package brings some; programs look for them by name.
private struct StandardView {
  let id: GUID
  let name: String
  let table: String
  let isDefault: Bool
  let fetch: String

  static let all: [StandardView] = [
    ("1001", "My Active Accounts", "account", true), ("1002", "Active Accounts", "account", false),
    ("1003", "My Active Contacts", "contact", true), ("1004", "Active Contacts", "contact", false),
  ].compactMap { number, name, table, isOwn in
    GUID("00000000-0000-0000-00aa-00001000\(number)").map {
      StandardView(id: $0, name: name, table: table, isOwn: isOwn)
    }
  }

  private init(id: GUID, name: String, table: String, isOwn: Bool) {
    (self.id, self.name, self.table) = (id, name, table)
    isDefault = isOwn
    let (called, lookup) =
      table == "account" ? ("name", "primarycontactid") : ("fullname", "parentcustomerid")
    let own = isOwn ? #"<condition attribute="ownerid" operator="eq-userid"/>"# : ""
    fetch = """
      <fetch version="1.0"><entity name="\(table)"><attribute name="\(called)"/>\
      <attribute name="\(lookup)"/><attribute name="telephone1"/><attribute name="\(table)id"/>\
      <order attribute="\(called)" descending="false"/><filter type="and">\
      <condition attribute="statecode" operator="eq" value="0"/>\(own)</filter></entity></fetch>
      """
  }
}
