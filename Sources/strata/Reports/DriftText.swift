import Contract
import Solutions

extension DriftShape {
  func text(_ style: TextStyle) -> Prose {
    var lines: [Prose] = ["\(style.bold("\(from)")) → \(style.bold("\(to)"))", summaryLine]
    for solution in solutions {
      lines.append(
        "  \(solution.uniqueName): \(solution.before ?? "not installed") → \(solution.after ?? "not installed")"
      )
    }
    lines.append("")
    var kind = ""
    for entry in changes {
      let owner = style("by \(entry.solutionAfter ?? entry.solutionBefore ?? "")", .gray)
      lines += DiffText.lines(
        entry.action,
        entry.component,
        "  \(owner)",
        entry.properties,
        under: &kind,
        style
      )
    }
    return (lines + (changes.isEmpty ? [] : ["", summaryLine])).joined(separator: "\n") + "\n"
  }

  private var summaryLine: Prose {
    "- \(summary.delete) only in the first   + \(summary.add) only in the second   "
      + "~ \(summary.change) different   \(summary.unchanged) equal"
  }
}
