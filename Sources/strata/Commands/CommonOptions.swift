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
      do {
        state = try Plan.installing(try Files.package(path), on: state, kinds: kinds)
      } catch let error as InstallingError {
        let reasons = error.findings.map { "  \($0.message) (\($0.code))" }
        throw Files.Failure(
          description: (["cannot take \(path) as installed:"] + reasons).joined(separator: "\n")
        )
      }
    }
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
