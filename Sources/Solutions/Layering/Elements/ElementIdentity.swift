/// What tells siblings of one name apart.
///
/// The same element in two layers has the same identity (layers.md §5.2, PF-443, PF-452, PF-613, PF-615); names of
/// layout elements are none.
enum ElementIdentity {
  private static let attributes: [String: [String]] = [
    "tab": ["id"], "section": ["id"], "cell": ["id"], "control": ["id"], "column": ["id"],
    "label": ["languagecode"], "Title": ["LCID", "languagecode"],
    "Description": ["LCID", "languagecode"], "LocalizedName": ["languagecode"],
    "Library": ["name"], "Handler": ["handlerUniqueId"],
    "event": ["name", "attribute", "control", "relationship"],
    "controlDescription": ["forControl"], "customControl": ["formFactor", "name", "id"],
    "NavBarByRelationshipItem": ["Id"], "NavBarItem": ["Id"], "NavBarArea": ["Id"],
    "data": ["id"], "internaljscriptfile": ["src"], "internaljscriptvariable": ["name"],
    "querystringparameter": ["name"], "dependency": ["id"], "Role": ["Id", "id"],
    "Privilege": ["Entity", "Name"], "Area": ["Id"], "Group": ["Id"], "SubArea": ["Id"],
    "AppModuleComponent": ["type", "schemaName", "id"], "CustomAction": ["Id"],
    "HideCustomAction": ["HideActionId"], "RibbonTemplates": ["Id"], "GroupTemplate": ["Id"],
    "CommandDefinition": ["Id"], "TabDisplayRule": ["Id"], "DisplayRule": ["Id"],
    "EnableRule": ["Id"], "LocLabel": ["Id"], "option": ["value"], "status": ["value"],
    "state": ["value"],
  ]

  /// Elements whose order among their siblings is a statement (PF-806).
  static let ordered: Set<String> = [
    "tab", "section", "cell", "Area", "Group", "SubArea", "Handler",
  ]

  /// Places of a form's layout: where one is gone, what a layer adds to it goes to the conflicts tab.
  static let layout: Set<String> = ["tab", "column", "section", "cell"]

  /// Stated whole where they change: nothing in them has an identity (PF-804).
  static let opaque: Set<String> = ["controlDescription", "parameters"]

  /// Identities of siblings, in their order; where an element has none, its number among those of its name.
  static func keys(of siblings: [MergedElement]) -> [String] {
    var seen: [String: Int] = [:]
    return siblings.map { element in
      var key = element.name
      for name in attributes[element.name] ?? [] {
        guard let value = element.attribute(name) else { continue }
        key += "\u{0}\(plain(value))"
      }
      let count = seen[key, default: 0]
      seen[key] = count + 1
      // A column stands for its position where it has no id; an id is that position (PF-443).
      if element.name == "column", element.attribute("id") == nil { return "column\u{0}\(count)" }
      return count == 0 ? key : "\(key)\u{0}#\(count)"
    }
  }

  /// GUIDs with and without braces are the same, and case tells nothing apart.
  private static func plain(_ value: String) -> String {
    value.lowercased().filter { $0 != "{" && $0 != "}" }
  }
}
