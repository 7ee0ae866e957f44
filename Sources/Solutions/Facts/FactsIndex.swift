/// Facts, to be looked up by what packages call a component.
///
/// A class only so that states that share it copy nothing: it never changes.
package final class FactsIndex: Sendable {
  package let facts: Facts
  private let places: [ComponentID: Int]
  private let objects: [Facts.Object: Int]
  private let users: [Facts.Object: [Facts.Use]]
  private let solutions: [SolutionName: Facts.Solution]
  private let members: [SolutionName: Set<ComponentID>]
  /// How many of what a solution lists have no name here.
  private let unnamed: [SolutionName: Int]
  /// Whether all solutions are told, with all that they list.
  private let isListedWhole: Bool
  /// Kinds of what has no name here, as the environment numbers them.
  private let unnamedTypes: Set<Int>
  private let since: Since

  /// What was done since, in an environment that was made of what was told.
  package struct Since: Sendable {
    package static let nothing = Since(written: [], new: [])

    /// Components of which something has been said anew, or no longer.
    let written: Set<ComponentID>
    /// Those among them that were not there.
    let new: Set<ComponentID>

    package init(written: Set<ComponentID>, new: Set<ComponentID>) {
      self.written = written
      self.new = new
    }
  }

  package convenience init(_ facts: Facts) { self.init(facts, since: .nothing) }

  package init(_ facts: Facts, since: Since) {
    self.facts = facts
    self.since = since
    unnamedTypes = Set(facts.components.filter { $0.id == nil }.map(\.object.type))
    places = Dictionary(
      facts.components.enumerated().compactMap { index, component in
        component.id.map { ($0, index) }
      }
    ) { first, _ in first }
    objects = Dictionary(
      facts.components.enumerated().map { ($1.object, $0) }
    ) { first, _ in first }
    users = Dictionary(grouping: facts.uses) { $0.required }
    var members: [SolutionName: Set<ComponentID>] = [:]
    var unnamed: [SolutionName: Int] = [:]
    for component in facts.components {
      for name in component.listings.keys {
        if let id = component.id {
          members[name, default: []].insert(id)
        } else {
          unnamed[name, default: 0] += 1
        }
      }
    }
    (self.members, self.unnamed) = (members, unnamed)
    isListedWhole =
      facts.solutions?.allSatisfy { $0.isListed || $0.name.isReserved } ?? false
    solutions = Dictionary((facts.solutions ?? []).map { ($0.name, $0) }) { first, _ in first }
  }

  package func component(_ id: ComponentID) -> Facts.Component? {
    places[id].map { facts.components[$0] }
  }

  package func component(_ object: Facts.Object) -> Facts.Component? {
    objects[object].map { facts.components[$0] }
  }

  package func solution(_ name: SolutionName) -> Facts.Solution? { solutions[name] }

  /// As packages would call it; where the environment gave no name, by its id.
  package func id(of object: Facts.Object) -> ComponentID {
    component(object)?.id ?? ComponentID(.number(object.type), object.id.description)
  }

  /// Whether a solution lists something that has no name here.
  func hasUnnamed(_ name: SolutionName) -> Bool { unnamed(in: name) > 0 }

  func unnamed(in name: SolutionName) -> Int { unnamed[name] ?? 0 }

  /// What a solution lists, as far as it has a name here.
  func members(of name: SolutionName) -> Set<ComponentID> { members[name] ?? [] }

  /// What the environment says uses a component, in a way that stops its deletion.
  func users(of id: ComponentID) -> [ComponentID] {
    guard let component = component(id) else { return [] }
    return Set((users[component.object] ?? []).filter(\.blocks).map { self.id(of: $0.dependent) })
      .sorted()
  }

  /// Why the environment does not say whether a component can go; nil where it does.
  func gap(_ id: ComponentID, _ kinds: ComponentKinds) -> Gap? {
    guard let component = component(id) else {
      return cameLater(id, kinds) ? nil : .unnamed
    }
    guard component.isDeletionTold else { return .uses }
    guard component.layers != nil else { return .layers }
    // Whoever is not listed may have put a part into a table.
    return kinds[id.type].physical == .table && !isListedWhole ? .parts : nil
  }

  /// Whether it came after the facts, so that nobody but packages can use it: not where it may be one that had no name.
  private func cameLater(_ id: ComponentID, _ kinds: ComponentKinds) -> Bool {
    guard since.new.contains(id), isListedWhole, let number = id.type.number else { return false }
    return !unnamedTypes.contains(number)
  }

  /// Whether something has been said of it since.
  func isWritten(_ id: ComponentID) -> Bool { since.written.contains(id) }

  /// What is missing for a deletion to be known.
  enum Gap: Int, CaseIterable, Sendable {
    /// The environment did not name the component.
    case unnamed
    case uses
    case layers
    /// Some solutions are not listed, and may have parts of it.
    case parts
    /// What used it has a layer of which nobody knows what it says.
    case users
  }
}

extension FactsIndex: Equatable {
  package static func == (left: FactsIndex, right: FactsIndex) -> Bool {
    left === right || left.facts == right.facts
  }
}
