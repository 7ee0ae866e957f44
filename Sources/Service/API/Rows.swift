internal import Contract
internal import Faces
internal import HTTPTypes
internal import Solutions

extension Endpoint {
  /// Tables of rows, and the trash.
  static let rows: [Endpoint] = [
    Endpoint(
      method: .get,
      path: "/tables/{table}/rows",
      role: .viewer,
      summary: "Rows of a table, some at a time.",
      queries: rowQueries,
      format: RowsShape.format
    ) { call in
      let table = try call.path("table").lowercased()
      let page = try await call.site.rows(of: table, try call.rowQuery(), telling: false)
      return try .shape(try RowsShape(table: table, page))
    },
    Endpoint(
      method: .get,
      path: "/tables/{table}/counts",
      role: .viewer,
      summary: "How many rows a table has, and values in each column.",
      format: RowCountsShape.format
    ) { try .shape(try await $0.site.counts(of: try $0.path("table"))) },
    Endpoint(
      method: .get,
      path: "/trash",
      role: .viewer,
      summary: "What was dropped and can come back, newest first.",
      queries: [Query(name: "count", words: "true: how much is in each.")],
      format: TrashShape.format
    ) { try .shape(try await $0.site.trash(counting: $0.query("count") == "true")) },
    Endpoint(
      method: .get,
      path: "/trash/{number}",
      role: .viewer,
      summary: "What lies in the trash under a number, with its first rows.",
      format: TrashContentShape.format
    ) { try .shape(try await $0.site.trashContent(try $0.number("number"))) },
  ]

  private static let rowQueries = [
    Query(name: "select", words: "Columns, separated by commas."),
    Query(name: "where", words: "COLUMN=VALUE, also != < <= > >= and ~; may be repeated."),
    Query(name: "order", words: "Columns to sort by; COLUMN:desc turns one around."),
    Query(name: "top", words: "Rows at most; default 50, at most 5,000.", isNumber: true),
    Query(name: "page", words: "Where the page before ended: its “next”."),
  ]
}

extension Call {
  private static let rowsMax = 5000

  /// The rows that are asked for.
  func rowQuery() throws -> RowQueryText {
    RowQueryText(
      select: query("select"),
      conditions: queries("where").filter { !$0.isEmpty },
      order: query("order"),
      top: min(try queryNumber("top") ?? 50, Self.rowsMax),
      page: query("page")
    )
  }
}
