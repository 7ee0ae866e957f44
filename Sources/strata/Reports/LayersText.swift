import Contract
import Solutions

extension LayersShape {
  func text(_ style: TextStyle) -> Prose {
    let display = component.displayName.map { "  “\($0.shown(60))”" as Prose } ?? ""
    var lines: [Prose] = [
      "\(style.bold("\(component.kind):\(component.name)"))\(display)"
    ]
    lines.append("  \(merge)\(baseKnown ? "" : "; its base is not known here")")
    if let setting {
      let written = setting.operation.map { style("  operation \($0.number)", .gray) } ?? ""
      lines.append("  \(setting.path): \(setting.value.shown(60))\(written)")
    }
    lines += draft?.text(isOnly: layers.isEmpty, style) ?? []
    for layer in layers { lines += text(layer, style) }
    let legend: Prose = draft == nil ? "" : "   ◌ in effect when it is published"
    lines.append(style("  ● in effect   ○ covered\(legend)", .gray))
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ layer: Item, _ style: TextStyle) -> [Prose] {
    let mark: Prose = layer.active ? "●" : "○"
    let version = layer.version.map { " \($0)" as Prose } ?? ""
    let written = layer.operation.map { ", operation \($0.number)" as Prose } ?? ""
    let details: Prose =
      "\(layer.place.rawValue), publisher \(layer.publisher)\(layer.assumed ? ", assumed" : "")\(written)"
    var lines: [Prose] = [
      "  \(mark) \(layer.order)  \(layer.solution)\(version)  \(style(details, .gray))"
    ]
    lines += layer.updated.map(\.line)
    for property in layer.properties ?? [] {
      lines.append(
        "        \((property.words ?? property.path).shownPath(200)) = \(property.value.shown(60))"
      )
    }
    // Of the base everything is new, and a list of it says nothing.
    guard layer.order > 0 else { return lines }
    for (list, children) in Dictionary(grouping: layer.children, by: \.list).sorted(by: {
      $0.key < $1.key
    }) {
      let counts = Wire.Status.allCases.compactMap { status -> Prose? in
        let count = children.count { $0.status == status }
        return count == 0 ? nil : "\(count) \(status.rawValue.lowercased())"
      }
      lines.append(style("        \(list): \(counts.joined(separator: ", "))", .gray))
    }
    return lines
  }
}

extension LayersShape.Draft {
  fileprivate func text(isOnly: Bool, _ style: TextStyle) -> [Prose] {
    let written = operation.map { ", operation \($0.number)" as Prose } ?? ""
    let details: Prose = "unmanaged, publisher \(publisher)\(written)"
    let what: Prose =
      isOnly ? "never published" : wouldChange.isEmpty ? "" : "strata publish would change"
    let told: Prose = what.isEmpty ? "" : "  \(what)"
    return ["  ◌ draft  \(style(details, .gray))\(told)"]
      + wouldChange.map { $0.line }
  }
}

extension DiffShape.Property {
  var line: Prose {
    let (old, new) = shown(before, after, 60)
    return "        \((words ?? path).shownPath(100)): \(old) → \(new)"
  }
}
