internal import SolutionStore
internal import Solutions

extension Request {
  /// The record of an operation, with what only its plan knows: from which version, of which solution.
  func telling(_ record: OperationRecord, _ plan: Plan) -> OperationRecord {
    OperationRecord(
      verb: record.verb,
      title: title(of: plan) ?? record.title,
      who: record.who,
      started: record.started,
      options: record.options
    )
  }

  private func title(of plan: Plan) -> String? {
    switch self {
    case .importing, .applyUpgrade, .discardUpgrade, .uninstall:
      guard !plan.packages.isEmpty else { return nil }
      let titles = plan.packages.map(\.title)
      let isImport = titles.allSatisfy { $0.hasPrefix("import ") }
      return isImport
        ? "import " + titles.map { $0.dropFirst("import ".count) }.joined(separator: ", ")
        : titles.joined(separator: ", ")
    case .rollback:
      let moves = plan.solutions.map(\.title)
      return moves.isEmpty ? nil : "\(title): \(moves.joined(separator: ", "))"
    default: return nil
    }
  }
}

extension Plan.PlannedPackage {
  fileprivate var title: String {
    let versions = from.map { $0 == version ? "\(version)" : "\($0) → \(version)" } ?? "\(version)"
    return switch action {
    case .install, .upgrade, .update, .patch: "import \(name) \(versions)"
    case .downgrade: "downgrade \(name) \(versions)"
    case .stage: "stage \(name) \(version)\(stays)"
    case .applyUpgrade: "apply upgrade of \(name) \(versions)"
    case .discard: "discard the staged \(name) \(version)\(stays)"
    case .uninstall: "uninstall \(name) \(version)"
    }
  }

  private var stays: String { from.map { " (\($0) stays)" } ?? "" }
}

extension Plan.SolutionChange {
  fileprivate var title: String {
    switch (before, after) {
    case (let before?, let after?):
      before == after ? "\(name) \(after)" : "\(name) \(before) → \(after)"
    case (nil, let after?): "\(name) \(after) comes back"
    case (let before?, nil): "\(name) \(before) goes"
    case (nil, nil): "\(name)"
    }
  }
}
