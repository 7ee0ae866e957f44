/// Which status belongs to which state of a table's rows (PF-431).
package struct Statuses: Equatable, Sendable {
  /// The state that a status belongs to.
  package let states: [Int: Int]
  /// The status that a state begins with.
  package let beginnings: [Int: Int]
  /// The state of rows that are told none: the lowest.
  package let first: Int
  private let titles: [Int: String]

  /// - Parameters:
  ///   - state: of the table; where no definition tells its states, it has those of every table, active and inactive.
  ///   - status: of the table.
  init(state: Column?, status: Column?) {
    let usual = [0: 1, 1: 2]
    let states = status?.links ?? [:]
    self.states = states.isEmpty ? [1: 0, 2: 1] : states
    var beginnings = states.isEmpty ? usual : [:]
    for (status, state) in states.sorted(by: { $0.key > $1.key }) { beginnings[state] = status }
    // One that is no status of the state begins nothing.
    for (state, status) in state?.links ?? [:] where states.isEmpty || states[status] == state {
      beginnings[state] = status
    }
    self.beginnings = beginnings
    first = state?.links.keys.min() ?? beginnings.keys.min() ?? 0
    titles = status?.titles ?? [:]
  }

  /// What a new row gets where it says one of them, or none; nil is a status that nobody knows.
  ///
  /// - Throws: for a status that belongs to another state.
  package func completed(
    state: Int?,
    status: Int?
  ) throws(RowProblem) -> (state: Int, status: Int?) {
    guard let status else {
      let state = state ?? first
      return (state, beginnings[state])
    }
    let owner = states[status]
    if let state, let owner, owner != state {
      let title = titles[status].map { " (\($0))" } ?? ""
      throw RowProblem("statuscode \(status)\(title) belongs to statecode \(owner), not \(state)")
    }
    return (state ?? owner ?? first, status)
  }
}

extension Table {
  package var statuses: Statuses {
    Statuses(state: column("statecode"), status: column("statuscode"))
  }
}

extension Statuses {
  /// What state or status becomes when the other is written by itself: a status that belongs to the new state stays.
  ///
  /// - Parameters:
  ///   - column: the one that is written.
  ///   - now: what the other is.
  package func beside(_ column: String, _ value: RowValue, now: RowValue) -> RowValue {
    guard case .integer(let number) = value else { return now }
    if column == "statuscode" { return states[Int(number)].map { .integer(Int64($0)) } ?? now }
    if case .integer(let status) = now, states[Int(status)] == Int(number) { return now }
    return beginnings[Int(number)].map { .integer(Int64($0)) } ?? .null
  }
}

extension Table {
  /// Of state and status the other, where the table has both.
  package func stateBeside(_ column: String) -> String? {
    let others = ["statecode": "statuscode", "statuscode": "statecode"]
    return others[column].flatMap { self.column($0)?.name }
  }
}
