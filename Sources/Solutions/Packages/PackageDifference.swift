/// What one package says differently from another, component by component; no target, no layers.
package struct PackageDifference: Sendable {
  package struct Entry: Sendable {
    package let action: Change.Action
    package let component: Component
    /// Empty for components that one side lacks.
    package let properties: [PropertyChange]
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

  package init(from old: SolutionPackage, to new: SolutionPackage) {
    let before = Self.stated(old)
    let after = Self.stated(new)
    var entries: [Entry] = []
    var unchanged = 0
    for (id, component) in before where after[id] == nil {
      entries.append(Entry(action: .delete, component: component, properties: []))
    }
    let secrets = Set(
      (old.components + new.components).lazy
        .filter { $0.id.type == .environmentVariableDefinition }
        .filter { $0.definition.variableKind == .secret }.map(\.id.key)
    )
    for (id, component) in after {
      guard let previous = before[id] else {
        entries.append(Entry(action: .add, component: component, properties: []))
        continue
      }
      if previous.definition == component.definition {
        unchanged += 1
        continue
      }
      let changes = PropertyChanges.between(previous.definition, component.definition)
      entries.append(
        Entry(
          action: .change,
          component: component,
          properties: changes.map {
            Secrecy(id, where: secrets.contains).told(PropertyChange($0))
          }
        )
      )
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
