internal import Hashing
internal import SQL
package import Solutions

extension StoreSession {
  /// Where the tables differ from what a plan leads to, as far as it touched them; nothing is parsed.
  ///
  /// - Parameter before: the slice that the plan was made from.
  package func differences(from plan: Plan, on before: InstalledState) throws -> [String] {
    let expected = before.applying(plan)
    var found: [String] = []
    let rows = Dictionary(try solutions(at: nil).map { ($0.name, $0) }) { first, _ in first }
    for name in Set(rows.keys).union(expected.solutions.keys).sorted() {
      let (row, wanted) = (rows[name], expected.solutions[name])
      if row != wanted?.with(members: []) { found.append("solution \(name)") }
    }
    if try blocksUnmanaged(at: Moment(revision: nil)) != expected.blocksUnmanaged {
      found.append("the block of unmanaged work")
    }
    var touched = plan.touchedComponents
    for name in Set(before.solutions.keys).union(expected.solutions.keys) {
      let (old, new) = (before.solutions[name]?.members, expected.solutions[name]?.members)
      touched.formUnion((old ?? []).symmetricDifference(new ?? []))
    }
    let numbers = try numbers(of: touched)
    let ids = Dictionary(numbers.map { ($0.value, $0.key) }) { first, _ in first }
    let values = numbers.values.sorted().map { SQLValue($0) }

    var layers: [ComponentID: Set<String>] = [:]
    try sql.forEachRow(
      """
      SELECT layer.component, layer.solution, layer.block, layer.guest, statement.definition
      FROM layer JOIN statement ON statement.id = layer.statement
      WHERE layer.closed IS NULL AND layer.component IN (…)
      """,
      in: values
    ) { row in
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

    var members: [String: Set<ComponentID>] = [:]
    try sql.forEachRow(
      "SELECT solution, component FROM membership WHERE closed IS NULL AND component IN (…)",
      in: values
    ) { row in
      if let id = ids[try row.integer(1)] { members[try row.text(0), default: []].insert(id) }
    }
    for (name, solution) in expected.solutions {
      let wanted = solution.members.intersection(touched)
      if members[name.sqlKey] ?? [] != wanted { found.append("members of \(name)") }
    }
    return try found + differencesBeside(touched, before: before, expected: expected)
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

  /// Recomputes everything: hashes, invariants, and what is derived from definitions.
  ///
  /// - Returns: what is broken, in words; nothing in a sound environment.
  package func verify() throws -> [String] { try verified().broken }

  /// The same with what it was found in.
  package func verified() throws -> (state: InstalledState, broken: [String]) {
    let state = try whole()
    var broken = state.brokenInvariants()
    for id in state.standingComponents {
      if state.drafts[id] != nil, kinds[id.type].publishing == .atOnce {
        broken.append("\(kinds[id.type].name):\(id.key) has a draft and takes effect at once")
      }
      for layer in state.layers(of: id) {
        let definition = layer.definition
        if Definition(definition.fragment, parts: definition.parts).hash != definition.hash {
          broken.append(
            "\(kinds[id.type].name):\(layer.component.name) has another hash than its content"
          )
        }
      }
    }
    for solution in state.solutions.values where !solution.members.isEmpty {
      // Members without content are mentions of what may be elsewhere; a layer without membership is lost.
      for (id, stack) in state.stacks
      where stack.layer(of: solution.name) != nil && !solution.members.contains(id) {
        broken.append(
          "\(solution.name) has a layer of \(kinds[id.type].name):\(id.key), which it does not list"
        )
      }
    }
    let astray = try sql.row(
      """
      SELECT COUNT(*) FROM membership WHERE closed IS NULL
        AND NOT EXISTS (SELECT 1 FROM solution WHERE solution.key = membership.solution AND solution.closed IS NULL)
      """
    ) { try $0.integer(0) }
    if let astray, astray > 0 {
      broken.append("\(astray) memberships are of solutions that are gone")
    }
    broken += try brokenReferences(state)
    broken += try brokenTables(state)
    for table in ["layer", "membership", "setting", "solution", "publisher", "unmanaged_block"] {
      let odd = try sql.row(
        "SELECT COUNT(*) FROM \(table) WHERE closed IS NOT NULL AND closed <= opened"
      ) { try $0.integer(0) }
      if let odd, odd > 0 { broken.append("\(odd) rows of \(table) end before they begin") }
    }
    return (state, broken.sorted())
  }

  /// What the table of references says against what the definitions name.
  private func brokenReferences(_ state: InstalledState) throws -> [String] {
    var stored: [ComponentID: [ComponentID: Int]] = [:]
    var rows: [(Int, Int)] = []
    try sql.forEachRow(
      """
      SELECT layer.component, reference.target FROM layer
      JOIN reference ON reference.statement = layer.statement WHERE layer.closed IS NULL
      """,
      []
    ) { rows.append((try $0.integer(0), try $0.integer(1))) }
    let ids = try ids(of: Set(rows.flatMap { [$0.0, $0.1] }))
    for (component, target) in rows {
      if let id = ids[component], let name = ids[target] {
        stored[id, default: [:]][name, default: 0] += 1
      }
    }
    var broken: [String] = []
    for id in state.standingComponents {
      var wanted: [ComponentID: Int] = [:]
      for layer in state.layers(of: id) {
        for target in Set(kinds[id.type].references(layer.component).map(\.target)) {
          wanted[target, default: 0] += 1
        }
      }
      if stored[id] ?? [:] != wanted {
        broken.append("references of \(kinds[id.type].name):\(id.key) are not those of its layers")
      }
    }
    return broken
  }
}
