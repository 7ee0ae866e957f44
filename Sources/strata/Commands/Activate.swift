import ArgumentParser
import Lifecycle
import Solutions

struct ActivateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "activate",
    abstract: "Enable plug-in steps; activate processes and flows.",
    discussion: """
      A state belongs to the environment and not to a layer, so managed components can be switched, too. \
      rollback undoes it like every other operation.
      """
  )

  @OptionGroup var switching: SwitchOptions

  func run() async throws { try await switching.perform(isOn: true) }
}

struct DeactivateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "deactivate",
    abstract: "Disable plug-in steps; deactivate processes and flows."
  )

  @OptionGroup var switching: SwitchOptions

  func run() async throws { try await switching.perform(isOn: false) }
}

/// Steps and processes that change their state.
struct SwitchOptions: ParsableArguments {
  @Argument(help: "KIND:NAME or a GUID.", completion: .component)
  var components: [String]

  @OptionGroup var changing: SafeChangeOptions

  func validate() throws {
    guard !components.isEmpty else { throw ValidationError("Name at least one component.") }
  }

  func perform(isOn: Bool) async throws {
    var ids: [ComponentID] = []
    for text in components {
      ids.append(try await changing.environment.component(text, kinds: .standard))
    }
    try await changing.perform(.switching(ids, on: isOn))
  }
}
