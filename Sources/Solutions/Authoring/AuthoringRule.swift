/// One thing that authors are told of a package, before anybody imports it: the finding, and where it is found.
///
/// Each lies in a file of its own in `Rules/` and has a line in `AuthoringRules.all`; its row in docs/check.md is made
/// from it.
package protocol AuthoringRule: FindingContent {
  /// Where the rule can be read: names of `RuleSource.all`, `;` between them.
  static var source: String { get }
  /// What to look at in one package.
  static func findings(in package: AuthoredPackage) -> [Finding]
}

extension AuthoringRule {
  package static var source: String { "Strata's own" }
}

package enum AuthoringRules {
  /// By id.
  package static let all: [any AuthoringRule.Type] = [
    NeedlessWholeTable.self,
    NeedlessParts.self,
    SharedComponents.self,
    WholeFormOfOthers.self,
    NeedsActiveLayer.self,
    ForeignPrefix.self,
    DefaultPublisherUsed.self,
    ForeignOptionValues.self,
    NamesNotListed.self,
    UnusedChoice.self,
    SecretInText.self,
    ValueInPackage.self,
    FixedEnvironment.self,
    ConnectionWithoutReference.self,
    IDsTwice.self,
    OutdatedScript.self,
    StepOnEveryColumn.self,
  ]

  /// Everything that is to be said of a package: what was found while it was read, and by every rule; sorted.
  package static func findings(in package: AuthoredPackage) -> [Finding] {
    let found = all.flatMap { $0.findings(in: package) }.map {
      Finding($0.content, at: $0.at.map(package.source.place))
    }
    return (package.package.findings + found).sorted()
  }
}

extension FindingKind {
  /// Of everything that is told of packages and plans, and by `strata check` alone.
  package static let known = all.map { $0.kind } + AuthoringRules.all.map { $0.kind }
}

extension RuleText {
  /// Of `strata check`.
  static let authoring = AuthoringRules.all.map {
    RuleText($0.kind.rule.id, $0.kind.says, $0.source)
  }
}
