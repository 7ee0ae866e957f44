import ArgumentParser
import Contract
import Lifecycle
import SolutionStore
import Solutions

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "The solutions of an environment, in the order in which their layers lie, topmost first."
  )

  @Option(help: "The environment as it was after this operation.")
  var asOf: Int?

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let asOf = asOf
    let document = try await lifecycle.store.read { session in
      let dates = try session.dates(at: asOf)
      return SolutionsShape(
        try session.solutions(at: asOf).sorted { ($1.rank, $0.name) < ($0.rank, $1.name) }.map {
          InstalledSolution.Dated($0, dates[$0.name])
        }
      )
    }
    try output.give(document) { document.text($0) }
  }
}

extension SolutionsShape {
  func text(_ style: TextStyle) -> String {
    guard !solutions.isEmpty else { return "No solutions.\n" }
    let width = solutions.map(\.uniqueName.count).max() ?? 0
    let lines = solutions.map { item in
      let name = item.uniqueName + String(repeating: " ", count: width - item.uniqueName.count)
      var notes = [item.managed ? "managed" : "unmanaged", "publisher \(item.publisher)"]
      if let parent = item.patchOf { notes.append("patch of \(parent)") }
      if let base = item.pendingUpgradeOf { notes.append("pending upgrade of \(base)") }
      if let operation = item.operation, let date = item.updatedOn {
        notes.append("operation \(operation) at \(date)")
      }
      return "\(style.bold(name))  \(item.version)  \(style(notes.joined(separator: ", "), .gray))"
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

struct ShowSolution: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show-solution",
    abstract: "One solution: its row, its components by kind, its patches."
  )

  @Argument(help: "Unique name of the solution.")
  var name: SolutionName

  @Option(help: "The environment as it was after this operation.")
  var asOf: Int?

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let (name, asOf) = (name, asOf)
    let document = try await lifecycle.store.read { session in
      let rows = try session.solutions(at: asOf)
      guard let row = rows.first(where: { $0.name == name }) else { throw Self.missing(name, rows) }
      return SolutionShape(
        row,
        try session.dates(at: asOf)[name],
        family: rows.filter { $0.family == row.family && $0.name != row.name },
        members: try session.members(of: name, at: asOf)
      )
    }
    try output.give(document) { document.text($0) }
  }

  static func missing(_ name: SolutionName, _ rows: [InstalledSolution]) -> Files.Failure {
    let names = rows.map(\.name.text).sorted().joined(separator: ", ")
    return Files.Failure(
      description: "\(name) is not installed\n  → installed: \(names.isEmpty ? "nothing" : names)"
    )
  }
}

extension SolutionShape {
  func text(_ style: TextStyle) -> String {
    var lines = [
      "\(style.bold(solution.uniqueName)) \(solution.version)  “\(solution.displayName.shown(60))”",
      "  \(solution.managed ? "managed" : "unmanaged"), publisher \(solution.publisher), id \(solution.id)",
    ]
    if let installed = solution.installedOn, let updated = solution.updatedOn {
      lines.append("  installed \(installed), updated \(updated)")
    }
    for other in related {
      let what = other.patchOf == nil ? "pending upgrade or base" : "patch"
      lines.append("  \(what): \(other.uniqueName) \(other.version)")
    }
    let drafts =
      components.drafts > 0
      ? ", \(components.drafts) with a draft; strata publish --solution \(solution.uniqueName)" : ""
    lines.append("  \(counted(components.total, "component"))\(drafts)")
    for (kind, count) in components.byKind.sorted(by: { $0.key < $1.key }) {
      let states = components.states[kind].map { style("  \($0.on) on, \($0.off) off", .gray) }
      lines.append("    \(kind)  \(count)\(states ?? "")")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

struct Components: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What a solution lists, and how many layers each component has."
  )

  @Argument(help: "Unique name of the solution.")
  var name: SolutionName

  @Option(help: "The environment as it was after this operation.")
  var asOf: Int?

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let (name, asOf) = (name, asOf)
    let document = try await lifecycle.store.read { session in
      let rows = try session.solutions(at: asOf)
      guard rows.contains(where: { $0.name == name }) else {
        throw ShowSolution.missing(name, rows)
      }
      return ComponentsShape(name, try session.members(of: name, at: asOf))
    }
    try output.give(document) { document.text($0) }
  }
}

extension ComponentsShape {
  func text(_ style: TextStyle) -> String {
    components.map { item in
      let display = item.component.displayName.map { "  “\($0.shown(60))”" } ?? ""
      let hasDraft = item.componentState != 0
      let layers =
        item.layers > 0
        ? counted(item.layers, "layer") + (hasDraft ? ", draft" : "")
        : hasDraft ? "draft only" : "no content"
      let state = item.state.map { ", \($0.rawValue)" } ?? ""
      return
        "\(item.component.kind):\(item.component.name.shown())\(display)  \(style(layers + state, .gray))\n"
    }.joined()
  }
}
