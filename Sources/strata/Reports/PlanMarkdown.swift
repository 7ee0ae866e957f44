import Contract
import Solutions

/// A plan as Markdown for a pull request: summary, then what goes, then the rest folded.
struct PlanMarkdown {
  let plan: PlanShape

  func text() -> String {
    var lines: [String] = []
    for package in plan.packages {
      let head = PlanHead(package)
      let verb = head.title.dropLast(package.uniqueName.count)
      lines.append("### \(verb)`\(package.uniqueName)` \(Self.escaped(head.versions))")
    }
    let notes = PlanNotes(plan)
    lines += ["", "**\(verdict)**", ""]
    lines += (notes.lines + [notes.needs].compactMap { $0 }).flatMap { [Self.escaped($0), ""] }
    let summary = plan.summary
    let metadata = summary.metadata.flatMap { $0 > 0 ? $0 : nil }
    let (title, rule) = metadata == nil ? ("", "") : (" in metadata only |", "---:|")
    lines += [
      "| - delete | → dereference | + add | ~ change |\(title) ⊘ masked | unchanged | errors | warnings |",
      "|---:|---:|---:|---:|\(rule)---:|---:|---:|---:|",
      "| \(summary.delete) | \(summary.dereference) | \(summary.add) | \(summary.change) "
        + "|\(metadata.map { " \($0) |" } ?? "") \(summary.masked) "
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
    if let digest = plan.digest { lines += ["`plan \(digest)`", ""] }
    return lines.joined(separator: "\n")
  }

  private var verdict: String {
    switch plan.status {
    case 0:
      (plan.summary.metadata ?? 0) > 0
        ? "Nothing would change but the spelling of \(counted(plan.summary.metadata ?? 0, "component"))."
        : "Nothing would change."
    case 4: "Refused: \(counted(plan.summary.errors, "error")). What follows is what it would do."
    case 3:
      "Destroys: \(counted(plan.summary.tablesLost, "table")), \(counted(plan.summary.columnsLost, "column")), "
        + "\(counted(plan.summary.delete, "component")) in all."
    default: "Changes, and destroys nothing."
    }
  }

  private func findings(_ findings: [FindingShape]) -> [String] {
    guard !findings.isEmpty else { return [] }
    return findings.flatMap { finding -> [String] in
      let mark = finding.severity == .error ? "❌" : finding.severity == .warning ? "⚠️" : "ℹ️"
      var lines = ["- \(mark) `\(finding.code)` \(Self.escaped(finding.message.shown(400)))"]
      lines += finding.because.prefix(12).map { "  - \(Self.escaped($0.shown(300)))" }
      if finding.because.count > 12 { lines.append("  - … and \(finding.because.count - 12) more") }
      if let remedy = finding.remedy {
        lines.append("  - **→** \(Self.escaped(remedy.shown(400)))")
      }
      return lines
    } + [""]
  }

  private func foldedMetadata() -> [String] {
    let rows = PlanFolding.metadata(plan.changes)
    guard !rows.isEmpty else { return [] }
    return [
      "<details><summary>In metadata only (\(plan.summary.metadata ?? 0))</summary>", "",
    ] + rows.map { "- \(Self.escaped($0))" } + ["", "</details>", ""]
  }

  private func section(_ title: String, _ action: Wire.Action, isOpen: Bool) -> [String] {
    let all = plan.changes.filter { $0.action == action && $0.impact != .metadata }
    let changes = all.filter { $0.impact == nil }
    guard !all.isEmpty else { return [] }
    // A comment on a pull request has a limit; the HTML report has none.
    let limit = 200
    var lines = [
      "<details\(isOpen ? " open" : "")><summary>\(title) (\(all.count))</summary>", "",
    ]
    for change in changes.prefix(limit) { lines += describe(change) }
    if changes.count > limit { lines.append("- … and \(changes.count - limit) more") }
    if let layers = PlanFolding.layers(all) { lines.append("- \(Self.escaped(layers))") }
    return lines + ["", "</details>", ""]
  }

  private func describe(_ change: PlanShape.Change) -> [String] {
    let component = change.component
    var line = "- \(PlanSymbols.symbol(change)) \(component.kind) \(Self.code(component.name))"
    if let display = component.displayName, !display.isEmpty, display != component.name {
      line += " “\(Self.escaped(display.shown(60)))”"
    }
    if let rows = change.dataLoss?.rows { line += " **\(counted(rows, "row"))**" }
    if let values = change.dataLoss?.values { line += " **\(counted(values, "value"))**" }
    if change.masked { line += " hidden by \(change.maskedBy.joined(separator: ", "))" }
    if let draft = PlanSymbols.draft(change) { line += " *\(draft)*" }
    guard change.action == .change else { return [line] }
    var lines = [line]
    let (properties, waits) = (PlanSymbols.told(change), PlanSymbols.waits(change))
    for property in properties.prefix(6) {
      if let secret = property.secret {
        let path = (property.words ?? property.path).shownPath(90)
        lines.append("  - \(Self.code(path)): \(secret.rawValue)")
        continue
      }
      let cut = shown(PlanSymbols.before(property), property.after, 60)
      let values = [cut.before, cut.after].map { $0 == "∅" ? $0 : Self.code($0) }
      let effect = waits ? nil : PlanSymbols.effect(property).map { " (\(Self.escaped($0)))" }
      if let effect, PlanSymbols.before(property) == property.after {
        let path = (property.words ?? property.path).shownPath(90)
        lines.append("  - \(Self.code(path)):\(effect)")
        continue
      }
      lines.append(
        "  - \(Self.code((property.words ?? property.path).shownPath(90))): \(values[0]) → \(values[1])\(effect ?? "")"
      )
    }
    if properties.count > 6 { lines.append("  - … and \(properties.count - 6) more properties") }
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
