import ArgumentParser
import Contract
import Solutions

struct Deps: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a component needs and what needs it.",
    discussion: """
      References inside script code, expressions of flows and canvas documents are not read. Tables that flows use by
      name and privileges of roles are read and block nothing, as on the platform.
      """
  )

  @Argument(help: "KIND:NAME or a GUID.", completion: .component)
  var component: String

  @Flag(help: "Only what it needs.")
  var required = false

  @Flag(help: "Only what needs it.")
  var dependents = false

  @Flag(help: "Only what blocks its deletion.")
  var blocking = false

  @OptionGroup var looking: ComponentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let kinds = ComponentKinds.standard
    let (id, installed) = try await looking.find(component, kinds: kinds)
    let graph = DependencyGraph(installed, kinds: kinds)
    let isAll = !required && !dependents && !blocking
    let document = DepsShape(
      id,
      state: installed,
      kinds: kinds,
      required: isAll || required ? graph.required(by: id) : nil,
      dependents: isAll || dependents ? graph.dependents(of: id) : nil,
      blocking: isAll || blocking ? DependencyGraph.blocking(id, in: installed, kinds: kinds) : nil
    )
    try output.give(document) { document.text($0) }
  }
}

extension DepsShape {
  func text(_ style: TextStyle) -> Prose {
    var lines: [Prose] = [style.bold("\(component.kind):\(component.name)")]
    let lists: [(Prose, [DepsShape.Edge]?)] = [
      ("Delete blocked by", blocking), ("Used by", dependents), ("Uses", required),
    ]
    var told: Set<String> = []
    for (title, edges) in lists {
      guard let edges else { continue }
      let all = edges.map { Self.line($0, style) }
      // What blocks a deletion is used by it as well, and need not be read twice.
      let new = all.filter { told.insert($0.text).inserted }
      let above = all.count - new.count
      let note: Prose =
        above == 0 ? "" : new.isEmpty ? ", as above" : ", \(above) of them above"
      lines.append("  \(style.bold(title)) (\(edges.count))\(note)")
      lines += new
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func line(_ edge: DepsShape.Edge, _ style: TextStyle) -> Prose {
    let display = edge.component.displayName.map { " “\($0.shown(50))”" as Prose } ?? ""
    let place = edge.present ? edge.solution : "not in what is given"
    let draft: Prose =
      switch edge.type {
      case .unpublished: ", in a draft"
      case .untracked: ", blocks nothing"
      default: ""
      }
    return
      "    \(edge.component.kind):\(edge.component.name.shown())\(display)  "
      + style("\(place); \(edge.via.joined(separator: ", "))\(draft)", .gray)
  }
}
