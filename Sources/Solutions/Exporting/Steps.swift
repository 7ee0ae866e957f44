extension ComponentKind {
  /// Where components lie below an element: by the names of the elements on the way.
  package final class Steps: Sendable {
    package let children: [String: Steps]
    /// What an element here is; nil for one that only leads to others.
    package let kind: ComponentKind?
    /// Whether several containers of its name may stand side by side, told apart by attributes.
    package let isWrapper: Bool

    init(_ children: [String: Steps], kind: ComponentKind?, isWrapper: Bool) {
      self.children = children
      self.kind = kind
      self.isWrapper = isWrapper
    }

    package static let none = Steps([:], kind: nil, isWrapper: false)

    fileprivate convenience init(
      _ paths: [(path: ArraySlice<String>, kind: ComponentKind, isWrapped: Bool)]
    ) {
      let here = paths.first { $0.path.isEmpty }?.kind
      let below = Dictionary(grouping: paths.filter { !$0.path.isEmpty }) { $0.path.first ?? "" }
      self.init(
        below.mapValues { paths in
          Steps(paths.map { ($0.path.dropFirst(), $0.kind, $0.isWrapped) })
        },
        kind: here,
        isWrapper: paths.contains { $0.path.count == 1 && $0.isWrapped }
      )
    }
  }
}

extension ComponentKinds {
  /// The ways from the root of `customizations.xml` to all places.
  package var steps: ComponentKind.Steps {
    ComponentKind.Steps(
      all.flatMap { kind in
        kind.places.map { place in
          (place.path.split(separator: "/").map(String.init)[...], kind, place.isWrapped)
        }
      }
    )
  }
}
