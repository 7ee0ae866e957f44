internal import OData
internal import Solutions

extension TableModel {
  /// The tables in which the owner of a row may stand, behind the one navigation property that owners have; nothing for
  /// any other.
  func owners(_ navigation: String) -> [String] {
    navigation.lowercased() == "ownerid" ? table.column("ownerid")?.targets ?? [] : []
  }

  /// Of a lookup: one for each table that it may lead to.
  func links(of column: String) -> some Swift.Collection<Link> {
    links.lazy.filter { [name] in $0.table == name && $0.column == column }
  }

  /// The lookup that a body names, by its property or by its column.
  func link(written name: String) -> Link? {
    link(navigation: name) ?? links(of: name.lowercased()).first
  }
}

extension TableModel.Link {
  /// What the row at its other end is read by: owners have one property for users and teams.
  var property: String { column == "ownerid" ? "ownerid" : navigation }

  /// A property of a lookup that may lead to several tables leads to one of them; named by its column it leads to each.
  func require(_ table: String, as name: String) throws(WebError) {
    guard table != target, name.lowercased() != column, name.lowercased() != "ownerid" else {
      return
    }
    throw WebError.badBody("\(name.shown(100)) leads to \(target), and not to \(table)")
  }
}

/// Owners are users or teams: what is asked of them is asked of each.
extension QueryBuilder {
  mutating func owner(
    among targets: [String],
    _ expansion: QueryOptions.Expansion,
    as alias: String?,
    depth: Int
  ) async throws -> Layout.Single {
    var models: [TableModel] = []
    for target in targets { models.append(try await catalog.model(of: target)) }
    let paths = (expansion.options.select ?? []) + expansion.options.expand.map(\.path)
    for path in paths where !models.contains(where: { Self.knows(path, $0) }) {
      throw WebError.noProperty(path.text, on: "owner")
    }
    var layouts: [Layout] = []
    for model in models {
      let join = try join("ownerid", of: alias, to: model)
      var options = expansion.options
      options.select = options.select?.filter { Self.knows($0, model) && !Self.isKey($0) }
      options.expand = options.expand.filter { Self.knows($0.path, model) }
      if expansion.kind == .references { options.select = [PropertyPath([model.table.primaryKey])] }
      var own = try await layout(of: model, as: join, options, depth: depth + 1)
      let key = Column("ownerid", .uniqueIdentifier)
      own.fields.append(Layout.Field(column: key, at: own.key, table: nil, names: []))
      layouts.append(own)
    }
    guard let first = layouts.first else { throw WebError.noProperty("ownerid", on: "owner") }
    return Layout.Single(
      name: "ownerid",
      layout: first,
      others: Array(layouts.dropFirst()),
      isReference: expansion.kind == .references
    )
  }

  /// The table of owners that has a property, joined; for the id of the owner, the table that names it.
  mutating func owner(
    among targets: [String],
    with property: String,
    from model: TableModel,
    of alias: String?
  ) async throws -> (TableModel, String?) {
    if Self.isKey(PropertyPath([property])) { return (model, alias) }
    for target in targets {
      let owner = try await catalog.model(of: target)
      guard Self.knows(PropertyPath([property]), owner) else { continue }
      return (owner, try join("ownerid", of: alias, to: owner))
    }
    throw WebError.noProperty(property, on: "owner")
  }

  /// What all owners have in common.
  private static func isKey(_ path: PropertyPath) -> Bool { path.text.lowercased() == "ownerid" }

  private static func knows(_ path: PropertyPath, _ model: TableModel) -> Bool {
    isKey(path) || path.text == "*" || model.column(onWire: path.text) != nil
      || isNavigation(path.text, of: model)
  }
}
