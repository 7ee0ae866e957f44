extension Planner {
  /// LY-1303: a value of the owner that allows less than the one in force is passed over, and the rest is taken.
  ///
  /// - Parameter ignored: grows by what was passed over.
  func loosened(
    _ component: Component,
    over stack: LayerStack?,
    by solution: InstalledSolution,
    ignored: inout [RestrictionIgnored.Ignored]
  ) -> Component {
    guard solution.isManaged, let stack,
      let properties = ManagedProperties(stack, kinds[component.id.type].managedProperties),
      properties.owner == solution.publisher
    else { return component }
    let stricter = properties.differing(in: component.definition).filter(\.inForce)
    guard !stricter.isEmpty else { return component }
    ignored.append(
      RestrictionIgnored.Ignored(
        component: named(component),
        properties: stricter.map(\.property.name)
      )
    )
    let definition = stricter.reduce(component.definition) {
      $0.setting($1.property, to: true)
    }
    return component.with(definition)
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
      tell(
        OnlyOwner(
          component: named(component),
          owner: properties.owner,
          changer: Changer(solution),
          differing: differing.map {
            OnlyOwner.Differing(property: $0.property.name, inForce: $0.inForce)
          }
        ),
        at: component.location
      )
    }
    let closed = properties.forbidding {
      let before = own?.definition ?? stack.effective(kind.merge).definition
      return PropertyChanges.between(before, component.definition).map(\.path)
    }
    guard !closed.isEmpty else { return }
    let change = ForbiddenChange(
      component: named(component),
      owner: properties.owner,
      changer: Changer(solution),
      closed: closed.map(\.name)
    )
    let content: any FindingContent =
      if isPublishing {
        PublishForbidden(change: change)
      } else if solution.name == .active {
        UpdateForbidden(change: change)
      } else if closed.count == 1 {
        ManagedPropertyClosed(change: change)
      } else {
        ManagedPropertiesClosed(change: change)
      }
    tell(content, at: component.location)
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
    let part = ForbiddenPart(
      component: named(component),
      whole: named(whole),
      owner: properties.owner,
      changer: Changer(solution),
      closed: closed.name
    )
    let content: any FindingContent =
      if isPublishing {
        PublishPartForbidden(part: part)
      } else if solution.name == .active {
        CreateForbidden(part: part)
      } else {
        PartForbidden(part: part)
      }
    tell(content, at: component.location)
  }
}
