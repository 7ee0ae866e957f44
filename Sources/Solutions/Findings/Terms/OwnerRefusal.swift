/// Who changes a component.
enum Changer: Hashable, Sendable {
  case managed(SolutionName, PublisherName)
  case unmanaged(SolutionName)
  case unmanagedWork

  init(_ solution: InstalledSolution) {
    self =
      solution.isManaged
      ? .managed(solution.name, solution.publisher)
      : solution.name == .active ? .unmanagedWork : .unmanaged(solution.name)
  }

  var phrase: Phrase {
    switch self {
    case .managed(let name, let publisher): "solution \(name) of publisher \(publisher)"
    case .unmanaged(let name): "the unmanaged solution \(name)"
    case .unmanagedWork: "unmanaged work"
    }
  }
}

/// A change that the owner of a component does not allow.
struct ForbiddenChange: Equatable, Sendable {
  let component: NamedComponent
  let owner: PublisherName
  let changer: Changer
  /// Managed properties that forbid it.
  let closed: [String]
}

/// A finding about a change that the owner does not allow.
protocol OwnerRefusal: FindingContent {
  var change: ForbiddenChange { get }
}

extension OwnerRefusal {
  /// LY-1304 where the master switch is off.
  package var rule: Rule {
    change.closed.contains { $0.lowercased() == "iscustomizable" } ? "LY-1304" : Self.kind.rule
  }

  package var subject: Subject { .component(change.component) }

  package var text: Phrase {
    "\(change.component) cannot be changed by \(change.changer.phrase): its owner \(change.owner) does not allow it"
  }

  package var because: [Phrase] { change.closed.map { "\($0) is false" } }

  package var remedies: [Remedy] {
    [
      .words("leave it out"),
      .words("ask \(change.owner) for a version that allows the change"),
    ]
  }
}

/// A part that the owner of a table does not let others add.
struct ForbiddenPart: Equatable, Sendable {
  let component: NamedComponent
  let whole: NamedComponent
  let owner: PublisherName
  let changer: Changer
  /// The managed property that forbids it.
  let closed: String
}

/// A finding about a part that cannot be added.
protocol NewPartRefusal: FindingContent {
  var part: ForbiddenPart { get }
}

extension NewPartRefusal {
  package var subject: Subject { .component(part.component) }

  package var text: Phrase {
    "\(part.changer.phrase) cannot add \(part.component.title) \(part.component.name ?? part.component.id.key) to "
      + "\(part.whole): its owner \(part.owner) does not allow it"
  }

  package var because: [Phrase] { ["\(part.closed) is false"] }

  package var remedies: [Remedy] {
    [.words("leave it out"), .words("ask \(part.owner) for a version that allows it")]
  }
}
