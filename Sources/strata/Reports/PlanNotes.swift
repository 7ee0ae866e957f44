import Contract
import Solutions

/// What stands in the head of a plan beside its packages and numbers.
struct PlanNotes {
  private let plan: PlanShape

  init(_ plan: PlanShape) { self.plan = plan }

  var lines: [Prose] {
    plan.packages.compactMap { contained($0) }
      + [
        order.map { "Order: \($0)" as Prose }, isForNothing ? Self.target : nil,
        removed.map { "Rolled up and removed: \($0)" },
      ].compactMap { $0 }
  }

  /// What is done with an update of something installed, in the words in which people are asked; what it comes to here.
  private func contained(_ package: PlanShape.Package) -> Prose? {
    guard package.managed, let from = package.from, from != package.version else { return nil }
    let name = package.uniqueName.lowercased()
    let gone = plan.changes.count { $0.action == .delete && $0.solution.lowercased() == name }
    let many = plan.packages.count == 1 ? "This package" as Prose : "\(package.uniqueName)"
    let intro: Prose = "\(many) contains an update for a solution that is already installed."
    switch package.action {
    case .upgrade:
      let what: Prose =
        gone == 0
        ? "nothing goes here" : "\(gone.counted("component")) \(gone == 1 ? "goes" : "go") here"
      return "\(intro) Upgrade (recommended): \(what)."
    case .stage:
      return
        "\(intro) Stage for upgrade: old and new stand side by side; what the new one lacks goes when it is applied."
    case .update:
      let keeps = plan.findings.contains {
        $0.code == UpdateKeeps.kind.code && $0.subject.lowercased() == name
      }
      let what: Prose =
        keeps ? "what the new version lacks stays here" : "the new version lacks nothing here"
      return "\(intro) Update (not recommended): \(what)."
    default: return nil
    }
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
