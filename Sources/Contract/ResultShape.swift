/// `import --json` and its like.
package struct ResultShape: Shape {
  package static let format = "strata.result"

  /// The number in the history; null when nothing was done.
  @Nullable package var operation: Int?
  @Nullable package var refusal: String?
  /// What did not come out as one would wish.
  package let warnings: [String]
  package let plan: Envelope<PlanShape>

  package init(operation: Int?, refusal: String?, warnings: [String], plan: PlanShape) {
    self.warnings = warnings
    self.plan = Envelope(plan)
    self.operation = operation
    self.refusal = refusal
  }
}
