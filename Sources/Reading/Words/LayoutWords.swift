import Solutions

/// Forms: what came, went and moved.
enum FormWords {
  private typealias Property = ReadableEntry.Property

  private struct Part {
    let noun: Prose
    let name: String
    let place: String
    /// What tells that it is the same elsewhere.
    let key: String
  }

  static func lines(_ properties: [ReadableEntry.Property]) -> [Prose] {
    var (came, went, others): ([Part], [Part], [Prose]) = ([], [], [])
    for property in properties {
      guard let part = part(property) else {
        if let line = other(property) { others.append(line) }
        continue
      }
      if property.before == nil { came.append(part) } else { went.append(part) }
    }
    var moved: [(from: Part, to: Part)] = []
    for part in came {
      if let place = went.firstIndex(where: { $0.noun == part.noun && $0.key == part.key }) {
        moved.append((went.remove(at: place), part))
      }
    }
    came.removeAll { part in moved.contains { $0.to.key == part.key && $0.to.noun == part.noun } }
    let acting = others.filter { $0.text.hasPrefix("runs") || $0.text.hasPrefix("events") }
    let rest = others.filter { !$0.text.hasPrefix("runs") && !$0.text.hasPrefix("events") }.unique
    var lines = acting.unique
    let count = came.count + went.count + moved.count
    if count <= 6 {
      lines += went.map { named($0, "removed") } + came.map { named($0, "added") }
      lines += moved.map { from, to in
        "\(to.noun) \(to.name) moved\(from.place == to.place ? "" : " from \(from.place) to \(to.place)" as Prose)"
      }
    } else {
      var parts: [Prose] = []
      if !went.isEmpty { parts.append("\(counts(went)) removed") }
      if !came.isEmpty { parts.append("\(counts(came)) added") }
      if !moved.isEmpty { parts.append("\(moved.count) moved") }
      lines.append(parts.joined(separator: "; "))
    }
    return lines + rest
  }

  private static func named(_ part: Part, _ what: Prose) -> Prose {
    let place: Prose = part.place.isEmpty ? "" : "\(part.place): "
    return "\(place)\(part.noun) \(part.name) \(what)"
  }

  private static func counts(_ parts: [Part]) -> Prose {
    (["tab", "column", "section", "field"] as [Prose]).compactMap { noun -> Prose? in
      let count = parts.count { $0.noun == noun }
      return count == 0 ? nil : count.counted(noun)
    }.joined(separator: ", ")
  }

  private static let nouns: [String: Prose] = [
    "tab": "tab", "column": "column", "section": "section", "cell": "field",
  ]

  /// A tab, column, section or field that only one side has.
  private static func part(_ property: Property) -> Part? {
    guard property.before == nil || property.after == nil else { return nil }
    let path = property.path.withoutKeys
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    guard let noun = nouns[last], path.contains("form") else { return nil }
    let value = property.after ?? property.before ?? ""
    var steps = (property.words ?? "").components(" › ")
    let own = steps.popLast() ?? ""
    let isField = last == "cell"
    let label = value.field("description")
    let name =
      isField
      ? label ?? value.field("datafieldname") ?? own.nonEmpty ?? property.path.lastKey ?? ""
      : label ?? own.quotedName ?? property.path.lastKey ?? ""
    let field = value.field("datafieldname") ?? own
    return Part(
      noun: noun,
      name: name,
      place: steps.joined(separator: " › "),
      key: isField
        ? (field.isEmpty ? property.path.lastKey ?? "" : field) : property.path.lastKey ?? ""
    )
  }

