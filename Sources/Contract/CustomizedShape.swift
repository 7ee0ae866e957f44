package import Solutions

/// `layers --unmanaged --json`, `layers --masked --json`.
package struct CustomizedShape: Shape {
  package static let format = "strata.customized"

  package struct Entry: Codable, Sendable {
    package let component: ComponentShape
    /// The managed layer right below.
    package let below: String
    /// The operation that brought the unmanaged layer; only with --masked.
    package let since: Int?
    package let properties: [Property]
    /// What publishing a draft would change of what is in effect; absent where there is no draft.
    package let draft: [DiffShape.Property]?
  }

  package struct Property: Codable, Sendable {
    package let path: String
    /// The path in the names of a form's parts; absent where it says no more than `path`.
    package let words: String?
    /// What the managed layers say.
    @Nullable package var managed: String?
    /// What they said when the unmanaged layer came; only with --masked.
    package let managedBefore: String?
    @Nullable package var inEffect: String?
  }

  package let masked: Bool
  /// By kind, then name.
  package let components: [Entry]

  /// Managed components with an unmanaged layer or a draft, and where that says something else than what lies below.
  ///
  /// - Parameter state: holds them.
  package init(unmanaged state: InstalledState, kinds: ComponentKinds) {
    masked = false
    components = state.stacks.sorted { $0.key < $1.key }.compactMap { id, stack in
      guard let below = stack.belowActive else { return nil }
      let (active, merge) = (stack.layer(of: .active), kinds[id.type].merge)
      return Entry(
        component: ComponentShape((active ?? stack.top).component, kinds: kinds),
        below: below.top.solution.text,
        since: nil,
        properties: active == nil ? [] : Self.changes(in: stack, over: below, merge),
        draft: state.drafts[id].map { _ in state.publishingChanges(id, merge) }
      )
    }
  }

  private static func changes(
    in stack: LayerStack,
    over below: LayerStack,
    _ merge: MergeBehavior
  ) -> [Property] {
    guard !below.layers.allSatisfy(\.isAssumed) else { return [] }
    return PropertyChanges.between(below.effective(merge), stack.effective(merge)).map {
      Property(
        path: $0.path,
        words: $0.words,
        managed: $0.before,
        managedBefore: nil,
        inEffect: $0.after
      )
    }
  }

  /// Components whose unmanaged layer hides managed changes.
  ///
  /// - Parameter state: holds them.
  package init(
    masked components: [MaskedComponent],
    in state: InstalledState,
    kinds: ComponentKinds
  ) {
    masked = true
    self.components = components.compactMap { component in
      let id = component.id
      guard let stack = state.stacks[id], let below = stack.belowActive else { return nil }
      return Entry(
        component: ComponentShape(stack.top.component, kinds: kinds),
        below: below.top.solution.text,
        since: component.since,
        properties: component.masking.properties.map {
          Property(
            path: $0.path,
            words: $0.words,
            managed: $0.after,
            managedBefore: $0.before,
            inEffect: $0.inEffect
          )
        },
        draft: state.drafts[id].map { _ in state.publishingChanges(id, kinds[id.type].merge) }
      )
    }
  }
}
