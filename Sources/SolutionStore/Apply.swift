package import Hashing
internal import SQL
package import Solutions
internal import XML

extension PlanWriter {
  /// Performs a plan: rows are closed and opened, and the history gets its record.
  ///
  /// Knows no rule of layering; what it does follows from the plan's effects alone.
  ///
  /// - Parameters:
  ///   - before: the slice that the plan was made from.
  ///   - promise: the state that it leads back to, which is compared with what was written.
  ///   - packages: kept, for comparing and for going back.
  ///   - files: kept for exports, each by its own digest.
  /// - Throws: `StoreError.stale` for a plan of another revision, `unfaithful` or `unreachable` where what was written is not
  ///   what was planned or promised, `StoreError` for what is damaged or taken, `SQLError`.
  package func apply(
    _ plan: Plan,
    on before: InstalledState,
    promising promise: StatePromise?,
    packages: [(package: SolutionPackage, bytes: [UInt8])] = [],
    files: [(file: String, bytes: [UInt8], digest: SHA256Digest)] = [],
    as record: OperationRecord,
    clock: () -> Timestamp
  ) throws -> ApplyReport {
    let now = try reader.revision()
    guard plan.base.revision == now else {
      throw StoreError.stale(planned: plan.base.revision, now: now)
    }
    let former = try history.presentDigest(of: now)
    let number = now + 1
    started = record.started
    var writing = Writing(before: before)
    for effect in plan.effects { writing.note(effect) }
    try write(writing, in: number, clock)
    try sql.reserve(try tables(changedBy: writing.schema))
    for change in writing.schema {
      try perform(change, in: number)
      onStep("schema-change")
    }
    try dropPurged()
    try dropFolded(after: writing.schema)
    try reader.requireDistinctTables(after: writing.schema)
    onStep("schema-written")
    for (package, bytes) in packages { try keep(package.digest, package.file, bytes) }
    for file in files { try keep(file.digest, file.file, file.bytes) }
    onStep("packages-kept")
    try history.write(record, of: plan, as: number, writtenAt: writtenAt, completed: clock())
    try history.store(try reader.digest(after: former, in: number), of: number)
    onStep("history-written")
    try sql.execute("UPDATE environment SET revision = \(number)")
    onStep("revision-raised")
    let differences = try reader.differences(from: plan, on: before)
    guard differences.isEmpty else { throw StoreError.unfaithful(differences) }
    if let promise { try require(promise, of: plan, in: number) }
    return ApplyReport(operation: number, warnings: warnings, writtenAt: writtenAt)
  }

  private func keep(_ digest: SHA256Digest, _ file: String, _ bytes: [UInt8]) throws {
    try sql.execute(
      """
      INSERT INTO package (digest, file, content)
      VALUES (\(.blob(digest.bytes)), \(file), \(.blob(bytes))) ON CONFLICT DO NOTHING
      """
    )
  }
}

extension PlanWriter {
  /// Tables that are there, and whose columns or keys change, as the database calls them; in order, so that nobody waits
  /// for each other.
  private func tables(changedBy changes: [SchemaChange]) throws -> [String] {
    let names = changes.compactMap { change -> String? in
      switch change {
      case .addColumns(let table, _), .createKey(_, let table), .dropKey(_, let table),
        .activateKey(_, let table):
        table.name
      default: nil
      }
    }
    let stored = try Set(names).compactMap { try reader.place(named: $0)?.name }
    return try stored.sorted().filter { try !sql.columns(of: $0).isEmpty }
  }

  private func write(_ writing: Writing, in number: Int, _ clock: () -> Timestamp) throws {
    var wanted = writing.deleted.union(writing.settings.keys).union(writing.layers.keys)
    for layer in writing.layers.values.flatMap(\.values).compactMap({ $0 }) {
      if let parent = layer.component.parent { wanted.insert(parent) }
    }
    for solution in writing.solutions.values.compactMap({ $0 }) {
      wanted.formUnion(solution.members)
    }
    for ids in writing.unlisted.values { wanted.formUnion(ids) }
    let numbers = try numbering(wanted)
    onStep("components-numbered")
    try write(deletions: writing.deleted, numbers, in: number)
    for id in writing.deleted { writtenAt[id] = clock() }
    try write(publishers: writing, in: number)
    onStep("publishers-written")
    try write(solutions: writing, numbers, in: number)
    onStep("solutions-written")
    try write(layers: writing, numbers, in: number, clock)
    onStep("layers-written")
    try write(settings: writing, numbers, in: number)
    onStep("settings-written")
    if writing.facts != writing.before.facts { try write(writing.facts, in: number) }
    guard writing.blocksUnmanaged != writing.before.blocksUnmanaged else { return }
    try sql.execute(
      writing.blocksUnmanaged
        ? "INSERT INTO unmanaged_block (opened) VALUES (\(number))"
        : "UPDATE unmanaged_block SET closed = \(number) WHERE closed IS NULL"
    )
  }

