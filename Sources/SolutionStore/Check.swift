internal import Hashing
internal import SQL
internal import Solutions

extension StoreReader {
  /// Where the tables differ from what a plan leads to, as far as it touched them; nothing is parsed.
  ///
  /// - Parameter before: the slice that the plan was made from.
  func differences(from plan: Plan, on before: InstalledState) throws -> [String] {
    let expected = before.applying(plan)
    var found: [String] = []
    let rows = Dictionary(try solutions(at: nil).map { ($0.name, $0) }) { first, _ in first }
    for name in Set(rows.keys).union(expected.solutions.keys).sorted() {
      let (row, wanted) = (rows[name], expected.solutions[name])
      if row != wanted?.with(members: []) { found.append("solution \(name)") }
    }
    if try facts(at: Moment(revision: nil)) != expected.facts {
      found.append("what a live environment told")
    }
    if try blocksUnmanaged(at: Moment(revision: nil)) != expected.blocksUnmanaged {
      found.append("the block of unmanaged work")
    }
    var touched = plan.touchedComponents
    for name in Set(before.solutions.keys).union(expected.solutions.keys) {
      touched.formUnion(
        InstalledSolution.relisted(before.solutions[name], expected.solutions[name])
      )
    }
    let numbers = try numbers(of: touched)
    let ids = Dictionary(numbers.map { ($0.value, $0.key) }) { first, _ in first }
    let values = numbers.values.sorted().map { SQLValue($0) }

    var layers: [ComponentID: Set<String>] = [:]
    try sql.forEachRow(among: values) {
      """
      SELECT layer.component, layer.solution, layer.block, layer.guest, statement.definition
      FROM layer JOIN statement ON statement.id = layer.statement
      WHERE layer.closed IS NULL AND layer.component IN \(list: $0)
      """
    } each: { row in
      guard let id = ids[try row.integer(0)] else { return }
      let hash = SHA256Digest(bytes: try row.blob(4))?.description ?? ""
      layers[id, default: []].insert(
        "\(try row.text(1)) \(try row.integer(2)) \(try row.integer(3)) \(hash)"
      )
    }
    for id in touched.sorted() {
      let wanted = Set(
        expected.layers(of: id).map { layer in
          var (block, guest) = (0, 0)
          if case .managed(let own, let visited, _) = layer.rank { (block, guest) = (own, visited) }
          return "\(layer.solution.sqlKey) \(block) \(guest) \(layer.definition.hash)"
        }
      )
      if layers[id] ?? [] != wanted { found.append("layers of \(kinds[id.type].name):\(id.key)") }
    }
    found += try memberDifferences(touched, ids, expected, among: Array(rows.values))
    return try found + differencesBeside(touched, before: before, expected: expected)
  }

  /// The same for what solutions list.
  ///
  /// - Parameter ids: what of it has a number.
  private func memberDifferences(
    _ touched: Set<ComponentID>,
    _ ids: [Int: ComponentID],
    _ expected: InstalledState,
    among rows: [InstalledSolution]
  ) throws -> [String] {
    var found: [String] = []
    var members: [String: Set<ComponentID>] = [:]
    try sql.forEachRow(among: ids.keys.sorted().map { SQLValue($0) }) {
      "SELECT solution, component FROM membership WHERE closed IS NULL AND component IN \(list: $0)"
    } each: { row in
      if let id = ids[try row.integer(1)] { members[try row.text(0), default: []].insert(id) }
    }
    let behaviors = try behaviors(of: rows, at: Moment(revision: nil))
    for (name, solution) in expected.solutions {
      let wanted = solution.members.intersection(touched)
      if members[name.sqlKey] ?? [] != wanted { found.append("members of \(name)") }
      let (written, meant) = (behaviors[name] ?? [:], solution.behaviors)
      if touched.contains(where: { written[$0] != meant[$0] }) {
        found.append("how much \(name) lists of its roots")
      }
    }
    return found
  }

  /// The same for publishers and settings, and for what nobody asked to be written.
  private func differencesBeside(
    _ touched: Set<ComponentID>,
    before: InstalledState,
    expected: InstalledState
  ) throws -> [String] {
    var found: [String] = []
    let now = Moment(revision: nil)
    let publishers = Dictionary(try publishers(at: now).map { ($0.name, $0) }) { first, _ in first }
    if publishers != expected.publishers { found.append("publishers") }
    let settings = try settings(among: Set(numbers(of: touched).values), at: now)
    if settings != expected.settings.filter({ touched.contains($0.key) }) {
      found.append("settings")
    }
    for id in try self.touched(after: before.revision).subtracting(touched).sorted() {
      found.append("\(kinds[id.type].name):\(id.key), which the plan does not name")
    }
    return found
  }
}
