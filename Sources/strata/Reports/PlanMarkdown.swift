import Contract
import Solutions

/// A plan as Markdown for a pull request: summary, then what goes, then the rest folded.
struct PlanMarkdown {
  let plan: PlanShape

  func text() -> String {
    var lines: [Markdown] = []
    for package in plan.packages {
      let head = PlanHead(package)
      lines.append("### \(ours: head.verb) \(package.uniqueName) \(head.versions)")
    }
    let notes = PlanNotes(plan)
    lines += ["", "**\(verdict)**", ""]
    lines += notes.markdown.flatMap { [$0, ""] }
    let summary = plan.summary
    let metadata = summary.metadata.flatMap { $0 > 0 ? $0 : nil }
    let (title, rule): (Markdown, Markdown) =
      metadata == nil ? ("", "") : (" in metadata only |", "---:|")
    lines += [
      "| - delete | → dereference | + add | ~ change |\(title) ⊘ masked | unchanged | errors | warnings |",
      "|---:|---:|---:|---:|\(rule)---:|---:|---:|---:|",
      "| \(summary.delete) | \(summary.dereference) | \(summary.add) | \(summary.change) "
        + "|\(metadata.map { " \($0) |" as Markdown } ?? "") \(summary.masked) "
        + "| \(summary.unchanged) | \(summary.errors) | \(summary.warnings) |", "",
    ]
    lines += findings(plan.findings.filter { $0.severity != .info })
    lines += section("Deleted, with their data", .delete, isOpen: true)
    lines += section("Dereferenced: another layer keeps them", .dereference, isOpen: false)
    lines += section("Added", .add, isOpen: false)
    lines += section("Changed", .change, isOpen: false)
    lines += foldedMetadata()
    let infos = plan.findings.filter { $0.severity == .info }
    if !infos.isEmpty {
      lines += ["<details><summary>Notes (\(infos.count))</summary>", ""]
      lines += findings(infos) + ["</details>", ""]
    }
    if let digest = plan.digest { lines += ["plan \(digest)", ""] }
    return lines.joined(separator: "\n").text
  }

  private var verdict: Markdown {
    switch plan.status {
    case 0:
      (plan.summary.metadata ?? 0) > 0
        ? "Nothing would change but the spelling of \(ours: counted(plan.summary.metadata ?? 0, "component"))."
        : "Nothing would change."
    case 4:
      "Refused: \(ours: counted(plan.summary.errors, "error")). What follows is what it would do."
    case 3:
      "Destroys: \(ours: counted(plan.summary.tablesLost, "table")), \(ours: counted(plan.summary.columnsLost, "column")), "
        + "\(ours: counted(plan.summary.delete, "component")) in all."
    default: "Changes, and destroys nothing."
    }
  }

  private func findings(_ findings: [FindingShape]) -> [Markdown] {
    guard !findings.isEmpty else { return [] }
    return findings.flatMap { finding -> [Markdown] in
      let mark: Markdown =
        finding.severity == .error ? "❌" : finding.severity == .warning ? "⚠️" : "ℹ️"
      var lines: [Markdown] = ["- \(mark) \(finding.code) \(finding.message.shown(400))"]
      lines += finding.because.prefix(12).map { "  - \($0.shown(300))" as Markdown }
      if finding.because.count > 12 { lines.append("  - … and \(finding.because.count - 12) more") }
      if let remedy = finding.remedy {
        lines.append("  - **→** \(remedy.shown(400))")
      }
      return lines
    } + [""]
  }

  private func foldedMetadata() -> [Markdown] {
    let rows = PlanFolding.metadata(plan.changes)
    guard !rows.isEmpty else { return [] }
    let head: [Markdown] = [
      "<details><summary>In metadata only (\(plan.summary.metadata ?? 0))</summary>", "",
    ]
    return head + rows.map { "- \($0)" as Markdown } + ["", "</details>", ""]
  }

  private func section(_ title: Markdown, _ action: Wire.Action, isOpen: Bool) -> [Markdown] {
    let all = plan.changes.filter { $0.action == action && !$0.isUnnoticed }
    let changes = all.filter { !$0.isLayerOnly }
    guard !all.isEmpty else { return [] }
    // A comment on a pull request has a limit; the HTML report has none.
    let limit = 200
    var lines: [Markdown] = [
      "<details\(isOpen ? " open" as Markdown : "")><summary>\(title) (\(all.count))</summary>", "",
    ]
    for change in changes.prefix(limit) { lines += describe(change) }
    if changes.count > limit { lines.append("- … and \(changes.count - limit) more") }
    if let layers = PlanFolding.layers(all) { lines.append("- \(layers)") }
    return lines + ["", "</details>", ""]
  }

  private func describe(_ change: PlanShape.Change) -> [Markdown] {
    let component = change.component
    var line: Markdown =
      "- \(PlanSymbols.symbol(change)) \(kind: component.kind) \(component.name.shown(300))"
    if let display = component.displayName, !display.isEmpty, display != component.name {
      line += " \(display.shown(60))"
    }
    if let rows = change.dataLoss?.rows { line += " **\(ours: counted(rows, "row"))**" }
    if let values = change.dataLoss?.values { line += " **\(ours: counted(values, "value"))**" }
    if change.masked { line += " hidden by \(change.maskedBy.joined(separator: ", "))" }
    if let draft = PlanSymbols.draft(change) { line += " *\(ours: draft)*" }
    guard change.action == .change else { return [line] }
    var lines = [line]
    let (properties, waits) = (PlanSymbols.told(change), PlanSymbols.waits(change))
    for property in properties.prefix(6) {
      if let secret = property.secret {
        let path = (property.words ?? property.path).shownPath(90)
        lines.append("  - \(path): \(ours: secret.rawValue)")
        continue
      }
      let cut = shown(PlanSymbols.before(property), property.after, 60)
      let values = [cut.before, cut.after].map { $0 == "∅" ? "∅" : "\($0)" as Markdown }
      let effect = waits ? nil : PlanSymbols.effect(property).map { " (\($0))" as Markdown }
      if let effect, PlanSymbols.before(property) == property.after {
        let path = (property.words ?? property.path).shownPath(90)
        lines.append("  - \(path):\(effect)")
        continue
      }
      lines.append(
        "  - \((property.words ?? property.path).shownPath(90)): \(values[0]) → \(values[1])\(effect ?? "")"
      )
    }
    if properties.count > 6 { lines.append("  - … and \(properties.count - 6) more properties") }
    return lines
  }
}
