internal import Contract
internal import Faces
internal import Solutions

/// A plan that was kept, with the page of it.
struct ShownPlan: Sendable {
  let kept: KeptPlan
  let html: PlanHTML
  /// Whether parts of the page are left for later.
  let isLong: Bool

  /// A page with more rows takes a browser seconds.
  private static let rowsMax = 400

  init(_ kept: KeptPlan, _ base: String) {
    self.kept = kept
    let document = kept.document
    isLong = document.changes.count > Self.rowsMax
    html = PlanHTML(
      plan: kept.spelledForPages,
      enabling: "; a box of the second step switches them on",
      source: isLong ? "\(base)/plans/\(kept.name)" : nil,
      sketches: "\(base)/plans/\(kept.name)/sketch"
    )
  }
}

/// The plans that were looked at last: who filters one asks often.
actor ShownPlans {
  private var plans: [(digest: String, plan: ShownPlan)] = []

  private static let most = 8

  func plan(
    _ digest: String,
    _ make: @Sendable () async throws -> ShownPlan
  ) async throws -> ShownPlan {
    if let at = plans.firstIndex(where: { $0.digest == digest }) {
      let found = plans.remove(at: at)
      plans.append(found)
      return found.plan
    }
    let made = try await make()
    plans.append((digest, made))
    if plans.count > Self.most { plans.removeFirst() }
    return made
  }
}
