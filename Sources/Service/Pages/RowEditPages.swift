internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Solutions

extension Site {
  /// One row with all its columns.
  ///
  /// - Throws: `Failure` for a text that is no id and a row that is not there; `QueryError` for the table.
  fileprivate func fields(
    of text: String,
    in name: String,
    mayWrite: Bool
  ) async throws -> (GUID, RowFields) {
    guard let id = GUID(text) else {
      throw Failure(.usage, "“\(text.shown(80))” is no id", status: Failure.wrongUsage)
    }
    let table = try await lifecycle.ask(TableQuestion(of: name))
    let page = try await lifecycle.ask(
      RowsQuestion(of: name) { table in
        var query = RowQuery(table.name)
        let key = RowQuery.ColumnPath(table.primaryKey)
        query.filter = .compare(key, .equal, .text(id.description))
        return query
      }
    )
    guard let row = page.rows.first else {
      throw QueryError(description: "the table \(name) has no row \(id)")
    }
    return (id, RowFields(table: table, row: row, header: page.header, mayWrite: mayWrite))
  }
}

extension Page {
  /// How long a row waits for an operation that runs.
  private static let patience = Duration.seconds(5)

  /// One row: to read, and to change for who may.
  static let row = Page(method: .get, path: "/tables/{table}/rows/{id}", role: .viewer) { call in
    let table = try call.path("table").lowercased()
    let mayWrite = call.user.role >= .importer
    let (id, fields) = try await call.site.fields(
      of: call.path("id"),
      in: table,
      mayWrite: mayWrite
    )
    return try Page.shown(fields, id, nil, isSaved: call.query("saved"), call)
  }

  /// What is typed is written where the row is still the one that the form was opened on.
  static let saveRow = Page(method: .post, path: "/tables/{table}/rows/{id}", role: .importer) {
    call in
    let site = call.site
    let table = try call.path("table").lowercased()
    let form = try await call.form()
    var (id, fields) = try await site.fields(of: call.path("id"), in: table, mayWrite: true)
    let changed = fields.changed(form)
    let address = site.link(toRow: id.description, of: table)
    guard !changed.isEmpty else { return .elsewhere("\(address)?saved=0") }
    fields.typed = Dictionary(changed.map { ($0.column, $0.text) }) { first, _ in first }
    guard let seen = form["version"].flatMap({ Int64($0) }) else {
      throw Failure(.usage, "the form says no version", status: Failure.wrongUsage)
    }
    do {
      let request = RowRequest.setting(changed, of: id, in: table, at: seen)
      let done = try await site.lifecycle.waiting(atMost: patience)
        .perform(request, by: call.caller(through: .pages))
      return .elsewhere("\(address)?saved=\(done.operation ?? 0)")
    } catch let error as RowChanged {
      (id, fields) = try await site.fields(of: call.path("id"), in: table, mayWrite: true)
      fields.typed = Dictionary(changed.map { ($0.column, $0.text) }) { first, _ in first }
      fields.isConflict = true
      let told =
        "Operation \(error.now) has changed this row since you looked at it; nothing was saved. Where it is another value now, that stands below the field: save again to put yours in its place."
      return try Page.shown(fields, id, told, isSaved: nil, call)
    } catch {
      return try Page.shown(fields.refused(try Page.told(error)), id, nil, isSaved: nil, call)
    }
  }

  static let newRow = Page(method: .get, path: "/tables/{table}/new", role: .importer) { call in
    let table = try await call.site.lifecycle.ask(
      TableQuestion(of: try call.path("table").lowercased())
    )
    let fields = RowFields(table: table, row: nil, header: nil, mayWrite: true)
    return try Page.shown(fields, nil, nil, isSaved: nil, call)
  }

  static let addRow = Page(method: .post, path: "/tables/{table}/new", role: .importer) { call in
    let site = call.site
    let form = try await call.form()
    let table = try await site.lifecycle.ask(
      TableQuestion(of: try call.path("table").lowercased())
    )
    var fields = RowFields(table: table, row: nil, header: nil, mayWrite: true)
    let changed = fields.changed(form)
    fields.typed = Dictionary(changed.map { ($0.column, $0.text) }) { first, _ in first }
    guard let id = GUID(site.newID()) else { preconditionFailure("ids are made here") }
    do {
      let request = RowRequest.adding(changed, as: id, to: table.name)
      let done = try await site.lifecycle.waiting(atMost: patience)
        .perform(request, by: call.caller(through: .pages))
      let address = site.link(toRow: id.description, of: table.name)
      return .elsewhere("\(address)?saved=\(done.operation ?? 0)")
    } catch {
      return try Page.shown(fields.refused(try Page.told(error)), nil, nil, isSaved: nil, call)
    }
  }

  /// What rows refuse, in words by column; what is no refusal goes on.
  private static func told(_ error: any Error) throws -> (all: String, columns: [String: String]) {
    switch error {
    case let error as BadRows:
      let named = error.rows.compactMap { row in row.field.map { ($0.lowercased(), row.message) } }
      let others = error.rows.filter { $0.field == nil }.map(\.message)
      let all = (["The row cannot be written; nothing was saved."] + others).joined(separator: " ")
      return (all, Dictionary(named) { first, _ in first })
    case is RowsRefused, is QueryError, is LifecycleError, is RowsHeld:
      return (Failure(error).message.text, [:])
    default: throw error
    }
  }

  private static func shown(
    _ fields: RowFields,
    _ id: GUID?,
    _ conflict: String?,
    isSaved saved: String?,
    _ call: Call
  ) throws -> Reply {
    let site = call.site
    let table = fields.table
    let place = id.map { site.link(toRow: $0.description, of: table.name) }
    return try Page.render(
      .row,
      title: id.map { "\(table.name) \($0)" } ?? "New row of \(table.name)",
      at: .tables,
      [
        "table": table.displayName ?? table.name, "tableHref": site.link(toTable: table.name),
        "id": id.map { [$0.description] } ?? [], "isNew": id == nil,
        "action": place ?? "\(site.link(toTable: table.name))/new",
        "version": fields.version.map { [$0] } ?? [], "mayWrite": fields.mayWrite,
        "fields": fields.fields, "facts": fields.facts,
        "delete": id.map {
          [["table": table.name, "condition": "\(table.primaryKey)=\($0)"]]
        } ?? [],
        "errors": [conflict, fields.problem].compactMap { $0 },
        "saved": saved.map { number in
          [
            number == "0"
              ? "Nothing was changed: it is what is there already."
              : "Saved: operation \(number)."
          ]
        } ?? [],
      ],
      for: call
    )
  }
}

extension RowFields {
  fileprivate func refused(_ told: (all: String, columns: [String: String])) -> RowFields {
    var fields = self
    fields.problem = told.all
    fields.problems = told.columns
    return fields
  }
}

extension Site {
  func link(toRow id: String, of table: String) -> String {
    "\(link(toTable: table))/rows/\(id.escapedForAddress)"
  }
}
