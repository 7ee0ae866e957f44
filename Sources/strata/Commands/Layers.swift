import ArgumentParser
import Contract
import Lifecycle
import SolutionStore
import Solutions

struct Layers: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The layers of a component, topmost first, and what each changes.",
    discussion: """
      Without a component: --unmanaged lists every managed component of an environment with an unmanaged layer, \
      --masked those whose unmanaged layer hides managed changes.
      """
  )

  @Argument(help: "KIND:NAME or a GUID.")
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
      let isMasked = masked
      let document = try await lifecycle.store.read { session in
        guard isMasked else {
          let ids = try session.customized().union(try session.customized(by: .draft))
          return CustomizedShape(unmanaged: try session.part(ids), kinds: kinds)
        }
        let masked = try session.maskings()
        let state = try session.part(Set(masked.map(\.id)))
        return CustomizedShape(masked: masked, in: state, kinds: kinds)
      }
      return try output.give(document) { document.text($0) }
    }
    let (id, installed) = try await looking.find(component, kinds: kinds)
    var histories: [SolutionName: LayerHistory] = [:]
    var operations: [Int: Operation] = [:]
    var settingOperation: Int?
    if looking.state.isOnEnvironment {
      let asOf = looking.asOf
      (histories, operations, settingOperation) = try await looking.state.environment.lifecycle()
        .store.read {
          session in
          (
            try session.layerHistories(of: id, at: asOf),
            Dictionary(try session.history().map { ($0.number, $0) }) { first, _ in first },
            try session.settingOperation(of: id, at: asOf)
          )
        }
    }
    let document = LayersShape(
      id,
      state: installed,
      kinds: kinds,
      written: histories.compactMapValues {
        $0.statements.last.flatMap { operations[$0.operation] }
      },
      setting: settingOperation.flatMap { operations[$0] },
      isWhole: all
    )
    guard let document else { return }
    try output.give(document) { document.text($0) }
  }
}
