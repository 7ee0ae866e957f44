internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Solutions

extension Page {
  // MARK: Files out

  /// The rows that the grid's condition finds, all of them.
  static let csv = Page(method: .get, path: "/tables/{table}/rows.csv", role: .viewer) { call in
    let table = try call.path("table").lowercased()
    let query = RowQueryText(
      select: call.query("select"),
      conditions: call.queries("where").filter { !$0.isEmpty },
      order: call.query("order")
    )
    let scratch = try await call.site.csv(of: table, query)
    return .download(scratch, name: "\(table.asFileName).csv", type: "text/csv; charset=utf-8")
  }

  /// Rows of tables that are named, or of all of solutions.
  static let data = Page(method: .get, path: "/data.zip", role: .viewer) { call in
    let tables = call.queries("table").filter { !$0.isEmpty }.map { $0.lowercased() }
    let scratch = try await call.site.data(of: tables.isEmpty ? nil : tables)
    return .download(scratch, name: "data.zip", type: "application/zip")
  }

  // MARK: Files in

  static let rowsIn = Page(method: .get, path: "/tables/{table}/import", role: .planner) { call in
    let table = try await call.site.lifecycle.ask(
      TableQuestion(of: try call.path("table").lowercased())
    )
    return try Page.render(
      .rowsIn,
      title: "Import rows",
      at: .tables,
      scripts: [.file],
      [
        "table": table.name, "title": table.displayName ?? table.name,
        "tableHref": call.site.link(toTable: table.name),
        "keys": table.keys.map {
          ["name": $0.name, "columns": $0.columns.joined(separator: ", ")]
        },
      ],
      for: call
    )
  }

  static let dataIn = Page(method: .get, path: "/data", role: .planner) { call in
    try Page.render(
      .data,
      title: "Import data",
      at: .tables,
      scripts: [.file],
      ["location": call.site.location],
      for: call
    )
  }

  /// The forms of the two.
  static let planRows = Page(method: .post, path: "/rows-plan", role: .planner) { call in
    let form = try await call.form()
    if let condition = form["delete"] {
      var order = RowOrder(verb: .delete)
      order.table = form["table"]
      order.conditions = [condition]
      let kept = try await call.site.plan(order)
      return .elsewhere("\(call.site.base)/rows-plans/\(kept.name)")
    }
    guard let sha256 = form["sha256"], let file = form["file"] else {
      throw Failure(.usage, "select a file", remedy: "go back", status: Failure.wrongUsage)
    }
    var order = RowOrder(verb: form["table"] == nil ? .importData : .import)
    order.file = Site.Package(sha256: sha256, file: file)
    order.table = form["table"]
    order.upsert = form["mode"] == "insert" ? false : nil
    order.key = form["mode"].flatMap { $0.hasPrefix("key:") ? String($0.dropFirst(4)) : nil }
    order.delimiter = form["delimiter"]
    order.mapUser = form["map-user"]
    order.mapCurrency = form["map-currency"]
    order.skipUnknown = form["skip-unknown"] == "true"
    order.match = form["match"] == "true"
    order.absoluteDates = form["absolute-dates"] == "true"
    let kept = try await call.site.plan(order)
    return .elsewhere("\(call.site.base)/rows-plans/\(kept.name)")
  }

  // MARK: Plans

  /// What would be done to rows: read, sent on, done.
  static let rowsPlan = Page(method: .get, path: "/rows-plans/{digest}", role: .viewer) { call in
    let site = call.site
    let kept = try await site.keptRows(try call.path("digest"))
    let now = try await site.status().revision
    let isFresh = kept.revision == now
    let isApplicable = isFresh && !kept.isNothing
    let mayApply = call.user.role >= (kept.isDestroying ? .owner : .importer)
    let preview = isFresh ? try await site.preview(of: kept.order) : nil
    return try Page.render(
      .rowsPlan,
      title: kept.title,
      at: .tables,
      [
        "title": kept.title, "digits": kept.name, "digest": kept.digest ?? "",
        "file": kept.order.file.map { [$0.file] } ?? [],
        "isStale": isFresh ? [] : [["planned": kept.revision, "now": now]],
        "isNothing": kept.isNothing, "lines": kept.lines,
        "mayApply": isApplicable && mayApply, "needsOwner": isApplicable && !mayApply,
        "destroys": kept.isDestroying
          ? [["word": kept.order.subject, "isForGood": kept.order.verb == .delete]] : [],
        "wrong": call.query("typed").map {
          ["“\($0.shown(80))” is not \(kept.order.subject). Nothing was changed."]
        } ?? [],
        "preview": preview.map { [$0] } ?? [],
        "window": kept.order.solution.map { ["\(site.link(toSolution: $0))/migration"] } ?? [],
      ],
      for: call
    )
  }

