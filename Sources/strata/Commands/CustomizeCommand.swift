import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

struct CustomizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "customize",
    abstract: "Edit, add, remove, reset or block unmanaged work.",
    discussion: """
      strata customize --from solution.yaml brings a solution to what a file describes. Each is planned like every other operation: the owners' managed properties are checked, deletions need \
      consent, and a rollback undoes it. Forms, views, charts, apps, site maps, ribbons and web resources are \
      drafts until strata publish; the rest takes effect at once.
      """,
    subcommands: [
      BringCommand.self, Add.self, Set.self, Patch.self, Remove.self, Reset.self,
      Block.self,
    ],
    defaultSubcommand: BringCommand.self
  )

  struct Set: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sets properties of a component by the paths that blame prints.",
      discussion: """
        A first edit copies the definition in effect into the unmanaged layer; from then on that layer wins. A label \
        in another language: 'displaynames/displayname[1031]@description=Farbe'.
        """
    )

    @Argument(help: "KIND:NAME or a GUID.", completion: .component)
    var component: String

    @Argument(help: "PATH=VALUE; an empty value is a value.")
    var properties: [String] = []

    @Option(parsing: .singleValue, help: "A property to take out; may be repeated.")
    var unset: [String] = []

    @Flag(help: "Publish what is changed at once.")
    var publishChanges = false

    @OptionGroup var editing: EditOptions

    func validate() throws {
      guard !(properties + unset).isEmpty else {
        throw ValidationError("Name at least one PATH=VALUE.")
      }
      _ = try properties.map { try Self.edit($0) }
    }

    func run() async throws {
      let edits = try properties.map { try Self.edit($0) } + unset.map { PropertyEdit($0, nil) }
      let id = try await editing.find(component)
      try await editing.perform(.set(id, edits), of: id, publishes: publishChanges)
    }

    /// The sign within a key does not count.
    private static func edit(_ text: String) throws -> PropertyEdit {
      var depth = 0
      for index in text.indices {
        switch text[index] {
        case "[": depth += 1
        case "]": depth -= 1
        case "=" where depth == 0 && index > text.startIndex:
          return PropertyEdit(String(text[..<index]), String(text[text.index(after: index)...]))
        default: continue
        }
      }
      throw ValidationError("“\(text)” is not PATH=VALUE.")
    }
  }

  struct Patch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Edits a form, a view or any other component by a difference in a file.",
      discussion: """
        XML: elements marked solutionaction="Added", "Modified" or "Removed", as managed packages write them. \
        JSON: an object of paths and new values, all strings; null takes a property out.
        """
    )

    @Argument(help: "KIND:NAME or a GUID.", completion: .component)
    var component: String

    @Option(help: "The difference, XML or JSON.", completion: .file())
    var file: String

    @Flag(help: "Publish what is changed at once.")
    var publishChanges = false

    @OptionGroup var editing: EditOptions

    func run() async throws {
      let bytes = try Files.bytes(of: file)
      let id = try await editing.find(component)
      guard bytes.first(where: { !$0.isSpace }) == UInt8(ascii: "{") else {
        let name = file.split(separator: "/").last.map(String.init) ?? file
        return try await editing.perform(
          .patch(id, difference: bytes, file: name),
          of: id,
          publishes: publishChanges
        )
      }
      let values = try JSONFile.read(bytes, of: file, "an object of paths with strings or null") {
        try ShapeCoder.decode([String: String?].self, $0)
      }
      let edits = values.sorted { $0.key < $1.key }.map { PropertyEdit($0.key, $0.value) }
      try await editing.perform(.set(id, edits), publishes: publishChanges)
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Deletes an unmanaged component with its data; a managed one goes with its solution only."
    )

    @Argument(help: "KIND:NAME or a GUID.", completion: .component)
    var component: String

    @OptionGroup var editing: EditOptions

    func run() async throws {
      try await editing.perform(.remove(try await editing.find(component)))
    }
  }

  struct Reset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes the unmanaged layer of components, and a draft: what lies below comes up.",
      discussion:
        "Parts of a table (columns, forms) have layers of their own and are named one by one."
    )

    @Argument(help: "KIND:NAME or a GUID.", completion: .component)
    var components: [String]

    @OptionGroup var editing: EditOptions

    func run() async throws {
      var ids: [ComponentID] = []
      for text in components { ids.append(try await editing.find(text)) }
      try await editing.perform(.reset(ids))
    }
  }

  struct Block: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Whether the environment refuses unmanaged imports and edits.",
      discussion:
        "Layers that are there can still be removed, and values of environment variables set."
    )

    enum Switch: String, CaseIterable, ExpressibleByArgument {
      case on, off
    }

    @Argument(help: "on or off.")
    var state: Switch

    @OptionGroup var editing: EditOptions

    func run() async throws { try await editing.perform(.blocking(state == .on)) }
  }
}

/// How unmanaged work is done: shown first when asked for, listed in a solution when one is named.
struct EditOptions: ParsableArguments {
  @Option(
    help:
      "An unmanaged solution that lists what is changed from now on; default the one that STRATA_SOLUTION names, the preferred solution.",
    completion: .solution
  )
  var solution: SolutionName?

  @OptionGroup var changing: ChangeOptions

  /// - Parameter id: what is edited, where it may lie over managed layers.
  func perform(
    _ customization: Customization,
    of id: ComponentID? = nil,
    publishes: Bool = false
  ) async throws {
    try await perform(.customizing(customization, in: try listing(), publishes: publishes))
    let output = changing.performing.output
    guard let id, Console.isAdvised(output) else { return }
    do {
      let question = ComponentQuestion(names: [id.key], type: id.type, hint: "")
      let found = try await changing.environment.lifecycle().ask(question).state
      if found.stacks[id]?.isManaged ?? false { Console.suggest(NextStep.covered, output) }
    } catch {
      // It is done; advice that cannot be given is no failure of it.
    }
  }

  func perform(_ request: Request) async throws { try await changing.perform(request) }

  /// The one that is said, or that is preferred; nil where nothing needs to be listed.
  ///
  /// - Throws: `Failure` where the preferred one has no name of a solution.
  func listing() throws -> SolutionName? {
    // All that there is is listed in Default anyway.
    if let solution { return solution == .default ? nil : solution }
    guard let text = getenv("STRATA_SOLUTION").map({ String(cString: $0) }), !text.isEmpty else {
      return nil
    }
    guard let name = SolutionName(text) else {
      throw Failure(
        .usage,
        "STRATA_SOLUTION is “\(text.shown(100))”, and that is no name of a solution",
        status: Failure.wrongUsage
      )
    }
    return name == .default ? nil : name
  }

  func find(_ text: String) async throws -> ComponentID {
    try await changing.environment.component(text, kinds: .standard)
  }
}

extension EnvironmentOptions {
  /// The component that a text means.
  func component(_ text: String, kinds: ComponentKinds) async throws -> ComponentID {
    let address = ComponentAddress(text: text)
    let found = try await lifecycle().ask(address.question(kinds))
    return try address.resolve(in: found.state, kinds: kinds, hints: found.hints)
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { [0x20, 0x09, 0x0A, 0x0D].contains(self) }
}
