/// What authors have decided not to be told again, and why.
package struct Suppression: Equatable, Sendable {
  /// The id of a rule, or the code of a finding.
  package let rule: String
  /// Of findings, `*` for any text; nil for all.
  package let subject: String?
  /// The unique name of the solution, `*` for any text; nil for all.
  package let solution: String?
  package let reason: String
  /// Where it is written, from 1; 0 where that is not known.
  package let line: Int

  package init(rule: String, subject: String?, solution: String?, reason: String, line: Int) {
    self.rule = rule
    self.subject = subject
    self.solution = solution
    self.reason = reason
    self.line = line
  }

  package func covers(_ finding: Finding, of name: SolutionName) -> Bool {
    let rule = rule.lowercased()
    return (finding.rule.id.lowercased() == rule || finding.code.lowercased() == rule)
      && subject.map { finding.subject.isLike($0) } ?? true
      && solution.map { name.text.isLike($0) } ?? true
  }

  /// Whether any finding can have that rule or code.
  package static func isKnown(_ rule: String) -> Bool {
    let rule = rule.lowercased()
    return FindingKind.known.contains {
      $0.code.lowercased() == rule || $0.rule.id.lowercased() == rule
    }
  }
}

/// Findings of one package, with what is suppressed apart.
package struct Review: Sendable {
  package let package: SolutionPackage
  package let isFolder: Bool
  package let findings: [Finding]
  package let suppressed: [(finding: Finding, by: Suppression)]

  /// - Parameter used: positions of the suppressions that covered something are added.
  package init(
    _ authored: AuthoredPackage,
    suppressing suppressions: [Suppression],
    used: inout Set<Int>
  ) {
    package = authored.package
    isFolder = authored.source.isFolder
    var open: [Finding] = []
    var suppressed: [(Finding, Suppression)] = []
    for finding in AuthoringRules.findings(in: authored) {
      let covering = suppressions.indices.filter {
        suppressions[$0].covers(finding, of: authored.package.name)
      }
      used.formUnion(covering)
      if let first = covering.first {
        suppressed.append((finding, suppressions[first]))
      } else {
        open.append(finding)
      }
    }
    findings = open
    self.suppressed = suppressed
  }
}

extension String {
  /// Whether it is what a pattern says, in which `*` stands for any text; cases do not count.
  func isLike(_ pattern: String) -> Bool {
    let text = Array(lowercased().utf8)
    let pattern = Array(pattern.lowercased().utf8)
    var (at, place) = (0, 0)
    // Where the last star stood, and what it stood for then.
    var star: (place: Int, at: Int)?
    while at < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        star = (place, at)
        place += 1
      } else if place < pattern.count, pattern[place] == text[at] {
        place += 1
        at += 1
      } else if let last = star {
        star = (last.place, last.at + 1)
        place = last.place + 1
        at = last.at + 1
      } else {
        return false
      }
    }
    return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
