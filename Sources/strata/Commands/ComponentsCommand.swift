import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct ComponentsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "components",
    abstract: "List the components of a solution, add or remove some.",
    discussion: """
      strata components NAME lists them. Adding and removing changes what an unmanaged solution lists, and nothing in \
      the components themselves. Example:
        strata components add FieldService Table:fab_workorder WebResource:fab_/form.js
      """,
    subcommands: [ListComponents.self, AddComponents.self, RemoveComponents.self],
    defaultSubcommand: ListComponents.self
  )
}

struct AddComponents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Let an unmanaged solution list what the environment has.",
    discussion: """
      A table comes with all its parts (all), with its settings and the parts that are added one by one (metadata), or \
      with such parts alone (shell). Without --behavior an unmanaged table comes with all, a managed one that is \
      customized here with its settings, any other as a shell; its unmanaged parts come along. For a table that is \
      listed, --behavior changes how; parts that are listed stay.
      """
  )

  @Argument(help: "Unique name of the solution.", completion: .solution)
  var solution: SolutionName

  @Argument(
    help: "KIND:NAME, a GUID, a display name or a name; a part after its table, or with it.",
    completion: .component
  )
  var components: [String]

  @Option(help: "How much of tables comes along: all, metadata or shell; also 0, 1 or 2.")
  var behavior: Behavior?

  @Flag(
    name: .customLong("required"),
    help: "Also what these name, and what that names, unless a managed solution brings it."
  )
  var withRequired = false

  @OptionGroup var changing: SafeChangeOptions

  struct Behavior: ExpressibleByArgument {
    let behavior: Wire.Behavior

    static var allValueStrings: [String] { Wire.Behavior.allCases.map(\.rawValue) }

    init?(argument: String) {
      let numbered = Int(argument).flatMap { RootComponent.Behavior(rawValue: $0) }
      guard
        let behavior = numbered.map({ Wire.Behavior($0) })
          ?? Wire.Behavior(rawValue: argument.lowercased())
      else { return nil }
      self.behavior = behavior
    }
  }

  func run() async throws {
    let ids = try await changing.environment.members(components)
    if behavior != nil, !ids.contains(where: { $0.type == .entity }) {
      throw ValidationError("--behavior says how tables are listed, and none of these is one.")
    }
    try await changing.perform(
      .listing(
        ids,
        in: solution,
        behavior: behavior?.behavior.model,
        withRequired: withRequired
      )
    )
  }
}

struct RemoveComponents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remove",
    abstract: "Let an unmanaged solution list components no longer; they stay in the environment.",
    discussion: "A table takes the parts of it that are listed along."
  )

  @Argument(help: "Unique name of the solution.", completion: .solution)
  var solution: SolutionName

  @Argument(help: "KIND:NAME, a GUID, a display name or a name.", completion: .component)
  var components: [String]

  @OptionGroup var changing: SafeChangeOptions

  func run() async throws {
    let name = solution
    let environment = changing.environment
    // It may be listed without content.
    let ids = try await environment.members(components) { address in
      let listed = try await environment.lifecycle().ask(SolutionQuestion(name))?.members ?? []
      return listed.map(\.id).first { address.isKey(of: $0, .standard) }
    }
    try await changing.perform(.unlisting(ids, from: name))
  }
}

extension EnvironmentOptions {
  /// The components that texts mean, in whatever way they are addressed.
  ///
  /// - Parameter other: what a text may mean that is no component here; by default a table of the platform.
  fileprivate func members(
    _ texts: [String],
    or other: (ComponentAddress) async throws -> ComponentID? = { $0.systemTable(.standard) }
  ) async throws -> Set<ComponentID> {
    var found: Set<ComponentID> = []
    for text in texts {
      let address = ComponentAddress(text: text)
      found.insert(try await named(address, kinds: .standard) { try await other(address) }.id)
    }
    return found
  }
}

struct ListComponents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the components of a solution."
  )

  @Argument(help: "Unique name of the solution.", completion: .solution)
  var name: SolutionName

  @OptionGroup var moment: MomentOptions

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let document = ComponentsShape(try await lifecycle.solution(name, asOf: moment.asOf))
    try output.give(document) { document.text($0) }
  }
}

extension ComponentsShape {
  func text(_ style: TextStyle) -> Prose {
    components.map { item -> Prose in
      let display = item.component.displayName.map { "  “\($0.shown(60))”" as Prose } ?? ""
      let hasDraft = item.componentState != 0
      let layers =
        item.layers > 0
        ? counted(item.layers, "layer") + (hasDraft ? ", draft" : "")
        : hasDraft ? "draft only" : "no content"
      let state = item.state.map { ", \($0.rawValue)" } ?? ""
      let behavior: Prose = item.behavior.map { ", \($0.model.words)" } ?? ""
      return
        "\(item.component.kind):\(item.component.name.shown())\(display)  \(style("\(layers)\(state)\(behavior)", .gray))\n"
    }.joined()
  }
}
