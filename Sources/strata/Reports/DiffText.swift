import Contract
import Solutions

/// The same for people.
struct DiffText {
  let document: DiffShape
  let style: TextStyle

  func text() -> Prose {
    var lines: [Prose] = ["\(style.bold(title(document.old))) → \(style.bold(title(document.new)))"]
    if document.old.publisher != document.new.publisher {
      lines.append("  publisher: \(document.old.publisher) → \(document.new.publisher)")
    }
    lines += [summary, ""]
    var kind = ""
    for entry in document.changes {
      lines += Self.lines(entry.action, entry.component, "", entry.properties, under: &kind, style)
    }
    for carried in document.carried {
      lines.append("  ~ \(carried.location)  carried as it is, content differs")
    }
    return (lines + (document.changes.isEmpty ? [] : ["", summary])).joined(separator: "\n") + "\n"
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
