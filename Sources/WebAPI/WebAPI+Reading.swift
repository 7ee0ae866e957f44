internal import Lifecycle
internal import OData
internal import Solutions

extension WebAPI {
  /// Whatever writes no rows.
  func read(_ request: WebRequest, _ path: ResourcePath) async throws -> WebResponse {
    guard let first = path.segments.first else {
      guard request.method == "GET" || request.method == "HEAD" else {
        throw WebError.wrongMethod(request.method, "the service document")
      }
      return try await serviceDocument(request)
    }
    if first.name == "$metadata" {
      return try await CSDL(catalog).answer()
    }
    if let operation = Operations.named(first.bareName) {
      return try await operation.respond(self, request, first)
    }
    if let known = SystemSets.named(first.name) {
      return try await answer(known, request, path)
    }
    guard let model = try await catalog.model(ofSet: first.name) else {
      if PlatformNames.missing.contains(first.bareName) {
        throw WebError(missing: first.bareName)
      }
      throw WebError.noSegment(first.name)
    }
    guard request.method == "GET" || request.method == "HEAD" else {
      throw WebError.wrongMethod(request.method, first.name)
    }
    return try await rows(request, path, model)
  }

  /// What is asked of a set whose rows lie in no table: of the rows alone or, where they do not know it, of them as a table.
  private func answer(
    _ set: SystemSet,
    _ request: WebRequest,
    _ path: ResourcePath
  ) async throws -> WebResponse {
    guard request.isReading, let model = set.told.flatMap({ ToldTables.model($0.type) }) else {
      return try await set.respond(self, request, path)
    }
    let reading = try RowReading(self, request, session: try await session())
    let first = path.segments[0]
    guard path.segments.count == 1 else {
      return try await following(path, of: model, reading) {
        try await set.respond(self, request, path)
      }
    }
    if reading.isQuery, first.arguments == .none { return try await reading.rows(of: model) }
    do {
      return try await set.respond(self, request, path)
    } catch let error as WebError where error.isOfNames {
      do {
        guard first.arguments != .none else { return try await reading.rows(of: model) }
        guard case .single(.literal(let literal)) = first.arguments,
          let id = literal.plain.flatMap({ GUID($0) })
        else { throw error }
        return try await reading.row(of: model, id)
      } catch is WebError {
        throw error
      }
    }
  }

  /// What a navigation property of such a row leads to, where the row itself does not know it.
  private func following(
    _ path: ResourcePath,
    of model: TableModel,
    _ reading: RowReading,
    _ respond: () async throws -> WebResponse
  ) async throws -> WebResponse {
    do {
      return try await respond()
    } catch let error as WebError where error.isOfSegments {
      guard case .single(.literal(let literal)) = path.segments[0].arguments,
        let id = literal.plain.flatMap({ GUID($0) }), model.collection(path.segments[1].name) != nil
      else { throw error }
      return try await related(reading, model, id, Array(path.segments.dropFirst()))
    }
  }

  /// Rows of tables that are known: one question answers them, and says whether what is known is still so.
  ///
  /// - Returns: nil where they have to be asked for in the way that finds out everything, which tells what is wrong, too.
  func remembered(_ request: WebRequest, _ path: ResourcePath) async -> WebResponse? {
    guard request.isReading, catalog.memory == nil, let first = path.segments.first,
      SystemSets.named(first.name) == nil, Operations.named(first.bareName) == nil,
      let memory = catalog.known.memory,
      let model = memory.model(ofSet: first.name.lowercased())
    else { return nil }
    do {
      return try await remembering(memory).rows(request, path, model)
    } catch {
      return nil
    }
  }

  private func rows(
    _ request: WebRequest,
    _ path: ResourcePath,
    _ model: TableModel
  ) async throws -> WebResponse {
    let reading = try RowReading(self, request, session: try await session())
    let rest = Array(path.segments.dropFirst())
    let first = path.segments[0]
    guard first.arguments != .none else {
      switch rest.map(\.name) {
      case []: return try await reading.rows(of: model)
      case ["$count"]: return try await reading.count(of: model)
      default: throw WebError.noSegment(rest[0].name)
      }
    }
    let name = try RowReference.name(first.arguments, of: model, aliases: reading.options.aliases)
    // A row that is asked for by its id is found, or not, when it is read.
    if rest.isEmpty, case .id(let id) = name { return try await reading.row(of: model, id) }
    let found = try await ask(RowNameQuestion(name, in: model.name, knowing: catalog.known))
    try await requireReading(found, name, of: model)
    guard let id = found else { throw WebError.noRow(model.name, "\(name)") }
    guard let property = rest.first else { return try await reading.row(of: model, id) }
    let isOwner = !model.owners(property.name).isEmpty
    if !isOwner, let column = model.column(onWire: property.name),
      model.link(navigation: property.name) == nil || !column.isLookup
    {
      let isRaw = rest.count == 2 && rest[1].name == "$value"
      guard rest.count == 1 || isRaw else { throw WebError.noSegment(rest[1].name) }
      // What a file is called, and not what it holds.
      if column.isFile, property.name.lowercased() != column.name {
        return try await reading.fileName(of: column, in: model, id, isRaw: isRaw)
      }
      return try await reading.value(of: column, in: model, id, isRaw: isRaw)
    }
    return try await related(reading, model, id, rest)
  }

