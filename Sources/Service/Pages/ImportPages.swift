internal import Contract
internal import Faces
internal import HTTPTypes
internal import Lifecycle
internal import Reading
internal import Solutions

extension Page {
  /// The first step: packages are handed in by a script.
  static let importing = Page(method: .get, path: "/import", role: .planner) { call in
    try Page.render(
      .importing,
      title: "Import a solution",
      at: .importing,
      scripts: [.importing],
      [:],
      for: call
    )
  }

  /// The second: what is in them, and how they come in.
  static let details = Page(method: .get, path: "/import/details", role: .planner) { call in
    let site = call.site
    let chosen = zip(call.queries("package"), call.queries("file")).map {
      Site.Package(sha256: $0, file: $1)
    }
    guard !chosen.isEmpty else { return .elsewhere("\(site.base)/import") }
    let archives = try await site.archives(chosen)
    let packages = archives.map(\.package)
    let installed = try await site.solutions().solutions
    let settable = SettableComponents(of: packages)
    let current = packages.map { package in
      installed.first { $0.uniqueName.lowercased() == package.manifest.name.text.lowercased() }
    }
    // Only a higher version is a matter of choice (UX-203, UX-204).
    let isUpdate = zip(packages, current).contains { package, current in
      guard let current, current.managed, let version = SolutionVersion(current.version),
        package.manifest.isManaged, package.manifest.patchOf == nil
      else { return false }
      return package.manifest.version > version
    }
    let lower = zip(packages, current).compactMap { lowerVersion($0, $1) }
    // A patch is rolled up by an upgrade alone (UX-302).
    let isPatched = installed.contains { other in
      current.contains { $0 != nil && $0?.uniqueName == other.patchOf }
    }
    let outlook = try await Outlook(archives, isUpdate: isUpdate, site)
    let needs = MissingNeeds(outlook.missing, of: packages, on: installed)
    let problems = lower.isEmpty ? outlook.problems : lower
    let states = try await settings(settable, site)
    return try Page.render(
      .details,
      title: "Import a solution",
      at: .importing,
      [
        "packages": zip(zip(chosen, packages), current).map { pair, current in
          facts(pair.0, pair.1, current, call)
        },
        "isUpdate": isUpdate, "bar": Self.bar, "isOpen": false,
        "isUnmanaged": packages.contains { !$0.manifest.isManaged },
        "errors": problems, "isRefused": !lower.isEmpty || !needs.isEmpty,
        "isMissing": needs.isEmpty ? [] : [["groups": needs.fields]],
        "mayLook": lower.isEmpty && !needs.isEmpty,
        "choices": Choice.allCases.map {
          choice($0, outlook.effects[$0], isOff: isPatched && $0 == .update)
        },
        "overwriteWarning": Self.overwriteWarning,
        "hasSettings": !settable.variables.isEmpty || !settable.connections.isEmpty,
        "variables": states.variables, "connections": states.connections,
      ],
      for: call
    )
  }

  private static let bar =
    "This solution package contains an update for a solution that is already installed."

  private static let overwriteWarning = """
    What the package says replaces unmanaged customizations of its components, and that is gone from what is in effect. \
    A rollback brings it back.
    """

  private static func facts(
    _ chosen: Site.Package,
    _ package: SolutionPackage,
    _ current: SolutionsShape.Item?,
    _ call: Call
  ) -> [String: Any] {
    let manifest = package.manifest
    let type = manifest.isManaged ? "Managed" : "Unmanaged"
    return [
      "sha256": chosen.sha256, "file": chosen.file, "name": manifest.name.text,
      "displayName": manifest.displayName, "version": manifest.version.text,
      "type": manifest.patchOf.map { "\(type) patch of \($0)" } ?? type,
      "publisher": manifest.publisher.displayName.isEmpty
        ? manifest.publisher.name.text : manifest.publisher.displayName,
      "current": current.map { [$0.version] } ?? [], "components": package.components.count,
    ]
  }

  // MARK: How a higher version comes in

  private enum Choice: CaseIterable {
    case upgrade
    case stage
    case update

    var value: Wire.Choice {
      switch self {
      case .upgrade: .upgrade
      case .stage: .stage
      case .update: .update
      }
    }

    /// As the wizard has it (UX-301, seed).
    var words: String {
      switch self {
      case .upgrade: "Upgrade (recommended)"
      case .stage: "Stage for Upgrade"
      case .update: "Update (not recommended)"
      }
    }

