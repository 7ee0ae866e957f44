/// What an environment holds, as a value: solutions, and for each component its stack of layers.
package struct InstalledState: Equatable, Sendable {
  /// Identity of the environment; "packages" for a state built from packages alone.
  package var environment: String
  /// Counts applied plans.
  package var revision: Int
  package var publishers: [PublisherName: Publisher]
  package var solutions: [SolutionName: InstalledSolution]
  package var stacks: [ComponentID: LayerStack]
  /// What unmanaged work says of components and is not published; beside the stacks, so that no rule of layering sees it.
  package var drafts: [ComponentID: Layer]
  /// What belongs to the environment and not to a definition.
  package var settings: [ComponentID: Setting]
  /// Whether unmanaged work is refused (E-6).
  package var blocksUnmanaged = false
  /// What makes digests of its secrets; nil for packages alone.
  package var seal: Seal?
  /// Which values tables and columns have; only where a plan leads back to a former state.
  package var incarnations: [ComponentID: Incarnation]
  /// What a live environment told, where packages and that are put together; nil for all other states.
  package var facts: FactsIndex?

  /// Whether it is made of packages alone, and no environment stands behind it.
  package var isOfPackages: Bool { environment == Self.packages }

  package static let packages = "packages"

  package init(environment: String = Self.packages, revision: Int = 0) {
    self.environment = environment
    self.revision = revision
    publishers = [:]
    solutions = [:]
    stacks = [:]
    drafts = [:]
    settings = [:]
    incarnations = [:]
  }

  package func patches(of name: SolutionName) -> [InstalledSolution] {
    solutions.values.filter { $0.parent == name }.sorted { $0.version < $1.version }
  }

  /// Whether a solution is a patch of one that lists the component.
  func isOfBase(_ id: ComponentID, of solution: InstalledSolution) -> Bool {
    solution.parent.flatMap { solutions[$0] }?.members.contains(id) == true
  }

  package func holding(of name: SolutionName) -> InstalledSolution? {
    solutions[name.holding].flatMap { $0.role == .holding(of: name) ? $0 : nil }
  }

  /// The block of the next first installation, above all others (LY-201).
  package var nextBlock: Int { (solutions.values.map(\.block).max() ?? 0) + 1 }

  /// Components by the component they are a part of.
  package func parts() -> [ComponentID: [ComponentID]] {
    var parts: [ComponentID: [ComponentID]] = [:]
    for (id, stack) in stacks {
      if let parent = stack.top.component.parent { parts[parent, default: []].append(id) }
    }
    for (id, draft) in drafts where stacks[id] == nil {
      if let parent = draft.component.parent { parts[parent, default: []].append(id) }
    }
    return parts
  }
}
