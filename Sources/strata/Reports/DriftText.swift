import Contract
import Reading
import Solutions

extension DriftShape {
  func text(_ style: TextStyle, _ view: ReadingView) -> Prose {
    var lines: [Prose] = ["\(style.bold("\(from)")) → \(style.bold("\(to)"))", summaryLine]
    for solution in solutions {
      lines.append(
        "  \(solution.uniqueName): \(solution.before ?? "not installed") → \(solution.after ?? "not installed")"
      )
    }
    lines.append("")
    var kind = ""
    let shown = view.depth == .summary ? [] : filtered(by: view.filter, view.words).changes
    for entry in shown {
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
    if !view.filter.isEmpty {
      lines += [
        "",
        view.note(shown: shown.count, of: changes.count),
      ]
    }
    return (lines + (shown.isEmpty ? [] : ["", summaryLine])).joined(separator: "\n") + "\n"
  }

  private var summaryLine: Prose {
    "- \(summary.delete) only in the first   + \(summary.add) only in the second   "
      + "~ \(summary.change) different   \(summary.unchanged) equal"
  }
}
