internal import XML

/// A component that a text is found in.
package struct ComponentHit: Sendable {
  /// Where the text is: best first.
  package enum Match: Int, Comparable, Sendable {
    /// A name, a display name or the id.
    case whole
    case beginning
    case within
    /// A label inside the definition.
    case label

    package static func < (left: Match, right: Match) -> Bool { left.rawValue < right.rawValue }
  }

  package let component: Component
  package let match: Match
  /// Of `Match.label`.
  package let label: String?
  /// Bottom first, without what is only assumed.
  package let solutions: [SolutionName]
  /// What the component is part of, as people call it.
  package let whole: String?
}

/// What to look for.
package struct ComponentSearch: Sendable {
  let text: String
  let type: ComponentType?
  let table: String?

  /// - Parameters:
  ///   - text: a part of a name, a display name, an id or a label; case has no meaning.
  ///   - type: only components of this kind.
  ///   - table: only this table and its parts, by its logical name.
  package init(_ text: String, type: ComponentType? = nil, table: String? = nil) {
    self.text = text.lowercased()
    self.type = type
    self.table = table?.lowercased()
  }
}

extension InstalledState {
  /// Components with a text in their names or labels: best match first, then kind and name.
  package func hits(_ search: ComponentSearch) -> [ComponentHit] {
    let hits = standingComponents.compactMap { id -> ComponentHit? in
      guard search.type == nil || search.type == id.type, let stack = standing(id),
        stack.isKnown, isPart(id, of: search.table)
      else { return nil }
      let component = stack.top.component
      let label: String?
      let match: ComponentHit.Match
      if let name = component.match(search.text) {
        (match, label) = (name, nil)
      } else if let found = stack.label(containing: search.text) {
        (match, label) = (.label, found)
      } else {
        return nil
      }
      let layers = stack.layers.filter { !$0.isAssumed }
      return ComponentHit(
        component: component,
        match: match,
        label: label,
        solutions: layers.map(\.solution),
        whole: component.parent.flatMap { standing($0)?.top.component }.map {
          $0.displayName ?? $0.name
        }
      )
    }
    return hits.sorted {
      ($0.match, $0.component.id.type, $0.component.name, $0.component.id)
        < ($1.match, $1.component.id.type, $1.component.name, $1.component.id)
    }
  }

  private func isPart(_ id: ComponentID, of table: String?) -> Bool {
    guard let table else { return true }
    let whole = ComponentID(.entity, table)
    return id == whole || standing(id)?.top.component.parent == whole
  }
}

extension Component {
  /// How a text is in the names; nil where it is in none.
  fileprivate func match(_ text: String) -> ComponentHit.Match? {
    let names = [id.key, name, displayName].compactMap { $0?.lowercased() }
    // A column is known by its own name, too.
    let own = names.compactMap { $0.split(separator: ".").last.map(String.init) }
    let all = names + own
    if all.contains(text) { return .whole }
    if all.contains(where: { $0.hasPrefix(text) }) { return .beginning }
    return names.contains { $0.contains(text) } ? .within : nil
  }
}

extension LayerStack {
  /// The first label, title or description with a text, given in lower case; topmost layer first.
  fileprivate func label(containing text: String) -> String? {
    layers.lazy.reversed().filter { !$0.isAssumed }
      .compactMap { $0.definition.fragment.label(containing: text) }.first
  }
}

extension XMLFragment {
  /// The first label, title or description with a text, given in lower case.
  fileprivate func label(containing text: String) -> String? {
    descendants.lazy.compactMap { $0.attribute("description") }
      .first { $0.lowercased().contains(text) }
  }
}
