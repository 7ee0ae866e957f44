internal import Contract
internal import Faces
internal import Lifecycle
internal import SolutionPackages
internal import Solutions
internal import WebAPI

/// Orders of what is made and changed by hand.
extension PlanOrder {
  /// - Throws: `Failure` for what is missing or names nothing; `PackageError` for a file that cannot be read.
  func making() throws -> Request {
    switch verb {
    case .customize: return try customizing()
    case .listComponents:
      return .listing(
        try named(),
        in: try name(),
        behavior: behavior?.model,
        withRequired: withRequired ?? false
      )
    case .unlistComponents: return .unlisting(try named(), from: try name())
    case .activateKey:
      guard let key = try named().first else { throw missing("components") }
      return .activateKey(key)
    case .newSolution:
      return .makingSolution(
        try name(),
        of: try publisherName(),
        version: try wantedVersion(),
        displayName: displayName
      )
    case .renameSolution:
      guard let displayName else { throw missing("displayName") }
      return .editing(try name(), displayName: displayName)
    case .setVersion:
      guard let version = try wantedVersion() else { throw missing("version") }
      return .settingVersion(of: try name(), to: version)
    case .newPublisher:
      guard let prefix else { throw missing("prefix") }
      return .makingPublisher(
        try publisherName(),
        prefix: prefix,
        optionValuePrefix: optionValuePrefix,
        displayName: displayName
      )
    case .editPublisher:
      return .editing(
        try publisherName(),
        displayName: displayName,
        prefix: prefix,
        optionValuePrefix: optionValuePrefix
      )
    default: return .removing(try publisherName())
    }
  }

  private func customizing() throws -> Request {
    guard let description else { throw missing("description") }
    let file = "the description"
    let said = try SaidReader.read(Array(description.utf8), file: file)
    let blueprint: Blueprint
    do throws(BlueprintError) {
      blueprint = try Blueprint(said, file: file, solution: solution.flatMap { SolutionName($0) })
    } catch {
      throw Failure(refused: "\(error.finding.message)", by: error.finding)
    }
    return .bringing(to: blueprint, publishes: publishChanges ?? false)
  }

  private func publisherName() throws -> PublisherName {
    guard let publisher, !publisher.isEmpty else { throw missing("publisher") }
    return PublisherName(publisher)
  }

  /// By kind and key, whether or not they are there.
  private func named() throws -> Set<ComponentID> {
    guard let components, !components.isEmpty else { throw missing("components") }
    let kinds = ComponentKinds.standard
    return try Set(
      components.map { text in
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          throw Failure(
            .usage,
            "“\(text.shown(80))” is no KIND:NAME",
            status: Failure.wrongUsage
          )
        }
        return (kinds[named: parts[0]] ?? kinds[.table(parts[0])]).id(named: parts[1])
      }
    )
  }
}

extension PlanOrder {
  /// What a message of the Web API orders.
  init(_ making: SolutionOrder.Making) {
    func texts(_ ids: [ComponentID]) -> [String] {
      ids.map { "\(ComponentKinds.standard[$0.type].name):\($0.key)" }
    }
    switch making {
    case .customizing(let description):
      self.init(verb: .customize)
      self.description = description
    case .listing(let ids, let name, let behavior, let withRequired):
      self.init(verb: .listComponents)
      (components, solution, self.withRequired) = (texts(ids), name, withRequired)
      self.behavior = behavior.map { Wire.Behavior($0) }
    case .unlisting(let ids, let name):
      self.init(verb: .unlistComponents)
      (components, solution) = (texts(ids), name)
    case .resetting(let ids):
      self.init(verb: .reset)
      components = texts(ids)
    case .activatingKey(let id):
      self.init(verb: .activateKey)
      components = texts([id])
    case .switching(let ids, let isOn):
      self.init(verb: isOn ? .activate : .deactivate)
      components = texts(ids)
    case .giving(let given):
      self.init(verb: .giveSettings)
      (variables, connections) = (given.settings.values, given.settings.connections)
      if !given.taken.isEmpty { components = texts(given.taken.sorted()) }
    case .makingSolution(let name, let publisher, let version, let title):
      self.init(verb: .newSolution)
      (solution, self.publisher, self.version, displayName) = (name, publisher, version, title)
    case .renaming(let name, let title):
      self.init(verb: .renameSolution)
      (solution, displayName) = (name, title)
    case .settingVersion(let name, let version):
      self.init(verb: .setVersion)
      (solution, self.version) = (name, version)
    case .makingPublisher(let name, let prefix, let option, let title):
      self.init(verb: .newPublisher)
      (publisher, self.prefix, optionValuePrefix, displayName) = (name, prefix, option, title)
    case .editingPublisher(let name, let prefix, let option, let title):
      self.init(verb: .editPublisher)
      (publisher, self.prefix, optionValuePrefix, displayName) = (name, prefix, option, title)
    case .removingPublisher(let name):
      self.init(verb: .removePublisher)
      publisher = name
    }
  }
}