  /// What a navigation property of a row leads to.
  private func related(
    _ reading: RowReading,
    _ model: TableModel,
    _ id: GUID,
    _ rest: [ResourcePath.Segment]
  ) async throws -> WebResponse {
    let (name, last) = (rest[0].name, rest.dropFirst().map(\.name))
    if let (column, table) = try await lookup(name, of: model, id) {
      let target = try await catalog.model(of: table)
      var source = RowQuery(model.name)
      source.columns = [RowQuery.ColumnPath(column)]
      source.filter = .all([
        .compare(RowQuery.ColumnPath(model.table.primaryKey), .equal, .text(id.description)),
        .not(.isNull(RowQuery.ColumnPath(column))),
      ])
      source.isUnordered = true
      let filter = RowQuery.Filter.isFound(RowQuery.ColumnPath(target.table.primaryKey), source)
      switch last {
      case []: return try await reading.row(of: target, where: filter)
      case ["$ref"]: return try await reference(reading, target, filter)
      default: throw WebError(missing: "paths over more than one navigation property")
      }
    }
    guard let collection = model.collection(name) else {
      throw WebError.noSegment(name, of: model.name)
    }
    guard rest[0].arguments == .none else {
      throw WebError(missing: "a row by way of a collection")
    }
    let (_, table, _) = QueryBuilder.ends(of: collection)
    let target = try await catalog.model(of: table)
    let own = Self.filter(collection, target, id)
    let filter = try await RoleRows.filter(target, catalog).map { .all([own, $0]) } ?? own
    switch last {
    case []: return try await reading.rows(of: target, where: filter)
    case ["$count"]: return try await reading.count(of: target, where: filter)
    case ["$ref"]: return try await reading.references(of: target, where: filter)
    default: throw WebError(missing: "paths over more than one navigation property")
    }
  }

  /// The column behind a navigation property with one row, and the table that it leads to from a row; nil for any other.
  private func lookup(
    _ name: String,
    of model: TableModel,
    _ id: GUID
  ) async throws -> (column: String, table: String)? {
    let owners = model.owners(name)
    guard let first = owners.first else {
      return model.link(navigation: name).map { ($0.column, $0.target) }
    }
    guard owners.count > 1 else { return ("ownerid", first) }
    let row = try await row(of: model, id, ["ownerid:type"])
    return ("ownerid", row?.values[0].text ?? first)
  }

  /// Some columns of one row.
  func row(of model: TableModel, _ id: GUID, _ columns: [String]) async throws -> Row? {
    var query = RowQuery(model.name)
    query.columns = columns.map { RowQuery.ColumnPath($0) }
    query.filter = .compare(
      RowQuery.ColumnPath(model.table.primaryKey),
      .equal,
      .text(id.description)
    )
    query.rowsMax = 1
    query.isUnordered = true
    return try await find(RowTree(query)).rows.first
  }

  /// Which rows of a table belong to a row.
  private static func filter(
    _ collection: TableModel.Collection,
    _ target: TableModel,
    _ id: GUID
  ) -> RowQuery.Filter {
    switch collection {
    case .referring(let link):
      return .compare(RowQuery.ColumnPath(link.column), .equal, .text(id.description))
    case .paired(let pair, let own, let other):
      var pairs = RowQuery(pair.intersect)
      pairs.columns = [RowQuery.ColumnPath(other.column)]
      pairs.filter = .compare(RowQuery.ColumnPath(own.column), .equal, .text(id.description))
      pairs.isUnordered = true
      return .isFound(RowQuery.ColumnPath(target.table.primaryKey), pairs)
    }
  }

  private func reference(
    _ reading: RowReading,
    _ target: TableModel,
    _ filter: RowQuery.Filter
  ) async throws -> WebResponse {
    var query = RowQuery(target.name)
    query.columns = [RowQuery.ColumnPath(target.table.primaryKey)]
    query.filter = filter
    query.rowsMax = 1
    let found = try await find(RowTree(query))
    guard let id = found.rows.first?.values[0].text else { return .nothing }
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(reading.request.root)$metadata#$ref")
      $0.member("@odata.id", "\(reading.request.root)\(target.head.setName)(\(id))")
    }
    return .json(json)
  }

  private func serviceDocument(_ request: WebRequest) async throws -> WebResponse {
    let sets = try await catalog.heads().map(\.setName) + SystemSets.all.map(\.name)
    var json = JSONWriter()
    json.object {
      $0.member("@odata.context", "\(request.root)$metadata")
      $0.member("value") {
        $0.list {
          for set in Swift.Set(sets).sorted() {
            $0.object {
              $0.member("name", set)
              $0.member("kind", "EntitySet")
              $0.member("url", set)
            }
          }
        }
      }
    }
    return .json(json)
  }
}
