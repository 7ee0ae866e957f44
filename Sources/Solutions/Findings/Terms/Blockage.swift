/// A component that cannot go, and everything that needs it.
struct Blockage: Equatable, Sendable {
  let component: NamedComponent
  let cause: Dropping.Cause
  /// Why it is to go, the first cause first.
  let derivation: [Phrase]
  let uses: [NamedUse]
  /// Where the new version says that the component now comes from.
  let provider: String?
}

/// A finding about a component that cannot go because others use it.
protocol DeletionRefusal: FindingContent {
  var blockage: Blockage { get }
}

extension DeletionRefusal {
  package var subject: Subject { .component(blockage.component) }

  package var text: Phrase {
    let count = blockage.uses.count
    return "\(blockage.component) cannot be deleted because "
      + "\(count == 1 ? "1 other component references" : "\(count) other components reference") it"
  }

  package var because: [Phrase] {
    blockage.derivation
      + blockage.uses.map { "\($0.user) uses it (\($0.way))" }
  }

  package var isTold: Bool { blockage.uses.contains(where: \.isTold) }

  /// DP-700.
  package var remedies: [Remedy] {
    let own = blockage.cause.solution
    let owners = Set(blockage.uses.map(\.layer)).sorted()
    var ways: [Remedy] = []
    if let provider = blockage.provider {
      ways.append(
        .words("install \(provider) first: the package says that it carries the component")
      )
    }
    for name in owners where name != own {
      switch name {
      case .active: ways.append(.dropReference(in: .activeLayer))
      case .draft: ways.append(.dropReference(in: .draft))
      case .system: ways.append(.words("look in the environment at what uses it"))
      default: ways.append(.upgrade(name, without: .reference))
      }
    }
    if case .removal = blockage.cause.operation, owners.contains(.active) {
      ways.append(.dropReference(in: .activeLayerFirst))
    } else if owners.contains(own) {
      ways.append(.dropReference(in: .sameVersion))
    }
    if case .upgrade = blockage.cause.operation { ways.append(.keepOrUpdate) }
    return ways
  }
}

extension Remedy {
  static let keepOrUpdate: Remedy = .words(
    "keep the component in the package, or import as update, which deletes nothing"
  )
}
