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

/// The plans that were looked at last, each read once for all who ask meanwhile: who filters one asks often.
actor ShownPlans {
  private var plans: [(digest: String, plan: Task<ShownPlan, any Error>)] = []

  private static let most = 8

  func plan(
    _ digest: String,
    _ make: @escaping @Sendable () async throws -> ShownPlan
  ) async throws -> ShownPlan {
    let known = plans.firstIndex { $0.digest == digest }.map { plans.remove(at: $0).plan }
    let plan = known ?? Task { try await make() }
    plans.append((digest, plan))
    if plans.count > Self.most { plans.removeFirst() }
    do {
      return try await plan.value
    } catch {
      // It may be there the next time.
      plans.removeAll { $0.plan == plan }
      throw error
    }
  }
}
