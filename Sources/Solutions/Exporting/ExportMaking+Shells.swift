internal import XML

extension ExportMaking {
  /// Parts of tables that the solution does not list stand below a mention of them (PF-402).
  mutating func addShells(among members: Set<ComponentID>) {
    let there = Set(entries.map(\.component.id))
    var missing: [ComponentID: Bool] = [:]
    for id in members where id.type == .entity && !there.contains(id) {
      guard shells.contains(id) || source(of: id)?.isReference == true else { continue }
      missing[id] = false
    }
    for component in entries.map(\.component) {
      guard let table = component.parent, table.type == .entity, !there.contains(table),
        let place = kinds[component.id.type].place(of: component.definition.element),
        place.steps.starts(with: ["Entities", "Entity"])
      else { continue }
      missing[table, default: false] = missing[table] == true || place.steps.contains("entity")
    }
    for (table, hasSettings) in missing {
      let known = state.stacks[table]?.layers.last { !$0.isAssumed }?.component
      let component = known ?? state.stacks[table]?.top.component
      let read = source(of: table)?.definition.element.child("Name")
      let stated = read ?? known?.definition.element.child("Name")
      let name = stated?.text ?? component?.name ?? table.key
      let attributes =
        read?.attributes ?? [("LocalizedName", component?.displayName ?? ""), ("OriginalName", "")]
      guard let definition = Self.shell(name, attributes, hasSettings: hasSettings) else {
        continue
      }
      let shell = Component(
        id: table,
        name: component?.name ?? name,
        displayName: component?.displayName,
        parent: nil,
        definition: definition,
        location: Location(file: "customizations.xml", line: 0),
        isReference: true
      )
      entries.append(Export.Entry(component: shell, source: nil, sourceNumber: nil))
    }
    entries.sort { $0.component.id < $1.component.id }
  }

  private static func shell(
    _ name: String,
    _ attributes: [(name: String, value: String)],
    hasSettings: Bool
  ) -> Definition? {
    var children = [Element("Name", attributes, text: name)]
    if hasSettings {
      children.append(Element("EntityInfo", children: [Element("entity", [("Name", name)])]))
    }
    do {
      return try Definition(Element("Entity", children: children))
    } catch {
      // A name that no document can hold came from none.
      return nil
    }
  }
}
