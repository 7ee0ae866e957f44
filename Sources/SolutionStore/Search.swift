internal import SQL
package import Solutions

extension StoreReader {
  /// - Throws: when no operation has that number yet; 0 is before them all.
  func moment(_ revision: Int?) throws -> Moment {
    if let revision {
      let newest = try self.revision()
      guard (0...newest).contains(revision) else {
        throw StoreError.noSuchRevision(revision, newest: newest)
      }
    }
    return Moment(revision: revision)
  }

  /// Components that a text may mean, with what they need and what needs them.
  ///
  /// - Parameters:
  ///   - type: nil looks among all kinds.
  ///   - names: keys or names as written.
  package func neighborhood(
    of names: [String],
    type: ComponentType?,
    at revision: Int? = nil
  ) throws -> InstalledState {
    let moment = try self.moment(revision)
    var numbers: Set<Int> = []
    let condition: SQLText = type.map { " AND component.type = \($0.text)" } ?? ""
    for name in names {
      try sql.forEachRow("SELECT id FROM component WHERE key = \(name)\(condition)") {
        numbers.insert(try $0.integer(0))
      }
      try sql.forEachRow(
        """
        SELECT layer.component FROM layer JOIN component ON component.id = layer.component
        WHERE layer.name = \(name)\(condition) AND \(moment.condition("layer"))
        """
      ) { numbers.insert(try $0.integer(0)) }
    }
    let index = StoreIndex(reader: self, moment: moment)
    var found = Set(try ids(of: numbers).values)
    var parts = found
    while !parts.isEmpty {
      parts = try index.parts(of: parts).subtracting(found)
      found.formUnion(parts)
    }
    found.formUnion(try index.dependents(of: found))
    found.formUnion(try index.required(by: found))
    found.formUnion(try index.parents(of: found))
    return try part(found, at: revision)
  }

  /// Components that say that they are part of this one.
  package func parts(of id: ComponentID) throws -> Set<ComponentID> {
    try StoreIndex(reader: self, moment: Moment(revision: nil)).parts(of: [id])
  }

  /// A component that has layers now, by some letters of its key; for hints.
  package func keys(containing text: String, limit: Int) throws -> [ComponentID] {
    let isLike = sql.dialect.like(
      "component.key",
      "\("%\(text.lowercased().escapedInPattern)%")"
    )
    let found = try sql.rows(
      """
      SELECT DISTINCT component.type, component.key FROM component
      JOIN layer ON layer.component = component.id AND layer.closed IS NULL
      WHERE \(isLike) ORDER BY component.key LIMIT \(limit)
      """
    ) { ComponentID(ComponentType(text: try $0.text(0)), try $0.text(1)) }
    return found
  }

  /// Components of a kind that have a layer now.
  package func names(of type: ComponentType) throws -> [ComponentID] {
    try sql.rows(
      """
      SELECT component.key FROM component WHERE component.type = \(type.text) AND EXISTS (
        SELECT 1 FROM layer WHERE layer.component = component.id AND layer.closed IS NULL)
      ORDER BY component.key
      """
    ) { ComponentID(type, try $0.text(0)) }
  }

  /// Components that have a layer or a draft now, in the order of their keys.
  package func names() throws -> [ComponentID] {
    try sql.rows(
      """
      SELECT component.type, component.key FROM component WHERE EXISTS (
        SELECT 1 FROM layer WHERE layer.component = component.id AND layer.closed IS NULL)
      ORDER BY component.key, component.type
      """
    ) { ComponentID(ComponentType(text: try $0.text(0)), try $0.text(1)) }
  }

  /// The same with the revision of which they are; nil for what has not changed since another.
  package func names(since former: Int) throws -> (revision: Int, names: [ComponentID]?) {
    let revision = try revision()
    return (revision, try isTrue(former, at: revision) ? nil : try names())
  }

  /// What a solution lists, by id; Default lists all that has a layer.
  package func members(of name: SolutionName, at revision: Int? = nil) throws -> [SolutionMember] {
    let moment = Moment(revision: revision)
    let listed: SQLText =
      name == .default
      ? "SELECT DISTINCT component FROM layer WHERE \(moment.condition("layer"))"
      : """
      SELECT component FROM membership
      WHERE solution = \(name.sqlKey) AND \(moment.condition("membership"))
      """
    let rows = try sql.rows(
      """
      SELECT membership.component, MAX(layer.name),
        COALESCE(MAX(CASE WHEN layer.solution <> '(draft)' THEN layer.display_name END), MAX(layer.display_name)),
        COUNT(layer.component), COUNT(CASE WHEN layer.solution = '(draft)' THEN 1 END)
      FROM (\(listed)) AS membership LEFT JOIN layer
        ON layer.component = membership.component AND \(moment.condition("layer"))
      GROUP BY membership.component
      """
    ) { row in
      (
        try row.integer(0), try row.optionalText(1), try row.optionalText(2), try row.integer(3),
        try row.integer(4)
      )
    }
    let numbers = Set(rows.map(\.0))
    let (ids, settings) = (try ids(of: numbers), try settings(among: numbers, at: moment))
    let behaviors = try behaviors(of: try solutions(at: moment), at: moment)[name] ?? [:]
    return rows.compactMap { number, name, displayName, layers, drafts in
      ids[number].map {
        SolutionMember(
          id: $0,
          name: name,
          displayName: displayName,
          layers: layers - drafts,
          hasDraft: drafts > 0,
          isOn: settings[$0]?.isOn,
          behavior: behaviors[$0]
        )
      }
    }.sorted { $0.id < $1.id }
  }

  /// When solutions came and last changed, and by which operation.
  package func dates(at revision: Int? = nil) throws -> [SolutionName: InstalledSolution.Dates] {
    let moment = Moment(revision: revision)
    var dates: [SolutionName: InstalledSolution.Dates] = [:]
    try sql.forEachRow(
      """
      SELECT solution.name, changed.completed,
        (SELECT MIN(first.completed) FROM solution AS former
         JOIN operation AS first ON first.number = former.opened WHERE former.id = solution.id),
        changed.number
      FROM solution JOIN operation AS changed ON changed.number = solution.opened
      WHERE \(moment.condition("solution"))
      """
    ) { row in
      guard let name = SolutionName(stored: try row.text(0)) else { return }
      dates[name] = InstalledSolution.Dates(
        installed: Timestamp(milliseconds: try row.integer(2)),
        updated: Timestamp(milliseconds: try row.integer(1)),
        operation: try row.integer(3)
      )
    }
    return dates
  }

  /// Archives of a solution that were imported, newest first.
  package func archives(of name: SolutionName) throws -> [KeptPackage] {
    try history().flatMap { operation in
      operation.packages.compactMap { package in
        guard package.name == name, let digest = package.digest else { return nil }
        return KeptPackage(
          version: package.version,
          digest: digest,
          operation: operation.number
        )
      }
    }
  }
}