  private func close(_ table: String, _ condition: SQLText, in number: Int) throws {
    try sql.execute(
      "UPDATE \(name: table) SET closed = \(number) WHERE \(condition) AND closed IS NULL"
    )
  }

  private func closeMemberships(
    of name: SolutionName,
    _ ids: Set<ComponentID>,
    in number: Int
  ) throws {
    let values = try reader.numbers(of: ids).values.sorted().map { SQLValue($0) }
    for table in ["membership", "root_behavior"] {
      try sql.execute(among: values) {
        """
        UPDATE \(name: table) SET closed = \(number)
        WHERE solution = \(name.sqlKey) AND component IN \(list: $0) AND closed IS NULL
        """
      }
    }
  }

  private func write(
    deletions: Set<ComponentID>,
    _ numbers: [ComponentID: Int],
    in number: Int
  ) throws {
    let values = deletions.compactMap { numbers[$0] }.sorted().map { SQLValue($0) }
    for table in ["layer", "setting"] {
      try sql.execute(among: values) {
        """
        UPDATE \(name: table) SET closed = \(number)
        WHERE component IN \(list: $0) AND closed IS NULL
        """
      }
    }
  }

  private func write(publishers writing: Writing, in number: Int) throws {
    for (name, publisher) in writing.publishers.sorted(by: { $0.key < $1.key }) {
      try close("publisher", "key = \(name.text.lowercased())", in: number)
      guard let publisher else { continue }
      try sql.execute(
        """
        INSERT INTO publisher (key, name, display_name, prefix, option_value_prefix, opened)
        VALUES (\(name.text.lowercased()), \(name.text), \(publisher.displayName),
          \(publisher.prefix), \(publisher.optionValuePrefix), \(number))
        """
      )
    }
  }

  private func write(
    solutions writing: Writing,
    _ numbers: [ComponentID: Int],
    in number: Int
  ) throws {
    var members = Batch(into: "membership", ["solution", "component", "opened"])
    for (name, solution) in writing.solutions.sorted(by: { $0.key < $1.key }) {
      let old = writing.before.solutions[name]
      try close("solution", "key = \(name.sqlKey)", in: number)
      guard let solution else {
        for table in ["membership", "root_behavior"] {
          try close(table, "solution = \(name.sqlKey)", in: number)
        }
        continue
      }
      let parent: SolutionName?
      let role: String
      switch solution.role {
      case .ordinary: (role, parent) = ("ordinary", nil)
      case .patch(let of): (role, parent) = ("patch", of)
      case .holding(let of): (role, parent) = ("holding", of)
      }
      try sql.execute(
        """
        INSERT INTO solution
          (key, id, name, display_name, version, is_managed, publisher, role, parent, block, opened)
        VALUES (\(name.sqlKey), \(solution.id.description), \(name.text), \(solution.displayName),
          \(solution.version.text), \(SQLValue(solution.isManaged)), \(solution.publisher.text),
          \(role), \(parent?.text), \(solution.block), \(number))
        """
      )
      try write(
        behaviors: solution.behaviors,
        insteadOf: old?.behaviors ?? [:],
        of: name,
        numbers,
        in: number
      )
      let open = old?.members ?? []
      try closeMemberships(of: name, open.subtracting(solution.members), in: number)
      for id in solution.members.subtracting(open).sorted() {
        try members.add([.text(name.sqlKey), SQLValue(numbers[id]), SQLValue(number)], to: sql)
      }
    }
    try members.flush(to: sql)
    for (name, ids) in writing.unlisted.sorted(by: { $0.key < $1.key })
    where writing.solutions[name] == nil {
      try closeMemberships(of: name, ids, in: number)
    }
  }

