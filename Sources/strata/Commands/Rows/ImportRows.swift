import ArgumentParser
import Contract
import Faces
import Lifecycle
import SolutionPackages
import Solutions

struct ImportRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Writes all rows of a file into a table, or none.",
    discussion: """
      strata rows import DATA.zip takes a file of the Configuration Migration tool, or a folder with what lies in one: rows of \
      several tables, pairs and files, in one operation. Rows are found by their ids; with --match, where none has the id, by \
      the columns that the file compares (updateCompare), or by an active alternate key.

      JSON lines where FILE ends in .jsonl or .ndjson, CSV otherwise; - is standard input. Lookups by id, or by the \
      alternate key of their table as LOOKUP.COLUMN; choices by number or label. What --upsert overwrites is not kept: \
      a rollback leaves it as it was written.
      """
  )

  @Argument(help: "The table, by its logical name; left out before DATA.zip.", completion: .table)
  var table: String

  @Argument(help: "The file.", completion: .file())
  var file: String?

  @Option(help: "DATA.zip: a user by name or id, in place of users and teams that are not here.")
  var mapUser: String?

  @Option(
    help: "DATA.zip: a user map of the tool, whose default is taken as --map-user.",
    completion: .file()
  )
  var userMap: String?

  @Option(help: "DATA.zip: a currency by code or id, in place of those that are not here.")
  var mapCurrency: String?

  @Flag(help: "DATA.zip: leave out tables, columns and relationships that are not here.")
  var skipUnknown = false

  @Flag(help: "DATA.zip: find rows by compared columns or an active key, too.")
  var match = false

  @Option(help: "DATA.zip: absolute takes dates as they stand.")
  var dateMode: String?

  @Flag(help: "Rows that are there are changed, found by their id or by --key.")
  var upsert = false

  @Option(help: "The alternate key by which rows are found.")
  var key: String?

  @Option(help: "What separates fields of a CSV file: a character, or tab.")
  var delimiter = ","

  @OptionGroup var performing: PerformRowsOptions

  private var separator: UInt8? {
    if ["\\t", "tab"].contains(delimiter.lowercased()) { return 0x09 }
    return delimiter.utf8.count == 1 ? delimiter.utf8.first : nil
  }

  /// Rows of several tables, in a file that stands in the place of a table.
  private var isOfTables: Bool { file == nil }

  func validate() throws {
    if isOfTables, FileNode(table) == nil {
      throw ValidationError("Name a table and a file, or a DATA.zip that is there.")
    }
    guard dateMode == nil || dateMode == "absolute" else {
      throw ValidationError("--date-mode is absolute.")
    }
    guard mapUser == nil || userMap == nil else {
      throw ValidationError("--map-user and --user-map name the same: take one of them.")
    }
    if isOfTables, upsert || key != nil || delimiter != "," {
      throw ValidationError("--upsert, --key and --delimiter belong to a table and a file.")
    }
    let isOfData = [mapUser, userMap, mapCurrency, dateMode].contains { $0 != nil }
    if !isOfTables, isOfData || skipUnknown || match {
      throw ValidationError(
        """
        --map-user, --user-map, --map-currency, --skip-unknown, --match and --date-mode belong to DATA.zip alone.
        """
      )
    }
    guard separator != nil else { throw ValidationError("--delimiter is one character, or tab.") }
  }

  func run() async throws {
    guard let file else { return try await migrate(table) }
    try await performing.perform(table.lowercased()) {
      let isLines = file.hasSuffix(".jsonl") || file.hasSuffix(".ndjson")
      return isLines
        ? request(try JSONLinesReader(file))
        : request(try CSVReader(file, delimiter: separator ?? 0x2C))
    }
  }

  /// Rows of several tables.
  private func migrate(_ file: String) async throws {
    let reader = MigrationReader()
    let data = try Self.reading(file) {
      FileNode(file)?.kind == .folder
        ? try reader.open(try Files.below(file), ignoresDates: dateMode != nil) {
          try Files.parts(of: "\(file)/\($0)")
        } : try reader.open(try Files.parts(of: file), ignoresDates: dateMode != nil)
    }
    let user = try userMap.map { map in
      try Self.reading(map) { try reader.defaultUser(ofMap: try Files.bytes(of: map)) }
    }
    let options = MigrationOptions(
      user: mapUser ?? user,
      currency: mapCurrency,
      skipsUnknown: skipUnknown,
      matches: match
    )
    let request = RowRequest.importing(
      data,
      options,
      newID: Lifecycle.Surroundings.system.newID
    ) { Progress.show("\($0) rows …") }
    do {
      try await performing.performTables(request)
    } catch let error as MigrationRefused {
      Progress.end()
      throw Failure(refused: error)
    } catch let error as MigrationReader.Failure {
      // Rows are read while they are written.
      Progress.end()
      throw Self.unreadable(file, error)
    }
  }

  private static func unreadable(_ file: String, _ error: MigrationReader.Failure) -> Failure {
    Failure(
      .unreadable,
      "cannot read \(file): \(error)",
      remedy: error.isOfDates ? "--date-mode absolute takes them as they stand" : nil
    )
  }

  private static func reading<Value>(_ file: String, _ read: () throws -> Value) throws -> Value {
    do {
      return try read()
    } catch let failure as MigrationReader.Failure {
      throw unreadable(file, failure)
    }
  }

  private func request(_ source: some RowSource & Sendable) -> RowRequest {
    .importing(
      source,
      into: table.lowercased(),
      mode: upsert || key != nil ? .upsert(key: key) : .insert,
      newID: Lifecycle.Surroundings.system.newID
    ) { Progress.show("\($0) rows …") }
  }
}

extension Failure {
  /// What stands in the way, and how to go on.
  fileprivate init(refused: MigrationRefused) {
    let ways = MigrationRefused.Way.allCases.filter(refused.ways.contains).map { way -> Prose in
      switch way {
      case .mapUser: "--map-user NAME puts a user that is here in the place of those who are not"
      case .mapCurrency: "--map-currency CODE puts a currency that is here in the place of others"
      case .skipUnknown: "--skip-unknown leaves out what is not here"
      }
    }
    let remedy = ways.isEmpty ? nil : ways.joined(separator: "\n  → ")
    self.init(.badRows, refused.prose, remedy: remedy, status: 4)
  }
}
