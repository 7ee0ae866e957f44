/// Values of a column that an operation on rows overwrote or filled: as they were, and as they became.
package struct ValueMove: Equatable, Sendable {
  /// Its number in the trash.
  package let id: Incarnation.ID
  /// The column that was written.
  package let column: ComponentID
  /// The operation that did it.
  package let operation: Int
  /// Whether rows have the values that it gave them; they have those of before otherwise.
  package let isDone: Bool

  package init(id: Incarnation.ID, column: ComponentID, operation: Int, isDone: Bool) {
    self.id = id
    self.column = column
    self.operation = operation
    self.isDone = isDone
  }
}

/// A move that a plan turns around.
package struct ValueTurn: Equatable, Sendable {
  package let move: ValueMove
  /// Rows that get a value that they had; nil where nobody counted.
  package var returning: Int?
  /// Rows that have none afterwards.
  package var emptied: Int?

  package init(_ move: ValueMove, returning: Int? = nil, emptied: Int? = nil) {
    self.move = move
    self.returning = returning
    self.emptied = emptied
  }
}

extension Plan {
  /// Moves of values that are turned around, in order.
  ///
  /// A row that was written since keeps what was written.
  package func turning(_ moves: [ValueMove]) -> Plan {
    guard !moves.isEmpty else { return self }
    var plan = Plan(
      base: base,
      packages: packages,
      effects: effects + moves.map { .schema(.turnMove($0.id, isBack: $0.isDone)) },
      changes: changes,
      unchanged: unchanged,
      solutions: solutions,
      findings: findings
    )
    plan.order = order
    plan.publishers = publishers
    plan.turns = turns + moves.map { ValueTurn($0) }
    plan.dataCounts = dataCounts
    return plan
  }

  /// The same with how many values come back, by the number of the move.
  package func counting(_ counts: [Incarnation.ID: (returning: Int, emptied: Int)]) -> Plan {
    var plan = self
    plan.turns = turns.map { turn in
      counts[turn.move.id].map {
        ValueTurn(turn.move, returning: $0.returning, emptied: $0.emptied)
      } ?? turn
    }
    return plan
  }
}
