import ArgumentParser
import Solutions

/// Flags that every command takes.
struct OutputOptions: ParsableArguments {
  @Flag(help: "One JSON document on standard output.")
  var json = false

  @Flag(help: "No colors; NO_COLOR in the environment says the same.")
  var noColor = false

  @Flag(help: "Nothing but errors on standard error.")
  var quiet = false

  var style: TextStyle { TextStyle(noColor: noColor) }
}

/// The packages that make the state to plan on.
struct StateOptions: ParsableArguments {
  @Option(
    name: .long,
    parsing: .singleValue,
    help: "A package that is taken as installed; repeat it in the order of installation."
  )
  var against: [String] = []

  /// What the packages install, one after the other; a later version of a solution upgrades the earlier.
  func state(kinds: ComponentKinds) throws -> InstalledState {
    var state = InstalledState()
    for path in against {
      let package = try Files.package(path)
      let plan = Plan.importing(
        [package],
        on: state,
        kinds: kinds,
        options: PlanOptions(assumesPresent: true)
      )
      // The environment is taken as given: what could not be imported today may stand there all the same.
      state = state.applying(plan)
    }
    state.revision = 0
    return state
  }

  /// The same for commands that look at a state and nothing else.
  func required(kinds: ComponentKinds) throws -> InstalledState {
    guard !against.isEmpty else {
      throw ValidationError(
        "Say which packages make the state: --against PACKAGE, repeated in order."
      )
    }
    return try state(kinds: kinds)
  }
}
