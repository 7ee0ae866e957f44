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
    if let unknown { lines += ["", Self.words(unknown)] }
    if !view.filter.isEmpty {
      lines += [
        "",
        view.note(shown: shown.count, of: changes.count),
      ]
    }
    return (lines + (shown.isEmpty ? [] : ["", summaryLine])).joined(separator: "\n") + "\n"
  }

  private static func words(_ unknown: [ComponentShape]) -> Prose {
    let few = unknown.prefix(5).map { "\($0.kind):\($0.name)" as Prose }.joined(separator: ", ")
    let rest: Prose = unknown.count > 5 ? " and \(unknown.count - 5) more" : ""
    return
      "? \(unknown.count) not compared, whose layers are known to be there and not what they say: \(few)\(rest)"
  }

  private var summaryLine: Prose {
    "- \(summary.delete) only in the first   + \(summary.add) only in the second   "
      + "~ \(summary.change) different   \(summary.unchanged) equal"
  }
}
