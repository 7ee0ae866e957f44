internal import Contract
internal import Faces
internal import Lifecycle
internal import SolutionPackages
internal import Solutions

/// What is to be done to rows, as the API and the pages ask for it.
struct RowOrder: Codable, Sendable {
  enum Verb: String, Codable, CaseIterable, Sendable {
    /// Rows of a CSV file into a table.
    case `import`
    /// Rows of several tables, in a file of the Configuration Migration tool.
    case importData = "import-data"
    /// Values from column to column within each row.
    case migrate
    /// Rows that conditions find, for good.
    case delete
  }

  /// From one column to another.
  struct Mapping: Codable, Sendable {
    let target: String
    let source: String
    /// Single values and what they become, null for none.
    var values: [String: String?]?
  }

  let verb: Verb
  /// Of imports: what was handed in.
  var file: Site.Package?
  var table: String?
  /// Of `import`: whether rows that are there are changed, found by their id or by `key`; absent where the file's first line
  /// decides it, by naming ids or not.
  var upsert: Bool?
  var key: String?
  /// Of `import`: a character, or `tab`.
  var delimiter: String?
  /// Of `import-data`: a user and a currency in place of those that are not here.
  var mapUser: String?
  var mapCurrency: String?
  var skipUnknown: Bool?
  var match: Bool?
  var absoluteDates: Bool?
  /// Of `migrate`.
  var mappings: [Mapping]?
  /// Of `migrate` and `delete`: which rows.
  var conditions: [String]?
  /// Also where the target has a value.
  var replace: Bool?
  var round: Bool?
  var cut: Bool?
  /// Of `migrate`: the solution whose staged upgrade it is for, where a page has asked.
  var solution: String?

  init(verb: Verb) { self.verb = verb }

  /// What it is about: the table, or the word for several.
  var subject: String { table?.lowercased() ?? "data" }

  /// - Throws: `Failure` for what is missing or cannot be read; `RowFileError`.
  func request(on site: Site) async throws -> RowRequest {
    switch verb {
    case .import: return try await importing(site)
    case .importData: return try await Aside.run { try importingData(site) }
    case .migrate:
      let mappings = try rowMappings()
      return .migrating(
        try name(),
        mappings,
        where: filter,
        replaces: replace ?? false
      )
    case .delete:
      // All of a table's rows are asked for by a condition, too.
      guard let filter else { throw missing("conditions") }
      return .deleting(from: try name(), where: filter)
    }
  }

  /// Of `migrate`.
  func rowMappings() throws -> [RowMapping] {
    guard let mappings, !mappings.isEmpty else { throw missing("mappings") }
    return mappings.map { mapping in
      RowMapping(
        target: mapping.target.lowercased(),
        source: mapping.source.lowercased(),
        values: mapping.values ?? [:],
        rounds: round ?? false,
        cuts: cut ?? false
      )
    }
  }

  private var filter: (@Sendable (Table) throws -> RowQuery)? {
    let conditions = (conditions ?? []).filter { !$0.isEmpty }
    guard !conditions.isEmpty else { return nil }
    return { try RowQueryText(conditions: conditions).query($0) }
  }

  private func importing(_ site: Site) async throws -> RowRequest {
    guard let file else { throw missing("file") }
    let table = try await site.lifecycle.ask(TableQuestion(of: try name()))
    let source = try CSVReader(
      try site.room.input(file),
      path: file.file.shown(200),
      delimiter: try separator()
    )
    let isUpsert = upsert ?? (key != nil || source.header.contains { table.isPrimaryKey($0) })
    return .importing(
      source,
      into: table.name,
      mode: isUpsert ? .upsert(key: key) : .insert,
      newID: site.newID
    )
  }

  private func importingData(_ site: Site) throws -> RowRequest {
    guard let file else { throw missing("file") }
    let data: MigrationFile
    do {
      data = try MigrationReader().open(
        try site.room.parts(of: file),
        ignoresDates: absoluteDates ?? false
      )
    } catch let error as MigrationReader.Failure {
      throw Failure(
        .unreadable,
        "cannot read \(file.file.shown(200)): \(error)",
        remedy: error.isOfDates ? "take dates as they stand" : nil
      )
    }
    let options = MigrationOptions(
      user: mapUser,
      currency: mapCurrency,
      skipsUnknown: skipUnknown ?? false,
      matches: match ?? false
    )
    return .importing(data, options, newID: site.newID)
  }

  private func separator() throws -> UInt8 {
    switch delimiter?.lowercased() {
    case nil, ""?: return 0x2C
    case "tab"?: return 0x09
    case let text? where text.utf8.count == 1: return text.utf8.first ?? 0x2C
    default:
      throw Failure(.usage, "delimiter is one character, or tab", status: Failure.wrongUsage)
    }
  }

  private func name() throws -> String {
    guard let table, !table.isEmpty else { throw missing("table") }
    return table.lowercased()
  }

  private func missing(_ field: String) -> Failure {
    Failure(.usage, "\(verb.rawValue) takes \(field)", status: Failure.wrongUsage)
  }
}

extension Table {
  /// Whether a field of a file's first line names the id, by its logical name or as it is displayed.
  fileprivate func isPrimaryKey(_ field: String) -> Bool {
    field.lowercased() == primaryKey || column(displayedAs: field)?.name == primaryKey
  }
}
