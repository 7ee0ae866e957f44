internal import SQL
internal import Solutions

/// Makes rows of another environment rows of this one: users and currencies that are not here become others, and what the
/// environment has no place for is left out or refused.
struct MigrationFitting {
  private let options: MigrationOptions
  private let reader: StoreReader
  /// Rows that the file brings itself, by table.
  private var brought: [String: Set<String>] = [:]
  private var unknown: [String: Int] = [:]
  private var left: [String: Int] = [:]
  private var mapped: [String: Int] = [:]
  private var strangers: [Strangers: (ids: Set<String>, values: Int)] = [:]
  /// What an id of another environment became, by table and id.
  private var known: [String: (table: String, id: String)?] = [:]
  private var matching: MigrationMatching
  private let user: String?
  private let currency: String?

  private struct Strangers: Hashable {
    let column: String
    let table: String
  }

  init(_ options: MigrationOptions, _ data: MigrationData, _ reader: StoreReader) throws {
    self.options = options
    self.reader = reader
    matching = MigrationMatching(reader)
    for table in data.tables {
      brought[table.name, default: []].formUnion(
        table.records.compactMap { GUID($0.id)?.description }
      )
    }
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

  mutating func fit(_ data: MigrationData) throws -> MigrationData {
    if options.matches { try match(data.tables) }
    var fitted = data
    fitted.tables = try data.tables.compactMap { try fit($0) }
    return fitted
  }

  private mutating func fit(_ table: MigrationData.Table) throws -> MigrationData.Table? {
    guard !table.records.isEmpty || !table.pairs.isEmpty else { return nil }
    guard let own = try reader.table(table.name), !own.isVirtual else {
      unknown["table \(table.name)", default: 0] += table.records.count
      return nil
    }
    var fitted = table
    (fitted.records, fitted.pairs) = ([], [])
    for record in table.records { fitted.records.append(try fit(record, of: own)) }
    for pairs in table.pairs {
      guard let intersect = try reader.table(pairs.intersect), intersect.isIntersect else {
        unknown["relationship \(pairs.intersect)", default: 0] += pairs.targets.count
        continue
      }
      let other = intersect.otherEnd(than: table.name)
      fitted.pairs.append(
        MigrationData.Pairs(
          intersect: pairs.intersect,
          source: matched(pairs.source, in: table.name),
          targets: pairs.targets.map { matched($0, in: other) }
        )
      )
    }
    return fitted
  }

  private mutating func fit(
    _ record: MigrationData.Record,
    of table: Table
  ) throws -> MigrationData.Record {
    let own = matched(record.id, in: table.name)
    var fields = [MigrationData.Field(table.primaryKey, own)]
    for field in record.fields where field.name != table.primaryKey {
      if let reason = table.leavesOut(field) {
        left["\(table.name).\(field.name), \(reason)", default: 0] += 1
        continue
      }
      guard let column = table.column(field.name) else {
        unknown["column \(table.name).\(field.name)", default: 0] += 1
        continue
      }
      var value = field
      value.value = column.text(ofMigration: field.value)
      guard case .lookup(let targets) = column.type else {
        fields.append(value)
        if column.type == .file, let name = field.fileName {
          fields.append(MigrationData.Field("\(column.name):name", name))
        }
        continue
      }
      let target = field.target ?? (targets.count == 1 ? targets[0] : nil)
      let (kind, id) = try resolved(field, target, column, table)
      value.value = id
      fields.append(value)
      if targets.count != 1, let kind {
        fields.append(MigrationData.Field("\(column.name):type", kind))
      }
    }
    fields.sort { $0.name < $1.name }
    return MigrationData.Record(id: own, fields: fields)
  }

  // MARK: Rows by other ids

  /// Tables whose lookups rows are found by come after those that they lead to.
  private mutating func match(_ tables: [MigrationData.Table]) throws {
    var rest: [(table: MigrationData.Table, own: Table, columns: [Column])] = []
    for table in tables {
      guard let own = try reader.table(table.name), !own.isVirtual else { continue }
      rest.append((table, own, try matching.columns(of: table, own)))
    }
    while !rest.isEmpty {
      let names = Set(rest.map(\.own.name))
      let free = rest.firstIndex { entry in
        entry.columns.allSatisfy { column in
          guard case .lookup(let targets) = column.type else { return true }
          return targets.allSatisfy { $0 == entry.own.name || !names.contains($0) }
        }
      }
      let next = rest.remove(at: free ?? 0)
      // Whom users and currencies become is asked for once.
      var finding = matching
      try finding.match(next.table, next.own, by: next.columns) { record, column in
        try value(of: record, column)
      }
      matching = finding
    }
  }

  private mutating func value(of record: MigrationData.Record, _ column: Column) throws
    -> RowValue?
  {
    guard let field = record.fields.first(where: { $0.name == column.name }) else { return nil }
    var text = column.text(ofMigration: field.value)
    if case .lookup(let targets) = column.type {
      guard let target = field.target ?? (targets.count == 1 ? targets[0] : nil),
        let id = GUID(field.value)?.description, let found = try place(of: id, in: target, field)
      else { return nil }
      text = found.id
    }
    do throws(RowProblem) {
      return try column.meaning(of: text)
    } catch {
      // Told with the row that has it.
      return nil
    }
  }

  private func matched(_ id: String, in table: String) -> String {
    guard options.matches, let known = GUID(id)?.description else { return id }
    let found = matching.id(of: known, in: table)
    return found == known ? id : found
  }

  /// Where a lookup leads to here; nil where nobody knows.
  private mutating func place(
    of id: String,
    in target: String,
    _ field: MigrationData.Field
  ) throws -> (table: String, id: String)? {
    guard Self.mapping[target] != nil, brought[target]?.contains(id) != true else {
      return (target, matching.id(of: id, in: target))
    }
    let key = "\(target) \(id)"
    if known[key] == nil { known[key] = .some(try replacement(of: id, in: target, field.title)) }
    return known[key] ?? nil
  }

  // MARK: Users, teams, currencies

  private static let mapping = [
    "systemuser": "user", "team": "user", "transactioncurrency": "currency",
  ]

  private mutating func resolved(
    _ field: MigrationData.Field,
    _ target: String?,
    _ column: Column,
    _ table: Table
  ) throws -> (table: String?, id: String) {
    guard let target, let id = GUID(field.value)?.description else {
      return (target, field.value)
    }
    let found = try place(of: id, in: target, field)
    guard Self.mapping[target] != nil, brought[target]?.contains(id) != true else {
      return (target, found?.id ?? field.value)
    }
    guard case .lookup(let targets) = column.type, let found, targets.contains(found.table) else {
      let place = Strangers(column: "\(table.name).\(column.name)", table: target)
      strangers[place, default: ([], 0)].ids.insert(id)
      strangers[place, default: ([], 0)].values += 1
      return (target, id)
    }
    if found.id != id { mapped["\(target) → \(found.table) \(found.id)", default: 0] += 1 }
    return (found.table, found.id)
  }

  private func replacement(
    of id: String,
    in target: String,
    _ title: String?
  ) throws -> (table: String, id: String)? {
    if try reader.hasRow(id, in: target) { return (target, id) }
    if let title, let name = try reader.table(target)?.primaryName,
      let found = try reader.onlyRow(of: target, name, title)
    {
      return (target, found)
    }
    return target == "transactioncurrency"
      ? currency.map { ("transactioncurrency", $0) } : user.map { ("systemuser", $0) }
  }

  // MARK: What is told

  func refuseAny() throws(MigrationRefused) {
    var reasons = matching.reasons
    var ways: Set<MigrationRefused.Way> = []
    for (place, found) in strangers.sorted(by: {
      ($0.key.column, $0.key.table) < ($1.key.column, $1.key.table)
    }) {
      reasons.append(
        "\(place.column): \(found.ids.count.counted("row")) of \(place.table) not here, named \(found.values.counted("time"))"
      )
    }
    let tables = Set(strangers.keys.map(\.table))
    if !tables.isDisjoint(with: ["systemuser", "team"]) { ways.insert(.mapUser) }
    if tables.contains("transactioncurrency") { ways.insert(.mapCurrency) }
    if !options.skipsUnknown, !unknown.isEmpty {
      reasons += unknown.sorted { $0.key < $1.key }.map { name, count in
        "\(name) is not here (\(count.counted(name.hasPrefix("table") ? "row" : "value")))"
      }
      ways.insert(.skipUnknown)
    }
    guard reasons.isEmpty else { throw MigrationRefused(reasons: reasons, ways: ways) }
  }

  /// What was mapped and what was left out, in words.
  var notes: [String] {
    matching.notes
      + mapped.sorted { $0.key < $1.key }.map { "\($1.counted("value")) mapped: \($0)" }
      + unknown.sorted { $0.key < $1.key }.map {
        "left out: \($0), not here (\($1.counted($0.hasPrefix("table") ? "row" : "value")))"
      }
      + left.sorted { $0.key < $1.key }.map { "left out: \($0) (\($1.counted("value")))" }
  }
}

extension Table {
  /// Of an intersect table: the table that rows of a table are paired with.
  fileprivate func otherEnd(than name: String) -> String {
    let ends = columns.compactMap { column -> String? in
      guard case .lookup(let targets) = column.type else { return nil }
      return targets.first
    }
    return ends.first { $0 != name } ?? name
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
