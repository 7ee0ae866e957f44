extension Plan {
  /// The unmanaged layer of a solution, brought to what a readable file says of it (LY-1150).
  ///
  /// What it leaves out is left as it is; the solution and its publisher are made where they are missing.
  package static func bringing(
    to blueprint: Blueprint,
    on state: InstalledState,
    kinds: ComponentKinds = .standard,
    options: PlanOptions = PlanOptions()
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds, options: options)
    planner.bring(to: blueprint)
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func bring(to blueprint: Blueprint) {
    let name = blueprint.solution
    if let there = state.solutions[name], there.isManaged {
      tell(RestrictedSolution(solution: name))
      return
    }
    let installed = state.solutions[name]
    // The one that lists every component has no row to be changed.
    let isListed = name != .default
    if isListed, installed == nil, !name.isForAuthors { tell(ReservedName(solution: name)) }
    let made = blueprint.made(on: state, kinds: kinds)
    findings += made.findings
    // Names have been looked at where they are said.
    findings += made.package.findings.filter {
      !$0.tells(MissingPrefix.self) && !$0.tells(ReservedName.self)
    }
    guard made.findings.isEmpty else { return }
    if isListed { list(made.package, blueprint, installed) }
    let owner = Self.activeRow(newID(of: .active))
      .with(publisher: made.package.manifest.publisher.name)
    write(made.package, by: owner)
    set(made.settings, blueprint)
    remove(blueprint.removed.filter { state.standing($0) != nil }, by: owner)
    for id in blueprint.removed where before.standing(id) == nil { tellAbsent(id) }
    keepFallbackForms()
    relist(name)
  }

  /// The row of the solution, with what it lists from now on.
  private mutating func list(
    _ package: SolutionPackage,
    _ blueprint: Blueprint,
    _ installed: InstalledSolution?
  ) {
    takePublisher(package.manifest.publisher, blueprint, installed)
    let solution = solution(package, blueprint, installed)
    guard solution != installed else { return }
    if let installed, solution.members != installed.members { tellLock(of: installed) }
    perform(.putSolution(solution))
  }

  /// LC-101, LC-106, LC-107: one that is there is left as it is.
  private mutating func takePublisher(
    _ publisher: Publisher,
    _ blueprint: Blueprint,
    _ installed: InstalledSolution?
  ) {
    let said = blueprint.publisher
    if let installed, let said, said.name != installed.publisher {
      let problem: Phrase =
        "\(installed.name) is a solution of \(installed.publisher), and stays one"
      return tell(problem, said, blueprint)
    }
    guard state.publishers[publisher.name] == nil else {
      if let known = state.publishers[publisher.name] { tellOther(known, than: said, blueprint) }
      return
    }
    let line = Location(file: blueprint.file, line: said?.line ?? 0)
    if said == nil {
      let present = state.publishers.keys.filter { $0 != .system }.sorted()
      tell(
        NoSuchPublisher(solution: blueprint.solution, publisher: publisher.name, present: present)
      )
      return
    }
    if SolutionName(publisher.name.text) == nil {
      tell(InvalidPublisherName(name: publisher.name.text), at: line)
    }
    if !Publisher.isValid(prefix: publisher.prefix) {
      tell(InvalidPrefix(publisher: publisher.name, prefix: publisher.prefix), at: line)
    }
    perform(.putPublisher(publisher))
  }

  /// A publisher that is there has other prefixes than the file says.
  private mutating func tellOther(
    _ known: Publisher,
    than said: Blueprint.PublisherPart?,
    _ blueprint: Blueprint
  ) {
    guard let said else { return }
    if let prefix = said.prefix, prefix != known.prefix.lowercased() {
      tell(
        "the publisher \(known.name) is here with the prefix \(known.prefix), not \(prefix)",
        said,
        blueprint
      )
    }
    if let prefix = said.optionPrefix, let own = known.optionValuePrefix, prefix != own {
      tell(
        "the publisher \(known.name) is here with the option value prefix \(own), not \(prefix)",
        said,
        blueprint
      )
    }
  }

  private mutating func tell(
    _ problem: Phrase,
    _ said: Blueprint.PublisherPart,
    _ blueprint: Blueprint
  ) {
    let content = DescriptionUnsound(
      file: blueprint.file,
      problems: [DescriptionUnsound.Problem(line: said.line, problem: problem)]
    )
    tell(content, at: content.location)
  }

  private func solution(
    _ package: SolutionPackage,
    _ blueprint: Blueprint,
    _ installed: InstalledSolution?
  ) -> InstalledSolution {
    let manifest = package.manifest
    let known = installed?.behaviors ?? [:]
    // Parts of a table that it has with all of them are its own, listed or not.
    let parts = package.components.filter { component in
      !kinds[component.id.type].isListedAlone && state.standing(component.id) != nil
        && component.parent.map { known[$0] == .includeSubcomponents } ?? false
    }
    return InstalledSolution(
      id: installed?.id ?? newID(of: manifest.name),
      name: installed?.name ?? manifest.name,
      displayName: blueprint.displayName ?? installed?.displayName ?? manifest.name.text,
      version: manifest.version,
      isManaged: false,
      publisher: manifest.publisher.name,
      role: installed?.role ?? .ordinary,
      block: installed?.block ?? state.nextBlock,
      members: package.members.subtracting(parts.map(\.id)).union(installed?.members ?? []),
      behaviors: known.merging(manifest.behaviors.filter { known[$0.key] == nil }) { $1 }
    )
  }

  private mutating func write(_ package: SolutionPackage, by owner: InstalledSolution) {
    let said = Set(package.components.filter { !$0.isUnmodified }.map(\.id))
    unchanged += package.components.count - said.count
    guard !said.isEmpty, isOpenToUnmanaged() else { return }
    // What comes with a new table need not be published.
    let new = Set(package.components.filter { state.standing($0.id) == nil }.map(\.id))
    for component in package.components where said.contains(component.id) {
      let stack = state.drafted(component.id)
      write(
        component,
        over: stack,
        own: stack?.layer(of: .active),
        by: owner,
        Reason("described in \(package.file)", rule: "strata.description"),
        // What lies over managed layers may be a difference, as edits are.
        source: stack?.isManaged == true
          ? .hand : .package(prefix: package.manifest.publisher.prefix),
        isPublished: component.parent.map(new.contains) ?? false
      )
    }
    tell(
      Checks.ofPackages,
      of: WrittenPackage(
        package,
        touched: Set(step.touched.keys),
        mayMeetUnmanaged: mayHoldUnmanaged(),
        context
      )
    )
  }

  /// What was removed before is gone; what the platform brings never goes.
  private mutating func tellAbsent(_ id: ComponentID) {
    if SystemBaseline.contains(id) {
      tell(ManagedComponent(component: named(id), base: .system, hasActiveLayer: false))
    } else {
      tell(NothingToRemove(component: named(id)))
    }
  }

  /// What belongs to the environment: neither managed properties nor blocked customizations stand in the way.
  private mutating func set(_ settings: [ComponentID: Setting], _ blueprint: Blueprint) {
    for (id, setting) in settings.sorted(by: { $0.key < $1.key })
    where state.stacks[id] != nil && state.settings[id] != setting {
      perform(.set(id, setting))
      guard step.touched[id] == nil else { continue }
      touch(id, .active, Reason("described in \(blueprint.file)", rule: "strata.description"))
    }
  }

  /// What is gone is listed no more.
  private mutating func relist(_ name: SolutionName) {
    guard let solution = state.solutions[name] else { return }
    let gone = solution.members.filter { id in
      before.standing(id) != nil && state.standing(id) == nil
    }
    guard !gone.isEmpty else { return }
    perform(.putSolution(solution.with(members: solution.members.subtracting(gone))))
  }
}
