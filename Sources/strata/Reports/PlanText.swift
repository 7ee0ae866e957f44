import Contract
import Solutions

/// A plan for the terminal: summary first and last, destroyed things before all others.
struct PlanText {
  let plan: PlanShape
  let style: TextStyle
  var tense = Tense.conditional

  enum Tense {
    case conditional
    /// It has been done.
    case past
  }

  func text() -> Prose {
    var lines = header()
    lines += section("Deleted, with their data", .delete, .red)
    lines += section("Dereferenced: another layer keeps them", .dereference, .yellow)
    lines += section("Added", .add, .green)
    lines += section("Changed", .change, .blue)
    lines += metadata()
    lines += values()
    lines += findings()
    if tense == .conditional { lines += footer() }
    if let digest = plan.digest { lines.append(style("plan \(digest)", .gray)) }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Summary

  private func header() -> [Prose] {
    var lines: [Prose] = []
    for package in plan.packages {
      let kind = package.managed ? "managed" : "unmanaged"
      lines.append(
        "\(PlanHead(package).text(style))  "
          + style("(\(kind), publisher \(package.publisher))", .gray)
      )
    }
    lines += PlanNotes(plan).lines
    lines.append(summaryLine())
    lines.append(blockLine())
    lines.append(lossLine())
    lines.removeAll { $0.isEmpty }
    return lines.isEmpty ? [] : lines + [""]
  }

  private func summaryLine() -> Prose {
    let summary = plan.summary
    if plan.status == 0 {
      let verb: Prose = tense == .past ? "changed" : "would change"
      if let respelled = summary.metadata, respelled > 0 {
        let unchanged = counted(summary.unchanged, "component")
        let what: Prose = "the spelling of \(counted(respelled, "component"))"
        return "Nothing \(verb) but \(what) (\(unchanged) unchanged)."
      }
      guard summary.unchanged > 0 else { return "Nothing \(verb)." }
      return "Nothing \(verb) (\(counted(summary.unchanged, "component")) unchanged)."
    }
    if plan.changes.isEmpty, plan.solutions.isEmpty, plan.status == 2 { return "" }
    let verb: Prose = tense == .past ? "Done: " : "Would "
    let isRefused = plan.status == 4
    // Of what does not happen only what it would do counts.
    let counts: [(Prose, Prose)] = [
      ("- delete", "\(summary.delete)"), ("→ dereference", "\(summary.dereference)"),
      ("+ add", "\(summary.add)"), ("~ change", changed(summary)),
    ]
    var parts = counts.filter { !isRefused || $0.1 != "0" }.map { "\($0.0) \($0.1)" as Prose }
    if isRefused, parts.isEmpty { return "\(style("REFUSED", .red)): it would change nothing" }
    let would: Prose = isRefused ? style("REFUSED", .red) + ", it would: " : verb
    if let layers = summary.layerOnly, layers > 0 { parts.append("\(layers) of them layer only") }
    if summary.masked > 0 { parts.append("⊘ \(summary.masked) of them masked") }
    if let drafts = summary.drafts, drafts > 0 { parts.append("◌ \(drafts) of them drafts") }
    if !isRefused || summary.unchanged > 0 { parts.append("\(summary.unchanged) unchanged") }
    return would + parts.joined(separator: "   ")
  }

  private func changed(_ summary: PlanShape.Summary) -> Prose {
    guard let metadata = summary.metadata, metadata > 0 else { return "\(summary.change)" }
    return "\(summary.change), and \(metadata) in metadata only"
  }

  private func blockLine() -> Prose {
    guard let isBlocked = plan.blocksUnmanaged else { return "" }
    let verb: Prose = tense == .past ? "are" : "would be"
    return "Unmanaged customizations \(verb) \(isBlocked ? "refused" : "allowed") from now on."
  }

  private func lossLine() -> Prose {
    let summary = plan.summary
    let pairs = plan.changes.filter { $0.component.kind == "EntityRelationship" }
      .compactMap { $0.dataLoss?.rows }.reduce(0, +)
    guard summary.tablesLost + summary.columnsLost + pairs > 0 else { return "" }
    let rows: String =
      summary.rowsLost.map { counted($0 - pairs, "row") } ?? "an unknown number of rows"
    let values = summary.valuesLost.map { counted($0, "value") } ?? "an unknown number of values"
    let tables: [Prose] =
      summary.tablesLost > 0 ? ["\(counted(summary.tablesLost, "table")) with \(rows)"] : []
    let columns: [Prose] =
      summary.columnsLost > 0 ? ["\(counted(summary.columnsLost, "column")) with \(values)"] : []
    let related: [Prose] = pairs > 0 ? ["\(counted(pairs, "pair")) of rows"] : []
    return style("Data lost: \((tables + columns + related).joined(separator: ", "))", .red)
  }

  // MARK: Changes

  private func section(_ title: Prose, _ action: Wire.Action, _ color: TextStyle.Color) -> [Prose] {
    let changes = plan.changes.filter { $0.action == action && !$0.isUnnoticed }
    guard !changes.isEmpty else { return [] }
    var lines = [style.bold("\(title) (\(changes.count))")]
    var kind = ""
    for change in changes where !change.isLayerOnly {
      if change.component.kind != kind {
        kind = change.component.kind
        lines.append("  \(kind)")
      }
      lines += describe(change, color)
    }
    if let layers = PlanFolding.layers(changes) { lines.append("  \(layers)") }
    return lines + [""]
  }

  /// One line for each property, however many components have it.
  private func metadata() -> [Prose] {
    let rows = PlanFolding.metadata(plan.changes)
    guard !rows.isEmpty else { return [] }
    return [style.bold("In metadata only (\(plan.summary.metadata ?? 0))")]
      + rows.map { style("    \($0)", .gray) } + [""]
  }

  private func describe(_ change: PlanShape.Change, _ color: TextStyle.Color) -> [Prose] {
    let symbol = PlanSymbols.symbol(change)
    let component = change.component
    var line: Prose = "    \(style("\(symbol)", color)) \(component.name.shown())"
    if let display = component.displayName, !display.isEmpty, display != component.name {
      line += "  “\(display.shown(60))”"
    }
    if let place = place(change) { line += style("  \(place)", .gray) }
    if let loss = change.dataLoss { line += style("  \(lossText(loss, component.kind))", .red) }
    if change.masked {
      line += style("  hidden by \(change.maskedBy.joined(separator: ", "))", .yellow)
    }
    if let draft = PlanSymbols.draft(change) { line += style("  \(draft)", .yellow) }
    if !change.baseKnown { line += style("  (its base is not known here)", .gray) }
    var lines = [line]
    switch change.action {
    case .change, .dereference:
      let waits = PlanSymbols.waits(change)
      let properties = PlanSymbols.told(change)
      for property in properties.prefix(8) { lines.append(describe(property, waits)) }
      if properties.count > 8 {
        lines.append(style("        … and \(properties.count - 8) more properties", .gray))
      }
    default:
      let headline = change.properties.compactMap { property -> Prose? in
        (property.secret?.rawValue ?? property.after ?? property.before).map {
          "\(PlanSymbols.short(property.path)) \($0.shown(40))"
        }
      }
      if !headline.isEmpty {
        lines[0] += style("  \(headline.joined(separator: ", "))", .gray)
      }
    }
    return lines
  }

  /// The table of a part whose name does not say it.
  private func place(_ change: PlanShape.Change) -> Prose? {
    guard let parent = change.component.parent?.split(separator: ":", maxSplits: 1).last,
      change.component.id != nil
    else { return nil }
    return "of \(parent)"
  }

  private func lossText(_ loss: PlanShape.DataLoss, _ kind: String) -> String {
    if kind == "EntityRelationship", let pairs = loss.rows { return counted(pairs, "pair") }
    return kind == "Entity"
      ? (loss.rows.map { counted($0, "row") } ?? "rows unknown")
      : (loss.values.map { counted($0, "value") } ?? "values unknown")
  }

  private func describe(_ property: PlanShape.Property, _ waits: Bool) -> Prose {
    let (before, after) = shown(PlanSymbols.before(property), property.after, 60)
    let path = (property.words ?? property.path).shownPath(90)
    if let secret = property.secret { return "        \(path): \(secret.rawValue)" }
    if !waits, PlanSymbols.before(property) == property.after,
      let effect = PlanSymbols.effect(property)
    {
      return "        \(path): \(effect)"
    }
    let line: Prose = "        \(path): \(before) → \(after)"
    guard !waits, let effect = PlanSymbols.effect(property) else { return line }
    let color: TextStyle.Color = effect.hasPrefix("⊘") ? .yellow : .gray
    return line + style("  \(effect)", color)
  }

  // MARK: Findings

  private func findings() -> [Prose] {
    guard !plan.findings.isEmpty else { return [] }
    return [style.bold("Findings")] + plan.findings.flatMap { FindingText.lines($0, style) } + [""]
  }

  private func footer() -> [Prose] {
    switch plan.status {
    case 0: [PlanNotes(plan).needs ?? ""].filter { !$0.isEmpty }
    case 4:
      [
        style(
          "Refused: \(counted(plan.summary.errors, "error")). Nothing of this would happen.",
          .red
        )
      ]
    case 3: [summaryLine(), lossLine(), PlanNotes(plan).needs ?? ""].filter { !$0.isEmpty }
    default: [summaryLine(), blockLine(), PlanNotes(plan).needs ?? ""].filter { !$0.isEmpty }
    }
  }
}

/// A finding for the terminal.
enum FindingText {
  static func lines(_ finding: FindingShape, _ style: TextStyle) -> [Prose] {
    let color: TextStyle.Color =
      switch finding.severity {
      case .error: .red
      case .warning: .yellow
      default: .gray
      }
    let place: Prose =
      finding.at.map { $0.line > 0 ? "  \($0.file):\($0.line)" : "  \($0.file)" } ?? ""
    var lines: [Prose] = [
      "  \(style("\(finding.severity.rawValue)", color)) \(finding.code)  \(finding.message.shown(400))",
      style(
        "      \(finding.subject.shown())\(place)  [\(finding.rule), \(finding.provenance.rawValue)]",
        .gray
      ),
    ]
    let limit = 12
    lines += finding.because.prefix(limit).map { "      because \($0.shown(200))" as Prose }
    if finding.because.count > limit {
      lines.append(style("      … and \(finding.because.count - limit) more", .gray))
    }
    if let remedy = finding.remedy { lines.append("      → \(remedy.shown(400))") }
    return lines
  }
}
