package import Solutions

/// What becomes of members of solutions, and of publishers.
extension PlanShape {
  package struct Member: Codable, Sendable {
    package let solution: String
    package let component: ComponentShape
    package let action: Wire.Listing
    /// How much of a root comes along, now or, where it is removed, until now; null where nobody has said it.
    @Nullable package var behavior: Wire.Behavior?
  }

  package struct PublisherChange: Codable, Sendable {
    package struct Side: Codable, Sendable {
      package let displayName: String
      package let prefix: String
      @Nullable package var optionValuePrefix: Count?
    }

    package let uniqueName: String
    @Nullable package var before: Side?
    @Nullable package var after: Side?
  }
}

extension PlanShape.Member {
  init(_ change: Plan.MemberChange, kinds: ComponentKinds) {
    let component = change.component
    solution = change.solution.text
    self.component = ComponentShape(
      component.id,
      name: component.name ?? component.id.key,
      displayName: component.displayName,
      parent: nil,
      kinds: kinds
    )
    action = Wire.Listing(change.action)
    behavior = change.behavior.map { Wire.Behavior($0) }
  }
}

extension PlanShape.PublisherChange {
  init(_ change: Plan.PublisherChange) {
    uniqueName = (change.after ?? change.before)?.name.text ?? ""
    before = change.before.map { Side($0) }
    after = change.after.map { Side($0) }
  }
}

extension PlanShape.PublisherChange.Side {
  init(_ publisher: Publisher) {
    displayName = publisher.displayName
    prefix = publisher.prefix
    optionValuePrefix = publisher.optionValuePrefix.map { Count(counted: $0) }
  }
}
