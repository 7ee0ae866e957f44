import Contract
import Solutions

/// A check for people: what each package has, the worst first, and how many of each in the end.
struct CheckText {
  let document: CheckShape
  let style: TextStyle

  func text() -> Prose {
    var lines: [Prose] = []
    for package in document.packages {
      let kind = package.managed ? "managed" : "unmanaged"
      lines.append(
        "\(style.bold("\(package.uniqueName)")) \(package.version)  \(kind)  \(package.file)"
      )
      if package.findings.isEmpty { lines.append("  nothing to look at") }
      lines += package.findings.flatMap { FindingText.lines($0, style, because: 5) }
      if !package.suppressed.isEmpty {
        let all = Dictionary(grouping: package.suppressed, by: \.reason)
        for (reason, covered) in all.sorted(by: { $0.key < $1.key }) {
          lines.append(
            style("  suppressed  \(counted(covered.count, "finding")): \(reason.shown(200))", .gray)
          )
        }
      }
      lines.append("")
    }
    for unused in document.unusedSuppressions {
      let subject: Prose = unused.subject.map { " for \($0.shown())" } ?? ""
      lines.append(
        "The suppression of \(unused.rule)\(subject) in line \(unused.line) covers nothing: remove it."
      )
    }
    lines.append(summary)
    return lines.joined(separator: "\n") + "\n"
  }

  private var summary: Prose {
    let summary = document.summary
    let numbers: [(Int, String)] = [
      (summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "note"),
    ]
    let told = numbers.filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
    let packages = counted(document.packages.count, "package")
    let suppressed: Prose =
      summary.suppressed > 0 ? ", \(counted(summary.suppressed, "suppressed finding"))" : ""
    guard !told.isEmpty else { return "Nothing to look at in \(packages)\(suppressed)." }
    return "\(told.joined(separator: ", ")) in \(packages)\(suppressed)."
  }
}
