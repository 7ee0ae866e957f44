import Contract
import Solutions

extension CustomizedShape {
  func text(_ style: TextStyle) -> Prose {
    let what: Prose =
      masked
      ? "whose unmanaged layer hides managed changes" : "with unmanaged work over managed layers"
    var lines: [Prose] = [style.bold("\(counted(components.count, "component")) \(what)")]
    for entry in components {
      let display = entry.component.displayName.map { "  “\($0.shown(60))”" as Prose } ?? ""
      let since = entry.since.map { ", unmanaged since operation \($0)" as Prose } ?? ""
      lines.append(
        "  \(entry.component.kind):\(entry.component.name.shown())\(display)  "
          + style("over \(entry.below)\(since)", .gray)
      )
      for property in entry.properties.prefix(8) { lines.append(line(property)) }
      if entry.properties.count > 8 {
        lines.append(style("        … and \(entry.properties.count - 8) more properties", .gray))
      }
      if let draft = entry.draft {
        lines.append("        ◌ draft; strata publish would change")
        lines += draft.prefix(8).map { "  \($0.line)" }
        if draft.count > 8 {
          lines.append(style("          … and \(draft.count - 8) more properties", .gray))
        }
      }
    }
    if !components.isEmpty {
      lines.append(
        style("  strata customize reset COMPONENT removes an unmanaged layer", .gray)
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ property: Property) -> Prose {
    let (managed, inEffect) = (
      property.managed?.shown(60) ?? "∅", property.inEffect?.shown(60) ?? "∅"
    )
    guard masked else {
      return "        \((property.words ?? property.path).shownPath(100)): \(managed) → \(inEffect)"
    }
    return
      "        \((property.words ?? property.path).shownPath(100)): \(property.managedBefore?.shown(60) ?? "∅") → \(managed)  ⊘ stays \(inEffect)"
  }
}
