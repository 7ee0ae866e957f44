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
    case .entity: judgeTable(component, before)
    case .attribute:
      judgeColumn(component, before)
      judgeLength(component, over: stack, kind: kind, solution: solution)
      judgeStatus(component, before)
    case .entityRelationship: judgeRelationship(component, before)
    case .workflow where own == nil: judgeProcess(component, before, stack)
    case .entityKey: judgeKey(component, before)
    case .systemForm: judgeForm(component, stack, own: own, solution: solution)
    default: break
    }
  }

  // MARK: Columns

  private mutating func judgeColumn(_ component: Component, _ before: Definition) {
    let (old, new) = (before.element, component.definition.element)
    let subject = "Attribute:\(component.name)"
    if let oldType = old.text(of: "Type"), let newType = new.text(of: "Type"), oldType != newType {
      let isRemade = old.text(of: "IntroducedVersion") != new.text(of: "IntroducedVersion")
      findings.append(
        Finding(
          .error,
          .columnType,
          rule: "lifecycle §5",
          .inferred,
          subject: subject,
          "the type of \(spoken(component.id)) changes from \(oldType) to \(newType) under the same name",
          because: [
            "a column's type is fixed when it is created",
            isRemade
              ? "IntroducedVersion changes too: the author deleted the column and made it anew"
              : "IntroducedVersion is the same",
          ],
          remedy:
            "in two steps: release a version without the column (its data goes), then one with the new type; "
            + "or give the new column another name",
          at: component.location
        )
      )
      return
    }
    if let oldName = old.attribute("PhysicalName"), let newName = new.attribute("PhysicalName"),
      oldName != newName
    {
      findings.append(
        Finding(
          .info,
          .columnNameCasing,
          rule: "PF-420",
          .inferred,
          subject: subject,
          "the name is spelled \(newName), before \(oldName); case has no meaning here",
          at: component.location
        )
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
    findings.append(
      Finding(
        .warning,
        .columnShortened,
        rule: "lifecycle §5",
        .inferred,
        subject: "Attribute:\(component.name)",
        "the maximum length of \(spoken(component.id)) is cut from \(oldLength) to \(newLength)",
        because: [
          "stored text stays as it is; longer values are refused when they are written again"
        ],
        at: component.location,
        asking: [.longer(than: newLength, in: component.id)]
      )
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
      findings.append(
        Finding(
          .error,
          .defaultStatus,
          rule: "LY-907",
          subject: "Attribute:\(component.name)",
          "the status reason \(value) is the default of a state and cannot be deleted",
          because: ["\(spoken(component.id)) no longer lists it"],
          remedy: "keep it, or make another status reason the default first",
          at: component.location
        )
      )
    }
  }

  /// The columns of a key are fixed (layers.md §4).
  private mutating func judgeKey(_ component: Component, _ before: Definition) {
    func columns(_ definition: Definition) -> Set<String> {
      Set(definition.element.descendants("AttributeName").map { $0.text.lowercased() })
    }
    let (old, new) = (columns(before), columns(component.definition))
    guard old != new else { return }
    findings.append(
      Finding(
        .warning,
        .keyColumns,
        rule: "LY-401",
        .inferred,
        subject: subject(component.id),
        "the columns of \(spoken(component.id)) change from \(old.sorted().joined(separator: ", ")) to "
          + new.sorted().joined(separator: ", "),
        because: [
          "a key's columns are fixed: it is deleted and made anew, and its index is built again"
        ],
        at: component.location
      )
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
    findings.append(
      Finding(
        .error,
        .relationshipRedirected,
        rule: "corpus-findings §6",
        .inferred,
        subject: "EntityRelationship:\(component.name)",
        "\(spoken(component.id)) is redirected under the same name",
        because: moved.map {
          "\($0): \(old.text(of: $0) ?? "none") → \(new.text(of: $0) ?? "none")"
        },
        remedy:
          "in two steps: release a version without the relationship and its column, then one with the new; "
          + "or give the new one another name",
        at: component.location
      )
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
    findings.append(
      Finding(
        .warning,
        .fullFormFromOther,
        rule: "LY-526",
        .inferred,
        subject: "SystemForm:\(component.name)",
        "\(solution.name) brings the whole form and \(stack.base.publisher) owns it: what it leaves out stays",
        remedy:
          "export from an environment where the form is managed, so that a difference is written",
        at: component.location
      )
    )
  }

  /// C-3: the managed layer slides under the unmanaged definition, which becomes an active layer over it.
  private mutating func convert(
    _ component: Component,
    kind: ComponentKind,
    solution: InstalledSolution
  ) {
    let isUnlayered = kind.type == .entityMap || kind.type == .attributeMap
    findings.append(
      isUnlayered
        ? Finding(
          .error,
          .overwriteActive,
          rule: "C-3",
          subject: subject(component.id),
          "\(spoken(component.id)) exists unmanaged, and this kind has no unmanaged layer over a managed base",
          remedy: "delete the unmanaged one first",
          at: component.location
        )
        : Finding(
          .warning,
          .convertedToManaged,
          rule: "C-3",
          .inferred,
          subject: subject(component.id),
          "\(spoken(component.id)) exists unmanaged and becomes managed; the unmanaged definition stays on top as "
            + "active layer",
          at: component.location
        )
    )
  }
}