    var says: String {
      switch self {
      case .upgrade:
        "This option upgrades your solution to the latest version and rolls up all previous patches in one step. Any components associated to the previous solution version that are not in the newer solution version will be deleted."
      case .stage:
        "This option upgrades your solution to the higher version, but defers the deletion of the previous version and any related patches until you apply a solution upgrade later. Choose it when both have to be installed at one time, so that data can be migrated before the upgrade is completed."
      case .update:
        "This option replaces your solution with this version. Components that are not in the newer solution won’t be deleted and will remain in the system."
      }
    }
  }

  private static func choice(_ choice: Choice, _ effect: String?, isOff: Bool) -> [String: Any] {
    [
      "value": choice.value.rawValue, "words": choice.words, "says": choice.says,
      "isChosen": choice == .upgrade, "isOff": isOff,
      "effect": isOff
        ? ["patches are installed, which only an upgrade rolls up"] : effect.map { [$0] } ?? [],
    ]
  }

  /// Pages take no lower version (UX-204).
  private static func lowerVersion(
    _ package: SolutionPackage,
    _ current: SolutionsShape.Item?
  ) -> String? {
    let manifest = package.manifest
    guard let current, let version = SolutionVersion(current.version),
      manifest.version < version
    else { return nil }
    return
      "\(manifest.name) \(current.version) is installed, which is higher than \(manifest.version). "
      + "Select a package with a higher version, or roll back in the history."
  }

  /// What packages come to on this environment, before anything is chosen; nothing is counted for it.
  private struct Outlook {
    /// Of each choice, in a line; empty where there is none.
    private(set) var effects: [Choice: String] = [:]
    /// What stands in the way whatever is chosen: the first few.
    let problems: [String]
    /// What neither the packages nor the environment have, in the words of the finding.
    let missing: [String]

    private static let problemsMax = 5

    init(_ archives: [Request.Archive], isUpdate: Bool, _ site: Site) async throws {
      var documents: [PlanShape] = []
      for choice in isUpdate ? Choice.allCases : [] {
        let document = try await Self.document(of: archives, choice.value, site)
        documents.append(document)
        effects[choice] = PlanReading(ReadablePlan(document)).verdict.short.text
      }
      if documents.isEmpty {
        documents.append(try await Self.document(of: archives, .auto, site))
      }
      let errors = documents.first?.findings.filter { $0.severity == .error } ?? []
      missing = errors.filter(\.isOfNeeds).flatMap(\.because)
      let others = errors.filter { !$0.isOfNeeds }
      let more = others.count - Self.problemsMax
      problems =
        others.prefix(Self.problemsMax).map(\.message)
        + (more > 0 ? ["… and \(more) more, which the plan names"] : [])
    }

    private static func document(
      of archives: [Request.Archive],
      _ choice: Wire.Choice,
      _ site: Site
    ) async throws -> PlanShape {
      var order = PlanOrder(verb: .import)
      order.action = choice
      let request = order.importing(archives).request
      let plan = try await site.lifecycle.plan(request, counting: .skipped)
      return PlanShape(plan, kinds: .standard) { $0.plainWords }
    }
  }

  // MARK: Settings

  /// Fields for what can be set, with what the environment has by now.
  private static func settings(
    _ settable: SettableComponents,
    _ site: Site
  ) async throws -> (variables: [[String: Any]], connections: [[String: Any]]) {
    let variables = settable.variables.enumerated().map { index, variable in
      let name = variable.component.displayName ?? variable.component.name
      return [
        "id": "variable-\(index)", "name": variable.component.name, "label": name, "value": "",
        "origin": variable.hasValue
          ? "empty: the target environment value, else the solution value or the default value"
          : "empty: the target environment value; there is no default",
      ] as [String: Any]
    }
    let connections = settable.connections.enumerated().map { index, connection in
      let name = connection.component.displayName ?? connection.component.name
      return [
        "id": "connection-\(index)", "name": connection.component.name, "label": name, "value": "",
        "origin": connection.connector.map { "connector \($0)" } ?? "connector not named",
      ] as [String: Any]
    }
    return (variables, connections)
  }

  /// The form of the second step: it makes the plan.
  static let planImport = Page(method: .post, path: "/import/plan", role: .planner) { call in
    let form = try await call.form()
    var order = PlanOrder(verb: .import)
    order.packages = zip(form.all("package"), form.all("file")).map {
      Site.Package(sha256: $0, file: $1)
    }
    order.action = form["action"].flatMap { Wire.Choice(rawValue: $0) } ?? .auto
    order.enableSteps = form["enable-steps"] == "true"
    order.overwriteCustomizations = form["overwrite"] == "true"
    order.variables = form.all(beginning: "variable:")
    order.connections = form.all(beginning: "connection:")
    let kept = try await call.site.plan(order)
    return .elsewhere("\(call.site.base)/plans/\(kept.name)")
  }
}
