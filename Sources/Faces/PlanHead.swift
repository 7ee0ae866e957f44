package import Contract
package import Solutions

/// What a plan is for, in words: what comes in, or what ends.
package struct PlanHead {
  /// `Upgrade FieldService`, `Discard the staged FieldService`.
  package let title: String
  /// `Upgrade`.
  package let verb: Prose
  /// `1.0 → 1.1` or, of what ends, its version.
  package let versions: String
  /// Whether the version is a part of the sentence.
  package let isSentence: Bool

  package init(_ package: PlanShape.Package) {
    verb = Self.verb(package.action)
    title = "\(verb.text) \(package.uniqueName)"
    isSentence = [.downgrade, .discard, .uninstall].contains(package.action)
    let from = package.from.map { "\($0) → \(package.version)" }
    versions =
      switch package.action {
      case .discard: "\(package.version)\(package.from.map { " (\($0) stays)" } ?? "")"
      case .uninstall: package.version
      default: from ?? package.version
      }
  }

  private static func verb(_ move: Wire.Move) -> Prose {
    switch move {
    case .install: "Install"
    case .upgrade: "Upgrade"
    case .downgrade: "Downgrade"
    case .stage: "Stage for upgrade"
    case .update: "Update"
    case .patch: "Patch"
    case .applyUpgrade: "Apply upgrade"
    case .discard: "Discard the staged"
    case .uninstall: "Uninstall"
    }
  }
}
