import Solutions

/// `diff --env … --json`: where what is in effect differs.
struct DriftDocument: Codable {
  struct Solution: Codable {
    let uniqueName: String
    /// Null where it is not installed.
    @Nullable var before: String?
    @Nullable var after: String?
  }

  struct Entry: Codable {
    let action: String
    let component: ComponentDocument
    /// Whose statement is in effect; null where the component is not there.
    @Nullable var solutionBefore: String?
    @Nullable var solutionAfter: String?
    let properties: [DiffDocument.Property]
  }

  let format: String
  let formatVersion: Int
  let from: String
  let to: String
  let summary: DiffDocument.Summary
  let solutions: [Solution]
  let changes: [Entry]

  init(_ difference: StateDifference, from: String, to: String, kinds: ComponentKinds) {
    format = "strata.drift"
    formatVersion = 1
    self.from = from
    self.to = to
    summary = DiffDocument.Summary(
      add: difference.entries.count { $0.action == .add },
      change: difference.entries.count { $0.action == .change },
      delete: difference.entries.count { $0.action == .delete },
      unchanged: difference.equal
    )
    solutions = difference.solutions.map {
      Solution(uniqueName: $0.name.text, before: $0.before?.text, after: $0.after?.text)
    }
    changes = difference.entries.map { entry in
      Entry(
        action: entry.action.word,
        component: ComponentDocument(entry.component, kinds: kinds),
        solutionBefore: entry.before?.text,
        solutionAfter: entry.after?.text,
        properties: entry.properties.map {
          .init(path: $0.path, before: $0.before, after: $0.after)
        }
      )
    }
  }

  func text(_ style: TextStyle) -> String {
    var lines = ["\(style.bold(from)) → \(style.bold(to))", summaryLine]
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

  private var summaryLine: String {
    "- \(summary.delete) only in the first   + \(summary.add) only in the second   "
      + "~ \(summary.change) different   \(summary.unchanged) equal"
  }
}
