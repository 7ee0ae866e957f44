extension Plan {
  /// A publisher of whom there is no solution yet (LC-101).
  ///
  /// - Parameters:
  ///   - prefix: in front of the names of what is made, without the underscore.
  ///   - optionValuePrefix: 10000 to 99999; made from the prefix where none is given.
  ///   - displayName: the unique name where none is given.
  package static func makingPublisher(
    _ name: PublisherName,
    prefix: String,
    optionValuePrefix: Int? = nil,
    displayName: String? = nil,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.makePublisher(
      Publisher(
        name: name,
        displayName: displayName ?? name.text,
        prefix: prefix.lowercased(),
        optionValuePrefix: optionValuePrefix ?? Publisher.optionValuePrefix(from: prefix)
      )
    )
    return planner.plan()
  }

  /// An empty unmanaged solution.
  ///
  /// - Parameters:
  ///   - version: 1.0.0.0 where none is given.
  ///   - displayName: the unique name where none is given.
  package static func makingSolution(
    _ name: SolutionName,
    of publisher: PublisherName,
    version: SolutionVersion? = nil,
    displayName: String? = nil,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.makeSolution(name, of: publisher, version, displayName)
    return planner.plan()
  }
}

extension Publisher {
  /// One that follows from the prefix, so that options of different publishers do not meet (LC-102).
  ///
  /// How the platform makes its proposal is not public.
  package static func optionValuePrefix(from prefix: String) -> Int {
    let number = prefix.lowercased().utf8.reduce(0) { ($0 &* 31 &+ Int($1)) % 90_000 }
    return 10_000 + number
  }
}

extension Planner {
  fileprivate mutating func makePublisher(_ publisher: Publisher) {
    let name = publisher.name
    if SolutionName(name.text) == nil { tell(InvalidPublisherName(name: name.text)) }
    let isBuiltIn = name == .system || name == .default
    if isBuiltIn || state.publishers[name] != nil {
      tell(PublisherExists(name: name, isBuiltIn: isBuiltIn))
    }
    if !Publisher.isValid(prefix: publisher.prefix) {
      tell(InvalidPrefix(publisher: name, prefix: publisher.prefix))
    }
    if let option = publisher.optionValuePrefix, !(10_000...99_999).contains(option) {
      tell(InvalidOptionPrefix(publisher: name, prefix: String(option)))
    }
    perform(.putPublisher(publisher))
  }

  fileprivate mutating func makeSolution(
    _ name: SolutionName,
    of publisher: PublisherName,
    _ version: SolutionVersion?,
    _ displayName: String?
  ) {
    if !name.isForAuthors {
      tell(ReservedName(solution: name))
    }
    if let there = state.solutions[name] {
      tell(SolutionExists(solution: there.name, version: there.version))
      return
    }
    let found = state.publishers[publisher]
    if found == nil || publisher == .system {
      let present = state.publishers.keys.filter { $0 != .system }.sorted()
      tell(NoSuchPublisher(solution: name, publisher: publisher, present: present))
    }
    perform(
      .putSolution(
        InstalledSolution(
          id: newID(of: name),
          name: name,
          displayName: displayName ?? name.text,
          version: version ?? .first,
          isManaged: false,
          publisher: found?.name ?? publisher,
          block: state.nextBlock,
          members: []
        )
      )
    )
  }
}
