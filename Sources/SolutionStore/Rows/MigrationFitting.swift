internal import SQL
internal import Solutions

/// Makes rows of another environment rows of this one: users and currencies that are not here become others, and what the
/// environment has no place for is left out or refused.
///
/// A first look at all rows (`survey`) finds what does not fit; afterwards each is made to fit by itself (`fit`).
struct MigrationFitting {
  private let options: MigrationOptions
  private let reader: StoreReader
  private var people: MigrationPeople
  private var matching: MigrationMatching
  private var unknown: [String: Int] = [:]
  private var left: [String: Int] = [:]
  /// Tables with rows or pairs in the file, in its order.
  private var tables: [MigrationData.Table] = []
  private var names: Set<String> = []

  init(_ options: MigrationOptions, _ transaction: StoreTransaction) throws {
    self.options = options
    reader = transaction.reader
    people = try MigrationPeople(options, reader)
    matching = MigrationMatching(transaction)
  }

  /// A table whose rows can be written; nil where it is not here.
  func table(_ name: String) throws -> Table? {
    try reader.table(name).flatMap { $0.isVirtual ? nil : $0 }
  }

  // MARK: First look

  mutating func survey(_ source: any MigrationSource) throws {
    var count = 0
    // What is seen is a value of its own while the source gives: nobody looks at both.
    var seen = self
    try source.forEach(hasFiles: false) { table, item in
      if count % 500 == 0 { try reader.checkpoint() }
      count += 1
      try seen.see(item, of: table)
    }
    self = seen
    try people.settle()
    if options.matches { try match(source) }
  }

  private mutating func see(_ item: MigrationData.Item, of table: MigrationData.Table) throws {
    if names.insert(table.name).inserted {
      // As many as a name can stand for a table, or for what is not here.
      guard names.count <= Self.namesMax else { throw Self.tooMany("tables") }
      tables.append(table)
    }
    switch item {
    case .record(let record):
      guard let own = try self.table(table.name) else {
        return try note("table \(table.name)", 1)
      }
      people.bring(record.id, of: table.name)
      for field in record.fields where field.name != own.primaryKey { try see(field, own) }
    case .pairs(let pairs):
      guard try self.table(table.name) != nil else { return try note("table \(table.name)", 0) }
      guard try reader.table(pairs.intersect)?.isIntersect == true else {
        return try note("relationship \(pairs.intersect)", pairs.targets.count)
      }
    }
  }

  private mutating func see(_ field: MigrationData.Field, _ table: Table) throws {
    switch Self.use(of: field, in: table) {
    case .left(let reason): left["\(table.name).\(field.name), \(reason)", default: 0] += 1
    case .unknown: try note("column \(table.name).\(field.name)", 1)
    case .value(let column):
      guard case .lookup(let targets) = column.type,
        let target = field.target ?? (targets.count == 1 ? targets[0] : nil)
      else { return }
      try people.name(field, in: target, by: "\(table.name).\(column.name)", targets)
    }
  }

  private enum Use {
    /// Why it is not taken.
    case left(String)
    case unknown
    case value(Column)
  }

  private static func use(of field: MigrationData.Field, in table: Table) -> Use {
    if let reason = table.leavesOut(field) { return .left(reason) }
    return table.column(field.name).map { .value($0) } ?? .unknown
  }

  /// Of a file that nobody wrote to be read there are no ends.
  private static let namesMax = 10_000

  static func tooMany(_ what: String) -> MigrationRefused {
    MigrationRefused(reasons: ["it names more \(what) than any environment has"], ways: [])
  }

  private mutating func note(_ what: String, _ count: Int) throws {
    unknown[what, default: 0] += count
    guard unknown.count <= Self.namesMax else { throw Self.tooMany("tables and columns") }
  }

  // MARK: One by one

