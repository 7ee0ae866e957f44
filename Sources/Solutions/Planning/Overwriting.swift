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
    let merge = kinds[component.id.type].merge
    let hasDraft = state.drafts[component.id] != nil
    if hasDraft, merge.isElementwise { return overwriting.merging.append(component.id) }
    let reason = Reason("unmanaged customizations are overwritten", rule: "LC-310")
    if hasDraft {
      // Published later, it would bring back what is overwritten.
      perform(.removeLayer(component.id, .draft))
      touch(component.id, solution.name, reason)
    }
    defer {
      if hasDraft, overwriting.replaced.last != component.id {
        overwriting.replaced.append(component.id)
      }
    }
    guard let stack else { return }
    guard let active = stack.layer(of: .active) else {
      let above = stack.above(solution.name).filter {
        family(of: $0.solution) != family(of: solution.name)
      }
      if !merge.isElementwise, !above.isEmpty,
        state.stacks[component.id]?.effective(merge) != component.definition
      {
        overwriting.hidden.append((component.id, above.reversed().map(\.solution)))
      }
      return
    }
    guard !merge.isElementwise else { return overwriting.merging.append(component.id) }
    guard active.definition != component.definition else { return }
    perform(
      .putLayer(
        Layer(
          solution: .active,
          publisher: active.publisher,
          rank: .active,
          component: component
        )
      )
    )
    overwriting.replaced.append(component.id)
    touch(component.id, solution.name, reason)
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
