/// What became of the components of a package that overwrites unmanaged customizations (LC-310).
struct Overwriting {
  /// Their unmanaged layer says now what the package says.
  var replaced: [ComponentID] = []
  /// Their layers merge, so that their unmanaged layer stays.
  var merging: [ComponentID] = []
  /// Managed layers of others lie above, so that the option does not affect what unmanaged work says of them.
  var spared: [(id: ComponentID, by: [SolutionName])] = []
  /// The same of components without unmanaged work, which show what lies above.
  var hidden: [(id: ComponentID, by: [SolutionName])] = []
}

extension Planner {
  /// LC-310: what the package says also goes into the active layer, where there is one and neither merges nor lies above
  /// what others say.
  mutating func overwrite(
    _ component: Component,
    over stack: LayerStack?,
    by solution: InstalledSolution,
    _ overwriting: inout Overwriting
  ) {
    guard options.overwritesCustomizations, solution.isManaged else { return }
    let (id, active) = (component.id, stack?.layer(of: .active))
    let hasDraft = state.drafts[id] != nil
    let merge = kinds[id.type].merge
    guard !merge.isElementwise else {
      if active != nil || hasDraft { overwriting.merging.append(id) }
      return
    }
    let others = others(above: solution, on: id)
    guard others.isEmpty else {
      if active != nil || hasDraft {
        overwriting.spared.append((id, others))
      } else if state.stacks[id]?.effective(merge) != .stated(component.definition) {
        overwriting.hidden.append((id, others))
      }
      return
    }
    // Managed properties are the owner's (LY-1302).
    let stated = component.definition.without(kinds[id.type].managedProperties)
    let layer = active.map {
      Layer(
        solution: .active,
        publisher: $0.publisher,
        rank: .active,
        component: component.with(stated, at: component.location)
      )
    }
    guard hasDraft || layer != nil else { return }
    guard hasDraft || active?.definition != stated else { return }
    if let layer, layer.definition != active?.definition { perform(.putLayer(layer)) }
    // Published later, it would bring back what is overwritten.
    if hasDraft { perform(.removeLayer(id, .draft)) }
    overwriting.replaced.append(id)
    touch(id, solution.name, Reason("unmanaged customizations are overwritten", rule: "LC-310"))
  }

  /// Managed layers above that of a solution, topmost first; its own patches and pending upgrade are no others.
  private func others(above solution: InstalledSolution, on id: ComponentID) -> [SolutionName] {
    let above = (state.stacks[id]?.above(solution.name) ?? []).filter {
      $0.rank.isManaged && family(of: $0.solution) != family(of: solution.name)
    }
    return above.reversed().map(\.solution)
  }

  mutating func report(_ overwriting: Overwriting, of package: SolutionPackage) {
    func listed(_ names: [SolutionName]) -> String {
      names.map(\.text).joined(separator: ", ")
    }
    let lines =
      overwriting.replaced.map { "\(subject($0)): overwritten" }
      + overwriting.merging.map {
        "\(subject($0)): its customizations stay, since its layers merge"
      }
      + overwriting.spared.map { id, by in
        "\(subject(id)): its customizations stay, since \(listed(by)) lies above"
      }
      + overwriting.hidden.map { id, by in "\(subject(id)): stays hidden behind \(listed(by))" }
    guard !lines.isEmpty else { return }
    findings.append(
      Finding(
        .info,
        .overwritten,
        rule: "LC-310",
        subject: package.name.text,
        overwriting.sentence,
        because: lines
      )
    )
  }
}

extension Overwriting {
  fileprivate var sentence: String {
    func parts(_ count: Int) -> String { "\(count) component\(count == 1 ? "" : "s")" }
    var sentences: [String] = []
    let stay = merging.count + spared.count
    if !replaced.isEmpty || stay == 0 {
      sentences.append("unmanaged customizations of \(parts(replaced.count)) are overwritten")
    }
    if stay > 0 {
      let why = [
        merging.isEmpty ? nil : "since their layers merge",
        spared.isEmpty ? nil : "since other managed solutions lie above",
      ].compactMap { $0 }.joined(separator: " or ")
      sentences.append("unmanaged customizations of \(parts(stay)) stay, \(why)")
    }
    if !hidden.isEmpty {
      sentences.append(
        "\(parts(hidden.count)) stay\(hidden.count == 1 ? "s" : "") hidden behind managed layers of other solutions"
      )
    }
    return sentences.joined(separator: "; ")
  }
}
