internal import SQL
internal import Solutions

/// Users, teams and currencies of another environment: who of them is here, and who takes the place of those who are not.
struct MigrationPeople {
  private let reader: StoreReader
  private let user: String?
  private let currency: String?
  /// Rows that the file brings itself.
  private var brought: Set<Person> = []
  /// Whom lookups name, until `settle`.
  private var named: [Person: Naming] = [:]
  private var targets: [String: [String]] = [:]
  /// Where those lead to whom the file does not bring; nil where nobody knows.
  private var known: [Person: (table: String, id: String)?] = [:]
  private var mapped: [String: Int] = [:]
  private var strangers: [Strangers: (ids: Int, values: Int)] = [:]

  private static let kinds = [
    "systemuser": "user", "team": "user", "transactioncurrency": "currency",
  ]
  /// More of them are in no environment.
  private static let most = 250_000

  private struct Person: Hashable {
    let table: String
    let id: GUID
  }

  private struct Naming {
    var title: String?
    /// How often, by columns.
    var columns: [String: Int] = [:]
  }

  private struct Strangers: Hashable {
    let column: String
    let table: String
  }

  init(_ options: MigrationOptions, _ reader: StoreReader) throws {
    self.reader = reader
    user = try options.user.map {
      try Self.find(
        $0,
        in: "systemuser",
        ["fullname", "domainname", "internalemailaddress"],
        reader
      )
    }
    currency = try options.currency.map {
      try Self.find($0, in: "transactioncurrency", ["isocurrencycode", "currencyname"], reader)
    }
  }

  /// A row by its id, or by one of its columns where one row alone has the value.
  private static func find(
    _ text: String,
    in table: String,
    _ columns: [String],
    _ reader: StoreReader
  ) throws -> String {
    if let id = GUID(text)?.description, try reader.hasRow(id, in: table) { return id }
    for column in columns {
      if let id = try reader.onlyRow(of: table, column, text) { return id }
    }
    throw QueryError(
      description: "there is no one row of \(table) called \(RowProblem.quoted(text))"
    )
  }

  /// A row of the file, which is not looked for when others name it.
  mutating func bring(_ id: String, of table: String) {
    guard Self.kinds[table] != nil, let id = GUID(id) else { return }
    brought.insert(Person(table: table, id: id))
  }

  /// - Parameters:
  ///   - column: which names somebody, with its table.
  ///   - targets: where it may lead to.
  mutating func name(
    _ field: MigrationData.Field,
    in table: String,
    by column: String,
    _ targets: [String]
  ) throws {
    guard Self.kinds[table] != nil, let id = GUID(field.value) else { return }
    let person = Person(table: table, id: id)
    self.targets[column] = targets
    // Nobody's name is longer.
    let title = field.title.flatMap { $0.utf8.count > 1_000 ? nil : $0 }
    named[person, default: Naming(title: title)].columns[column, default: 0] += 1
    guard named.count <= Self.most else { throw MigrationFitting.tooMany("users and currencies") }
  }

  /// When everybody is named.
  mutating func settle() throws {
    for (person, naming) in named where !brought.contains(person) {
      let found = try replacement(of: person, naming.title)
      for (column, count) in naming.columns {
        guard let found, targets[column]?.contains(found.table) == true else {
          strangers[Strangers(column: column, table: person.table), default: (0, 0)].ids += 1
          strangers[Strangers(column: column, table: person.table), default: (0, 0)].values += count
          continue
        }
        guard found.id != person.id.description else { continue }
        mapped["\(person.table) → \(found.table) \(found.id)", default: 0] += count
      }
      known[person] = .some(found)
    }
    named = [:]
  }

  private func replacement(
    of person: Person,
    _ title: String?
  ) throws -> (table: String, id: String)? {
    let id = person.id.description
    if try reader.hasRow(id, in: person.table) { return (person.table, id) }
    if let title, let name = try reader.table(person.table)?.primaryName,
      let found = try reader.onlyRow(of: person.table, name, title)
    {
      return (person.table, found)
    }
    return Self.kinds[person.table] == "currency"
      ? currency.map { ("transactioncurrency", $0) } : user.map { ("systemuser", $0) }
  }

  /// Where a lookup leads to here; nil where it leads to nobody of these.
  func place(of id: GUID, in table: String) -> (table: String, id: String)? {
    guard Self.kinds[table] != nil else { return nil }
    return known[Person(table: table, id: id)] ?? nil
  }

  // MARK: What is told

  var reasons: [String] {
    strangers.sorted { ($0.key.column, $0.key.table) < ($1.key.column, $1.key.table) }.map {
      place,
      found in
      "\(place.column): \(found.ids.counted("row")) of \(place.table) not here, named \(found.values.counted("time"))"
    }
  }

  var ways: Set<MigrationRefused.Way> {
    Set(
      strangers.keys.map { Self.kinds[$0.table] == "currency" ? .mapCurrency : .mapUser }
    )
  }

  var notes: [String] {
    mapped.sorted { $0.key < $1.key }.map { "\($1.counted("value")) mapped: \($0)" }
  }
}

extension StoreReader {
  fileprivate func hasRow(_ id: String, in table: String) throws -> Bool {
    let stored = try requireTable(table)
    let key = stored.stored(stored.table.primaryKey)
    return try sql.row("SELECT 1 FROM \(name: stored.name) WHERE \(name: key) = \(id)") { _ in true
    }
      == true
  }

  /// The row that alone has a text in a column.
  fileprivate func onlyRow(of table: String, _ column: String, _ text: String) throws -> String? {
    let found = try rows(of: table, column, text)
    return found.count == 1 ? found[0] : nil
  }
}
