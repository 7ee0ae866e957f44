import Contract

extension LayersShape {
  func text(_ style: TextStyle) -> String {
    var lines = [
      "\(style.bold("\(component.kind):\(component.name)"))\(component.displayName.map { "  “\($0.shown(60))”" } ?? "")"
    ]
    lines.append("  \(merge)\(baseKnown ? "" : "; its base is not known here")")
    if let setting {
      let written = setting.operation.map { style("  operation \($0.number)", .gray) } ?? ""
      lines.append("  \(setting.path): \(setting.value.shown(60))\(written)")
    }
    lines += draft?.text(isOnly: layers.isEmpty, style) ?? []
    for layer in layers { lines += text(layer, style) }
    let legend = draft == nil ? "" : "   ◌ in effect when it is published"
    lines.append(style("  ● in effect   ○ covered\(legend)", .gray))
    return lines.joined(separator: "\n") + "\n"
  }

  private func text(_ layer: Item, _ style: TextStyle) -> [String] {
    let mark = layer.active ? "●" : "○"
    let version = layer.version.map { " \($0)" } ?? ""
    let written = layer.operation.map { ", operation \($0.number)" } ?? ""
    let details =
      "\(layer.place.rawValue), publisher \(layer.publisher)\(layer.assumed ? ", assumed" : "")\(written)"
    var lines = [
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
      let counts = Wire.Status.allCases.compactMap { status -> String? in
        let count = children.count { $0.status == status }
        return count == 0 ? nil : "\(count) \(status.rawValue.lowercased())"
      }
      lines.append(style("        \(list): \(counts.joined(separator: ", "))", .gray))
    }
    return lines
  }
}

extension LayersShape.Draft {
  fileprivate func text(isOnly: Bool, _ style: TextStyle) -> [String] {
    let written = operation.map { ", operation \($0.number)" } ?? ""
    let details = "unmanaged, publisher \(publisher)\(written)"
    let what = isOnly ? "never published" : wouldChange.isEmpty ? "" : "strata publish would change"
    return ["  ◌ draft  \(style(details, .gray))\(what.isEmpty ? "" : "  \(what)")"]
      + wouldChange.map { $0.line }
  }
}

extension DiffShape.Property {
  var line: String {
    let (old, new) = shown(before, after, 60)
    return "        \((words ?? path).shownPath(100)): \(old) → \(new)"
  }
}
