internal import SQL
internal import Solutions

/// How much of its roots an unmanaged solution lists.
extension StoreReader {
  /// Whether the environment has been written by a release that keeps it.
  func keepsBehaviors() throws -> Bool { try !sql.columns(of: "root_behavior").isEmpty }

  /// Of all roots: they are few, and those of what is not read as a member go with it.
  func behaviors(
    of rows: [InstalledSolution],
    at moment: Moment
  ) throws -> [SolutionName: [ComponentID: RootComponent.Behavior]] {
    guard try keepsBehaviors(), rows.contains(where: { !$0.isManaged }) else { return [:] }
    let names = Dictionary(rows.map { ($0.name.sqlKey, $0.name) }) { first, _ in first }
    let found = try sql.rows(
      """
      SELECT solution, component, behavior FROM root_behavior
      WHERE \(moment.condition("root_behavior"))
      """
    ) { (try $0.text(0), try $0.integer(1), try $0.integer(2)) }
    let ids = try ids(of: Set(found.map(\.1)))
    return try found.reduce(into: [:]) { behaviors, row in
      guard let name = names[row.0], let id = ids[row.1] else { return }
      guard let behavior = RootComponent.Behavior(rawValue: row.2) else {
        throw StoreError.damaged(
          "\(name) lists a root with the behavior \(row.2), which there is not"
        )
      }
      behaviors[name, default: [:]][id] = behavior
    }
  }
}

extension PlanWriter {
  /// Closes and opens what differs.
  func write(
    behaviors new: [ComponentID: RootComponent.Behavior],
    insteadOf old: [ComponentID: RootComponent.Behavior],
    of name: SolutionName,
    _ numbers: [ComponentID: Int],
    in number: Int
  ) throws {
    let ended = old.filter { new[$0.key] != $0.value }.map(\.key)
    let values = try reader.numbers(of: ended).values.sorted().map { SQLValue($0) }
    try sql.execute(among: values) {
      """
      UPDATE root_behavior SET closed = \(number)
      WHERE solution = \(name.sqlKey) AND component IN \(list: $0) AND closed IS NULL
      """
    }
    var rows = Batch(into: "root_behavior", ["solution", "component", "behavior", "opened"])
    for (id, behavior) in new.sorted(by: { $0.key < $1.key }) where old[id] != behavior {
      try rows.add(
        [
          .text(name.sqlKey), SQLValue(numbers[id]), SQLValue(behavior.rawValue), SQLValue(number),
        ],
        to: sql
      )
    }
    try rows.flush(to: sql)
  }
}
