internal import SQL
internal import Solutions

/// What `verify` looks at in the present state.
extension StoreReader {
  /// Invariants, and what is derived from definitions.
  func brokenPresent(_ state: InstalledState) throws -> [String] {
    var broken = state.brokenInvariants()
    for id in state.standingComponents {
      if state.drafts[id] != nil, kinds[id.type].publishing == .atOnce {
        broken.append("\(kinds[id.type].name):\(id.key) has a draft and takes effect at once")
      }
    }
    for solution in state.solutions.values where !solution.members.isEmpty {
      // Members without content are mentions of what may be elsewhere; a layer without membership is lost.
      // An environment lists tables, and tells of layers of their parts.
      for (id, stack) in state.stacks {
        guard let layer = stack.layer(of: solution.name), !layer.isOpaque,
          !solution.members.contains(id)
        else { continue }
        broken.append(
          "\(solution.name) has a layer of \(kinds[id.type].name):\(id.key), which it does not list"
        )
      }
    }
    let astray = try count(
      """
      membership WHERE closed IS NULL
        AND NOT EXISTS (SELECT 1 FROM solution WHERE solution.key = membership.solution AND solution.closed IS NULL)
      """
    )
    if astray > 0 { broken.append("\(astray) memberships are of solutions that are gone") }
    return try broken + brokenReferences(state) + brokenTables(state)
  }

  /// - Parameter rows: a table with a condition.
  func count(_ rows: SQLText) throws -> Int {
    try sql.row("SELECT COUNT(*) FROM \(rows)") { try $0.integer(0) } ?? 0
  }

  /// What the table of references says against what the definitions name.
  private func brokenReferences(_ state: InstalledState) throws -> [String] {
    var stored: [ComponentID: [ComponentID: Int]] = [:]
    var rows: [(Int, Int)] = []
    try sql.forEachRow(
      """
      SELECT layer.component, reference.target FROM layer
      JOIN reference ON reference.statement = layer.statement WHERE layer.closed IS NULL
      """
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
