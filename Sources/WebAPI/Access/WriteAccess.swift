internal import Lifecycle
internal import Solutions

/// Asks before rows are written whether a user may write them.
struct WriteAccess {
  private let api: WebAPI
  private let actor: Actor
  /// Rows that are made by the same request, by table and id.
  private var made: Set<String> = []

  init(_ api: WebAPI, _ actor: Actor) { (self.api, self.actor) = (api, actor) }

  /// - Throws: `WebError` for the first edit that the user may not make.
  mutating func require(_ edits: [RowEdit]) async throws {
    for edit in edits { try await require(edit) }
  }

  private mutating func require(_ edit: RowEdit) async throws {
    let table = try await api.catalog.model(of: edit.table).table
    switch edit.action {
    case .create(let id, let values):
      try await requireCreation(values, in: table)
      made.insert(Self.word(table.name, id))
    case .change(let name, let values, let presence):
      let id = try await id(of: name, in: table)
      // What is not there is told by whoever writes.
      guard id != nil || isMade(name, in: table) else {
        if case .required = presence { return }
        return try await requireCreation(values, in: table)
      }
      try await require(.write, name, in: table)
      if let owner = Self.owner(in: values) {
        try await require(.assign, name, in: table)
        try await require(owner, within: .assign, of: table)
      }
      guard values.contains(where: { Self.leads($0) }) else { return }
      try await require(.append, name, in: table)
      try await requireTargets(of: values)
    case .delete(let name): try await require(.delete, name, in: table)
    case .pair(let values), .unpair(let values): try await requirePair(values, in: table)
    }
  }

  // MARK: Kinds of edits

  private func requireCreation(_ values: [RowEdit.Value], in table: Table) async throws {
    _ = try actor.rows(of: table, for: .create)
    if let owner = Self.owner(in: values) {
      try await require(owner, within: .create, of: table)
    }
    guard values.contains(where: { Self.leads($0) }) else { return }
    _ = try actor.rows(of: table, for: .append)
    try await requireTargets(of: values)
  }

  private func requireTargets(of values: [RowEdit.Value]) async throws {
    for value in values where Self.leads(value) {
      guard case .row(let target, let name) = value.content else { continue }
      let table = try await api.catalog.model(of: target).table
      try await require(.appendTo, name, in: table)
    }
  }

  /// One of the two is appended to the other; roles and members of teams are a matter of administrators.
  private func requirePair(_ values: [RowEdit.Value], in table: Table) async throws {
    guard !SystemBaseline.pairNames.contains(table.name) else {
      throw WebError(
        403,
        WebError.accessDenied,
        "Principal user (Id=\(actor.standing.user), type=8) may not change who has which roles"
      )
    }
    var ends: [(table: Table, name: RowName)] = []
    for value in values {
      guard case .row(let target, let name) = value.content else { continue }
      ends.append((try await api.catalog.model(of: target).table, name))
    }
    guard ends.count == 2 else { return }
    do {
      try await require(.append, ends[0].name, in: ends[0].table)
      try await require(.appendTo, ends[1].name, in: ends[1].table)
    } catch let error as WebError where error.status == 403 {
      try await require(.append, ends[1].name, in: ends[1].table)
      try await require(.appendTo, ends[0].name, in: ends[0].table)
    }
  }

  // MARK: Rows

  private func require(_ verb: RowRights.Verb, _ name: RowName, in table: Table) async throws {
    guard let reach = try actor.rows(of: table, for: verb), !isMade(name, in: table),
      let id = try await id(of: name, in: table)
    else { return }
    guard try await isThere(id, in: table, reach) else {
      throw actor.refusal(verb, on: table.name, id)
    }
  }

  /// A privilege that ends at the business unit gives rows to nobody outside of it.
  private func require(
    _ owner: (table: String, name: RowName),
    within verb: RowRights.Verb,
    of table: Table
  ) async throws {
    guard let depth = actor.rights?.depth(verb, on: table) else { return }
    let owners = try await api.catalog.model(of: owner.table).table
    guard let reach = actor.standing.rows(of: owners, within: depth, as: nil),
      let id = try await id(of: owner.name, in: owners)
    else { return }
    guard try await isThere(id, in: owners, reach) else {
      throw WebError(
        403,
        WebError.accessDenied,
        "Principal user (Id=\(actor.standing.user), type=8) may not give rows of '\(table.name)' to the \(owners.name) with Id=\(id)"
      )
    }
  }

  private func id(of name: RowName, in table: Table) async throws -> GUID? {
    try await api.ask(RowNameQuestion(name, in: table.name, knowing: api.catalog.known))
  }

  private func isThere(_ id: GUID, in table: Table, _ reach: RowQuery.Filter) async throws -> Bool {
    var query = RowQuery(table.name)
    query.columns = [RowQuery.ColumnPath(table.primaryKey)]
    query.filter = .all([
      .compare(RowQuery.ColumnPath(table.primaryKey), .equal, .text(id.description)), reach,
    ])
    query.isUnordered = true
    let found = try await api.ask(RowTreeQuestion(RowTree(query), knowing: api.catalog.known))
    return !found.rows.isEmpty
  }

  private func isMade(_ name: RowName, in table: Table) -> Bool {
    guard case .id(let id) = name else { return false }
    return made.contains(Self.word(table.name, id))
  }

  private static func word(_ table: String, _ id: GUID) -> String { "\(table) \(id)" }

  // MARK: Values

  private static func owner(
    in values: [RowEdit.Value]
  ) -> (table: String, name: RowName)? {
    for value in values where value.column == "ownerid" {
      if case .row(let table, let name) = value.content { return (table, name) }
    }
    return nil
  }

  /// Whether it makes the row lead to another one; an owner is told otherwise.
  private static func leads(_ value: RowEdit.Value) -> Bool {
    guard case .row = value.content else { return false }
    return value.column != "ownerid"
  }
}

extension WebAPI {
  /// - Throws: `WebError` where the user may not write one of the rows.
  func requireAccess(to edits: [RowEdit]) async throws {
    guard let actor, actor.rights != nil else { return }
    var access = WriteAccess(self, actor)
    try await access.require(edits)
  }

  // MARK: Reading

  /// What a tree finds of that which the user may read.
  func find(_ tree: RowTree) async throws -> RowForest {
    try await ask(
      RowTreeQuestion(try await held(tree), knowing: catalog.known, trusting: catalog.memory)
    )
  }

  /// How many rows a query finds of those that the user may read.
  func count(_ query: RowQuery) async throws -> Int {
    let held = try await held(RowTree(query)).query
    return try await ask(
      RowCountQuestion(held, knowing: catalog.known, trusting: catalog.memory)
    )
  }

  /// Whether the user may read some rows of a table.
  func mayRead(_ model: TableModel) -> Bool { actor?.may(.read, on: model.table) ?? true }

  private func held(_ tree: RowTree) async throws -> RowTree {
    guard let actor, actor.rights != nil else { return tree }
    var tables: [String: Table] = [:]
    for name in tree.tableNames { tables[name] = try await catalog.find(name)?.table }
    return try HeldQuery(actor: actor, tables: tables).hold(tree)
  }

  /// Why a row was not found: it is not there, or the user may not read it.
  func notFound(_ model: TableModel, _ id: GUID) async throws -> WebError {
    guard let actor, actor.rights != nil,
      try await ask(RowNameQuestion(.id(id), in: model.name, knowing: catalog.known)) != nil
    else { return .noRow(model.name, id.description) }
    return actor.refusal(.read, on: model.name, id)
  }
}
