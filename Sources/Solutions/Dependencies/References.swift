internal import XML

/// Collects what a definition names, each target once for each kind of place.
struct References {
  private(set) var found: [Reference] = []
  private var seen: Set<Reference> = []

  mutating func add(_ target: ComponentID, _ type: DependencyType = .published, via: String) {
    let reference = Reference(target, type, via: via)
    if seen.insert(reference).inserted { found.append(reference) }
  }

  mutating func entity(_ name: String?, _ type: DependencyType = .published, via: String) {
    guard let name, !name.isEmpty else { return }
    add(.entity(name), type, via: via)
  }

  mutating func attribute(_ entity: String?, _ name: String?, via: String) {
    guard let entity, !entity.isEmpty, let name, !name.isEmpty else { return }
    add(.attribute(entity, name), via: via)
  }

  mutating func relationship(_ name: String?, via: String) {
    guard let name, !name.isEmpty else { return }
    add(.relationship(name), via: via)
  }

  mutating func guid(_ text: String?, _ type: Int, via: String) {
    guard let text, let guid = GUID(text) else { return }
    add(.numbered(type, guid), via: via)
  }

  /// Several GUIDs in one text, with anything between them.
  mutating func guids(_ text: String?, _ type: Int, via: String) {
    for piece in (text ?? "").split(whereSeparator: { ",;| <>".contains($0) }) {
      guid(String(piece), type, via: via)
    }
  }

  /// A web resource by name or by `$webresource:` directive.
  mutating func webResource(_ name: String?, via: String) {
    guard var name = name?[...], !name.isEmpty else { return }
    let directive = "$webresource:"
    if name.lowercased().hasPrefix(directive) { name = name.dropFirst(directive.count) }
    add(.webResource(String(name.prefix { $0 != "?" })), via: via)
  }

  /// Only by the `$webresource:` directive (dependencies.md §5).
  mutating func webResourceDirective(_ text: String?, via: String) {
    guard let text, text.lowercased().hasPrefix("$webresource:") else { return }
    webResource(text, via: via)
  }

  /// What a FetchXML query names: tables, columns, linked tables.
  ///
  /// - Returns: the table behind each alias; the query's own table under the empty alias.
  @discardableResult
  mutating func fetch(_ fetch: XMLElement) -> [String: String] {
    guard let entity = fetch.child("entity"), let name = entity.attribute("name") else {
      return [:]
    }
    // An alias may be used before the link that gives it.
    var tables = ["": name]
    for link in entity.descendants("link-entity") {
      guard let linked = link.attribute("name") else { continue }
      tables[link.attribute("alias") ?? linked] = linked
    }
    visit(entity, table: name, tables: tables)
    return tables
  }

  private mutating func visit(_ element: XMLElement, table: String, tables: [String: String]) {
    if element.name == "entity" || element.name == "link-entity" {
      entity(table, via: "fetch/\(element.name)")
    }
    for child in element.children {
      switch child.name {
      case "attribute":
        attribute(table, child.attribute("name"), via: "fetch/attribute")
      case "condition":
        let owner = child.attribute("entityname").flatMap { tables[$0] }
        attribute(owner ?? table, child.attribute("attribute"), via: "fetch/condition")
      case "order":
        let owner = child.attribute("entityname").flatMap { tables[$0] }
        attribute(owner ?? table, child.attribute("attribute"), via: "fetch/order")
      case "link-entity":
        guard let linked = child.attribute("name") else { continue }
        attribute(linked, child.attribute("from"), via: "fetch/link-entity@from")
        attribute(table, child.attribute("to"), via: "fetch/link-entity@to")
        visit(child, table: linked, tables: tables)
      default:
        visit(child, table: table, tables: tables)
      }
    }
  }

  /// What the controls, events and libraries of a form name.
  mutating func form(_ form: XMLElement, table: String?) {
    for element in form.descendants where element.attribute("solutionaction") != "Removed" {
      switch element.name {
      case "control":
        attribute(table, element.attribute("datafieldname"), via: "form/control@datafieldname")
      case "event":
        attribute(table, element.attribute("attribute"), via: "form/event@attribute")
      case "parameters": parameters(element)
      case "Library": webResource(element.attribute("name"), via: "form/Library")
      case "Handler": webResource(element.attribute("libraryName"), via: "form/Handler@libraryName")
      case "NavBarItem": webResourceDirective(element.attribute("Url"), via: "form/NavBarItem@Url")
      case "customControl":
        if let name = element.attribute("name"), name.contains("_") {
          add(ComponentID(.number(66), name.lowercased()), via: "form/customControl")
        }
      case "Role": guid(element.attribute("Id"), 20, via: "form/DisplayConditions/Role")
      case "NavBarByRelationshipItem":
        relationship(element.attribute("RelationshipName"), via: "form/NavBarByRelationshipItem")
      default: continue
      }
    }
  }

  private mutating func parameters(_ element: XMLElement) {
    for parameter in element.children {
      let via = "form/parameters/\(parameter.name)"
      switch parameter.name {
      case "TargetEntityType": entity(parameter.text, via: via)
      case "ViewId", "DefaultViewId", "ViewIds", "AvailableViewIds":
        guids(parameter.text, 26, via: via)
      case "VisualizationId": guid(parameter.text, 59, via: via)
      case "RelationshipName": relationship(parameter.text, via: via)
      case "QuickForms", "QuickFormId":
        for form in quickForms(parameter.text) { guid(form, 60, via: via) }
      case "Url" where !parameter.text.contains("://"): webResource(parameter.text, via: via)
      default: continue
      }
    }
  }

  /// `<QuickFormIds><QuickFormId entityname="…">guid</…>` as escaped text.
  private func quickForms(_ text: String) -> [String] {
    text.split { "<>".contains($0) }.map(String.init).filter { GUID($0) != nil }
  }
}

/// Values of a key in JSON text, wherever it stands; enough to see what a flow names, nothing else.
func jsonStrings(_ key: String, in content: [UInt8]) -> [String] {
  let wanted = Array("\"\(key)\"".utf8)
  var values: [String] = []
  var at = 0
  while at + wanted.count < content.count {
    guard content[at] == 0x22, content[at...].starts(with: wanted) else {
      at += 1
      continue
    }
    at += wanted.count
    while at < content.count, [0x20, 0x09, 0x0A, 0x0D, 0x3A].contains(content[at]) { at += 1 }
    guard at < content.count, content[at] == 0x22 else { continue }
    let start = at + 1
    at = start
    while at < content.count, content[at] != 0x22 { at += content[at] == 0x5C ? 2 : 1 }
    if at < content.count { values.append(String(decoding: content[start..<at], as: UTF8.self)) }
  }
  return values
}
