/// What one package says differently from another, component by component; no target, no layers.
package struct PackageDifference: Sendable {
  package struct Entry: Sendable {
    package let action: Change.Action
    package let component: Component
    /// Empty for components that one side lacks.
    package let properties: [PropertyChange]
    package let impact: Impact
    /// What people call the whole that it is a part of.
    package let parentName: String?
  }

  package struct CarriedChange: Sendable {
    package let location: String
    package let before: Int?
    package let after: Int?
  }

  /// Delete, add, change; then kind, then name.
  package let entries: [Entry]
  package let unchanged: Int
  /// Places whose content is kept and not understood, where it differs.
  package let carried: [CarriedChange]

  package init(
    from old: SolutionPackage,
    to new: SolutionPackage,
    kinds: ComponentKinds = .standard
  ) {
    let before = Self.stated(old)
    let after = Self.stated(new)
    var entries: [Entry] = []
    var unchanged = 0
    let secrets = Set(
      (old.components + new.components).lazy
        .filter { $0.id.type == .environmentVariableDefinition }
        .filter { $0.definition.variableKind == .secret }.map(\.id.key)
    )
    func entry(
      _ action: Change.Action,
      _ component: Component,
      _ properties: [PropertyChange] = []
    ) -> Entry {
      let impacts = kinds[component.id.type].impacts(component)
      let properties = properties.map { $0.weighed(impacts) }
      let parent = component.parent.flatMap { after[$0] ?? before[$0] }
      return Entry(
        action: action,
        component: component,
        properties: properties,
        impact: properties.map(\.impact).min() ?? impacts.presence,
        parentName: parent?.displayName
      )
    }
    for (id, component) in before where after[id] == nil {
      entries.append(entry(.delete, component))
    }
    let isNextVersion = old.name == new.name
    for (id, component) in after {
      guard let previous = before[id] else {
        entries.append(entry(.add, component))
        continue
      }
      if previous.definition == component.definition {
        unchanged += 1
        continue
      }
      let told = PropertyChanges.between(previous.definition, component.definition).map {
        Secrecy(id, where: secrets.contains).told(PropertyChange($0))
      }
      let marked = isNextVersion ? ExportGeneration.marking(told, of: id.type) : told
      entries.append(entry(.change, component, marked))
    }
    self.entries = entries.sorted {
      TellingOrder($0.action, $0.component.id, $0.component.name)
        < TellingOrder($1.action, $1.component.id, $1.component.name)
    }
    self.unchanged = unchanged
    carried = Self.carriedChanges(old, new)
  }

  private static func stated(_ package: SolutionPackage) -> [ComponentID: Component] {
    Dictionary(package.components.map { ($0.id, $0) }) { first, _ in first }
  }

  private static func carriedChanges(
    _ old: SolutionPackage,
    _ new: SolutionPackage
  ) -> [CarriedChange] {
    let before = Dictionary(old.carried.map { ($0.location, $0) }) { first, _ in first }
    let after = Dictionary(new.carried.map { ($0.location, $0) }) { first, _ in first }
    return Set(before.keys).union(after.keys).sorted().compactMap { location in
      guard before[location]?.digest != after[location]?.digest else { return nil }
      return CarriedChange(
        location: location,
        before: before[location]?.count,
        after: after[location]?.count
      )
    }
  }
}
