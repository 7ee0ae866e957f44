/// A solution row of an environment.
package struct InstalledSolution: Equatable, Sendable {
  /// Survives updates and upgrades; a promoted upgrade keeps that of its staged row (LC-131).
  package let id: GUID
  package let name: SolutionName
  package let displayName: String
  package let version: SolutionVersion
  package let isManaged: Bool
  package let publisher: PublisherName
  /// What kind of row it is, beside an ordinary one.
  package let role: Role
  /// Counts first installations; decides where its layers lie (LY-207).
  package let block: Int
  /// Everything it lists, with or without a layer of its own (LC-113, PF-215).
  package let members: Set<ComponentID>
  /// How much of its roots an unmanaged solution lists, as far as somebody has said it; of members alone (LC-110).
  package let behaviors: [ComponentID: RootComponent.Behavior]

  package enum Role: Equatable, Sendable {
    case ordinary
    case patch(of: SolutionName)
    /// A pending upgrade.
    case holding(of: SolutionName)
  }

  package init(
    id: GUID,
    name: SolutionName,
    displayName: String,
    version: SolutionVersion,
    isManaged: Bool,
    publisher: PublisherName,
    role: Role = .ordinary,
    block: Int,
    members: Set<ComponentID>,
    behaviors: [ComponentID: RootComponent.Behavior] = [:]
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.version = version
    self.isManaged = isManaged
    self.publisher = publisher
    self.role = role
    self.block = block
    self.members = members
    self.behaviors = behaviors.filter { members.contains($0.key) }
  }

  package var isPendingUpgrade: Bool {
    if case .holding = role { true } else { false }
  }

  package var parent: SolutionName? {
    guard case .patch(let parent) = role else { return nil }
    return parent
  }

  /// The solution that a patch or a pending upgrade belongs to; itself otherwise.
  package var family: SolutionName {
    switch role {
    case .ordinary: name
    case .patch(let parent), .holding(let parent): parent
    }
  }

  /// Where its layers lie.
  package var rank: LayerRank {
    guard isManaged else { return .active }
    return switch role {
    case .ordinary: .managed(block: block, place: .base)
    case .patch: .managed(block: block, place: .patch(version))
    case .holding: .managed(block: block, place: .holding)
    }
  }

  /// - Parameter behaviors: those of what is no member are dropped.
  package func with(
    name: SolutionName? = nil,
    version: SolutionVersion? = nil,
    displayName: String? = nil,
    role: Role? = nil,
    publisher: PublisherName? = nil,
    members: Set<ComponentID>? = nil,
    behaviors: [ComponentID: RootComponent.Behavior]? = nil
  ) -> InstalledSolution {
    InstalledSolution(
      id: id,
      name: name ?? self.name,
      displayName: displayName ?? self.displayName,
      version: version ?? self.version,
      isManaged: isManaged,
      publisher: publisher ?? self.publisher,
      role: role ?? self.role,
      block: block,
      members: members ?? self.members,
      behaviors: behaviors ?? self.behaviors
    )
  }

  /// What is listed in another way, or only in one of two states of a solution.
  package static func relisted(
    _ old: InstalledSolution?,
    _ new: InstalledSolution?
  ) -> Set<ComponentID> {
    let (was, now) = (old?.behaviors ?? [:], new?.behaviors ?? [:])
    let others = Set(was.keys).union(now.keys).filter { was[$0] != now[$0] }
    return (old?.members ?? []).symmetricDifference(new?.members ?? []).union(others)
  }
}