  private func write(
    layers writing: Writing,
    _ numbers: [ComponentID: Int],
    in number: Int,
    _ clock: () -> Timestamp
  ) throws {
    var opened: [Layer] = []
    for (id, changes) in writing.layers.sorted(by: { $0.key < $1.key }) {
      for (solution, change) in changes.sorted(by: { $0.key < $1.key }) {
        let old = writing.before.layer(of: id, by: solution)
        if let change, change == old, !writing.deleted.contains(id) { continue }
        if old != nil, !writing.deleted.contains(id) {
          try close(
            "layer",
            "component = \(numbers[id]) AND solution = \(solution.sqlKey)",
            in: number
          )
        }
        writtenAt[id] = clock()
        if let change { opened.append(change) }
      }
    }
    let statements = try state(opened, numbers)
    var rows = Batch(
      into: "layer",
      [
        "component", "solution", "publisher", "block", "guest", "statement", "name", "display_name",
        "parent", "file", "line", "opened",
      ]
    )
    for (layer, statement) in zip(opened, statements) {
      var (block, guest) = (0, 0)
      if case .managed(let own, let visited, _) = layer.rank { (block, guest) = (own, visited) }
      let component = layer.component
      try rows.add(
        [
          SQLValue(numbers[component.id]), .text(layer.solution.sqlKey),
          .text(layer.publisher.text), SQLValue(block), SQLValue(guest), SQLValue(statement),
          .text(component.name), SQLValue(component.displayName),
          SQLValue(component.parent.flatMap { numbers[$0] }), .text(component.location.file),
          SQLValue(component.location.line), SQLValue(number),
        ],
        to: sql
      )
    }
    try rows.flush(to: sql)
  }

  /// Numbers of what the layers state; new statements bring their definition and what it names.
  private func state(_ layers: [Layer], _ numbers: [ComponentID: Int]) throws -> [Int] {
    struct Key: Hashable {
      let component: Int
      let hash: SHA256Digest
    }
    let keys = layers.map {
      Key(component: numbers[$0.component.id] ?? 0, hash: $0.definition.hash)
    }
    var known: [Key: Int] = [:]
    try sql.forEachRow(among: Set(keys.map(\.component)).sorted().map { SQLValue($0) }) {
      "SELECT id, component, definition FROM statement WHERE component IN \(list: $0)"
    } each: { row in
      guard let hash = SHA256Digest(bytes: try row.blob(2)) else { return }
      known[Key(component: try row.integer(1), hash: hash)] = try row.integer(0)
    }
    var new: [(key: Key, layer: Layer)] = []
    var next = try sql.row("SELECT MAX(id) FROM statement") { try $0.optionalInteger(0) ?? 0 } ?? 0
    for (key, layer) in zip(keys, layers) where known[key] == nil {
      next += 1
      known[key] = next
      new.append((key, layer))
    }
    try mend(layers.map(\.definition))
    try write(definitions: new.map(\.layer.definition))
    var statements = Batch(into: "statement", ["id", "component", "definition"])
    for (key, _) in new {
      try statements.add(
        [SQLValue(known[key]), SQLValue(key.component), .blob(key.hash.bytes)],
        to: sql
      )
    }
    try statements.flush(to: sql)
    try write(references: new.map { (known[$0.key] ?? 0, $0.layer.component) }, numbers)
    return keys.map { known[$0] ?? 0 }
  }

  func write(
    references statements: [(number: Int, component: Component)],
    _ numbers: [ComponentID: Int]
  ) throws {
    let named = statements.map { statement in
      let kind = kinds[statement.component.id.type]
      return (
        targets: Set(kind.references(statement.component).map(\.target)),
        alias: kind.alias(statement.component)
      )
    }
    let all = try numbering(
      named.reduce(into: Set<ComponentID>()) { all, entry in
        all.formUnion(entry.targets)
        if let alias = entry.alias { all.insert(alias) }
      }
    )
    var references = Batch(into: "reference", ["statement", "target"])
    var aliases = Batch(into: "alias", ["component", "other"], .kept)
    for (statement, entry) in zip(statements, named) {
      for target in entry.targets.compactMap({ all[$0] }).sorted() {
        try references.add([SQLValue(statement.number), SQLValue(target)], to: sql)
      }
      if let alias = entry.alias.flatMap({ all[$0] }) {
        try aliases.add([SQLValue(numbers[statement.component.id]), SQLValue(alias)], to: sql)
      }
    }
    try references.flush(to: sql)
    try aliases.flush(to: sql)
  }

  private func write(
    settings writing: Writing,
    _ numbers: [ComponentID: Int],
    in number: Int
  ) throws {
    for (id, setting) in writing.settings.sorted(by: { $0.key < $1.key }) {
      try close("setting", "component = \(numbers[id])", in: number)
      guard let setting else { continue }
      try sql.execute(
        """
        INSERT INTO setting (component, kind, value, opened)
        VALUES (\(numbers[id]), \(setting.kind), \(setting.stored), \(number))
        """
      )
    }
  }
}