  private static func other(_ property: Property) -> Prose? {
    let path = property.path.withoutKeys
    if path.hasSuffix("formLibraries") {
      let (before, after) = (libraries(property.before), libraries(property.after))
      let new = after.filter { !before.contains($0) }
      let gone = before.filter { !after.contains($0) }
      let parts: [Prose] = [
        new.isEmpty ? nil : "runs \(new.joined(separator: ", ")) (new)",
        gone.isEmpty ? nil : "runs \(gone.joined(separator: ", ")) no more",
      ].compactMap { $0 }
      return parts.isEmpty ? "runs other scripts" : parts.joined(separator: "; ")
    }
    if path.hasSuffix("/events") || path.contains("/events/") {
      return property.before == nil
        ? "events handled that were not"
        : property.after == nil
          ? "events no longer handled" : "events handled otherwise"
    }
    // How many stand in a row follows from what came and went.
    if path.hasSuffix("(cells in rows)") { return "arrangement of fields" }
    if path.hasSuffix("(order)") {
      return "order of \(path.contains("section") ? "fields" : "tabs and sections" as Prose)"
    }
    if path.hasSuffix("label@description") {
      let name: Prose =
        property.words.map { "\($0.components(" › labels").first ?? $0)" } ?? "label"
      return "\(name) \(PropertyWords.label(property, "label"))"
    }
    if path.contains("controlDescription") { return "controls of fields" }
    for (end, words) in [
      ("@width", "widths"), ("@colspan", "widths"), ("@rowspan", "heights"),
      ("@showlabel", "which labels show"), ("@visible", "what is visible"),
    ] as [(String, Prose)] where path.hasSuffix(end) {
      return words
    }
    if path.hasSuffix("/header") || path.hasSuffix("/footer") {
      let part: Prose = path.hasSuffix("header") ? "header" : "footer"
      return property.before == nil
        ? "\(part) added" : property.after == nil ? "\(part) removed" : part
    }
    if path.contains("/parameters") { return "settings of controls" }
    return PropertyWords.line(property)
  }

  private static func libraries(_ summary: String?) -> [String] {
    (summary ?? "").components(", ").compactMap { piece in
      piece.hasPrefix("Library[") ? String(piece.dropFirst(8).prefix { $0 != "]" }) : nil
    }.unique
  }
}

/// Views: columns, order, filters.
enum ViewWords {
  static func lines(
    _ properties: [ReadableEntry.Property],
    _ entry: ReadableEntry,
    _ names: Names
  ) -> [Prose] {
    var lines: [Prose] = []
    func columns(_ isGone: Bool) -> [String] {
      properties.filter { property in
        property.path.withoutKeys == "layoutxml/grid/row/cell"
          && (isGone ? property.after : property.before) == nil
      }.compactMap(\.path.lastKey)
    }
    let (new, gone) = (columns(false), columns(true))
    if !gone.isEmpty {
      lines.append(
        "\(gone.count == 1 ? "column" : "columns") removed: \(gone.joined(separator: ", "))"
      )
    }
    if !new.isEmpty {
      lines.append("\(new.count == 1 ? "column" : "columns") added: \(new.joined(separator: ", "))")
    }
    for property in properties {
      let path = property.path.withoutKeys
      switch path {
      case "layoutxml/grid/row/cell": continue
      // What a view fetches follows what it shows.
      case "fetchxml/fetch/entity/attribute"
      where (new + gone).contains(property.path.lastKey ?? ""):
        continue
      case "fetchxml/fetch/entity/attribute":
        lines.append(
          "reads \(property.path.lastKey ?? "")\(property.before == nil ? " as well" : property.after == nil ? " no more" : "")"
        )
      case "layoutxml/grid/row/(order)": lines.append("order of columns")
      case "layoutxml/grid/row/cell@width": lines.append("widths of columns")
      case _ where path.contains("/order"): lines.append("sorted otherwise")
      case _ where path.contains("filter"):
        let condition = property.path.lastKey ?? ""
        lines.append(
          property.before == nil
            ? "filter added: \(condition)"
            : property.after == nil
              ? "filter removed: \(condition)" : "filter changed: \(condition)"
        )
      case _
      where path.hasSuffix("@imageproviderfunctionname")
        || path.hasSuffix("@imageproviderwebresource"):
        lines.append("icons of columns")
      default: lines.append(PropertyWords.line(property))
      }
    }
    return lines.unique
  }
}

/// Site maps: pages, groups, areas.
enum SiteMapWords {
  static func line(_ property: ReadableEntry.Property) -> Prose {
    let path = property.path.withoutKeys
    let last = path.split(separator: "/").last.map(String.init) ?? ""
    let nouns: [String: Prose] = ["SubArea": "page", "Group": "group", "Area": "area"]
    guard let noun = nouns[last], property.before == nil || property.after == nil else {
      if last.hasSuffix("@ordinalvalue") { return "order of pages" }
      return PropertyWords.line(property)
    }
    let value = property.after ?? property.before ?? ""
    let name = value.field("Title") ?? value.field("Entity") ?? property.path.lastKey ?? ""
    return "\(noun) \(name) \(property.before == nil ? "added" : "removed")"
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }

  /// `tab “General”` as `General`.
  fileprivate var quotedName: String? {
    guard let start = firstIndex(of: "“"), let end = lastIndex(of: "”"), start < end else {
      return nil
    }
    return String(self[index(after: start)..<end])
  }

  /// Between separators.
  func components(_ separator: String) -> [String] {
    var (parts, rest): ([String], Substring) = ([], self[...])
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
