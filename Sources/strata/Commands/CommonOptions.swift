import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

/// Flags that every command takes.
struct OutputOptions: ParsableArguments {
  @Flag(help: "One JSON document on standard output.")
  var json = false

  @Flag(help: "No colors; NO_COLOR in the environment says the same.")
  var noColor = false

  @Flag(
    help: "Nothing on standard output but what --json or - asks for; refusals on standard error."
  )
  var quiet = false

  @Flag(
    help:
      "No pager for what is longer than the terminal; an empty STRATA_PAGER or PAGER says so, too."
  )
  var noPager = false

  var style: TextStyle { TextStyle(noColor: noColor) }

  /// Prints a shape as JSON or as text.
  func give(_ shape: some Shape, _ text: (TextStyle) -> Prose) throws {
    guard json else { return show(text(style)) }
    Console.give(try ShapeCoder.json(shape))
  }

  /// Prints a report for people, page by page where a terminal does not hold it.
  ///
  /// - Parameters:
  ///   - inPages: false where the report is in files as well.
  ///   - endFirst: whether what matters stands at its end.
  func show(_ report: Prose, inPages: Bool = true, endFirst: Bool = false) {
    guard !quiet else { return }
    Console.show(report, with: inPages && !noPager ? Pager(endFirst: endFirst) : nil)
  }
}

/// The state to look at: packages, or an environment.
struct StateOptions: ParsableArguments {
  @Option(
    name: .long,
    parsing: .singleValue,
    help: "A package that is taken as installed; repeat it in the order of installation.",
    completion: .package
  )
  var against: [String] = []

  @OptionGroup var folders: FolderOptions
  @OptionGroup var environment: EnvironmentOptions

  func validate() throws {
    if !against.isEmpty, environment.path != nil {
      throw ValidationError("Take --against or --env, not both.")
    }
  }

  /// An environment when one is named, or lies here and no packages are given.
  var isOnEnvironment: Bool {
    against.isEmpty && (environment.chosen != nil || environment.isThere)
  }

  /// What the packages install; nothing is no state to look at.
  func someState(kinds: ComponentKinds) throws -> InstalledState {
    guard !against.isEmpty else {
      throw ValidationError(
        "Say what to look at: --env ENVIRONMENT, or --against PACKAGE, repeated in order."
      )
    }
    _ = try folders.form(for: against)
    return try packages(kinds: kinds)
  }

  /// What the packages install.
  func packages(kinds: ComponentKinds) throws -> InstalledState {
    try Self.installed(against, as: folders.packageType, kinds: kinds)
  }

  /// The same among what an environment told: solutions and layers of which no package is given lie where they lie there.
  func packages(among facts: Facts, kinds: ComponentKinds) throws -> InstalledState {
    let packages = try against.map { path in
      let package = try Files.package(path, as: folders.packageType)
      Files.tellForm(of: package)
      return package
    }
    do {
      return try InstalledState.installing(packages, among: facts, kinds: kinds)
    } catch {
      throw Self.failure(at: against[error.place], error.error)
    }
  }

  /// What packages install, one after the other; a later version of a solution upgrades the earlier.
  static func installed(
    _ paths: [String],
    as form: FolderForm?,
    kinds: ComponentKinds
  ) throws -> InstalledState {
    var state = InstalledState()
    for path in paths {
      let package = try Files.package(path, as: form)
      Files.tellForm(of: package)
      state = try installing(package, at: path, on: state, kinds: kinds)
    }
    return state
  }

  private static func installing(
    _ package: SolutionPackage,
    at path: String,
    on state: InstalledState,
    kinds: ComponentKinds
  ) throws -> InstalledState {
    do {
      return try Plan.installing(package, on: state, kinds: kinds)
    } catch {
      throw failure(at: path, error)
    }
  }

  static func failure(at path: String, _ error: InstallingError) -> Failure {
    let reasons = error.findings.map { "  \($0.message) (\($0.code))" as Prose }
    return Failure(
      .badState,
      (["cannot take \(path) as installed:"] + reasons).joined(separator: "\n")
    )
  }
}

extension ComponentOptions {
  /// What each layer has said over time; nothing where packages alone are looked at.
  func history(of id: ComponentID) async throws -> ComponentHistory {
    guard state.isOnEnvironment else { return ComponentHistory() }
    let lifecycle = try await state.environment.lifecycle()
    return try await lifecycle.ask(ComponentHistoryQuestion(of: id, asOf: asOf))
  }
}

/// A moment of an environment; now where nothing is said.
struct MomentOptions: ParsableArguments {
  @Option(
    help: "The environment as it was after this operation.",
    completion: .operation,
    transform: Numbers.revision
  )
  var asOf: Int?
}

/// One component of a state, for commands that look at it.
struct ComponentOptions: ParsableArguments {
  @OptionGroup var state: StateOptions

  @OptionGroup var moment: MomentOptions

  var asOf: Int? { moment.asOf }

  func validate() throws {
    guard state.folders.packageType == nil || !state.against.isEmpty else {
      throw ValidationError("--package-type is for folders that --against names.")
    }
  }

  /// The component, and a state that holds at least it and its neighbors.
  ///
  /// - Parameter text: an address, a name or a display name, with or without the kind.
  func find(
    _ text: String,
    kinds: ComponentKinds
  ) async throws -> (id: ComponentID, state: InstalledState) {
    let address = ComponentAddress(text: text)
    guard state.isOnEnvironment else {
      let installed = try state.someState(kinds: kinds)
      let id =
        try address.found(in: installed, kinds: kinds)
        ?? address.named(among: installed.hits(address.search(kinds)), kinds: kinds)
      guard let id else { throw address.missing(in: installed, kinds: kinds) }
      return (id, installed)
    }
    return try await state.environment.named(address, asOf: asOf, kinds: kinds)
  }
}

extension EnvironmentOptions {
  /// See `Lifecycle.named`.
  func named(
    _ address: ComponentAddress,
    asOf: Int? = nil,
    kinds: ComponentKinds,
    or other: () async throws -> ComponentID? = { nil }
  ) async throws -> (id: ComponentID, state: InstalledState) {
    try await lifecycle().named(address, asOf: asOf, kinds: kinds, or: other)
  }
}
