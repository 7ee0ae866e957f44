internal import Contract
internal import Faces
internal import Hashing
internal import Lifecycle
internal import Solutions

/// An operation on rows that was planned: what was asked for, what it would do, and on which revision.
struct KeptRows: Shape {
  static let format = "strata.rows-plan"

  let order: RowOrder
  let revision: Int
  let title: String
  /// What it would do, one line for each table or mapping.
  let lines: [String]
  let isNothing: Bool
  /// Whether somebody has to agree: values that are there go into the trash.
  let isDestroying: Bool
  /// `sha256:` and 64 digits, of all the rest.
  var digest: String?

  /// 64 digits.
  var name: String { String((digest ?? "").dropFirst(7)) }

  fileprivate func digested() throws -> KeptRows {
    var kept = self
    kept.digest = nil
    let text = try ShapeCoder.line(kept)
    kept.digest = "sha256:\(SHA256Digest(of: Array(text.utf8)))"
    return kept
  }
}

extension Site {
  /// How long what is asked of rows waits for an operation that runs.
  private static let patience = Duration.seconds(5)

  /// Plans an operation on rows, and keeps the plan: it is done, and every trace of it taken back.
  ///
  /// - Throws: `Failure`, and all that an operation on rows throws.
  func plan(_ order: RowOrder) async throws -> KeptRows {
    let request = try await order.request(on: self)
    let (outcome, revision) = try await lifecycle.waiting(atMost: Self.patience).planned(request)
    let text = RowsOutcomeText(table: order.subject, outcome: outcome)
    let kept = try KeptRows(
      order: order,
      revision: revision,
      title: request.title,
      lines: text.lines.map(\.text),
      isNothing: outcome.isNothing,
      isDestroying: outcome.isDestroying
    ).digested()
    try await Aside.run { [room] in
      try room.write(Array(try ShapeCoder.line(kept).utf8), .orders, kept.name)
    }
    return kept
  }

  /// - Parameter digest: `sha256:` and 64 digits, or the digits alone.
  /// - Throws: `Failure` where there is no such plan.
  func keptRows(_ digest: String) async throws -> KeptRows {
    let digits = digest.hasPrefix("sha256:") ? String(digest.dropFirst(7)) : digest
    guard let known = SHA256Digest(digits),
      let bytes = try room.read(.orders, known.description)
    else {
      throw Failure(.noSuchPlan, "there is no plan \(digest.shown(80)) here", status: 4)
    }
    return try ShapeCoder.decode(KeptRows.self, bytes)
  }
}

extension Call {
  /// Begins to do what was planned with rows; on any other revision it is refused.
  ///
  /// - Throws: `Failure` where the environment is another by now, or somebody may not overwrite anything.
  func apply(
    rows digest: String,
    isAgreed: Bool,
    through face: Caller.Face
  ) async throws -> Job {
    let site = site
    let kept = try await site.keptRows(digest)
    try require(kept.isDestroying ? .owner : .importer)
    let now = try await site.status().revision
    guard kept.revision == now else {
      throw Failure(RowsOutdated(planned: kept.revision, now: now))
    }
    let caller = caller(through: face)
    let request = try await kept.order.request(on: site)
    return try await site.jobs.begin(
      planned: kept.digest ?? "",
      verb: "rows",
      title: kept.title,
      by: caller
    ) { lifecycle in
      let done = try await lifecycle.perform(
        request,
        by: caller,
        isAgreed: isAgreed,
        plannedOn: kept.revision
      )
      return JobBoard.Ended(operation: done.operation, warnings: [])
    }
  }
}
