package import Solutions

/// What a change does, in words: one reader for each kind that has more to say than “from this to that”.
package enum EntryWords {
  /// One line each, the weightiest first; what nobody notices aside.
  ///
  /// - Parameter withAll: also what nobody notices, and parts of forms one by one.
  package static func lines(
    _ entry: ReadableEntry,
    _ names: Names,
    withAll: Bool = false
  ) -> [Prose] {
    let noticed = entry.properties.filter { withAll || $0.impact < .metadata }
      .filter { $0.before != $0.after || $0.effect != nil || $0.secret != nil }
      .filter { withAll || !$0.path.hasSuffix("@languagecode") }
    let sorted = noticed.enumerated().sorted { left, right in
      left.element.impact == right.element.impact
        ? left.offset < right.offset : left.element.impact < right.element.impact
    }.map(\.element)
    if withAll { return sorted.map { PropertyWords.whole($0) } }
    let told = sorted.filter { $0.path != "Length" || !sorted.contains { $0.path == "MaxLength" } }
    let isInEffect = !told.isEmpty && told.allSatisfy { $0.effect == Property.inEffectAlready }
    guard isInEffect else { return lines(entry, told, names) }
    // Said once: many properties make one line.
    return lines(entry, told.map(\.withoutEffect), names).map {
      "\($0), \(Property.inEffectAlready)"
    }
  }

  private typealias Property = ReadableEntry.Property

  private static func lines(
    _ entry: ReadableEntry,
    _ told: [Property],
    _ names: Names
  ) -> [Prose] {
    switch entry.kind {
    case "Attribute": return ChoiceWords.lines(told, below: "optionset/") { ColumnWords.line($0) }
    case "OptionSet": return ChoiceWords.lines(told, below: "") { PropertyWords.line($0) }
    case "EntityRelationship": return told.map { RelationshipWords.line($0, entry, names) }
    case "SystemForm": return FormWords.lines(told)
    case "SavedQuery": return ViewWords.lines(told, entry, names)
    case "Role": return ListWords.lines(told, "privileges", of: "RolePrivilege")
    case "AppModule": return ListWords.lines(told, "parts", of: "AppModuleComponent")
    case "SiteMap": return told.map { SiteMapWords.line($0) }.unique
    case "Workflow": return ProcessWords.lines(told)
    default: return told.map { PropertyWords.line($0) }.unique
    }
  }

  /// What is worth a word of a component that comes or goes; nil where nothing is.
  package static func fact(_ entry: ReadableEntry) -> Prose? {
    let back: Prose? = entry.returning.map { returning in
      switch entry.kind {
      case "Attribute": "\(RowWords.values(returning)) back"
      case "EntityRelationship": "\(RowWords.pairs(returning)) back"
      default: "\(RowWords.rows(returning)) back"
      }
    }
    let parts = [own(entry), back].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private static func own(_ entry: ReadableEntry) -> Prose? {
    switch (entry.action, entry.kind) {
    case (.delete, "EntityKey"): return "upserts by it stop working"
    case (.delete, "Entity"): return entry.loss.map { RowWords.rows($0) }
    case (.delete, "Attribute"): return entry.loss.map { RowWords.values($0) }
    case (.delete, "EntityRelationship"): return entry.loss.map { RowWords.pairs($0) }
    case (.delete, "Workflow"): return "it runs no more"
    case (.add, "Attribute"):
      let type: Prose? = entry["Type"].map { "\($0)" }
      let length = entry["MaxLength"].map { "at most \($0)" as Prose }
      let parts = [type, length, entry.isRequired ? "required" : nil].compactMap { $0 }
      return parts.isEmpty ? nil : parts.joined(separator: ", ")
    default:
      // What belongs to the environment: a value, a connection, on or off.
      let settings = entry.properties.filter { $0.path.hasPrefix("(") }
        .map { "\($0.path) \($0.secret ?? PropertyWords.value($0.after))" as Prose }
      return settings.isEmpty ? nil : settings.joined(separator: ", ")
    }
  }
}

/// What is lost with a component.
enum RowWords {
  static func rows(_ loss: ReadableEntry.Loss) -> Prose { counted(loss, "row") }
  static func values(_ loss: ReadableEntry.Loss) -> Prose { counted(loss, "value") }
  static func pairs(_ loss: ReadableEntry.Loss) -> Prose { counted(loss, "pair") }

  private static func counted(_ loss: ReadableEntry.Loss, _ noun: Prose) -> Prose {
    switch loss {
    case .unknown: "\(noun)s unknown"
    case .counted(let count): count.counted(noun)
    }
  }
}

/// A property of a kind that has no reader of its own, or that its reader knows nothing of.
enum PropertyWords {
  typealias Property = ReadableEntry.Property

  static func line(_ property: Property) -> Prose {
    if let secret = property.secret { return "\(name(property)): \(secret)" }
    let path = property.path.withoutKeys
    if path.hasSuffix("@description") || path == "DisplayName" || path == "@Name"
      || path.hasSuffix("@LocalizedName")
    {
      return label(property, path)
    }
    if path == "content" { return content(property) }
    return changed(name(property), property)
  }

  /// The path, and the values as the document has them.
  static func whole(_ property: Property) -> Prose {
    if let secret = property.secret { return "\(property.words ?? property.path): \(secret)" }
    return changed("\(property.words ?? property.path)", property, limit: .max)
  }

  /// Where values are long, what differs of them.
  static func changed(_ name: Prose, _ property: Property, limit: Int = 120) -> Prose {
    let (before, after) = cut(property.before, property.after, limit)
    let line: Prose =
      property.before == property.after ? name : "\(name): \(value(before)) → \(value(after))"
    return told(line, property)
  }

  /// With what becomes of the value in effect, where that is another story.
  static func told(_ line: Prose, _ property: Property) -> Prose {
    property.effect.map { "\(line)  \($0)" } ?? line
  }

  /// Two values, each cut so that they still differ.
  private static func cut(_ before: String?, _ after: String?, _ limit: Int) -> (String?, String?) {
    guard max(before?.count ?? 0, after?.count ?? 0) > limit else { return (before, after) }
    func end(_ text: some StringProtocol) -> String {
      text.count > limit ? "\(text.prefix(limit))…" : String(text)
    }
    guard let before, let after else { return (before.map { end($0) }, after.map { end($0) }) }
    let same = zip(before, after).prefix { $0 == $1 }.count
    // A little of what is the same leads to the first difference.
    let start = same - limit / 3
    guard start > limit / 3 else { return (end(before), end(after)) }
    return ("…\(end(before.dropFirst(start)))", "…\(end(after.dropFirst(start)))")
  }

  /// `∅` for nothing, quotes for an empty text.
  static func value(_ value: String?) -> Prose {
    guard let value else { return "∅" }
    return value.isEmpty ? "“”" : "\(value)"
  }

  /// The last step of a path, or all of it where a form's parts give it words.
  private static func name(_ property: Property) -> Prose {
    if let words = property.words { return "\(words)" }
    let steps = property.path.split(separator: "/")
    guard steps.count > 1, let last = steps.last else { return "\(property.path.droppingAt)" }
    // A step that tells nothing alone stands with the one before it.
    let isVague = last.hasPrefix("@") || last.hasPrefix("(") || last.hasPrefix("label")
    let shown = isVague ? steps.suffix(2).joined(separator: "/") : String(last)
    return "\(shown.droppingAt)"
  }

  /// `renamed “a” to “b”`, `description changed`.
  static func label(_ property: Property, _ path: String) -> Prose {
    if path.contains("Description") || path == "@Description" {
      return told("description changed", property)
    }
    let line: Prose =
      switch (property.before, property.after) {
      case (let before?, let after?): "renamed “\(before.trimmed)” to “\(after.trimmed)”"
      case (nil, let after?): "named “\(after)”"
      case (let before?, nil): "no longer named “\(before)”"
      case (nil, nil): "renamed"
      }
    return told(line, property)
  }

  /// `definition changed (2238 → 4315 bytes)`.
  static func content(_ property: Property, _ what: Prose = "content") -> Prose {
    guard let before = property.before?.bytes, let after = property.after?.bytes else {
      return changed(what, property)
    }
    return before == after
      ? "\(what) changed (same size)" : "\(what) changed (\(before) → \(after) bytes)"
  }
}

extension String {
  /// The number in `2238 bytes, sha256 …`.
  fileprivate var bytes: String? {
    let words = split(separator: " ", maxSplits: 2)
    guard words.count > 1, words[1].hasPrefix("bytes"), words[0].allSatisfy(\.isNumber) else {
      return nil
    }
    return String(words[0])
  }

  fileprivate var droppingAt: String { hasPrefix("@") ? String(dropFirst()) : self }

  /// What stands in the last brackets: `cell[fab_name]/@x` as `fab_name`.
  var lastKey: String? {
    guard let start = lastIndex(of: "["), let end = self[start...].lastIndex(of: "]") else {
      return nil
    }
    return String(self[index(after: start)..<end])
  }

  /// A value in a summary of attributes and labels: `name=…, labels/label[1033]@description=…`.
  func field(_ name: String) -> String? {
    for piece in split(separator: ", ") {
      guard let equals = piece.firstIndex(of: "=") else { continue }
      let key = piece[..<equals]
      if key == name || key.hasSuffix("@\(name)"), !key.contains("Descriptions/") {
        let value = String(piece[piece.index(after: equals)...])
        if !value.isEmpty { return value }
      }
    }
    return nil
  }
}

extension [Prose] {
  /// Each once, in order.
  var unique: [Prose] {
    var seen: Set<Prose> = []
    return filter { seen.insert($0).inserted }
  }
}

/// Processes: on or off, and what they do.
enum ProcessWords {
  static func lines(_ properties: [ReadableEntry.Property]) -> [Prose] {
    let isStated = properties.contains { $0.path == "StateCode" }
    return properties.compactMap { property in
      switch property.path {
      case "StateCode":
        let words = [property.before, property.after].map { $0 == "1" ? "on" : "off" as Prose }
        return "stated \(words[0]) → \(words[1])"
      // It says the same again.
      case "StatusCode" where isStated: return nil
      case "content": return PropertyWords.content(property, "definition")
      case "(state)": return property.after.map { "switched \($0)" } ?? "switched off"
      default: return PropertyWords.line(property)
      }
    }
  }
}

/// Lists of which people ask what came and what went: privileges of roles, parts of apps.
enum ListWords {
  static func lines(
    _ properties: [ReadableEntry.Property],
    _ noun: Prose,
    of element: String
  ) -> [Prose] {
    var (came, went): ([String], [String]) = ([], [])
    var others: [Prose] = []
    for property in properties {
      let last = property.path.withoutKeys.split(separator: "/").last.map(String.init)
      guard last == element, let key = property.path.lastKey else {
        others.append(PropertyWords.line(property))
        continue
      }
      switch (property.before, property.after) {
      case (nil, _?): came.append(key)
      case (_?, nil): went.append(key)
      default: others.append(PropertyWords.line(property))
      }
    }
    var lines: [Prose] = []
    if !went.isEmpty { lines.append("\(noun) removed: \(went.joined(separator: ", "))") }
    if !came.isEmpty { lines.append("\(noun) added: \(came.joined(separator: ", "))") }
    return lines + others.unique
  }
}
