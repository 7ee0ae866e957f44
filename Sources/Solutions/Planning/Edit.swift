extension Plan {
  /// Another display name, prefix or range of option values of a publisher; what is there keeps the old ones (LC-103).
  ///
  /// - Parameters:
  ///   - displayName: as before where none is given, as are the others.
  ///   - prefix: in front of the names of what is made from now on, without the underscore.
  ///   - optionValuePrefix: 10000 to 99999; another prefix alone leaves it.
  package static func editing(
    _ publisher: PublisherName,
    displayName: String? = nil,
    prefix: String? = nil,
    optionValuePrefix: Int? = nil,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.edit(publisher, displayName, prefix?.lowercased(), optionValuePrefix)
    return planner.plan()
  }

  /// A publisher of whom there is no solution goes (LC-104).
  package static func removing(
    _ publisher: PublisherName,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.remove(publisher)
    return planner.plan()
  }

  /// Another display name of an unmanaged solution; its unique name is for ever.
  package static func editing(
    _ solution: SolutionName,
    displayName: String,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.edit(solution, displayName)
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func edit(
    _ name: PublisherName,
    _ displayName: String?,
    _ prefix: String?,
    _ optionValuePrefix: Int?
  ) {
    guard name != .system, name != .default else {
      return tell(PublisherExists(name: name, isBuiltIn: true))
    }
    guard let old = state.publishers[name] else {
      let present = state.publishers.keys.filter { $0 != .system }.sorted()
      return tell(NoSuchPublisher(solution: nil, publisher: name, present: present))
    }
    let solutions = state.solutions.values.filter { $0.publisher == name }
    if !solutions.isEmpty, solutions.allSatisfy(\.isManaged) {
      return tell(ReadOnlyPublisher(name: name, solutions: solutions.map(\.name).sorted()))
    }
    let publisher = Publisher(
      name: old.name,
      displayName: displayName ?? old.displayName,
      prefix: prefix ?? old.prefix,
      optionValuePrefix: optionValuePrefix ?? old.optionValuePrefix
    )
    if prefix != nil, !Publisher.isValid(prefix: publisher.prefix) {
      tell(InvalidPrefix(publisher: name, prefix: publisher.prefix))
    }
    if let optionValuePrefix, !(10_000...99_999).contains(optionValuePrefix) {
      tell(InvalidOptionPrefix(publisher: name, prefix: String(optionValuePrefix)))
    }
    guard publisher != old else { return }
    if publisher.prefix != old.prefix {
      tell(PrefixForNew(publisher: name, old: old.prefix, new: publisher.prefix))
    }
    perform(.putPublisher(publisher))
  }

  fileprivate mutating func remove(_ name: PublisherName) {
    guard name != .system, name != .default else {
      return tell(PublisherExists(name: name, isBuiltIn: true))
    }
    guard state.publishers[name] != nil else {
      let present = state.publishers.keys.filter { $0 != .system }.sorted()
      return tell(NoSuchPublisher(solution: nil, publisher: name, present: present))
    }
    let solutions = state.solutions.values.filter { $0.publisher == name }.map(\.name).sorted()
    guard solutions.isEmpty else {
      return tell(PublisherInUse(name: name, solutions: solutions))
    }
    perform(.removePublisher(name))
  }

  fileprivate mutating func edit(_ name: SolutionName, _ displayName: String) {
    guard let solution = state.solutions[name] else { return notInstalled(name) }
    guard !solution.isManaged else { return tell(ManagedSolutionKept(solution: name)) }
    guard solution.displayName != displayName else { return }
    perform(.putSolution(solution.with(displayName: displayName)))
  }
}
