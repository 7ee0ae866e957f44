internal import Hashing
package import Solutions

/// `layers --json`.
package struct LayersShape: Shape {
  package static let format = "strata.layers"

  package struct Item: Codable, Sendable {
    package let order: Int
    package let solution: String
    @Nullable package var version: String?
    package let publisher: String
    package let place: Wire.Place
    /// Whether its statement is in effect; for kinds that merge, several are.
    package let active: Bool
    package let assumed: Bool
    package let hash: String
    /// What wrote it; null where packages alone are looked at.
    @Nullable package var operation: Written?
    package let updated: [DiffShape.Property]
    package let children: [Child]
    /// With --all.
    package let properties: [Property]?
  }

  package struct Written: Codable, Sendable {
    package let number: Int
    package let title: String
    package let completed: String
  }

  /// What waits beside the layers until it is published.
  package struct Draft: Codable, Sendable {
    package let publisher: String
    package let hash: String
    @Nullable package var operation: Written?
    /// What publishing would change of what is in effect; empty where nothing was ever published.
    package let wouldChange: [DiffShape.Property]
  }

  package struct Setting: Codable, Sendable {
    package let path: String
    package let value: String
    @Nullable package var operation: Written?
  }

  package struct Child: Codable, Sendable {
    package let list: String
    package let path: String
    package let key: String
    package let status: Wire.Status
  }

  package struct Property: Codable, Sendable {
    package let path: String
    /// The path in the names of a form's parts; absent where it says no more than `path`.
    package let words: String?
    package let value: String

    init(_ property: Properties.Entry, _ secrecy: Secrecy) {
      (path, words) = (property.path, property.words)
      value = secrecy.told(property.value, at: path)
    }
  }

  package let component: ComponentShape
  package let merge: String
  package let baseKnown: Bool
  /// 0 published, 1 with a draft (LC-333).
  package let componentState: Int
  /// What the environment says beside the layers: a state, a value or a connection.
  @Nullable package var setting: Setting?
  @Nullable package var draft: Draft?
  /// Topmost first; none of a component that was never published.
  package let layers: [Item]

  /// nil where the component is not there.
  package init?(
    _ id: ComponentID,
    state: InstalledState,
    kinds: ComponentKinds,
    written: [SolutionName: Operation],
    setting operation: Operation?,
    isWhole: Bool
  ) {
    guard let standing = state.standing(id) else { return nil }
    let kind = kinds[id.type]
    let stack = state.stacks[id]
    component = ComponentShape(standing.top.component, kinds: kinds)
    merge = kind.merge.title
    baseKnown = standing.isBaseKnown(kind.merge)
    componentState = state.componentState(of: id).rawValue
    setting = state.told(id).map {
      Setting(path: $0.path, value: $0.text, operation: operation.map { Written($0) })
    }
    draft = Draft(id, state: state, kind: kind, written: written[.draft])
    let secrecy = Secrecy(id, in: state)
    layers = (stack?.updates(kind.merge) ?? []).enumerated().map { index, entry in
      Item(
        order: index,
        solution: entry.layer.solution.text,
        version: state.solutions[entry.layer.solution]?.version.text,
        publisher: entry.layer.publisher.text,
        place: Wire.Place(entry.layer.rank),
        active: stack?.isActive(entry.layer, kind.merge) ?? false,
        assumed: entry.layer.isAssumed,
        hash: entry.layer.definition.hash.description,
        operation: written[entry.layer.solution].map { Written($0) },
        updated: entry.properties.map { .init($0, secrecy) },
        children: entry.children.map {
          Child(list: $0.list, path: $0.path, key: $0.key, status: Wire.Status($0.status))
        },
        properties: isWhole && !entry.layer.isAssumed
          ? Properties(entry.layer.definition).list.map { Property($0, secrecy) }
          : nil
      )
    }.reversed()
  }
}

extension LayersShape.Written {
  fileprivate init(_ operation: Operation) {
    number = operation.number
    title = operation.record.title
    completed = operation.completed.description
  }
}

extension LayersShape.Draft {
  fileprivate init?(
    _ id: ComponentID,
    state: InstalledState,
    kind: ComponentKind,
    written: Operation?
  ) {
    guard let draft = state.drafts[id] else { return nil }
    publisher = draft.publisher.text
    hash = draft.definition.hash.description
    operation = written.map { LayersShape.Written($0) }
    wouldChange = state.publishingChanges(id, kind.merge)
  }
}

extension InstalledState {
  /// What publishing a draft would change of what is in effect.
  func publishingChanges(_ id: ComponentID, _ merge: MergeBehavior) -> [DiffShape.Property] {
    guard drafts[id] != nil, let stack = stacks[id], let drafted = drafted(id),
      stack.layers.contains(where: { !$0.isAssumed })
    else { return [] }
    return PropertyChanges.between(stack.effective(merge), drafted.effective(merge)).map {
      DiffShape.Property($0, Secrecy(id, in: self))
    }
  }
}
