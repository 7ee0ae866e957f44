package struct UndoesRollback: FindingContent {
  package static let kind = FindingKind(
    "strata.undoes-rollback",
    .info,
    .inferred("strata.rollback"),
    "Undoing a rollback brings back what it undid."
  )

  let operation: Int
  let undone: Int

  package var subject: Subject { .plan }

  package var text: Phrase {
    "operation \(operation) was a rollback of \(undone), so what that undid comes back"
  }

  package var remedies: [Remedy] {
    undone > 1
      ? [.rollBack(to: undone - 1)] : [.words("nothing lies before operation 1")]
  }
}
