import Solutions

/// Columns.
enum ColumnWords {
  static func line(_ property: ReadableEntry.Property) -> Prose {
    let (before, after) = (property.before, property.after)
    switch property.path {
    case "MaxLength", "Length": return PropertyWords.changed("longest text", property)
    case "Accuracy": return PropertyWords.changed("decimal places", property)
    case "MinValue": return PropertyWords.changed("least value", property)
    case "MaxValue": return PropertyWords.changed("greatest value", property)
    case "Type": return PropertyWords.changed("type", property)
    case "RequiredLevel":
      let line: Prose = "\(level(before)) → \(level(after))"
      return PropertyWords.told(line, property)
    case "AppDefaultValue":
      return PropertyWords.told("default \(chosen(before)) → \(chosen(after))", property)
    case "IsSecured": return switched("column security", property)
    case "IsAuditEnabled": return switched("auditing", property)
    case "IsSearchable": return switched("searching by it", property)
    case "IsFilterable": return switched("filtering by it", property)
    case "IsSortableEnabled": return switched("sorting by it", property)
    case "DisplayMask": return mask(property)
    case "content": return PropertyWords.content(property, "formula")
    case "OptionSetName": return PropertyWords.changed("choice", property)
    case "CanModifyRequirementLevelSettings":
      return switched("changing whether it is required", property)
    default: return PropertyWords.line(property)
    }
  }

  static func switched(_ what: Prose, _ property: ReadableEntry.Property) -> Prose {
    let line: Prose? =
      switch (property.before, property.after) {
      case (_, "1"?), (_, "true"?): "\(what) switched on"
      case (_, "0"?), (_, "false"?): "\(what) switched off"
      default: nil
      }
    guard let line else { return PropertyWords.changed(what, property) }
    return PropertyWords.told(line, property)
  }

  private static func level(_ value: String?) -> Prose {
    switch value {
    case "none"?: "optional"
    case "required"?, "applicationrequired"?: "required"
    case "systemrequired"?: "required by the platform"
    case let other: PropertyWords.value(other)
    }
  }

  private static func chosen(_ value: String?) -> Prose {
    value == nil || value == "-1" || value == "" ? "none" : PropertyWords.value(value)
  }

  /// `shows in: now also ValidForGrid`.
  private static func mask(_ property: ReadableEntry.Property) -> Prose {
    func places(_ text: String?) -> [String] {
      (text ?? "").split(separator: "|").map(String.init)
    }
    let (before, after) = (places(property.before), places(property.after))
    let more = after.filter { !before.contains($0) }.map { Self.place($0) }
    let less = before.filter { !after.contains($0) }.map { Self.place($0) }
    let parts: [Prose] = [
      more.isEmpty ? nil : "now \(more.joined(separator: ", "))",
      less.isEmpty ? nil : "no longer \(less.joined(separator: ", "))",
    ].compactMap { $0 }
    let line = parts.isEmpty ? "shown as before, spelled otherwise" : parts.joined(separator: ", ")
    return PropertyWords.told(line, property)
  }

  private static func place(_ word: String) -> Prose {
    switch word {
    case "ValidForAdvancedFind": "in searches"
    case "ValidForForm": "on forms"
    case "ValidForGrid": "in views"
    case "RequiredForForm": "always on forms"
    case "RequiredForGrid": "always in views"
    case "ObjectTypeCode": "a type code"
    case "PrimaryName": "the primary name"
    default: "\(word)"
    }
  }
}

/// Options of choices: those that come, go, change names or colors.
package enum ChoiceWords {
  /// Options that go, and that no other layer keeps: their numbers and labels.
  package static func removed(_ entry: ReadableEntry) -> [String] {
    guard entry.kind == "Attribute" || entry.kind == "OptionSet" else { return [] }
    return entry.properties
      .filter { isOption($0) && $0.after == nil && $0.before != nil && !$0.isKept }
      .map { option($0, $0.before) }
  }

  static func lines(
    _ properties: [ReadableEntry.Property],
    below: String,
    _ others: (ReadableEntry.Property) -> Prose
  ) -> [Prose] {
    var lines: [Prose] = []
    let options = properties.filter { isOption($0) }
    let dropped = options.filter { $0.after == nil }
    let gone = dropped.filter { !$0.isKept }.map { option($0, $0.before) }
    let kept = dropped.filter(\.isKept).map { option($0, $0.before) }
    let new = options.filter { $0.before == nil }.map { option($0, $0.after) }
    if !gone.isEmpty { lines.append("options removed: \(gone.joined(separator: ", "))") }
    if !kept.isEmpty {
      lines.append("options dropped that another layer keeps: \(kept.joined(separator: ", "))")
    }
    if !new.isEmpty { lines.append("options added: \(new.joined(separator: ", "))") }
    let colors = properties.count { $0.isOfOption("@Color") }
    let descriptions = properties.count { $0.isOfOption("/Descriptions") }
    for property in properties where !isOption(property) && !property.isOfOption("") {
      lines.append(others(property))
    }
    for property in properties where property.isOfOption("/labels") {
      let number = property.path.split(separator: "/").lazy
        .first { $0.hasPrefix("option[") || $0.hasPrefix("status[") }.flatMap { String($0).lastKey }
      lines.append("option \(number ?? ""): \(PropertyWords.label(property, "label"))")
    }
    if colors > 0 { lines.append("colors of \(colors.counted("option"))") }
    if descriptions > 0 { lines.append("descriptions of options") }
    return lines.unique
  }

  private static func isOption(_ property: ReadableEntry.Property) -> Bool {
    let path = property.path.withoutKeys
    return path == "options/option" || path == "optionset/options/option"
      || path == "optionset/statuses/status" || path == "optionset/states/state"
  }

  /// `100000000 “1”`.
  private static func option(_ property: ReadableEntry.Property, _ summary: String?) -> String {
    let number = property.path.lastKey ?? ""
    return summary?.field("description").map { "\(number) “\($0)”" } ?? number
  }
}

extension ReadableEntry.Property {
  /// Whether it is something of an option, and not the option itself.
  fileprivate func isOfOption(_ end: String) -> Bool {
    let path = path.withoutKeys
    return ["option", "status", "state"].contains { name in
      ["/", "@"].contains { path.contains("/\(name)\($0)") } && path.contains("/\(name)\(end)")
    }
  }
}

/// Relationships.
enum RelationshipWords {
  static func line(
    _ property: ReadableEntry.Property,
    _ entry: ReadableEntry,
    _ names: Names
  ) -> Prose {
    let verbs: [String: Prose] = [
      "CascadeDelete": "deleting", "CascadeAssign": "assigning", "CascadeShare": "sharing",
      "CascadeUnshare": "ending the sharing of", "CascadeReparent": "reparenting",
    ]
    guard let verb = verbs[property.path], let after = property.after else {
      return PropertyWords.line(property)
    }
    let was = property.before.map { "was “\(does($0))”, " as Prose } ?? ""
    let now: Prose = after == "Restrict" ? "now refused" : "now “\(does(after))”"
    let line: Prose = "\(verb) the one that is referred to: \(was)\(now)"
    return property.effect.map { "\(line)  \($0)" } ?? line
  }

  private static func does(_ value: String) -> Prose {
    switch value {
    case "RemoveLink": "clear the lookup"
    case "Restrict": "refused while others refer to it"
    case "Cascade": "all that refer to it as well"
    case "NoCascade": "only itself"
    case "Active": "active ones that refer to it as well"
    case "UserOwned": "the owner's that refer to it as well"
    default: "\(value)"
    }
  }
}
