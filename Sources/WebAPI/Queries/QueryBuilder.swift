internal import OData
internal import Solutions

/// Makes one query over rows of what a request asks for: names are looked up, values read as their columns hold them.
struct QueryBuilder {
  let catalog: Catalog
  let annotations: Preferences
  /// `@p1` and what it stands for.
  let aliases: [String: String]
  let moment: Timestamp
  let user: Session
  private(set) var tree: RowTree
  /// Whether the same is asked by everybody, at any time and whatever rows there are.
  private(set) var isSteady = true
  private var places: [RowQuery.ColumnPath: Int] = [:]
  private var joined: [RowQuery.ColumnPath: (alias: String, model: TableModel)] = [:]

  /// Expansions within each other.
  private static let depthMax = 8
  /// Tables of one query, as many as any database takes with room to spare.
  private static let joinsMax = 50

  init(
    _ table: String,
    catalog: Catalog,
    annotations: Preferences,
    aliases: [String: String],
    moment: Timestamp,
    user: Session
  ) {
    self.catalog = catalog
    self.annotations = annotations
    self.aliases = aliases
    self.moment = moment
    self.user = user
    tree = RowTree(RowQuery(table))
  }

  /// The same for another table.
  func other(_ table: String) -> QueryBuilder {
    QueryBuilder(
      table,
      catalog: catalog,
      annotations: annotations,
      aliases: aliases,
      moment: moment,
      user: user
    )
  }

  mutating func change(_ body: (inout RowQuery) -> Void) { body(&tree.query) }

  mutating func count() { tree.isCounting = true }

  /// It depends on who asks, on the moment or on rows.
  mutating func waver() { isSteady = false }

  /// Where a column stands in the answer.
  mutating func place(_ column: String, of alias: String?) -> Int {
    let path = RowQuery.ColumnPath(column, of: alias)
    if let known = places[path] { return known }
    places[path] = tree.query.columns.count
    tree.query.columns.append(path)
    return tree.query.columns.count - 1
  }

  // MARK: Columns

  /// - Parameter alias: of the table's join; nil for the table itself.
  mutating func layout(
    of model: TableModel,
    as alias: String?,
    _ options: QueryOptions,
    depth: Int = 0
  ) async throws -> Layout {
    guard depth < Self.depthMax else {
      throw WebError.badQuery("more than \(Self.depthMax) expansions lie within each other")
    }
    var fields: [Layout.Field] = []
    for (column, fact) in try Self.selected(options.select, of: model) {
      let column = ToldTables.labelled(column, of: model.name)
      var field = try await field(column, of: model, as: alias)
      field.fact = fact
      fields.append(field)
    }
    var layout = Layout(
      model: model,
      fields: fields,
      key: place(model.table.primaryKey, of: alias),
      version: model.table.column("versionnumber").map { place($0.name, of: alias) }
    )
    for expansion in options.expand {
      try await expand(expansion, into: &layout, as: alias, depth: depth)
    }
    return layout
  }

  static func isNavigation(_ name: String, of model: TableModel) -> Bool {
    model.link(navigation: name) != nil || model.collection(name) != nil
  }

  static func key(of model: TableModel) -> [Column] {
    model.table.column(model.table.primaryKey).map { [$0] } ?? []
  }

  private mutating func field(
    _ column: Column,
    of model: TableModel,
    as alias: String?
  ) async throws -> Layout.Field {
    // What a file holds is asked for by itself; that it is there, its name says.
    let at = place(column.fileName ?? column.name, of: alias)
    let targets = column.targets
    guard column.isLookup else {
      return Layout.Field(column: column, at: at, table: nil, names: [])
    }
    let table = targets.count == 1 ? nil : place("\(column.name):type", of: alias)
    guard annotations.wants(Annotation.formatted) else {
      return Layout.Field(column: column, at: at, table: table, names: [])
    }
    var names: [(table: String, at: Int)] = []
    for target in targets {
      guard let other = try await catalog.find(target), !other.table.isVirtual,
        let name = other.table.primaryName
      else { continue }
      let join = try join(column.name, of: alias, to: other, isForNames: true)
      names.append((target, place(name, of: join)))
    }
    return Layout.Field(column: column, at: at, table: table, names: names)
  }

