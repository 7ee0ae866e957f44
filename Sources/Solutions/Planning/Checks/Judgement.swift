internal import XML

extension Planner {
  /// Judges a definition against what is there: changes that the platform refuses, or that people should know of.
  mutating func judge(
    _ component: Component,
    over stack: LayerStack,
    own: Layer?,
    kind: ComponentKind,
    solution: InstalledSolution
  ) {
    if solution.isManaged, !stack.isManaged { convert(component, kind: kind, solution: solution) }
    let before = own?.definition ?? stack.effective(kind.merge).definition
    if before == Assumed.definition { return }
    switch kind.type {
    case .number(1): judgeTable(component, before)
    case .number(2):
      judgeColumn(component, before)
      judgeLength(component, over: stack, kind: kind, solution: solution)
      judgeStatus(component, before)
    case .number(10): judgeRelationship(component, before)
    case .number(29) where own == nil: judgeProcess(component, before, stack)
    case .number(14): judgeKey(component, before)
    case .number(60): judgeForm(component, stack, own: own, solution: solution)
    default: break
    }
  }

  // MARK: Columns

  private mutating func judgeColumn(_ component: Component, _ before: Definition) {
    let (old, new) = (before.element, component.definition.element)
    if let oldType = old.text(of: "Type"), let newType = new.text(of: "Type"), oldType != newType {
      let isRemade = old.text(of: "IntroducedVersion") != new.text(of: "IntroducedVersion")
      tell(
        ColumnTypeChanged(
          column: named(component),
          before: oldType,
          after: newType,
          isRemade: isRemade
        ),
        at: component.location
      )
      return
    }
    if let oldName = old.attribute("PhysicalName"), let newName = new.attribute("PhysicalName"),
      oldName != newName
    {
      tell(
        ColumnCasing(column: NamedComponent(component, kinds), before: oldName, after: newName),
        at: component.location
      )
    }
  }

  /// Only what takes effect can cut anything.
  private mutating func judgeLength(
    _ component: Component,
    over stack: LayerStack,
    kind: ComponentKind,
    solution: InstalledSolution
  ) {
    var after = stack
    after.put(
      Layer(
        solution: solution.isManaged ? solution.name : .active,
        publisher: solution.publisher,
        rank: rank(of: solution, on: stack),
        component: component
      )
    )
    func length(_ stack: LayerStack) -> Int? {
      stack.effective(kind.merge).definition.element.text(of: "MaxLength").flatMap { Int($0) }
    }
    guard let oldLength = length(stack), let newLength = length(after), newLength < oldLength else {
      return
    }
    tell(
      ColumnShortened(column: named(component), before: oldLength, after: newLength),
      at: component.location
    )
  }

  /// LY-907: a status reason that a state falls back to cannot go.
  private mutating func judgeStatus(_ component: Component, _ before: Definition) {
    guard let old = Choices.list(of: before), old.name == "statuses",
      let new = Choices.list(of: component.definition), let table = component.parent
    else { return }
    let kept = Set(new.children.compactMap { $0.attribute("value") })
    let states = state.stacks[.attribute(table.key, "statecode")]?.top.definition
    let defaults = states.flatMap { Choices.list(of: $0) }.map { Array($0.children) } ?? []
    for value in old.children.compactMap({ $0.attribute("value") }) where !kept.contains(value) {
      guard defaults.contains(where: { $0.attribute("defaultstatus") == value }) else { continue }
      tell(DefaultStatusDeleted(column: named(component), value: value), at: component.location)
    }
  }

  /// The columns of a key are fixed (layers.md §4).
  private mutating func judgeKey(_ component: Component, _ before: Definition) {
    func columns(_ definition: Definition) -> Set<String> {
      Set(definition.element.descendants("AttributeName").map { $0.text.lowercased() })
    }
    let (old, new) = (columns(before), columns(component.definition))
    guard old != new else { return }
    tell(
      KeyColumnsChanged(key: named(component.id), before: old.sorted(), after: new.sorted()),
      at: component.location
    )
  }

  // MARK: Relationships

  private mutating func judgeRelationship(_ component: Component, _ before: Definition) {
    let fixed = [
      "EntityRelationshipType", "ReferencingEntityName", "ReferencedEntityName",
      "ReferencingAttributeName", "FirstEntityName", "SecondEntityName", "IntersectEntityName",
    ]
    let (old, new) = (before.element, component.definition.element)
    let moved = fixed.filter {
      old.text(of: $0)?.lowercased() != new.text(of: $0)?.lowercased()
    }
    guard !moved.isEmpty else { return }
    tell(
      RelationshipRedirected(
        relationship: named(component),
        moved: moved.map {
          "\($0): \(old.text(of: $0) ?? "none") → \(new.text(of: $0) ?? "none")"
        }
      ),
      at: component.location
    )
  }

  // MARK: Forms and conversion

  /// LY-526: a full form from someone who does not own it cannot take anything away.
  private mutating func judgeForm(
    _ component: Component,
    _ stack: LayerStack,
    own: Layer?,
    solution: InstalledSolution
  ) {
    guard own == nil, solution.isManaged, stack.base.rank.isManaged,
      stack.base.publisher != solution.publisher, !component.definition.isDifference
    else { return }
    tell(
      FullFormFromOther(
        form: NamedComponent(component, kinds),
        solution: solution.name,
        owner: stack.base.publisher
      ),
      at: component.location
    )
  }

  /// C-3: the managed layer slides under the unmanaged definition, which becomes an active layer over it.
  private mutating func convert(
    _ component: Component,
    kind: ComponentKind,
    solution: InstalledSolution
  ) {
    let isUnlayered = kind.type == .number(46) || kind.type == .number(47)
    let content: any FindingContent =
      isUnlayered
      ? UnlayeredExists(component: named(component))
      : ConvertedToManaged(component: named(component))
    tell(content, at: component.location)
  }
}
