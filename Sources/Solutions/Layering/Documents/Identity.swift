/// What tells siblings of one name apart; merging, comparing, editing, paths and lists of children all ask here.
///
/// The same element in two layers has the same identity (LY-552, PF-443, PF-452, PF-613, PF-615); names of
/// layout elements are none. Whether an element has an identity depends on its name alone, never on its siblings.
package enum Identity {
  /// An element among its siblings.
  package struct Key: Hashable, Sendable {
    let name: String
    /// The values that tell it, without braces and regard to case; empty where its name has no rule.
    let value: String
    /// Counts those that are alike.
    let number: Int32
  }

  private enum Rule {
    /// These, each in its place; what is missing is missing.
    case attributes([String])
    /// The first of these that it has: one fact under several names.
    case either([String])
    /// The text of the first of these children that it has.
    case child([String])
    /// Its own text.
    case text
    /// The attribute or, where it is missing, the place among its siblings.
    case position(String)
  }

  private static let rules: [String: Rule] = {
    var rules: [String: Rule] = [
      "EntityRelationshipRole": .child(["RelationshipRoleType", "AssociationRoleOrdinal"]),
      "AttributeName": .text, "Language": .text,
      // A column stands for its position; a difference names the position by an id (PF-443).
      "column": .position("id"),
    ]
    for (names, attributes) in attributes {
      for name in names.split(separator: " ") { rules[String(name)] = .attributes(attributes) }
    }
    for (names, attributes) in alternatives {
      for name in names.split(separator: " ") { rules[String(name)] = .either(attributes) }
    }
    return rules
  }()

  private static let alternatives: [(names: String, attributes: [String])] = [
    ("tab section control data dependency steplabels appelement", ["id", "uniquename"]),
    ("cell", ["id", "name"]), ("Title Description", ["LCID", "languagecode"]),
    ("Role", ["Id", "id"]),
  ]

  private static let attributes: [(names: String, attributes: [String])] = [
    // Forms and dashboards.
    ("forms", ["type"]), ("CustomLabel String", ["languagecode"]),
    ("label displayname LocalizedName LocalizedCollectionName", ["languagecode"]),
    ("Library internaljscriptvariable querystringparameter data-set", ["name"]),
    ("internaljscriptfile", ["src"]), ("Handler", ["handlerUniqueId"]),
    ("event", ["name", "attribute", "control", "relationship"]),
    ("controlDescription", ["forControl"]), ("customControl", ["formFactor", "name", "id"]),
    ("NavBarByRelationshipItem NavBarItem NavBarArea", ["Id"]), ("LookupType", ["id"]),
    // Site maps, apps, roles.
    ("Area Group SubArea", ["Id"]), ("Privilege", ["Entity", "Name"]),
    ("AppModuleComponent", ["type", "schemaName", "id"]),
    ("RolePrivilege", ["name"]),
    // Ribbons.
    ("CustomAction CommandDefinition RibbonTemplates GroupTemplate LocLabel", ["Id"]),
    ("TabDisplayRule DisplayRule EnableRule", ["Id"]), ("HideCustomAction", ["HideActionId"]),
    ("Button SplitButton ToggleButton FlyoutAnchor Menu MenuSection Controls Tab Groups", ["Id"]),
    // Columns, choices, queries.
    ("option status state", ["value"]), ("attribute", ["PhysicalName", "name", "alias"]),
    ("condition", ["entityname", "attribute", "operator"]), ("order", ["attribute"]),
    ("link-entity", ["name", "from", "to"]),
    // Files and databases of other components.
    ("PluginType", ["PluginTypeId"]), ("StreamObject", ["type", "id"]), ("procedure", ["name"]),
    ("ReportSignatureIdMapping", ["signatureid", "signaturelcid"]),
  ]

  /// Whether elements of a name are told apart by more than their number.
  static func hasRule(_ name: String) -> Bool { rules[name] != nil }

  /// Elements whose order among their siblings is a statement (PF-806, LY-904).
  static let ordered: Set<String> = [
    "tab", "section", "cell", "Area", "Group", "SubArea", "Handler", "option", "status", "state",
  ]

  /// Places of a form's layout: where one is gone, what a layer adds to it goes to the conflicts tab.
  static let layout: Set<String> = ["tab", "column", "section", "cell"]

  /// Stated whole where they change: nothing in them has an identity (PF-804).
  static let opaque: Set<String> = ["controlDescription", "parameters"]

  /// Entries of lists of labels, one for each language (LY-401, labels).
  static let languages: Set<String> = [
    "label", "displayname", "LocalizedName", "LocalizedCollectionName", "Description", "Title",
    "CustomLabel", "String",
  ]

  /// Identities of siblings, in their order.
  package static func keys(of siblings: [Element]) -> [Key] {
    if siblings.count == 1 {
      return [Key(name: siblings[0].name, value: value(of: siblings[0], at: 0), number: 0)]
    }
    var columns = 0
    var seen: [Key: Int32] = [:]
    return siblings.map { element in
      let key = Key(name: element.name, value: value(of: element, at: columns), number: 0)
      if element.name == "column" { columns += 1 }
      let count = seen[key, default: 0]
      seen[key] = count + 1
      return count == 0 ? key : Key(name: key.name, value: key.value, number: count)
    }
  }

  /// The values that tell an element, as it spells them; nil where its name has no rule.
  static func spelled(_ element: Element, at position: Int) -> [String]? {
    switch rules[element.name] {
    case nil: nil
    case .attributes(let names):
      names.compactMap { name in
        // Of an event, a column and a control of one name are two things.
        element.attribute(name).map {
          ["control", "relationship"].contains(name) ? "\(name)=\($0)" : $0
        }
      }
    case .either(let names):
      names.lazy.compactMap { element.attribute($0) }.first.map { [$0] } ?? []
    case .child(let names):
      names.lazy.compactMap { element.child($0) }.first.map { [$0.text] } ?? []
    case .text: element.children.isEmpty ? [element.text] : []
    case .position(let name): [element.attribute(name) ?? String(position)]
    }
  }

  /// What a difference needs to say of an element for others to find it: attributes and, where a child tells it, that.
  static func telling(_ element: Element, _ key: Key) -> (
    attributes: [Element.Attribute], child: Element?
  ) {
    switch rules[element.name] {
    case .attributes(let names), .either(let names):
      return (element.attributes.filter { names.contains($0.name) }, nil)
    case .position(let name):
      let id = Element.Attribute(name: name, value: key.value, origin: element.origin)
      return ([id], nil)
    case .child(let names):
      return ([], names.lazy.compactMap { element.child($0) }.first)
    case nil, .text: return ([], nil)
    }
  }

  /// Whether an element lacks what would tell it from others of its name.
  static func isNameless(_ key: Key) -> Bool {
    guard key.value.isEmpty else { return false }
    switch rules[key.name] {
    case .attributes, .either: return true
    case nil, .child, .text, .position: return false
    }
  }

  private static func value(of element: Element, at position: Int) -> String {
    guard case .attributes(let names)? = rules[element.name], names.count > 1 else {
      return plain(spelled(element, at: position)?.first ?? "")
    }
    let values = names.map { element.attribute($0).map(plain) ?? "" }
    return values.allSatisfy(\.isEmpty) ? "" : values.joined(separator: "\u{0}")
  }

  /// GUIDs with and without braces are the same, and case tells nothing apart.
  static func plain(_ value: String) -> String {
    let isPlain = value.utf8.allSatisfy { byte in
      byte < 0x80 && !(0x41...0x5A).contains(byte) && byte != 0x7B && byte != 0x7D
    }
    return isPlain ? value : value.lowercased().filter { $0 != "{" && $0 != "}" }
  }
}
