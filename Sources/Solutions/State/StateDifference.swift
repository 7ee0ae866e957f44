/// Where two states differ in what is in effect: an environment from the packages it was made of, or from another.
package struct StateDifference: Sendable {
  package struct Entry: Sendable {
    /// As it would be done to the first state to come to the second.
    package let action: Change.Action
    package let component: Component
    /// Whose statement is in effect, in each state; nil where it is not there.
    package let before: SolutionName?
    package let after: SolutionName?
    /// Empty for components that one side lacks.
    package let properties: [PropertyChange]
  }

  package struct SolutionEntry: Equatable, Sendable {
    package let name: SolutionName
    package let before: SolutionVersion?
    package let after: SolutionVersion?
  }

  /// Delete, add, change; then kind, then name.
  package let entries: [Entry]
  package let solutions: [SolutionEntry]
  /// Components with the same definition in effect.
  package let equal: Int
  /// Components that both have, with layers of the same solutions, and of which nobody has shown all that is in effect.
  package let unknown: [Component]

  /// - Parameters:
  ///   - ids: only these components; nil looks at all.
  ///   - names: only these solutions.
  package init(
    from old: InstalledState,
    to new: InstalledState,
    among ids: Set<ComponentID>? = nil,
    of names: Set<SolutionName>? = nil,
    kinds: ComponentKinds
  ) {
    var entries: [Entry] = []
    var equal = 0
    var unknown: [Component] = []
    let all = ids ?? Set(old.stacks.keys).union(new.stacks.keys)
    for id in all.sorted() {
      let (before, after) = (old.known(id), new.known(id))
      guard let component = (after ?? before)?.top.component else { continue }
      let merge = kinds[id.type].merge
      let isCompared = [before, after].allSatisfy { $0?.isUnknown(merge) != true }
      let (was, now) = (before?.effective(merge), after?.effective(merge))
      if isCompared, was == now {
        equal += 1
        continue
      }
      if !isCompared, let before, let after, before.owners == after.owners {
        unknown.append(component)
        continue
      }
      let secrecy = Secrecy(id) { key in
        [old, new].contains { $0.isSecret(ComponentID(.environmentVariableDefinition, key)) }
      }
      entries.append(
        Entry(
          action: before == nil ? .add : after == nil ? .delete : .change,
          component: component,
          before: before?.top.solution,
          after: after?.top.solution,
          properties: before == nil || after == nil || !isCompared
            ? []
            : PropertyChanges.between(was, now).map { secrecy.told(PropertyChange($0)) }
        )
      )
    }
    self.entries = entries.sorted {
      TellingOrder($0.action, $0.component.id, $0.component.name)
        < TellingOrder($1.action, $1.component.id, $1.component.name)
    }
    self.equal = equal
    self.unknown = unknown
    let solutions = names ?? Set(old.solutions.keys).union(new.solutions.keys)
    self.solutions = solutions.sorted().compactMap { name in
      let (was, now) = (old.solutions[name]?.version, new.solutions[name]?.version)
      return was == now ? nil : SolutionEntry(name: name, before: was, after: now)
    }
  }

  /// Whether the states are known to differ in nothing.
  package var isEmpty: Bool { entries.isEmpty && solutions.isEmpty && unknown.isEmpty }
}

extension LayerStack {
  /// Whether nobody has shown all that is in effect.
  fileprivate func isUnknown(_ merge: MergeBehavior) -> Bool { hasOpaque && !isBaseKnown(merge) }

  fileprivate var owners: [SolutionName] {
    layers.filter { !$0.isAssumed || $0.isOpaque }.map(\.solution)
  }
}

extension InstalledState {
  /// The stack of a component that somebody has shown.
  fileprivate func known(_ id: ComponentID) -> LayerStack? {
    stacks[id].flatMap { $0.isThere ? $0 : nil }
  }
}
