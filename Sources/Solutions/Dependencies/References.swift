internal import XML

/// What a definition names, each target once for each kind of place, and what of it cannot be read.
package struct References: Sendable {
  package private(set) var found: [Reference] = []
  package private(set) var unread: [UnreadSource] = []
  private var seen: Set<Reference> = []

  init() {}

  mutating func add(
    _ target: ComponentID,
    _ type: DependencyType = .published,
    via: String,
    isCertain: Bool = true
  ) {
    add(Reference(target, type, via: via, isCertain: isCertain))
  }

  /// A name with a NUL in it is nobody's: nothing that is read or kept has one.
  mutating func add(_ reference: Reference) {
    if reference.target.key.utf8.contains(0) { return }
    if seen.insert(reference).inserted { found.append(reference) }
  }

  mutating func cannotRead(_ place: String, _ reason: String) {
    unread.append(UnreadSource(place, reason))
    add(.anything, .untracked, via: place, isCertain: false)
  }

  /// Without what the component names of itself, or takes for granted.
  func except(_ id: ComponentID?) -> References {
    var rest = self
    rest.found.removeAll { $0.target == id }
    return rest
  }

  mutating func entity(_ name: String?, _ type: DependencyType = .published, via: String) {
    guard let name, !name.isEmpty else { return }
    add(.entity(name), type, via: via)
  }

  mutating func attribute(
    _ entity: String?,
    _ name: String?,
    _ type: DependencyType = .published,
    via: String,
    isCertain: Bool = true
  ) {
    guard let entity, !entity.isEmpty, let name, !name.isEmpty else { return }
    add(.attribute(entity, name), type, via: via, isCertain: isCertain)
  }

  /// A column of the table that something leads to.
  mutating func path(
    _ leader: String,
    _ column: String,
    _ type: DependencyType = .published,
    via: String
  ) {
    guard !leader.isEmpty, !column.isEmpty else { return }
    let target = ComponentID.attribute(behind: leader, column)
    add(target, type, via: via, isCertain: false)
    if let name = target.columnName { add(name, .untracked, via: via, isCertain: false) }
  }

  mutating func relationship(_ name: String?, via: String) {
    guard let name, !name.isEmpty else { return }
    add(.relationship(name), via: via)
  }

  mutating func guid(_ text: String?, _ type: ComponentType, via: String) {
    if let id = ComponentID(type, guid: text) { add(id, via: via) }
  }

  /// Several GUIDs in one text, with anything between them.
  mutating func guids(_ text: String?, _ type: ComponentType, via: String) {
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

  /// Only by the `$webresource:` directive (DP-501).
  mutating func webResourceDirective(_ text: String?, via: String) {
    guard let text, text.lowercased().hasPrefix("$webresource:") else { return }
    webResource(text, via: via)
  }

  /// By the directive or by its path, as icons of site maps are.
  mutating func icon(_ text: String?, via: String) {
    let folder = "/webresources/"
    guard let text, text.lowercased().hasPrefix(folder) else {
      return webResourceDirective(text, via: via)
    }
    webResource(String(text.dropFirst(folder.count)), via: via)
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
        let owner = child.attribute("entityname").flatMap { tables[$0] } ?? table
        attribute(owner, child.attribute("attribute"), via: "fetch/condition")
        compared(child.attribute("valueof"), owner, tables)
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

  /// A column that another is compared with: `column`, or `alias.column` of a linked table.
  private mutating func compared(_ name: String?, _ table: String, _ tables: [String: String]) {
    let path = (name ?? "").split(separator: ".", maxSplits: 1).map(String.init)
    guard let column = path.last else { return }
    let owner = path.count == 2 ? tables[path[0]] : table
    attribute(owner, column, via: "fetch/condition@valueof")
  }

  /// `<DisplayConditions><Role Id="…"/>` as escaped text.
  mutating func roles(_ text: String?, via: String) {
    for piece in (text ?? "").split(separator: "\"") { guid(String(piece), .role, via: via) }
  }

  // MARK: Files

  /// What the files of a process, or of a formula, name; columns without a table are those of `table`.
  mutating func parts(of component: Component, table: String?) {
    for part in component.definition.parts {
      switch part.names {
      case .process(let names): process(names, table: table)
      case .flow(let references): for reference in references { add(reference) }
      case .formulas(let formulas): formula(formulas, component, table: table)
      case .unreadable(let reason): cannotRead(part.path, reason)
      case nil where part.content == nil && Definition.Part.namesComponents(part.path):
        cannotRead(part.path, "its content was not kept")
      case nil: continue
      }
    }
  }

  private mutating func process(_ names: [PartNames.ProcessName], table: String?) {
    let via = "process definition"
    for name in names {
      switch name {
      case .entity(let entity): self.entity(entity, via: via)
      case .attribute(let owner, let column, let isCertain):
        attribute(owner ?? table, column, via: via, isCertain: isCertain)
      case .component(let id): add(id, via: via)
      }
    }
  }

  /// Words of a formula may be columns of its table; what stands behind a dot is one of another.
  private mutating func formula(
    _ formulas: [String: FormulaNames],
    _ component: Component,
    table: String?
  ) {
    guard let table, let column = component.id.tableAndColumn?.column,
      let formula = formulas[column]
    else { return }
    for path in formula.paths {
      if path.names.contains(where: { !$0.lowercased().isLogicalName }) {
        add(.anyLabel, .untracked, via: "formula", isCertain: false)
      }
      if path.names.count > 1, path.names[0] == "ThisRecord" {
        attribute(table, path.names[1], via: "formula", isCertain: false)
        continue
      }
      attribute(table, path.names[0], via: "formula", isCertain: false)
      // `lookup.column`; what is asked of that again leads further than is followed.
      guard path.names.count > 1 else { continue }
      self.path("\(table).\(path.names[0])", path.names[1], via: "formula")
    }
  }
}
