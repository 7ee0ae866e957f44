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
        return try await requireCreation(values + Self.said(by: name), in: table)
      }
      try requireFree(values, in: table)
      try await require(.write, name, in: table)
      if Self.owner(in: values, of: table) != nil { try await require(.assign, name, in: table) }
      guard values.contains(where: { Self.leads($0, in: table) }) else { return }
      try await require(.append, name, in: table)
      try await requireTargets(of: values, in: table)
    case .delete(let name): try await require(.delete, name, in: table)
    case .pair(let values), .unpair(let values): try await requirePair(values, in: table)
    }
  }

  // MARK: Kinds of edits

  private func requireCreation(_ values: [RowEdit.Value], in table: Table) async throws {
    try requireFree(values, in: table)
    _ = try actor.rows(of: table, for: .create)
    if let owner = Self.owner(in: values, of: table) {
      try await require(owner, within: .create, of: table)
    }
    guard values.contains(where: { Self.leads($0, in: table) }) else { return }
    _ = try actor.rows(of: table, for: .append)
    try await requireTargets(of: values, in: table)
  }

  private func requireTargets(of values: [RowEdit.Value], in table: Table) async throws {
    for value in values where Self.leads(value, in: table) {
      switch value.content {
      case .row(let target, let name):
        let end = try await api.catalog.model(of: target).table
        try await require(.appendTo, name, in: end)
      case .text(let text):
        guard let id = GUID(text) else { continue }
        for target in table.column(value.column)?.targets ?? [] {
          let end = try await api.catalog.model(of: target).table
          guard !end.isVirtual, try await self.id(of: .id(id), in: end) != nil else { continue }
          try await require(.appendTo, .id(id), in: end)
        }
      }
    }
  }

  /// Who somebody is and where, and when something was made, is not said by those whom it would let do more.
  private func requireFree(_ values: [RowEdit.Value], in table: Table) throws {
    let closed = Self.closed[table.name] ?? []
    for value in values {
      guard !closed.contains(value.column) else {
        throw actor.denial("may not write '\(value.column)' of '\(table.name)'")
      }
      if value.column == "createdon", actor.rights?.has("prvOverrideCreatedOnCreatedBy") != true {
        throw actor.denial("is missing prvOverrideCreatedOnCreatedBy privilege")
      }
    }
  }

  /// Columns that are written by administrators alone.
  private static let closed: [String: Set<String>] = [
    "businessunit": ["parentbusinessunitid"], "team": ["businessunitid", "isdefault"],
    "systemuser": [
      "applicationid", "azureactivedirectoryobjectid", "businessunitid", "domainname", "isdisabled",
    ],
  ]

  /// One of the two is appended to the other; roles and members of teams are a matter of administrators.
  private func requirePair(_ values: [RowEdit.Value], in table: Table) async throws {
    guard !SystemBaseline.pairNames.contains(table.name) else {
      throw actor.denial("may not change who has which roles")
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
    guard try await api.catalog.holds(id, in: table, among: reach) else {
      throw actor.refusal(verb, on: table.name, name)
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
    guard let reach = actor.standing.rows(of: owners, within: depth, as: nil) else { return }
    guard let id = try await id(of: owner.name, in: owners) else {
      // An id alone says not of which table it is.
      guard owner.table != "team" else { return }
      return try await require(("team", owner.name), within: verb, of: table)
    }
    guard try await api.catalog.holds(id, in: owners, among: reach) else {
      throw actor.denial("may not give rows of '\(table.name)' to the \(owners.name) with Id=\(id)")
    }
  }

  private func id(of name: RowName, in table: Table) async throws -> GUID? {
    try await api.ask(RowNameQuestion(name, in: table.name, knowing: api.catalog.known))
  }

  private func isMade(_ name: RowName, in table: Table) -> Bool {
    guard case .id(let id) = name else { return false }
    return made.contains(Self.word(table.name, id))
  }

  private static func word(_ table: String, _ id: GUID) -> String { "\(table) \(id)" }

  // MARK: Values

  /// What the name of a row says of it, where it is made under that name.
  private static func said(by name: RowName) -> [RowEdit.Value] {
    guard case .key(let values) = name else { return [] }
    return values.map { RowEdit.Value($0.column, .text($0.text)) }
  }

  private static func owner(
    in values: [RowEdit.Value],
    of table: Table
  ) -> (table: String, name: RowName)? {
    for value in values where value.column == "ownerid" {
      switch value.content {
      case .row(let table, let name): return (table, name)
      case .text(let text):
        guard let id = GUID(text) else { continue }
        return ("systemuser", .id(id))
      }
    }
    return nil
  }

  /// Whether it makes the row lead to another one; an owner is told otherwise.
  private static func leads(_ value: RowEdit.Value, in table: Table) -> Bool {
    guard value.column != "ownerid", table.column(value.column)?.isLookup == true else {
      return false
    }
    if case .text(let text) = value.content { return !text.isEmpty }
    return true
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
  ///
  /// - Parameters:
  ///   - id: for `RowQuery.Filter.isGiven`: one row is asked for.
  ///   - kept: of the same tree.
  ///   - request: who may ask for rows that no table holds; nil where nobody does.
  func find(
    _ tree: RowTree,
    _ id: GUID? = nil,
    keeping kept: RowTreeQuestion.Kept? = nil,
    asking request: WebRequest? = nil
  ) async throws -> RowForest {
    let isWhole = actor?.rights == nil
    var held = try await held(tree)
    if let request { held.told = try await ToldTables.rows(for: held, self, request) }
    return try await catalog.lifecycle.ask(
      RowTreeQuestion(
        held,
        given: id.map { .text($0.description) },
        knowing: catalog.known,
        trusting: catalog.memory,
        // Whoever may read some rows alone asks for others than the next one.
        keeping: isWhole ? kept : nil,
        isBrief: isWhole && tree.branches.isEmpty && !tree.isCounting
          && (id != nil || kept?.isBrief == true)
      )
    )
  }

  /// How many rows a query finds of those that the user may read.
  func count(_ query: RowQuery) async throws -> Int {
    let held = try await held(RowTree(query)).query
    return try await ask(
      RowCountQuestion(held, knowing: catalog.known, trusting: catalog.memory)
    )
  }

  /// - Throws: `WebError` where the user may read no row of a table, or not this one.
  func requireReading(_ id: GUID?, _ name: RowName, of model: TableModel) async throws {
    guard let actor, actor.rights != nil else { return }
    let reach = try actor.rows(of: model.table, for: .read)
    guard let id, let reach else { return }
    guard try await !catalog.holds(id, in: model.table, among: reach) else { return }
    // Whoever knows a key learns nothing of whose it is.
    guard case .id = name else { throw WebError.noRow(model.name, "\(name)") }
    throw actor.refusal(.read, on: model.name, name)
  }

  /// Whether the user may read some rows of a table.
  func mayRead(_ model: TableModel) -> Bool { actor?.may(.read, on: model.table) ?? true }

  private func held(_ tree: RowTree) async throws -> RowTree {
    guard let actor, actor.rights != nil else { return tree }
    var tables: [String: Table] = [:]
    for name in tree.tableNames {
      let table = try await catalog.find(name)?.table
      tables[name] = table
      guard let table, table.isIntersect else { continue }
      for end in table.columns.flatMap(\.targets) where tables[end] == nil {
        tables[end] = try await catalog.find(end)?.table
      }
    }
    return try HeldQuery(actor: actor, tables: tables).hold(tree)
  }

  /// Why a row was not found: it is not there, or the user may not read it.
  func notFound(_ model: TableModel, _ id: GUID) async throws -> WebError {
    guard let actor, actor.rights != nil,
      try await ask(RowNameQuestion(.id(id), in: model.name, knowing: catalog.known)) != nil
    else { return .noRow(model.name, id.description) }
    return actor.refusal(.read, on: model.name, .id(id))
  }
}
