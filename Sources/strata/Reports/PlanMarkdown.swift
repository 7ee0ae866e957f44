/// A plan as Markdown for a pull request: summary, then what goes, then the rest folded.
struct PlanMarkdown {
  let plan: PlanDocument

  func text() -> String {
    var lines: [String] = []
    for package in plan.packages {
      let head = PlanHead(package)
      let verb = head.title.dropLast(package.uniqueName.count)
      lines.append("### \(verb)`\(package.uniqueName)` \(Self.escaped(head.versions))")
    }
    lines += ["", "**\(verdict)**", ""]
    let summary = plan.summary
    lines += [
      "| - delete | → dereference | + add | ~ change | ⊘ masked | unchanged | errors | warnings |",
      "|---:|---:|---:|---:|---:|---:|---:|---:|",
      "| \(summary.delete) | \(summary.dereference) | \(summary.add) | \(summary.change) | \(summary.masked) "
        + "| \(summary.unchanged) | \(summary.errors) | \(summary.warnings) |", "",
    ]
    lines += findings(plan.findings.filter { $0.severity != "info" })
    lines += section("Deleted, with their data", "delete", isOpen: true)
    lines += section("Dereferenced: another layer keeps them", "dereference", isOpen: false)
    lines += section("Added", "add", isOpen: false)
    lines += section("Changed", "change", isOpen: false)
    let notes = plan.findings.filter { $0.severity == "info" }
    if !notes.isEmpty {
      lines += ["<details><summary>Notes (\(notes.count))</summary>", ""]
      lines += findings(notes) + ["</details>", ""]
    }
    return lines.joined(separator: "\n")
  }

  private var verdict: String {
    switch plan.status {
    case 0: "Nothing would change."
    case 4: "Refused: \(counted(plan.summary.errors, "error")). What follows is what it would do."
    case 3:
      "Destroys: \(counted(plan.summary.tablesLost, "table")), \(counted(plan.summary.columnsLost, "column")), "
        + "\(counted(plan.summary.delete, "component")) in all."
    default: "Changes, and destroys nothing."
    }
  }

  private func findings(_ findings: [FindingDocument]) -> [String] {
    guard !findings.isEmpty else { return [] }
    return findings.flatMap { finding -> [String] in
      let mark = finding.severity == "error" ? "❌" : finding.severity == "warning" ? "⚠️" : "ℹ️"
      var lines = ["- \(mark) `\(finding.code)` \(Self.escaped(finding.message.shown(400)))"]
      lines += finding.because.prefix(12).map { "  - \(Self.escaped($0.shown(300)))" }
      if finding.because.count > 12 { lines.append("  - … and \(finding.because.count - 12) more") }
      if let remedy = finding.remedy {
        lines.append("  - **→** \(Self.escaped(remedy.shown(400)))")
      }
      return lines
    } + [""]
  }

  private func section(_ title: String, _ action: String, isOpen: Bool) -> [String] {
    let changes = plan.changes.filter { $0.action == action }
    guard !changes.isEmpty else { return [] }
    // A comment on a pull request has a limit; the HTML report has none.
    let limit = 200
    var lines = [
      "<details\(isOpen ? " open" : "")><summary>\(title) (\(changes.count))</summary>", "",
    ]
    for change in changes.prefix(limit) { lines += describe(change) }
    if changes.count > limit { lines.append("- … and \(changes.count - limit) more") }
    return lines + ["", "</details>", ""]
  }

  private func describe(_ change: PlanDocument.Change) -> [String] {
    let component = change.component
    var line = "- \(PlanSymbols.symbol(change)) \(component.kind) \(Self.code(component.name))"
    if let display = component.displayName, !display.isEmpty, display != component.name {
      line += " “\(Self.escaped(display.shown(60)))”"
    }
    if let rows = change.dataLoss?.rows { line += " **\(counted(rows, "row"))**" }
    if let values = change.dataLoss?.values { line += " **\(counted(values, "value"))**" }
    if change.masked { line += " hidden by \(change.maskedBy.joined(separator: ", "))" }
    if let draft = PlanSymbols.draft(change) { line += " *\(draft)*" }
    guard change.action == "change" else { return [line] }
    var lines = [line]
    for property in change.properties.prefix(6) {
      let values = [property.before, property.after].map {
        $0.map { Self.code($0.shown(60)) } ?? "∅"
      }
      lines.append("  - \(Self.code(property.path.shown(90))): \(values[0]) → \(values[1])")
    }
    if change.properties.count > 6 {
      lines.append("  - … and \(change.properties.count - 6) more properties")
    }
    return lines
  }

  /// Text of a package must stay text.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\", "`", "*", "_", "{", "}", "[", "]", "#", "|", "~": result += "\\\(character)"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "@": result += "&#64;"
      default: result.append(character)
      }
    }
    return result
  }

  private static func code(_ text: String) -> String {
    text.isEmpty ? "“”" : "`\(text.shown(300).replacing("`", with: "ˋ"))`"
  }
}