  func fit(_ pairs: MigrationData.Pairs, of own: Table) throws -> MigrationData.Pairs? {
    guard let intersect = try reader.table(pairs.intersect), intersect.isIntersect else {
      return nil
    }
    let other = intersect.otherEnd(than: own.name)
    return MigrationData.Pairs(
      intersect: pairs.intersect,
      source: try matched(pairs.source, in: own.name),
      targets: try pairs.targets.map { try matched($0, in: other) }
    )
  }

  func fit(_ record: MigrationData.Record, of table: Table) throws -> MigrationData.Record {
    let own = try matched(record.id, in: table.name)
    var fields = [MigrationData.Field(table.primaryKey, own)]
    for field in record.fields where field.name != table.primaryKey {
      guard case .value(let column) = Self.use(of: field, in: table) else { continue }
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
      let found = try place(of: field, in: target)
      value.value = found?.id ?? field.value
      fields.append(value)
      if targets.count != 1, let kind = found?.table ?? target {
        fields.append(MigrationData.Field("\(column.name):type", kind))
      }
    }
    fields.sort { $0.name < $1.name }
    return MigrationData.Record(id: own, fields: fields)
  }

  private func matched(_ id: String, in table: String) throws -> String {
    guard options.matches, let known = GUID(id)?.description else { return id }
    let found = try matching.id(of: known, in: table)
    return found == known ? id : found
  }

  /// Where a lookup leads to here; nil where nobody knows.
  private func place(
    of field: MigrationData.Field,
    in target: String?
  ) throws -> (table: String, id: String)? {
    guard let target, let id = GUID(field.value) else { return nil }
    if let place = people.place(of: id, in: target) { return place }
    return (target, try matching.id(of: id.description, in: target))
  }

  // MARK: Rows by other ids

  /// Tables whose lookups rows are found by come after those that they lead to; those that lead to none of the rest are
  /// looked at in one pass.
  private mutating func match(_ source: any MigrationSource) throws {
    var rest: [MigrationMatching.Wanted] = []
    for table in tables {
      guard let own = try self.table(table.name),
        let wanted = try matching.wanted(table, own)
      else { continue }
      rest.append(wanted)
    }
    while !rest.isEmpty {
      let names = Set(rest.map(\.own.name))
      var free = rest.filter { wanted in
        wanted.columns.allSatisfy { column in
          guard case .lookup(let targets) = column.type else { return true }
          return targets.allSatisfy { $0 == wanted.own.name || !names.contains($0) }
        }
      }
      if free.isEmpty { free = [rest[0]] }
      let done = Set(free.map(\.own.name))
      rest.removeAll { done.contains($0.own.name) }
      try match(free, source)
    }
  }

  private mutating func match(
    _ some: [MigrationMatching.Wanted],
    _ source: any MigrationSource
  ) throws {
    var wanted = Dictionary(some.map { ($0.own.name, $0) }) { one, _ in one }
    for one in some { try matching.begin(one) }
    var count = 0
    try source.forEach(hasFiles: false) { table, item in
      if count % 500 == 0 { try reader.checkpoint() }
      count += 1
      guard case .record(let record) = item, var one = wanted.removeValue(forKey: table.name)
      else { return }
      try matching.take(record, &one) { try value(of: record, $0) }
      wanted[table.name] = one
    }
    for one in some {
      if var filled = wanted[one.own.name] { try matching.settle(&filled) }
    }
  }

  private func value(of record: MigrationData.Record, _ column: Column) throws -> RowValue? {
    guard let field = record.fields.first(where: { $0.name == column.name }) else { return nil }
    var text = column.text(ofMigration: field.value)
    if case .lookup(let targets) = column.type {
      guard
        let found = try place(
          of: field,
          in: field.target ?? (targets.count == 1 ? targets[0] : nil)
        )
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

  /// In the end.
  mutating func end() throws { try matching.end() }

  // MARK: What is told

  func refuseAny() throws(MigrationRefused) {
    var reasons = matching.reasons + people.reasons
    var ways = people.ways
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
    matching.notes + people.notes
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
