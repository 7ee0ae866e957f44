import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct Layers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show the layers of a component, topmost first.",
    discussion: """
      Without a component: --unmanaged lists every managed component of an environment with an unmanaged layer, \
      --masked those whose unmanaged layer hides managed changes.
      """
  )

  @Argument(help: "KIND:NAME or a GUID.", completion: .component)
  var component: String?

  @Flag(help: "All properties of each layer, not only those that it changes.")
  var all = false

  @Flag(help: "Every managed component with an unmanaged layer, and what that changes.")
  var unmanaged = false

  @Flag(help: "Every component whose unmanaged layer hides managed changes.")
  var masked = false

  @OptionGroup var looking: ComponentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard [component != nil, unmanaged, masked].count(where: { $0 }) == 1 else {
      throw ValidationError("Name a component, or say --unmanaged or --masked.")
    }
    guard component != nil || (looking.state.against.isEmpty && looking.asOf == nil) else {
      throw ValidationError("--unmanaged and --masked look at an environment as it is now.")
    }
  }

  func run() async throws {
    let kinds = ComponentKinds.standard
    guard let component else {
      let lifecycle = try await looking.state.environment.lifecycle()
      let document: CustomizedShape
      if masked {
        let (components, state) = try await lifecycle.ask(MaskedQuestion())
        document = CustomizedShape(masked: components, in: state, kinds: kinds)
      } else {
        let state = try await lifecycle.ask(CustomizedQuestion())
        document = CustomizedShape(unmanaged: state, kinds: kinds)
      }
      return try output.give(document) { document.text($0) }
    }
    let (id, installed) = try await looking.find(component, kinds: kinds)
    let history = try await looking.history(of: id)
    let document = LayersShape(
      id,
      state: installed,
      kinds: kinds,
      written: history.written,
      setting: history.setting,
      isWhole: all
    )
    guard let document else { return }
    try output.give(document) { document.text($0) }
  }
}
