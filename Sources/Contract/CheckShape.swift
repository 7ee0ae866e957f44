internal import Hashing
package import Solutions

/// `check --json`: what authors are told of packages.
package struct CheckShape: Shape {
  package static let format = "strata.check"

  package struct Package: Codable, Sendable {
    package let file: String
    package let sha256: String
    package let uniqueName: String
    package let version: String
    package let managed: Bool
    package let findings: [FindingShape]
    package let suppressed: [Suppressed]
  }

  package struct Suppressed: Codable, Sendable {
    package let finding: FindingShape
    package let reason: String
  }

  package struct Unused: Codable, Sendable {
    package let rule: String
    @Nullable package var subject: String?
    @Nullable package var solution: String?
    package let reason: String
    /// Of the file of suppressions, from 1.
    package let line: Int
  }

  package struct Summary: Codable, Sendable {
    package let errors: Int
    package let warnings: Int
    package let infos: Int
    package let suppressed: Int
  }

  package let packages: [Package]
  package let summary: Summary
  /// Suppressions that covered nothing.
  package let unusedSuppressions: [Unused]
  package let exitStatus: Int

  /// - Parameters:
  ///   - files: as they were named, in the order of the reviews.
  ///   - spelled: how the face spells a way to go on.
  package init(
    _ reviews: [Review],
    files: [String],
    unused: [Suppression],
    exitStatus: Int,
    spelled: (Remedy) -> String
  ) {
    packages = zip(reviews, files).map { review, file in
      Package(
        file: file,
        sha256: review.package.digest.description,
        uniqueName: review.package.name.text,
        version: review.package.manifest.version.text,
        managed: review.package.manifest.isManaged,
        findings: review.findings.map { FindingShape($0, spelled: spelled) },
        suppressed: review.suppressed.map {
          Suppressed(finding: FindingShape($0.finding, spelled: spelled), reason: $0.by.reason)
        }
      )
    }
    let findings = reviews.flatMap(\.findings)
    func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }
    summary = Summary(
      errors: count(.error),
      warnings: count(.warning),
      infos: count(.info),
      suppressed: reviews.reduce(0) { $0 + $1.suppressed.count }
    )
    unusedSuppressions = unused.map {
      Unused(
        rule: $0.rule,
        subject: $0.subject,
        solution: $0.solution,
        reason: $0.reason,
        line: $0.line
      )
    }
    self.exitStatus = exitStatus
  }
}
