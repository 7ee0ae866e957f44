internal import Contract
internal import Faces
internal import HTTPTypes
internal import Solutions

/// A file with rows that was handed in.
struct FileShape: Shape {
  static let format = "strata.file"

  let sha256: String
  let file: String
}

extension Endpoint {
  /// What is done to rows, and rows as files.
  static let rowOrders: [Endpoint] = [
    Endpoint(
      method: .post,
      path: "/files",
      role: .planner,
      summary: "Hands a file with rows in (CSV, or data.zip), as the body itself.",
      queries: [Query(name: "file", words: "What the file is called.")],
      body: "the bytes of the file",
      format: FileShape.format
    ) { call in
      let file = try await call.takeFile(named: call.query("file") ?? "rows.csv")
      return try .shape(FileShape(sha256: file.sha256, file: file.file), status: .created)
    },
    Endpoint(
      method: .get,
      path: "/tables/{table}/rows.csv",
      role: .viewer,
      summary: "Rows of a table as a CSV file, which can be imported again.",
      queries: [
        Query(name: "select", words: "Columns, separated by commas."),
        Query(name: "where", words: "COLUMN=VALUE, also != < <= > >= and ~; may be repeated."),
        Query(name: "order", words: "Columns to sort by; COLUMN:desc turns one around."),
      ],
      format: "text/csv"
    ) { call in
      let query = RowQueryText(
        select: call.query("select"),
        conditions: call.queries("where").filter { !$0.isEmpty },
        order: call.query("order")
      )
      let scratch = try await call.site.csv(of: try call.path("table"), query)
      return .stored(scratch, name: "rows.csv", type: "text/csv; charset=utf-8")
    },
    Endpoint(
      method: .get,
      path: "/data.zip",
      role: .viewer,
      summary: "Rows, pairs and files of tables as a file of the Configuration Migration tool.",
      queries: [
        Query(name: "table", words: "A table; may be repeated. Default: all of solutions.")
      ],
      format: "application/zip"
    ) { call in
      let tables = call.queries("table").filter { !$0.isEmpty }.map { $0.lowercased() }
      let scratch = try await call.site.data(of: tables.isEmpty ? nil : tables)
      return .stored(scratch, name: "data.zip", type: "application/zip")
    },
    Endpoint(
      method: .post,
      path: "/rows-plans",
      role: .planner,
      summary: "Plans an operation on rows, and keeps the plan.",
      body: "what is to be done: RowOrder",
      format: KeptRows.format
    ) { call in
      let kept = try await call.site.plan(try await call.value(RowOrder.self))
      return try .shape(
        kept,
        status: .created,
        location: "\(call.site.base)\(Routes.api)/rows-plans/\(kept.name)"
      )
    },
    Endpoint(
      method: .get,
      path: "/rows-plans/{digest}",
      role: .viewer,
      summary: "A plan of rows that was kept, by its digest.",
      format: KeptRows.format
    ) { try .shape(try await $0.site.keptRows(try $0.path("digest"))) },
    Endpoint(
      method: .post,
      path: "/rows-plans/{digest}/apply",
      role: .importer,
      summary:
        "Does exactly this, as a job; what is overwritten has to be agreed to, which takes an owner.",
      body: "{\"consent\": [\"all\"]}",
      format: Job.format
    ) { call in
      let consent = try await call.value(ConsentBody.self).consent ?? []
      let job = try await call.apply(
        rows: try call.path("digest"),
        isAgreed: consent.contains { $0.lowercased() == "all" },
        through: .api
      )
      return try .shape(
        job,
        status: .accepted,
        location: "\(call.site.base)\(Routes.api)/jobs/\(job.id)"
      )
    },
  ]
}
