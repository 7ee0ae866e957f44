import Solutions
import XML

/// Roots name some components by id whose definitions go by name (PF-623, PF-903).
enum Roots {
  /// Each root with the identity of the component it stands for.
  ///
  /// By the definition's own id where it has one. Exports of 2020 give environment variables a root by id and a definition
  /// without one: as many of those as there are definitions without a root stand for these, whichever.
  static func resolved(
    _ roots: [RootComponent],
    among components: [Component],
    kinds: ComponentKinds
  ) -> [RootComponent] {
    let defined = Set(components.map(\.id))
    let open = roots.filter { !defined.contains($0.id) && GUID($0.name) != nil }
    guard !open.isEmpty else { return roots }
    let types = Set(open.map(\.id.type))
    let declared = Set(roots.map(\.id))
    var ids: [ComponentID: ComponentID] = [:]
    var unrooted: [ComponentType: [Component]] = [:]
    for component in components
    where types.contains(component.id.type) && GUID(component.id.key) == nil {
      let own = component.definition.element.children.compactMap { GUID($0.text) }
      for guid in own { ids[ComponentID(component.id.type, guid.description)] = component.id }
      if !declared.contains(component.id), own.isEmpty {
        unrooted[component.id.type, default: []].append(component)
      }
    }
    var taken: [ComponentType: Int] = [:]
    return roots.map { root in
      guard !defined.contains(root.id), GUID(root.name) != nil else { return root }
      if let id = ids[root.id] { return root.with(id) }
      let next = taken[root.id.type, default: 0]
      guard let rest = unrooted[root.id.type], next < rest.count else { return root }
      taken[root.id.type] = next + 1
      return root.with(rest[next].id)
    }
  }
}

extension RootComponent {
  fileprivate func with(_ id: ComponentID) -> RootComponent {
    RootComponent(id: id, name: name, behavior: behavior, at: at, element: element)
  }
}
