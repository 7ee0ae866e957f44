import ArgumentParser
import Solutions

struct BlameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "blame",
    abstract: "For each property in effect, the layer that says so and the one that brought it."
  )

  @Argument(help: "KIND:NAME or a GUID.")
  var component: String

  @Argument(help: "Only this property, by its path or the end of it.")
  var property: String?

  @OptionGroup var looking: ComponentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let kinds = ComponentKinds.standard
    let (id, installed) = try await looking.find(component, kinds: kinds)
    guard let stack = installed.stacks[id] else { return }
    let blame = Blame(stack, merge: kinds[id.type].merge)
    let lines = blame.lines.filter { line in
      guard let property else { return true }
      return line.path == property || line.path.hasSuffix("/\(property)")
        || line.path.hasSuffix("@\(property)")
    }
    guard property == nil || !lines.isEmpty else {
      throw Files.Failure(description: "\(component) has no property “\(property ?? "")”")
    }
    let document = BlameDocument(stack, blame, lines, state: installed, kinds: kinds)
    print(
      output.json ? try DocumentCoder.json(document) : document.text(output.style),
      terminator: ""
    )
  }
}

/// `blame --json`.
struct BlameDocument: Codable {
  struct Line: Codable {
    let path: String
    let value: String
    let solution: String
    @Nullable var version: String?
    let since: String
    @Nullable var sinceVersion: String?
  }

  let format: String
  let formatVersion: Int
  let component: ComponentDocument
  let baseKnown: Bool
  let properties: [Line]

  init(
    _ stack: LayerStack,
    _ blame: Blame,
    _ lines: [Blame.Line],
    state: InstalledState,
    kinds: ComponentKinds
  ) {
    format = "strata.blame"
    formatVersion = 1
    let top = stack.top.component
    component = ComponentDocument(
      top.id,
      name: top.name,
      displayName: top.displayName,
      parent: top.parent,
      kinds: kinds
    )
    baseKnown = blame.isBaseKnown
    properties = lines.map { line in
      Line(
        path: line.path,
        value: line.value,
        solution: line.layer.solution.text,
        version: state.solutions[line.layer.solution]?.version.text,
        since: line.since.solution.text,
        sinceVersion: state.solutions[line.since.solution]?.version.text
      )
    }
  }

  func text(_ style: TextStyle) -> String {
    var lines = [style.bold("\(component.kind):\(component.name)")]
    if !baseKnown {
      lines.append("  its base is not known here: this is what differences say")
    }
    let width = min(
      44,
      properties.map { $0.solution.count + ($0.version?.count ?? 0) + 1 }.max() ?? 0
    )
    for line in properties {
      let owner = "\(line.solution) \(line.version ?? "")"
      let pad = String(repeating: " ", count: max(0, width - owner.count))
      let since =
        line.since == line.solution
        ? "" : style("  since \(line.since) \(line.sinceVersion ?? "")", .gray)
      lines.append(
        "  \(style(owner, .blue))\(pad)  \(line.path.shown(90)): \(line.value.shown(70))\(since)"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
