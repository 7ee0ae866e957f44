internal import Solutions

extension PlanShape {
  /// A migration of rows that is taken back or done again.
  package struct Values: Codable, Sendable {
    /// In the trash.
    package let number: Int
    /// The column.
    package let component: String
    /// The migration.
    package let operation: Int
    /// Whether rows have the values of before; otherwise they have those of the migration again.
    package let isTakenBack: Bool
    /// Rows that get a value that they had; null where nobody counted.
    @Nullable package var returning: Int?
    /// Rows that have none then; null where nobody counted.
    @Nullable package var emptied: Int?

    init(_ turn: ValueTurn, kinds: ComponentKinds) {
      number = turn.move.id
      component = "\(kinds[turn.move.column.type].name):\(turn.move.column.key)"
      operation = turn.move.operation
      isTakenBack = turn.move.isDone
      returning = turn.returning
      emptied = turn.emptied
    }
  }
}
