internal import Solutions

extension Plan {
  /// What becomes of its packages, with their versions; nil where it has none.
  var packagesTitle: String? {
    guard !packages.isEmpty else { return nil }
    let titles = packages.map(\.title)
    let isImport = titles.allSatisfy { $0.hasPrefix("import ") }
    return isImport
      ? "import " + titles.map { $0.dropFirst("import ".count) }.joined(separator: ", ")
      : titles.joined(separator: ", ")
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
  var title: String {
    switch (before, after) {
    case (let before?, let after?):
      before == after ? "\(name) \(after)" : "\(name) \(before) → \(after)"
    case (nil, let after?): "\(name) \(after) comes back"
    case (let before?, nil): "\(name) \(before) goes"
    case (nil, nil): "\(name)"
    }
  }
}
