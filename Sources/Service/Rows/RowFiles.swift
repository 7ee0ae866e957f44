internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hashing
internal import Lifecycle
internal import NIOCore
internal import SolutionPackages
internal import Solutions

extension Call {
  /// Takes the body as a file with rows and keeps it; it is read when something is planned with it.
  ///
  /// - Throws: `Failure` for one that is too long.
  func takeFile(named file: String) async throws -> Site.Package {
    var writing = try Workroom.Writing(site.room, .files)
    for try await piece in incoming(atMost: limits.package) {
      try piece.withUnsafeReadableBytes { try writing.add($0) }
    }
    let digest = writing.digest()
    try writing.finish(as: digest.description)
    return Site.Package(sha256: digest.description, file: Self.fileName(file))
  }
}

extension Site {
  /// Rows of a table as a CSV file, which can be imported again.
  ///
  /// - Throws: as a question of rows; `Failure` where the disk takes no more.
  func csv(of table: String, _ text: RowQueryText) async throws -> Workroom.Scratch {
    let scratch = try Workroom.Scratch(room)
    let question = EveryRowQuestion(
      of: table.lowercased(),
      query: { try text.query($0) },
      taking: { header, rows in
        let columns = header.columns
        var (count, lines) = (0, CSV.line(columns.map(\.path.name)))
        try rows { row in
          lines += CSV.line(zip(columns, row.values).map { $0.column.text(of: $1) })
          count += 1
          if lines.utf8.count > 1 << 16 {
            try scratch.write(Array(lines.utf8))
            lines = ""
          }
        }
        try scratch.write(Array(lines.utf8))
        return count
      }
    )
    _ = try await lifecycle.ask(question)
    return scratch
  }

  /// Rows, pairs and files of tables as a file of the Configuration Migration tool.
  ///
  /// - Parameter tables: nil is all tables of solutions.
  func data(of tables: [String]?) async throws -> Workroom.Scratch {
    let scratch = try Workroom.Scratch(room)
    let rewrite = { (place: Int, bytes: [UInt8]) in try scratch.rewrite(at: place, bytes) }
    let writer = MigrationWriter(rewrite: rewrite) { try scratch.write($0) }
    _ = try await lifecycle.ask(
      MigrationExportQuestion(of: tables, where: nil, to: writer) { _ in }
    )
    try writer.close()
    return scratch
  }
}
