internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Solutions

extension Page {
  static let tables = Page(method: .get, path: "/tables", role: .viewer) { call in
    let names = try await call.site.tables()
    return try Page.render(
      .tables,
      title: "Tables",
      at: .tables,
      [
        "location": call.site.location, "isEmpty": names.isEmpty,
        "tables": names.map { ["name": $0, "href": call.site.link(toTable: $0)] },
      ],
      for: call
    )
  }

  /// Rows of a table, page by page.
  static let rows = Page(method: .get, path: "/tables/{table}", role: .viewer) { call in
    let site = call.site
    let table = try call.path("table").lowercased()
    let (page, problem) = try await rows(of: table, call)
    let texts = page?.rows.map { row in
      zip(page?.header.columns ?? [], row.values).map { entry, value in
        cell(entry, value, table, site)
      }
    }
    let mayEdit = try await site.lifecycle.ask(TableQuestion(of: table)).isIntersect == false
    func link(_ cookie: String?, below path: String = "") -> String {
      let fields = ["where": call.query("where"), "order": call.query("order"), "page": cookie]
      let query = fields.compactMap { name, value in value.map { "\(name)=\($0.escapedForAddress)" }
      }
      .sorted().joined(separator: "&")
      return site.link(toTable: table) + path + (query.isEmpty ? "" : "?\(query)")
    }
    return try Page.render(
      .rows,
      title: table,
      at: .tables,
      [
        "table": table, "component": site.link(toComponent: "Entity:\(table)"),
        "where": call.query("where") ?? "", "order": call.query("order") ?? "",
        "error": problem.map { [$0] } ?? [], "isEmpty": texts?.isEmpty ?? false,
        "columns": page?.header.columns.map { ["name": $0.path.name] } ?? [],
        "rows": texts?.map { ["cells": $0] } ?? [],
        "mayAdd": mayEdit && call.user.role >= .importer, "tableHref": site.link(toTable: table),
        "csv": link(nil, below: "/rows.csv"),
        "delete": mayEdit && page?.rows.isEmpty == false && call.user.role >= .planner
          ? [call.query("where")].compactMap(\.self).filter { !$0.isEmpty }
            .map { ["condition": $0] } : [],
        "first": call.query("page") == nil ? [] : [link(nil)],
        "next": try page?.next.map { [link(try $0.text())] } ?? [],
      ],
      for: call
    )
  }

  /// A row's id leads to the row.
  private static func cell(
    _ entry: (path: RowQuery.ColumnPath, column: Column),
    _ value: RowValue,
    _ table: String,
    _ site: Site
  ) -> [String: Any] {
    let text = entry.column.label(of: value).shown(200)
    guard entry.path.alias == nil, entry.column.type == .primaryKey, case .text(let id) = value
    else { return ["text": text, "href": [Any]()] }
    return ["text": text, "href": [site.link(toRow: id, of: table)]]
  }

  /// The rows, or what is wrong with the question.
  private static func rows(
    of table: String,
    _ call: Call
  ) async throws -> (page: RowPage?, problem: String?) {
    do {
      let page = try await call.site.rows(of: table, try call.rowQuery(), telling: true)
      return (page, nil)
    } catch let error as QueryError where call.query("where") != nil || call.query("order") != nil {
      return (nil, Failure(error).message.text)
    } catch let error as QueryTextError {
      return (nil, Failure(error).message.text)
    }
  }

  static let trash = Page(method: .get, path: "/trash", role: .viewer) { call in
    let items = try await call.site.trash().items
    return try Page.render(
      .trash,
      title: "Trash",
      at: .tables,
      [
        "isEmpty": items.isEmpty,
        "items": items.map { item in
          [
            "number": item.number, "href": "\(call.site.base)/trash/\(item.number)",
            "component": item.component, "operation": item.operation,
            "operationHref": "\(call.site.base)/history/\(item.operation)",
            "dropped": clockTime(item.dropped),
          ] as [String: Any]
        },
      ],
      for: call
    )
  }

  static let trashItem = Page(method: .get, path: "/trash/{number}", role: .viewer) { call in
    let content = try await call.site.trashContent(try call.number("number"))
    let told = content.columns.filter { $0.values > 0 }
    let heads = told.map(\.name)
    return try Page.render(
      .trashItem,
      title: content.item.component,
      at: .tables,
      [
        "component": content.item.component, "operation": content.item.operation,
        "dropped": clockTime(content.item.dropped),
        "columns": told.map { column in
          [
            "name": column.name, "type": column.type,
            "values": column.values.counted("value").text,
          ]
        },
        "heads": heads,
        "rows": content.rows.map { row in
          ["values": heads.map { row[$0].map { $0.plainText.shown(200) } ?? "" }]
        },
      ],
      for: call
    )
  }
}

extension Site {
  func link(toTable name: String) -> String { "\(base)/tables/\(name.escapedForAddress)" }
}

extension JSONScalar {
  /// As a cell shows it.
  fileprivate var plainText: String {
    switch self {
    case .null: ""
    case .bool(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .decimal(let value): "\(value)"
    case .real(let value): "\(value)"
    case .text(let text): text
    }
  }
}
