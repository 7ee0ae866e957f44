extension Planner {
  /// LY-1303: a value of the owner that allows less than the one in force is passed over, and the rest is taken.
  ///
  /// - Parameter ignored: grows by what was passed over, in words.
  func loosened(
    _ component: Component,
    over stack: LayerStack?,
    by solution: InstalledSolution,
    ignored: inout [String]
  ) -> Component {
    guard solution.isManaged, let stack,
      let properties = ManagedProperties(stack, kinds[component.id.type].managedProperties),
      properties.owner == solution.publisher
    else { return component }
    let stricter = properties.differing(in: component.definition).filter(\.inForce)
    guard !stricter.isEmpty else { return component }
    ignored.append(
      "\(subject(component.id)): \(stricter.map(\.property.name).joined(separator: ", "))"
    )
    let definition = stricter.reduce(component.definition) {
      $0.setting($1.property, to: true)
    }
    return component.with(definition)
  }

  mutating func report(ignored: [String], of package: SolutionPackage) {
    guard !ignored.isEmpty else { return }
    findings.append(
      Finding(
        .info,
        .restrictionIgnored,
        rule: "LY-1303",
        subject: package.name.text,
        "stricter managed properties of \(ignored.count == 1 ? "1 component" : "\(ignored.count) components") are ignored: what others were allowed to change "
          + "they may go on changing; the rest of each component is taken",
        because: ignored.sorted()
      )
    )
  }

  /// LY-1302, LY-1305: what the owner has to say when another publisher, or unmanaged work, changes its component.
  mutating func checkManagedProperties(
    _ component: Component,
    over stack: LayerStack?,
    own: Layer?,
    by solution: InstalledSolution,
    isPublishing: Bool = false
  ) {
    let kind = kinds[component.id.type]
    guard let stack, stack.isKnown else {
      return checkNewPart(component, by: solution, isPublishing)
    }
    guard let properties = ManagedProperties(stack, kind.managedProperties),
      !solution.isManaged || properties.owner != solution.publisher
    else { return }
    let differing = properties.differing(in: component.definition).filter {
      // What stands there already was somebody else's matter.
      own?.definition.flag($0.property) != !$0.inForce
    }
    if !differing.isEmpty, properties.owner != solution.publisher {
      findings.append(onlyOwner(component, differing, properties.owner, solution))
    }
    let closed = properties.forbidding {
      let before = own?.definition ?? stack.effective(kind.merge).definition
      return PropertyChanges.between(before, component.definition).map(\.path)
    }
    guard !closed.isEmpty else { return }
    findings.append(
      Finding(
        .error,
        isPublishing
          ? .protectedPublish
          : solution.name == .active
            ? .protectedUpdate : closed.count == 1 ? .managedProperty : .managedProperties,
        rule: closed.contains { $0.name.lowercased() == "iscustomizable" } ? "LY-1304" : "LY-1305",
        subject: subject(component.id),
        "\(spoken(component.id)) cannot be changed by \(changer(solution)): its owner \(properties.owner) does not allow it",
        because: closed.map { "\($0.name) is false" },
        remedy: "leave it out, or ask \(properties.owner) for a version that allows the change",
        at: component.location
      )
    )
  }

  /// A table says whether others may add columns, forms, views and charts.
  private mutating func checkNewPart(
    _ component: Component,
    by solution: InstalledSolution,
    _ isPublishing: Bool
  ) {
    guard let whole = component.parent, let stack = state.stacks[whole],
      let properties = ManagedProperties(stack, kinds[whole.type].managedProperties),
      !solution.isManaged || properties.owner != solution.publisher,
      let closed = properties.forbidding(part: component.id.type)
    else { return }
    findings.append(
      Finding(
        .error,
        isPublishing
          ? .protectedPublish : solution.name == .active ? .protectedCreate : .managedProperty,
        rule: "LY-1305",
        subject: subject(component.id),
        "\(changer(solution)) cannot add \(kinds[component.id.type].title) \(component.name) to \(spoken(whole)): "
          + "its owner \(properties.owner) does not allow it",
        because: ["\(closed.name) is false"],
        remedy: "leave it out, or ask \(properties.owner) for a version that allows it",
        at: component.location
      )
    )
  }

  private func onlyOwner(
    _ component: Component,
    _ differing: [(property: ManagedProperty, inForce: Bool)],
    _ owner: PublisherName,
    _ solution: InstalledSolution
  ) -> Finding {
    Finding(
      .error,
      .onlyOwner,
      rule: "LY-1302",
      subject: subject(component.id),
      "\(changer(solution)) sets managed properties of \(spoken(component.id)), which belongs to \(owner)",
      because: differing.map { property, inForce in
        "\(property.name) is \(inForce) and would be \(!inForce)"
      },
      remedy: solution.name == .active
        ? "leave them as they are; only a solution of \(owner) changes them"
        : "export from an environment with the owner's latest version, so that it says the same",
      at: component.location
    )
  }

  private func changer(_ solution: InstalledSolution) -> String {
    solution.isManaged
      ? "solution \(solution.name) of publisher \(solution.publisher)"
      : solution.name == .active ? "unmanaged work" : "the unmanaged solution \(solution.name)"
  }
}