  static let applyRows = Page(method: .post, path: "/rows-plans/{digest}/apply", role: .importer) {
    call in
    let form = try await call.form()
    let kept = try await call.site.keptRows(try call.path("digest"))
    if kept.isDestroying {
      let typed = form["typed"] ?? ""
      guard typed.lowercased() == kept.order.subject else {
        let said = typed.shown(80).escapedForAddress
        return .elsewhere("\(call.site.base)/rows-plans/\(kept.name)?typed=\(said)")
      }
    }
    let job = try await call.apply(rows: kept.name, isAgreed: kept.isDestroying, through: .pages)
    return .elsewhere("\(call.site.base)/jobs/\(job.id)")
  }
}

extension Site {
  /// Some rows before and after a migration; nil for what is none.
  fileprivate func preview(of order: RowOrder) async throws -> [String: Any]? {
    guard order.verb == .migrate, let name = order.table?.lowercased() else { return nil }
    let wanted = try order.rowMappings()
    let table = try await lifecycle.ask(TableQuestion(of: name))
    var others: [String: Table] = [:]
    for mapping in wanted {
      let path = RowQuery.ColumnPath(written: mapping.source)
      guard let lookup = path.alias, case .lookup(let targets) = table.column(lookup)?.type else {
        continue
      }
      for target in targets {
        others[target] = try await lifecycle.ask(TableQuestion(of: target))
      }
    }
    let mappings = try table.judged(wanted) { others[$0] }
    let page = try await lifecycle.ask(
      RowsQuestion(of: name) { table in
        var query = RowQuery(name)
        query.columns =
          [RowQuery.ColumnPath(table.primaryName ?? table.primaryKey)] + mappings.map(\.path)
          + mappings.map { RowQuery.ColumnPath($0.target.name) }
        let none = RowQuery.Filter.any(mappings.map { .not(.isNull($0.path)) })
        let asked = try RowQueryText(conditions: (order.conditions ?? []).filter { !$0.isEmpty })
          .query(table).filter
        query.filter = asked.map { .all([$0, none]) } ?? none
        query.rowsMax = Self.previewMax
        return query
      }
    )
    return [
      "heads": mappings.map { ["target": $0.target.name, "source": $0.path.name] },
      "rows": page.rows.map { row in
        [
          "name": page.header.columns[0].column.label(of: row.values[0]).shown(80),
          "cells": mappings.enumerated().map { place, mapping in
            cell(
              mapping,
              old: row.values[1 + place],
              now: row.values[1 + mappings.count + place],
              replaces: order.replace ?? false
            )
          },
        ] as [String: Any]
      },
    ]
  }

  private static let previewMax = 10

  private func cell(
    _ mapping: ColumnMapping,
    old: RowValue,
    now: RowValue,
    replaces: Bool
  ) -> [String: Any] {
    let before = mapping.source.label(of: old).shown(80)
    let there = mapping.target.label(of: now).shown(80)
    guard now == .null || replaces else { return ["old": before, "new": there, "note": ["stays"]] }
    do throws(RowProblem) {
      let value = try mapping.value(of: old)
      let new = mapping.isByName ? before : mapping.target.label(of: value.value).shown(80)
      let note = value.isAltered ? ["rounded or cut"] : []
      return [
        "old": before, "new": new, "note": note + (now == .null ? [] : ["in place of \(there)"]),
      ]
    } catch {
      return ["old": before, "new": "", "note": [error.message]]
    }
  }
}

extension String {
  /// Letters, digits and `_` alone.
  fileprivate var asFileName: String {
    String(map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }.prefix(100))
  }
}
