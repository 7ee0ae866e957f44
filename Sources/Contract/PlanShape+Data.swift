package import Solutions

extension PlanShape {
  /// What becomes of data, or of a key over it, where no change says so.
  package struct DataStep: Codable, Sendable {
    package let action: Wire.DataAction
    /// `Attribute:fab_thing.fab_name`.
    package let component: String
    /// In the trash; null for a key.
    @Nullable package var number: Int?
    /// Rows, pairs or values of the entry; null for a key, and where nobody counted.
    @Nullable package var count: Count?
    /// Rows, pairs or values that go into the trash in their place; null where none can, and where nobody counted.
    @Nullable package var replaced: Count?

    init(_ step: Solutions.DataStep, kinds: ComponentKinds) {
      action = Wire.DataAction(step.action)
      component = "\(kinds[step.component.type].name):\(step.component.key)"
      number = step.entry
      count = step.count.map { Count(counted: $0) }
      replaced = step.replaced.map { Count(counted: $0) }
    }
  }

  /// The exit status of `plan` (contract).
  package var status: Int32 {
    if summary.errors > 0 { return 4 }
    if summary.delete > 0 || data?.contains(where: { $0.action == .purge }) ?? false { return 3 }
    let isSame = changes.allSatisfy { $0.respelled == true }
    let isStill = solutions.isEmpty && publishers == nil && blocksUnmanaged == nil
    return isSame && isStill && values == nil && data == nil ? 0 : 2
  }
}
