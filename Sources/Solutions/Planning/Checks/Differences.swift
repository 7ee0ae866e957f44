internal import XML

extension Planner {
  /// Judges what only says how it differs: whether its base can be there, and whether its ids are its own.
  ///
  /// A site map that is no difference leads somewhere.
  mutating func judgeDifference(
    _ component: Component,
    over stack: LayerStack?,
    kind: ComponentKind,
    solution: InstalledSolution
  ) {
    switch kind.type {
    case .number(60) where component.definition.isDifference:
      judgeBase(of: component, stack, solution)
    case .number(50), .number(55): judgeRibbon(component, over: stack, solution)
    case .number(62) where !component.definition.isDifference: judgeSiteMap(component)
    case .number(62) where !solution.isManaged: judgeUnmanagedSiteMap(component, solution)
    default: break
    }
  }

  /// A difference makes no form (LY-504), and turns none managed (LY-533).
  private mutating func judgeBase(
    of form: Component,
    _ stack: LayerStack?,
    _ solution: InstalledSolution
  ) {
    if let stack {
      guard solution.isManaged, !stack.isManaged else { return }
      return tell(UnmanagedForm(form: named(form.id), solution: solution.name), at: form.location)
    }
    // Forms of the platform's own tables, and of tables that are not known here, may well be there.
    guard let table = form.parent, !SystemBaseline.contains(table),
      state.stacks[table]?.base.isAssumed == false, !options.assumesPresent
    else { return }
    tell(
      FullFormNeeded(
        form: NamedComponent(form, kinds),
        table: named(table),
        solution: solution.name,
        isStrict: options.isStrict
      ),
      at: form.location
    )
  }

  private mutating func judgeSiteMap(_ map: Component) {
    guard map.definition.element.descendants("Area").isEmpty else { return }
    tell(EmptySiteMap(map: NamedComponent(map, kinds)), at: map.location)
  }

  /// LY-606: an unmanaged export writes the whole site map.
  private mutating func judgeUnmanagedSiteMap(_ map: Component, _ solution: InstalledSolution) {
    tell(
      FullSiteMapNeeded(map: NamedComponent(map, kinds), solution: solution.name),
      at: map.location
    )
  }

  // MARK: Ribbons

  /// Ids of a ribbon's elements are its own, and short (LY-703).
  private mutating func judgeRibbon(
    _ ribbon: Component,
    over stack: LayerStack?,
    _ solution: InstalledSolution
  ) {
    let ids = ribbon.definition.ribbonIDs
    var seen: Set<String> = []
    for id in ids where !seen.insert(id).inserted {
      tell(RibbonIDTwice(ribbon: NamedComponent(ribbon, kinds), id: id), at: ribbon.location)
    }
    for id in seen.sorted() where id.utf8.count > 128 {
      tell(RibbonIDTooLong(ribbon: NamedComponent(ribbon, kinds), id: id), at: ribbon.location)
    }
    for layer in stack?.layers ?? []
    where layer.publisher != solution.publisher && layer.rank.isManaged {
      let both = Set(layer.definition.ribbonIDs).intersection(seen).sorted()
      guard !both.isEmpty else { continue }
      tell(
        RibbonIDShared(
          ribbon: NamedComponent(ribbon, kinds),
          solution: layer.solution,
          publisher: layer.publisher,
          ids: both
        ),
        at: ribbon.location
      )
    }
  }
}

extension Definition {
  /// `Name id` of a ribbon's elements, in document order; hiding something is nobody's own.
  fileprivate var ribbonIDs: [String] {
    let names: Set<String> = [
      "CustomAction", "CommandDefinition", "TabDisplayRule", "DisplayRule", "EnableRule",
      "LocLabel",
    ]
    let lists: Set<String> = [
      "CustomActions", "CommandDefinitions", "TabDisplayRules", "DisplayRules", "EnableRules",
      "LocLabels",
    ]
    // A command names the rules that it uses by elements of the same names.
    let outer =
      Array(element.children) + (element.child("RuleDefinitions").map { Array($0.children) } ?? [])
    return outer.filter { lists.contains($0.name) }.flatMap { Array($0.children) }
      .filter { names.contains($0.name) }
      .compactMap { child in child.attribute("Id").map { "\(child.name) \($0)" } }
  }
}
