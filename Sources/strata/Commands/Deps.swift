import ArgumentParser
import Solutions

struct Deps: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a component needs, what needs it, and what blocks its deletion.",
    discussion: """
      References inside script code, expressions of flows and canvas documents are not read. Tables that flows use by
      name and privileges of roles are read and block nothing, as on the platform.
      """
  )

  @Argument(help: "KIND:NAME or a GUID.")
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
    let document = DepsDocument(
      id,
      state: installed,
      kinds: kinds,
      required: isAll || required ? graph.required(by: id) : nil,
      dependents: isAll || dependents ? graph.dependents(of: id) : nil,
      blocking: isAll || blocking ? DependencyGraph.blocking(id, in: installed, kinds: kinds) : nil
    )
    print(
      output.json ? try DocumentCoder.json(document) : document.text(output.style),
      terminator: ""
    )
  }
}

/// `deps --json`.
struct DepsDocument: Codable {
  struct Edge: Codable {
    let component: ComponentDocument
    let solution: String
    /// `internal`, `published`, `unpublished` (DP-102), or `untracked` where the platform does not look.
    let type: String
    let via: [String]
    /// Whether the state has the component.
    let present: Bool
  }

  let format: String
  let formatVersion: Int
  let component: ComponentDocument
  var required: [Edge]?
  var dependents: [Edge]?
  var blocking: [Edge]?

  init(
    _ id: ComponentID,
    state: InstalledState,
    kinds: ComponentKinds,
    required: [DependencyGraph.Edge]?,
    dependents: [DependencyGraph.Edge]?,
    blocking: [DependencyGraph.Edge]?
  ) {
    format = "strata.deps"
    formatVersion = 1
    func document(_ id: ComponentID) -> ComponentDocument {
      let component = state.standing(id)?.top.component
      return ComponentDocument(
        id,
        name: component?.name ?? id.key,
        displayName: component?.displayName,
        parent: component?.parent,
        kinds: kinds
      )
    }
    func edge(_ edge: DependencyGraph.Edge, to other: ComponentID) -> Edge {
      Edge(
        component: document(other),
        solution: state.standing(other)?.top.solution.text ?? "",
        type: edge.type.word,
        via: edge.via,
        present: state.standing(other) != nil
      )
    }
    component = document(id)
    self.required = required?.map { edge($0, to: $0.required) }
    self.dependents = dependents?.map { edge($0, to: $0.dependent) }
    self.blocking = blocking?.map { edge($0, to: $0.dependent) }
  }

  func text(_ style: TextStyle) -> String {
    var lines = [style.bold("\(component.kind):\(component.name)")]
    for (title, edges) in [
      ("Delete blocked by", blocking), ("Used by", dependents), ("Uses", required),
    ] {
      guard let edges else { continue }
      lines.append("  \(style.bold(title)) (\(edges.count))")
      for edge in edges {
        let display = edge.component.displayName.map { " “\($0.shown(50))”" } ?? ""
        let place = edge.present ? edge.solution : "not in what is given"
        let draft =
          switch edge.type {
          case "unpublished": ", in a draft"
          case "untracked": ", blocks nothing"
          default: ""
          }
        lines.append(
          "    \(edge.component.kind):\(edge.component.name.shown())\(display)  "
            + style("\(place); \(edge.via.joined(separator: ", "))\(draft)", .gray)
        )
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension DependencyType {
  fileprivate var word: String {
    switch self {
    case .solutionInternal: "internal"
    case .published: "published"
    case .unpublished: "unpublished"
    case .untracked: "untracked"
    }
  }
}
