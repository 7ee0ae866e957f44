internal import Hashing
package import SQL
package import Solutions

extension StoreReader {
  /// Managed components with unmanaged work over them.
  ///
  /// - Parameter owner: `active`, or `draft` for what is not published.
  package func customized(by owner: SolutionName = .active) throws -> Set<ComponentID> {
    // As code, so that the index of drafts is found.
    let isOwners: SQLText = owner == .draft ? "= '(draft)'" : "= \(owner.sqlKey)"
    let rows = try sql.rows(
      """
      SELECT DISTINCT active.component FROM layer AS active
      JOIN layer AS other ON other.component = active.component
        AND other.solution NOT IN ('active', '(draft)') AND other.closed IS NULL
      WHERE active.solution \(isOwners) AND active.closed IS NULL
      """
    ) { try $0.integer(0) }
    return Set(try ids(of: Set(rows)).values)
  }

  /// Names them as code, so that their index is found.
  package static let draftQuery: SQLText =
    "SELECT component FROM layer WHERE solution = '(draft)' AND closed IS NULL"

  /// Components with a draft.
  ///
  /// - Parameter wanted: only these, and parts of them.
  package func drafts(of wanted: Set<ComponentID>? = nil) throws -> Set<ComponentID> {
    let query = Self.draftQuery
    var found: Set<Int> = []
    func note(_ row: SQLRow) throws { found.insert(try row.integer(0)) }
    if let wanted {
      let values = try numbers(of: wanted).values.sorted().map { SQLValue($0) }
      for column in ["component", "parent"] {
        try sql.forEachRow(
          among: values,
          { "\(query) AND \(name: column) IN \(list: $0)" },
          each: note
        )
      }
    } else {
      try sql.forEachRow(query, note)
    }
    return Set(try ids(of: found).values)
  }

  /// What each solution has said of a component, up to an operation.
  package func layerHistories(
    of id: ComponentID,
    at revision: Int? = nil
  ) throws -> [SolutionName: LayerHistory] {
    guard let number = try numbers(of: [id])[id] else { return [:] }
    let condition: SQLText = revision.map { "layer.opened <= \($0)" } ?? "layer.opened > 0"
    struct Row {
      let solution: String
      let hash: SHA256Digest
      let opened: Int
      let closed: Int?
      let version: String?
    }
    var rows: [Row] = []
    try sql.forEachRow(
      """
      SELECT layer.solution, statement.definition, layer.opened, layer.closed,
        (SELECT solution.version FROM solution WHERE solution.key = layer.solution
         AND solution.opened <= layer.opened AND (solution.closed IS NULL OR solution.closed > layer.opened))
      FROM layer JOIN statement ON statement.id = layer.statement
      WHERE layer.component = \(number) AND \(condition)
      ORDER BY layer.opened
      """
    ) { row in
      guard let hash = SHA256Digest(bytes: try row.blob(1)) else {
        throw StoreError.damaged("a definition has no hash")
      }
      rows.append(
        Row(
          solution: try row.text(0),
          hash: hash,
          opened: try row.integer(2),
          closed: try row.optionalInteger(3),
          version: try row.optionalText(4)
        )
      )
    }
    let definitions = try definitions(Set(rows.map(\.hash)), known: [:])
    var histories: [SolutionName: LayerHistory] = [:]
    for (key, own) in Dictionary(grouping: rows, by: \.solution) {
      guard let name = SolutionName(stored: key) else { continue }
      // Only what follows without a gap is the layer that is there now.
      var statements: [LayerHistory.Statement] = []
      var end: Int?
      for row in own {
        guard let definition = definitions[row.hash] else { continue }
        if row.opened != end { statements = [] }
        end = row.closed
        statements.append(
          LayerHistory.Statement(
            definition: definition,
            operation: row.opened,
            version: row.version
          )
        )
      }
      histories[name] = LayerHistory(statements)
    }
    return histories
  }

  /// Components whose active layer hides managed changes, with these changes and the operation that brought the layer.
  package func maskings() throws -> [MaskedComponent] {
    let customized = try customized()
    let now = try part(customized)
    let since = try begun(customized, by: .active)
    let then = try stacks(since: since)
    return customized.sorted().compactMap { id in
      guard let stack = now.stacks[id], let operation = since[id],
        let masking = Masking(of: stack, since: then[id], merge: kinds[id.type].merge)
      else { return nil }
      return MaskedComponent(id: id, masking: masking, since: operation)
    }
  }

  /// The layers of components when their drafts were begun.
  package func stacksBeforeDrafts(of ids: Set<ComponentID>) throws -> [ComponentID: LayerStack] {
    try stacks(since: try begun(ids, by: .draft))
  }

  private func stacks(since: [ComponentID: Int]) throws -> [ComponentID: LayerStack] {
    try Dictionary(grouping: since, by: \.value).reduce(into: [:]) { found, entry in
      let then = try part(Set(entry.value.map(\.key)), at: entry.key)
      found.merge(then.stacks) { one, _ in one }
    }
  }

  /// The operations that brought the unmanaged layers, or the drafts, of components.
  ///
  /// A layer that a rollback brings back counts from when it first came, one that was published from when its draft
  /// was begun: what it says is as old as that.
  private func begun(_ ids: Set<ComponentID>, by wanted: SolutionName) throws -> [ComponentID: Int]
  {
    let numbers = try numbers(of: ids)
    let byNumber = Dictionary(numbers.map { ($0.value, $0.key) }) { first, _ in first }
    struct Tenure {
      var since: Int
      var end: Int?
      var last = 0
      var statements: [Int: Int] = [:]
    }
    var tenures: [SolutionName: [ComponentID: Tenure]] = [.draft: [:], .active: [:]]
    let (active, draft) = (SolutionName.active.sqlKey, SolutionName.draft.sqlKey)
    try sql.forEachRow(among: numbers.values.sorted().map { SQLValue($0) }) {
      """
      SELECT component, opened, closed, statement, solution FROM layer
      WHERE solution IN (\(active), \(draft)) AND component IN \(list: $0)
      ORDER BY opened, solution = \(active)
      """
    } each: { row in
      guard let id = byNumber[try row.integer(0)] else { return }
      let (opened, statement) = (try row.integer(1), try row.integer(3))
      let owner: SolutionName = try row.text(4) == draft ? .draft : .active
      var tenure = tenures[owner]?[id] ?? Tenure(since: opened)
      if tenure.end != opened {
        let published = tenures[.draft]?[id].flatMap { draft in
          owner == .active && draft.end == opened && draft.last == statement ? draft.since : nil
        }
        tenure.since = tenure.statements[statement] ?? published ?? opened
      }
      tenure.end = try row.optionalInteger(2)
      tenure.last = statement
      tenure.statements[statement] = tenure.since
      tenures[owner]?[id] = tenure
    }
    return tenures[wanted]?.mapValues(\.since) ?? [:]
  }
}
