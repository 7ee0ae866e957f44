extension Checks {
  /// LY-1302, LY-1305: what the owner has to say when another publisher, or unmanaged work, changes its component.
  static let managedProperties = Check<Statement>("managed properties") { statement, context in
    guard statement.isChange, let stack = statement.stack, stack.isKnown,
      let properties = ManagedProperties(stack, statement.kind.managedProperties),
      !statement.solution.isManaged || properties.owner != statement.solution.publisher
    else { return [] }
    let (own, definition) = (statement.own, statement.component.definition)
    var contents: [any FindingContent] = []
    let differing = properties.differing(in: definition).filter {
      // What stands there already was somebody else's matter.
      own?.definition.flag($0.property) != !$0.inForce
    }
    if !differing.isEmpty, properties.owner != statement.solution.publisher {
      contents.append(
        OnlyOwner(
          component: context.named(statement.component),
          owner: properties.owner,
          changer: Changer(statement.solution),
          differing: differing.map {
            OnlyOwner.Differing(property: $0.property.name, inForce: $0.inForce)
          }
        )
      )
    }
    let closed = properties.forbidding {
      let before = own?.definition ?? stack.effective(statement.kind.merge).definition
      return PropertyChanges.between(before, definition).map(\.path)
    }
    if !closed.isEmpty {
      let change = ForbiddenChange(
        component: context.named(statement.component),
        owner: properties.owner,
        changer: Changer(statement.solution),
        closed: closed.map(\.name)
      )
      contents.append(change.content(of: statement))
    }
    return contents.map { statement.finding($0) }
  }

  /// A table says whether others may add columns, forms, views and charts.
  static let newPart = Check<Statement>("new part") { statement, context in
    guard statement.isChange, statement.stack?.isKnown != true,
      let whole = statement.component.parent, let stack = context.state.stacks[whole],
      let properties = ManagedProperties(stack, context.kinds[whole.type].managedProperties),
      !statement.solution.isManaged || properties.owner != statement.solution.publisher,
      let closed = properties.forbidding(part: statement.component.id.type)
    else { return [] }
    let part = ForbiddenPart(
      component: context.named(statement.component),
      whole: context.named(whole),
      owner: properties.owner,
      changer: Changer(statement.solution),
      closed: closed.name
    )
    return [statement.finding(part.content(of: statement))]
  }
}

extension ForbiddenChange {
  fileprivate func content(of statement: Statement) -> any FindingContent {
    if statement.source == .draft {
      PublishForbidden(change: self)
    } else if statement.solution.name == .active {
      UpdateForbidden(change: self)
    } else if closed.count == 1 {
      ManagedPropertyClosed(change: self)
    } else {
      ManagedPropertiesClosed(change: self)
    }
  }
}

extension ForbiddenPart {
  fileprivate func content(of statement: Statement) -> any FindingContent {
    if statement.source == .draft {
      PublishPartForbidden(part: self)
    } else if statement.solution.name == .active {
      CreateForbidden(part: self)
    } else {
      PartForbidden(part: self)
    }
  }
}
