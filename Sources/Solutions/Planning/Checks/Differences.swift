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
    case .systemForm where component.definition.isDifference:
      judgeBase(of: component, stack, solution)
    case .ribbonCustomization, .ribbonDiff: judgeRibbon(component, over: stack, solution)
    case .siteMap where !component.definition.isDifference: judgeSiteMap(component)
    case .siteMap where !solution.isManaged: judgeUnmanagedSiteMap(component, solution)
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
      return findings.append(
        Finding(
          .error,
          .unmanagedForm,
          rule: "LY-533",
          subject: subject(form.id),
          "\(spoken(form.id)) is unmanaged here, and \(solution.name) brings only a difference to it",
          remedy: "import a package with the whole form, or delete the unmanaged form first",
          at: form.location
        )
      )
    }
    // Forms of the platform's own tables, and of tables that are not known here, may well be there.
    guard let table = form.parent, !SystemBaseline.contains(table),
      state.stacks[table]?.base.isAssumed == false, !options.assumesPresent
    else { return }
    findings.append(
      Finding(
        options.isStrict ? .error : .warning,
        .fullFormNeeded,
        rule: "LY-504",
        subject: "SystemForm:\(form.name)",
        "\(solution.name) brings a difference to a form of \(spoken(table)) that is not here: full formXml is expected "
          + "to create a form",
        remedy: "install the solution that brings the form first",
        at: form.location
      )
    )
  }

  private mutating func judgeSiteMap(_ map: Component) {
    guard map.definition.element.descendants("Area").isEmpty else { return }
    findings.append(
      Finding(
        .error,
        .emptySiteMap,
        rule: "LY-606",
        subject: "SiteMap:\(map.name)",
        "the site map \(map.displayName ?? map.name) has no area",
        remedy: "export it with its areas, or leave it out of the package",
        at: map.location
      )
    )
  }

  /// LY-606: an unmanaged export writes the whole site map.
  private mutating func judgeUnmanagedSiteMap(_ map: Component, _ solution: InstalledSolution) {
    findings.append(
      Finding(
        .error,
        .fullSiteMapNeeded,
        rule: "LY-606",
        subject: "SiteMap:\(map.name)",
        "\(solution.name) is unmanaged and brings only a difference to the site map \(map.displayName ?? map.name): "
          + "the full siteMapXml is expected",
        remedy: "export it unmanaged, or import the managed package",
        at: map.location
      )
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
      findings.append(
        ribbonFinding(
          .error,
          .duplicateRibbonID,
          ribbon,
          "two elements of the ribbon have the id \(id)"
        )
      )
    }
    for id in seen.sorted() where id.utf8.count > 128 {
      findings.append(
        ribbonFinding(.error, .ribbonIDTooLong, ribbon, "the id \(id) has more than 128 characters")
      )
    }
    for layer in stack?.layers ?? []
    where layer.publisher != solution.publisher && layer.rank.isManaged {
      let both = Set(layer.definition.ribbonIDs).intersection(seen).sorted()
      guard !both.isEmpty else { continue }
      findings.append(
        ribbonFinding(
          .warning,
          .duplicateRibbonID,
          ribbon,
          "\(layer.solution) of \(layer.publisher) has elements with the same ids; of each the higher layer's shows",
          because: both
        )
      )
    }
  }

  private func ribbonFinding(
    _ severity: Finding.Severity,
    _ code: Code,
    _ ribbon: Component,
    _ message: String,
    because: [String] = []
  ) -> Finding {
    Finding(
      severity,
      code,
      rule: "LY-703",
      .inferred,
      subject: "\(kinds[ribbon.id.type].name):\(ribbon.name)",
      message,
      because: because,
      remedy: "give the elements ids that begin with the publisher's prefix",
      at: ribbon.location
    )
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
