internal import Contract
internal import Faces
internal import Lifecycle
internal import Solutions

/// What is to be planned, as the API and the pages ask for it.
struct PlanOrder: Codable, Sendable {
  enum Verb: String, Codable, CaseIterable, Sendable {
    case `import`
    case applyUpgrade = "apply-upgrade"
    case discardUpgrade = "discard-upgrade"
    case uninstall
    case rollback
    case activate
    case deactivate
    case giveSettings = "give-settings"
    case publish
    case reset
    case restoreTrash = "restore-trash"
    case purgeTrash = "purge-trash"
    case clonePatch = "clone-patch"
    case cloneSolution = "clone-solution"
    case customize
    case listComponents = "list-components"
    case unlistComponents = "unlist-components"
    case activateKey = "activate-key"
    case newSolution = "new-solution"
    case renameSolution = "rename-solution"
    case setVersion = "set-version"
    case newPublisher = "new-publisher"
    case editPublisher = "edit-publisher"
    case removePublisher = "remove-publisher"
  }

  let verb: Verb
  /// Of imports: what was handed in.
  var packages: [Site.Package]?
  var action: Wire.Choice?
  var enableSteps: Bool?
  var overwriteCustomizations: Bool?
  var publishChanges: Bool?
  var assumePresent: Bool?
  var noData: Bool?
  /// Values of environment variables, by schema name.
  var variables: [String: String]?
  /// Ids of connections, by the logical names of their references.
  var connections: [String: String]?
  /// Of what is about one solution.
  var solution: String?
  /// Of what is about components: `KIND:NAME`.
  var components: [String]?
  /// Of rollbacks: the first operation to undo.
  var operation: Int?
  /// Of the trash: numbers in it.
  var entries: [Int]?
  /// Of clones.
  var version: String?
  var displayName: String?
  /// Of customizing: a readable file (docs/customize.md).
  var description: String?
  /// Of components that are listed: how much of tables comes along.
  var behavior: Wire.Behavior?
  var withRequired: Bool?
  /// Unique name, and what it says of itself.
  var publisher: String?
  var prefix: String?
  var optionValuePrefix: Int?

  init(verb: Verb) { self.verb = verb }

  /// The same for the only door.
  struct Ordered: Sendable {
    let request: Request
    var packages: [Site.Package] = []
    /// For the history; only imports have any.
    var options: OperationOptions?
  }

  /// - Throws: `Failure` for what is missing or names nothing; `PackageError`.
  func request(on site: Site) async throws -> Ordered {
    switch verb {
    case .import: return try await importing(on: site)
    case .applyUpgrade: return Ordered(request: .applyUpgrade(try name()))
    case .discardUpgrade: return Ordered(request: .discardUpgrade(try name()))
    case .uninstall: return Ordered(request: .uninstall(try name()))
    case .rollback:
      if let operation { return Ordered(request: .rollback(operation)) }
      let newest = try await site.lifecycle.ask(EnvironmentQuestion()).revision
      return Ordered(request: .rollback(newest))
    case .activate, .deactivate:
      let ids = try await ids(on: site).sorted()
      return Ordered(request: .switching(ids, on: verb == .activate))
    case .giveSettings:
      let settings = DeploymentSettings(values: variables ?? [:], connections: connections ?? [:])
      let taken = components == nil ? [] : try await ids(on: site)
      guard !settings.values.isEmpty || !settings.connections.isEmpty || !taken.isEmpty else {
        throw missing("variables")
      }
      return Ordered(request: .giving(GivenSettings(settings, taken: taken)))
    case .publish:
      guard components != nil else { return Ordered(request: .publishing(.all)) }
      return Ordered(request: .publishing(.components(try await ids(on: site))))
    case .reset:
      let ids = try await ids(on: site).sorted()
      return Ordered(request: .customizing(.reset(ids), in: nil))
    case .restoreTrash: return Ordered(request: .restoreTrash(try inTrash()))
    case .purgeTrash: return Ordered(request: .purgeTrash(try inTrash()))
    case .clonePatch:
      let made = try (name(), wantedVersion())
      return Ordered(
        request: .cloningPatch(of: made.0, version: made.1, displayName: displayName)
      )
    case .cloneSolution:
      let made = try (name(), wantedVersion())
      return Ordered(
        request: .cloningSolution(made.0, version: made.1, displayName: displayName)
      )
    case .customize, .listComponents, .unlistComponents, .activateKey, .newSolution,
      .renameSolution, .setVersion, .newPublisher, .editPublisher, .removePublisher:
      return Ordered(request: try making())
    }
  }

  private func importing(on site: Site) async throws -> Ordered {
    guard let packages, !packages.isEmpty else { throw missing("packages") }
    return importing(try await site.archives(packages))
  }

  /// What it says of packages that are read by now.
  func importing(_ archives: [Request.Archive]) -> Ordered {
    var deployment = DeploymentSettings()
    for (name, value) in variables ?? [:] where !value.isEmpty { deployment.values[name] = value }
    for (name, id) in connections ?? [:] where !id.isEmpty { deployment.connections[name] = id }
    let options = OperationOptions(
      choice: (action ?? .auto).model,
      assumesPresent: assumePresent ?? false,
      overwritesCustomizations: overwriteCustomizations ?? false,
      enablesProcesses: enableSteps ?? false,
      publishes: publishChanges ?? false,
      leavesTrash: noData ?? false,
      settingsFile: nil
    )
    return Ordered(
      request: .importing(
        archives,
        PlanOptions(options, isStrict: true, deployment: deployment)
      ),
      packages: packages ?? [],
      options: options
    )
  }

  func name() throws -> SolutionName {
    guard let solution else { throw missing("solution") }
    guard let name = SolutionName(solution) else {
      throw Failure(.usage, "“\(solution.shown(80))” is no name of a solution", status: 64)
    }
    return name
  }

  private func inTrash() throws -> [Incarnation.ID] {
    guard let entries, !entries.isEmpty else { throw missing("entries") }
    return entries
  }

  /// nil where the next one is meant.
  func wantedVersion() throws -> SolutionVersion? {
    try version.map { text in
      guard let version = SolutionVersion(text) else {
        throw Failure(.usage, "“\(text.shown(80))” is no version", status: Failure.wrongUsage)
      }
      return version
    }
  }

  private func ids(on site: Site) async throws -> Set<ComponentID> {
    guard let components, !components.isEmpty else { throw missing("components") }
    var ids: Set<ComponentID> = []
    for text in components {
      let address = ComponentAddress(text: text)
      ids.insert(try await site.lifecycle.named(address, kinds: .standard).id)
    }
    return ids
  }

  func missing(_ field: String) -> Failure {
    Failure(.usage, "\(verb.rawValue) takes \(field)", status: Failure.wrongUsage)
  }
}