  /// The alias of the table that a lookup leads to.
  ///
  /// - Parameter isForNames: it is asked what its rows are called, and nothing else.
  mutating func join(
    _ column: String,
    of alias: String?,
    to model: TableModel,
    isForNames: Bool = false
  ) throws -> String {
    // Names are shown of rows, too, that may not be read.
    let end = isForNames ? "/names" : ""
    let path = RowQuery.ColumnPath("\(column)/\(model.name)\(end)", of: alias)
    if let known = joined[path] { return known.alias }
    guard tree.query.joins.count < Self.joinsMax else {
      throw WebError.badQuery("more than \(Self.joinsMax) other tables are asked for")
    }
    let new = "x\(tree.query.joins.count + 1)"
    tree.query.joins.append(
      RowQuery.Join(
        new,
        table: model.name,
        column: model.table.primaryKey,
        to: RowQuery.ColumnPath(column, of: alias)
      )
    )
    joined[path] = (new, model)
    if isForNames { tree.naming.insert(new) }
    return new
  }

  // MARK: Expansions

  private mutating func expand(
    _ expansion: QueryOptions.Expansion,
    into layout: inout Layout,
    as alias: String?,
    depth: Int
  ) async throws {
    let (model, name) = (layout.model, expansion.path.text)
    try Self.requireSupported(expansion, beside: layout)
    let owners = model.owners(name)
    guard owners.isEmpty else {
      let owner = try await owner(among: owners, expansion, as: alias, depth: depth)
      layout.singles.append(owner)
      return
    }
    if let link = model.link(navigation: name) {
      let target = try await catalog.model(of: link.target)
      let join = try join(link.column, of: alias, to: target)
      var options = expansion.options
      if expansion.kind == .references {
        options.select = [PropertyPath([target.table.primaryKey])]
      }
      layout.singles.append(
        Layout.Single(
          name: link.navigation,
          layout: try await self.layout(of: target, as: join, options, depth: depth + 1),
          isReference: expansion.kind == .references
        )
      )
      return
    }
    guard let collection = model.collection(name) else {
      throw WebError.noProperty(name, on: model.name)
    }
    let trunk = place(model.table.primaryKey, of: alias)
    let inner = try await branch(collection, expansion, trunk: trunk, depth: depth, into: &layout)
    if !inner.isSteady { waver() }
  }

  private static func requireSupported(
    _ expansion: QueryOptions.Expansion,
    beside layout: Layout
  ) throws {
    let (options, name) = (expansion.options, expansion.path.text)
    let missing = [
      ("$apply", !options.apply.isEmpty), ("$skip", options.skip != nil),
      ("$count", options.isCounting), ("$search", options.search != nil),
    ].first { $0.1 }
    if let missing { throw WebError(missing: "\(missing.0) within $expand") }
    let names = layout.singles.map(\.name) + layout.branches.map(\.name)
    guard !names.contains(name) else {
      throw WebError.badQuery("\(name.shown(80)) is expanded twice")
    }
  }

  /// - Returns: what has built the branch.
  private mutating func branch(
    _ collection: TableModel.Collection,
    _ expansion: QueryOptions.Expansion,
    trunk: Int,
    depth: Int,
    into outer: inout Layout
  ) async throws -> QueryBuilder {
    let (wire, table, path) = Self.ends(of: collection)
    let model = try await catalog.model(of: table)
    var builder = other(table)
    builder.enter(collection, model)
    var options = expansion.options
    if expansion.kind != .rows { options.select = [PropertyPath([model.table.primaryKey])] }
    let layout = try await builder.layout(of: model, as: nil, options, depth: depth + 1)
    var filters = try await RoleRows.filter(model, catalog).map { [$0] } ?? []
    if let filter = options.filter {
      filters.append(try await builder.condition(filter, in: Scope(model: model)))
    }
    builder.change { $0.filter = filters.isEmpty ? nil : .all(filters) }
    try await builder.order(options.orderBy, in: Scope(model: model))
    let place = builder.place(path.column, of: path.alias)
    outer.branches.append(
      Layout.Branch(name: wire, place: tree.branches.count, layout: layout, kind: expansion.kind)
    )
    tree.branches.append(
      RowTree.Branch(
        trunk: trunk,
        path: path,
        place: place,
        rowsMax: options.top ?? Preferences.pageSizeMax,
        tree: builder.tree
      )
    )
    return builder
  }

