internal import Hashing
internal import SQL
package import Solutions

/// The state that an operation promises to lead back to.
package struct StatePromise: Equatable, Sendable {
  /// The operation that left it; 0 is before them all.
  package let revision: Int
  let parts: [StateDigest.Part]

  /// All that operation left.
  package static func all(of revision: Int) -> StatePromise {
    StatePromise(revision: revision, parts: StateDigest.Part.allCases)
  }
}

extension StoreReader {
  /// nil where an earlier release has not kept it.
  func storedDigest(of revision: Int) throws -> StateDigest? {
    guard revision > 0 else { return StateDigest() }
    return try storedDigests("operation = \(revision)")[revision]
  }

  /// By operation; none in an environment that has not been written by this release yet.
  func storedDigests(_ condition: SQLText) throws -> [Int: StateDigest] {
    guard try !sql.columns(of: "operation_state").isEmpty else { return [:] }
    var found: [Int: StateDigest] = [:]
    try sql.forEachRow(
      """
      SELECT operation, publishers, solutions, members, layers, settings FROM operation_state
      WHERE \(condition)
      """
    ) { row in
      guard let digest = StateDigest(try (1...5).map { try row.blob($0) }) else {
        throw StoreError.damaged("a fingerprint of operation \(try row.integer(0)) cannot be read")
      }
      found[try row.integer(0)] = digest
    }
    return found
  }

  /// What giving up a staged upgrade leads back to: the state before the stage.
  ///
  /// - Returns: nil where the present is not what the stage left, or where the stage did more than bring its layers.
  package func promise(ofDiscarding name: SolutionName) throws -> StatePromise? {
    let base = name.sqlKey
    let stages = try sql.rows(
      """
      SELECT operation FROM operation_package
      WHERE action = \(Plan.Action.stage.rawValue) AND lower(name) = \(base)
      """
    ) { try $0.integer(0) }
    guard let staged = stages.max(), let then = try storedDigest(of: staged),
      try storedDigest(of: try revision()) == then,
      try bringsOnly(name.holding, staged)
    else { return nil }
    // Values and publishers that came with it stay.
    return StatePromise(revision: staged - 1, parts: [.solutions, .members, .layers])
  }

  /// Whether all rows that an operation has written are of one solution, or taken for granted with it: where others came
  /// in the same set, or unmanaged work was overwritten or published, that stays.
  private func bringsOnly(_ name: SolutionName, _ operation: Int) throws -> Bool {
    let others: SQLText = "<> \(name.sqlKey) AND"
    let written: SQLText = "(opened = \(operation) OR closed = \(operation))"
    let assumed = SolutionName.system.sqlKey
    let hasOtherBehaviors =
      try keepsBehaviors() && count("root_behavior WHERE solution \(others) \(written)") > 0
    return try !hasOtherBehaviors
      && count("layer WHERE solution \(others) solution <> \(assumed) AND \(written)") == 0
      && count("membership WHERE solution \(others) \(written)") == 0
      && count("solution WHERE key \(others) \(written)") == 0
  }

  /// What the history has lost of the state that an operation left, as far as it can be named.
  func lost(_ parts: [StateDigest.Part], after revision: Int) throws -> [String] {
    let names = parts.map(\.name).joined(separator: ", ")
    var lines = ["its \(names) are not those that it left"]
    let rows = try sql.rows(
      """
      SELECT operation, action, component FROM operation_change
      WHERE action IN ('add', 'delete') AND NOT EXISTS
        (SELECT 1 FROM layer WHERE layer.component = operation_change.component
          AND (layer.opened = operation_change.operation OR layer.closed = operation_change.operation))
      ORDER BY operation, position LIMIT 10
      """
    ) { row in (try row.integer(0), try row.text(1), try row.integer(2)) }
    let ids = try ids(of: Set(rows.map(\.2)))
    for (operation, action, component) in rows {
      guard let id = ids[component] else { continue }
      lines.append(
        "\(kinds[id.type].name):\(id.key), on which operation \(operation) did “\(action)”, has no layer of that time"
      )
    }
    return lines
  }
}

extension PlanWriter {
  /// Compares what an operation has written with what it promised.
  ///
  /// - Throws: where they differ, so that nothing is kept.
  func require(_ promise: StatePromise, of plan: Plan, in number: Int) throws {
    try requireSoundDefinitions(plan)
    guard let promised = try reader.storedDigest(of: promise.revision) else {
      warnings.append(
        "the state that operation \(promise.revision) left is not known, since an earlier release did it; "
          + "what is there now was not compared with it"
      )
      return
    }
    func differences(_ written: StateDigest) -> [StateDigest.Part] {
      promised.differences(from: written).filter { promise.parts.contains($0) }
    }
    // From the rows as they are: a sum that follows from earlier sums would pass over what nobody has touched.
    let written = try reader.presentRows(at: number)
    guard !differences(written).isEmpty else {
      // Where the present was damaged before, it is as it should be now.
      return try history.store(written, of: number)
    }
    let named = try named(from: try reader.whole(at: promise.revision), to: try reader.whole())
    throw StoreError.unreachable(
      operation: promise.revision,
      named.isEmpty
        ? try reader.lost(differences(written), after: promise.revision)
        : named.map { "\($0) would differ" }
    )
  }

  /// What a plan brings back from the store says what it said when it was stored.
  private func requireSoundDefinitions(_ plan: Plan) throws {
    for case .putLayer(let layer) in plan.effects {
      let definition = layer.definition
      guard Definition(definition.fragment, parts: definition.parts).hash == definition.hash else {
        let name = "\(kinds[layer.component.id.type].name):\(layer.component.name)"
        throw StoreError.damaged(
          "the stored definition of \(name) is not what was stored, so nothing was changed"
        )
      }
    }
  }

  /// Where two states differ, by name.
  private func named(from old: InstalledState, to new: InstalledState) throws -> [String] {
    func word(_ id: ComponentID) -> String { "\(kinds[id.type].name):\(id.key)" }
    var found: [String] = []
    for name in Set(old.solutions.keys).union(new.solutions.keys).sorted() {
      let (was, now) = (old.solutions[name], new.solutions[name])
      if was?.with(members: []) != now?.with(members: []) { found.append("solution \(name)") }
      let members = (was?.members ?? []).symmetricDifference(now?.members ?? [])
      found += members.sorted().map { "\(word($0)) as a member of \(name)" }
      let others = InstalledSolution.relisted(was, now).subtracting(members)
      found += others.sorted().map { "how much of \(word($0)) \(name) lists" }
    }
    let all = old.standingComponents.union(new.standingComponents)
    for id in all.sorted() where old.layers(of: id) != new.layers(of: id) {
      found.append("layers of \(word(id))")
    }
    for id in Set(old.settings.keys).union(new.settings.keys).sorted()
    where old.settings[id] != new.settings[id] {
      found.append("the setting of \(word(id))")
    }
    if old.blocksUnmanaged != new.blocksUnmanaged { found.append("the block of unmanaged work") }
    return found
  }
}
