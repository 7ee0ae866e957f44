import Contract
import Reading
import Solutions

/// What two packages differ in, read as a plan is.
struct DiffText {
  let document: DiffShape
  let style: TextStyle
  var view = ReadingView()

  func text() -> Prose {
    let (old, new) = (document.old, document.new)
    var lines: [Prose] = ["\(style.bold(title(old))) → \(style.bold(title(new)))"]
    if old.publisher != new.publisher {
      lines.append("  publisher: \(old.publisher) → \(new.publisher)")
    }
    lines.append(summary)
    if let manifest { lines.append(manifest) }
    lines.append("")
    let reading = PlanReading(
      ReadablePlan(document),
      filter: view.filter,
      withIDs: view.withIDs || view.depth == .full
    )
    let wording = ReadingText.Wording(
      deleted: "Only in the older",
      deletedTables: "tables that are only there",
      changed: "Different",
      added: "Only in the newer"
    )
    let body = ReadingText(reading: reading, style: style, depth: view.depth, wording: wording)
    lines += body.changes()
    if view.depth != .summary {
      lines += document.carried.map { "  ~ \($0.location)  carried as it is, content differs" }
    }
    if let note = view.note(reading) { lines.append(note) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return view.wrap(lines.joined(separator: "\n") + "\n")
  }

  /// One difference, below a line for its kind where a new one begins.
  ///
  /// - Parameter note: stands behind the name.
  static func lines(
    _ action: Wire.Action,
    _ component: ComponentShape,
    _ note: Prose,
    _ properties: [DiffShape.Property],
    under kind: inout String,
    _ style: TextStyle
  ) -> [Prose] {
    var lines: [Prose] = []
    if component.kind != kind {
      kind = component.kind
      lines.append("  \(kind)")
    }
    let (symbol, color): (Prose, TextStyle.Color) =
      switch action {
      case .add: ("+", .green)
      case .delete: ("-", .red)
      default: ("~", .blue)
      }
    let display = component.displayName.map { "  “\($0.shown(60))”" as Prose } ?? ""
    lines.append("    \(style(symbol, color)) \(component.name.shown())\(display)\(note)")
    for property in properties {
      let (before, after) = shown(property.before, property.after, 80)
      lines.append(
        "        \((property.words ?? property.path).shownPath(120)): \(before) → \(after)"
      )
    }
    return lines
  }

  private func title(_ side: DiffShape.Side) -> Prose {
    "\(side.uniqueName) \(side.version)\(side.managed ? " managed" : "")"
  }

  /// What they differ in where they hold the same; nil where they do not, and where nothing differs.
  private var manifest: Prose? {
    let (old, new, summary) = (document.old, document.new, document.summary)
    guard summary.delete == 0, summary.add == 0, summary.change == 0, document.carried.isEmpty
    else { return nil }
    let facts: [(Prose, Bool)] = [
      ("their names", old.uniqueName != new.uniqueName),
      ("their versions", old.version != new.version),
      ("whether they are managed", old.managed != new.managed),
      ("their publishers", old.publisher != new.publisher),
    ]
    let differing = facts.filter(\.1).map(\.0)
    guard !differing.isEmpty else { return nil }
    return "  They hold the same, and differ in \(differing.joined(separator: ", "))."
  }

  /// What is no component.
  private var carried: Prose {
    let count = document.carried.count
    return count == 0
      ? "" : "   \(count.counted("carried part")) \(count == 1 ? "differs" : "differ")"
  }

  private var summary: Prose {
    let summary = document.summary
    return "- \(summary.delete) only in the older   + \(summary.add) only in the newer   "
      + "~ \(summary.change) different   \(summary.unchanged) equal" + carried
  }
}