  /// The name of a collection, the table of its rows, and the column by which they belong to a row.
  static func ends(
    of collection: TableModel.Collection
  ) -> (name: String, table: String, path: RowQuery.ColumnPath) {
    switch collection {
    case .referring(let link): (link.collection, link.table, RowQuery.ColumnPath(link.column))
    case .paired(_, let own, let other):
      (own.navigation, other.table, RowQuery.ColumnPath(own.column, of: "pair"))
    }
  }

  /// Makes rows of a collection reachable by what they belong to.
  mutating func enter(_ collection: TableModel.Collection, _ model: TableModel) {
    guard case .paired(let pair, _, let other) = collection else { return }
    tree.query.joins.append(
      RowQuery.Join(
        "pair",
        table: pair.intersect,
        column: other.column,
        to: RowQuery.ColumnPath(model.table.primaryKey),
        isOuter: false
      )
    )
  }

  // MARK: Order and paths

  mutating func order(_ orders: [QueryOptions.Order], in scope: Scope) async throws {
    for order in orders {
      let resolved: Resolved
      switch order.by {
      case .path(let path): resolved = try await resolve(path, in: scope)
      case .alias(let name): resolved = try await resolve(try aliased(name), in: scope)
      default: throw WebError(missing: "$orderby by something else than a column")
      }
      let entry = RowQuery.Order(resolved.path, isDescending: order.isDescending)
      if !tree.query.order.contains(where: { $0.path == entry.path }) {
        tree.query.order.append(entry)
      }
    }
  }

  /// Where names of a condition are looked up.
  struct Scope {
    let model: TableModel
    var alias: String?
    /// Of a condition on what a collection holds.
    var variable: String?
  }

  struct Resolved {
    let path: RowQuery.ColumnPath
    let column: Column
    let model: TableModel
  }

  func aliased(_ name: String) throws -> PropertyPath {
    guard let text = aliases[name] else {
      throw WebError.badQuery("@\(name.shown(80)) stands for nothing")
    }
    let expression = try Expression(text, part: "@\(name)")
    guard case .path(let path) = expression else {
      throw WebError.badQuery("@\(name.shown(80)) is no column")
    }
    return path
  }

  /// A column, over lookups where the path leads over some.
  mutating func resolve(_ path: PropertyPath, in scope: Scope) async throws -> Resolved {
    var steps = path.steps[...]
    if let variable = scope.variable, steps.first == variable { steps = steps.dropFirst() }
    var (model, alias) = (scope.model, scope.alias)
    while steps.count > 1, let step = steps.popFirst() {
      guard model.collection(step) == nil || model.link(navigation: step) != nil else {
        throw WebError(missing: "a path over the collection \(step.shown(80))")
      }
      (model, alias) = try await follow(step, to: steps.first ?? "", from: model, of: alias)
    }
    let name = steps.first ?? ""
    guard let column = model.column(onWire: name) else {
      throw WebError.noProperty(name, on: model.name)
    }
    return Resolved(path: RowQuery.ColumnPath(column.name, of: alias), column: column, model: model)
  }

  /// The table that a step of a path leads to, and its alias.
  ///
  /// - Parameter next: the step behind it.
  private mutating func follow(
    _ step: String,
    to next: String,
    from model: TableModel,
    of alias: String?
  ) async throws -> (TableModel, String?) {
    let owners = model.owners(step)
    guard owners.isEmpty else {
      return try await owner(among: owners, with: next, from: model, of: alias)
    }
    guard let link = model.link(navigation: step) else {
      throw WebError.noProperty(step, on: model.name)
    }
    let target = try await catalog.model(of: link.target)
    return (target, try join(link.column, of: alias, to: target))
  }

  /// The collection of a path, the table that has it, and its alias.
  mutating func collection(
    _ path: PropertyPath,
    in scope: Scope
  ) async throws -> (TableModel.Collection, TableModel, String?) {
    var steps = path.steps[...]
    if let variable = scope.variable, steps.first == variable { steps = steps.dropFirst() }
    var (model, alias) = (scope.model, scope.alias)
    while steps.count > 1, let step = steps.popFirst() {
      (model, alias) = try await follow(step, to: steps.first ?? "", from: model, of: alias)
    }
    guard let name = steps.first, let found = model.collection(name) else {
      throw WebError.noProperty(steps.first ?? "", on: model.name)
    }
    return (found, model, alias)
  }
}
