import Contract
import Solutions

/// What stands in the head of a plan beside its packages and numbers.
struct PlanNotes {
  private let plan: PlanShape

  init(_ plan: PlanShape) { self.plan = plan }

  var lines: [Prose] {
    [
      order.map { "Order: \($0)" as Prose }, isForNothing ? Self.target : nil,
      removed.map { "Rolled up and removed: \($0)" },
    ].compactMap { $0 }
  }

  private var order: String? { plan.order.map { $0.joined(separator: ", ") } }

  private var isForNothing: Bool { plan.base.target == .empty }

  private static let target: Prose =
    "Planned for an empty target; --env or --against says what is there."

  /// Patches that are rolled up.
  private var removed: String? {
    let planned = plan.packages.map { $0.uniqueName.lowercased() }
    // A pending upgrade takes its base's place.
    let named = Set(planned + planned.map { $0 + "_upgrade" })
    let gone = plan.solutions.filter { $0.removed && !named.contains($0.uniqueName.lowercased()) }
    guard !gone.isEmpty, !named.isEmpty else { return nil }
    return gone.map { "\($0.uniqueName) \($0.before?.version ?? "")" }.joined(separator: ", ")
  }
}
