/// What became of the components of a package that overwrites unmanaged customizations (LC-310).
struct Overwriting {
  /// Their unmanaged layer says now what the package says.
  var replaced: [ComponentID] = []
  /// Their layers merge, so that their unmanaged layer stays.
  var merging: [ComponentID] = []
  /// Managed layers of others lie above, which overwriting never touches.
  var hidden: [(id: ComponentID, by: [SolutionName])] = []
}

extension Planner {
  /// LC-310: what the package says also goes into the active layer, where there is one and nothing merges.
  mutating func overwrite(
    _ component: Component,
    over stack: LayerStack?,
    by solution: InstalledSolution,
    _ overwriting: inout Overwriting
  ) {
    guard options.overwritesCustomizations, solution.isManaged else { return }
    let (id, active) = (component.id, stack?.layer(of: .active))
    let hasDraft = state.drafts[id] != nil
    guard !kinds[id.type].merge.isElementwise else {
      if active != nil || hasDraft { overwriting.merging.append(id) }
      return
    }
    let layer = active.map {
      Layer(solution: .active, publisher: $0.publisher, rank: .active, component: component)
    }
    guard hasDraft || layer != nil else {
      return note(hidden: component, in: stack, by: solution, &overwriting)
    }
    guard hasDraft || active?.definition != component.definition else { return }
    if let layer, layer.definition != active?.definition { perform(.putLayer(layer)) }
    // Published later, it would bring back what is overwritten.
    if hasDraft { perform(.removeLayer(id, .draft)) }
    overwriting.replaced.append(id)
    touch(id, solution.name, Reason("unmanaged customizations are overwritten", rule: "LC-310"))
  }

  private func note(
    hidden component: Component,
    in stack: LayerStack?,
    by solution: InstalledSolution,
    _ overwriting: inout Overwriting
  ) {
    let above = (stack?.above(solution.name) ?? []).filter {
      family(of: $0.solution) != family(of: solution.name)
    }
    let inEffect = state.stacks[component.id]?.effective(kinds[component.id.type].merge)
    guard !above.isEmpty, inEffect != component.definition else { return }
    overwriting.hidden.append((component.id, above.reversed().map(\.solution)))
  }

  mutating func report(_ overwriting: Overwriting, of package: SolutionPackage) {
    let lines =
      overwriting.replaced.map { "\(subject($0)): overwritten" }
      + overwriting.merging.map {
        "\(subject($0)): its customizations stay, since its layers merge"
      }
      + overwriting.hidden.map { id, by in
        "\(subject(id)): stays hidden behind \(by.map(\.text).joined(separator: ", "))"
      }
    guard !lines.isEmpty else { return }
    findings.append(
      Finding(
        .info,
        .overwritten,
        rule: "LC-310",
        subject: package.name.text,
        "unmanaged customizations of \(overwriting.replaced.count) components are overwritten; "
          + "those of \(overwriting.merging.count) stay, and \(overwriting.hidden.count) components stay hidden "
          + "behind managed layers of other solutions",
        because: lines
      )
    )
  }
}
