import ArgumentParser
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
      SolutionsDocument(try session.solutions(at: asOf), try session.dates(at: asOf))
    }
    try output.give(document) { document.text($0) }
  }
}

/// `list --json`.
struct SolutionsDocument: Codable, Sendable {
  struct Item: Codable, Sendable {
    let uniqueName: String
    let displayName: String
    let version: String
    let id: String
    let managed: Bool
    let publisher: String
    @Nullable var patchOf: String?
    @Nullable var pendingUpgradeOf: String?
    @Nullable var installedOn: String?
    @Nullable var updatedOn: String?
    /// That last changed it.
    @Nullable var operation: Int?
  }

  let format: String
  let formatVersion: Int
  let solutions: [Item]

  init(
    _ rows: [InstalledSolution],
    _ dates: [SolutionName: StoreSession.Dates]
  ) {
    format = "strata.solutions"
    formatVersion = 1
    solutions = rows.sorted { ($1.rank, $0.name) < ($0.rank, $1.name) }.map {
      Item($0, dates[$0.name])
    }
  }

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

extension SolutionsDocument.Item {
  init(_ row: InstalledSolution, _ dates: StoreSession.Dates?) {
    uniqueName = row.name.text
    displayName = row.displayName
    version = row.version.text
    id = row.id.description
    managed = row.isManaged
    publisher = row.publisher.text
    patchOf = row.parent?.text
    if case .holding(let base) = row.role { pendingUpgradeOf = base.text }
    installedOn = dates?.installed.description
    updatedOn = dates?.updated.description
    operation = dates?.operation
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
      return SolutionDocument(
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

/// `show-solution --json`.
struct SolutionDocument: Codable, Sendable {
  let format: String
  let formatVersion: Int
  let solution: SolutionsDocument.Item
  let components: Components
  /// Its patches and its pending upgrade.
  let related: [SolutionsDocument.Item]

  struct Components: Codable, Sendable {
    let total: Int
    /// How many of them have a draft.
    let drafts: Int
    let byKind: [String: Int]
    /// Of steps and processes, by kind.
    let states: [String: States]

    struct States: Codable, Sendable {
      let on: Int
      let off: Int
    }
  }

  init(
    _ row: InstalledSolution,
    _ dates: StoreSession.Dates?,
    family: [InstalledSolution],
    members: [StoreSession.Member]
  ) {
    format = "strata.solution"
    formatVersion = 1
    solution = SolutionsDocument.Item(row, dates)
    related = family.sorted { $0.rank < $1.rank }.map { SolutionsDocument.Item($0, nil) }
    let kinds = ComponentKinds.standard
    components = Components(
      total: members.count,
      drafts: members.count(where: \.hasDraft),
      byKind: Dictionary(grouping: members) { kinds[$0.id.type].name }.mapValues(\.count),
      states: Dictionary(grouping: members.filter { $0.isOn != nil }) { kinds[$0.id.type].name }
        .mapValues { members in
          let on = members.count { $0.isOn == true }
          return .init(on: on, off: members.count - on)
        }
    )
  }

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
      return ComponentsDocument(name, try session.members(of: name, at: asOf))
    }
    try output.give(document) { document.text($0) }
  }
}

/// `components --json`.
struct ComponentsDocument: Codable, Sendable {
  struct Item: Codable, Sendable {
    let component: ComponentDocument
    let layers: Int
    /// 0 published, 1 with a draft (LC-333).
    let componentState: Int
    /// `on` or `off`, of a step or process.
    @Nullable var state: String?
  }

  let format: String
  let formatVersion: Int
  let solution: String
  let components: [Item]

  init(_ name: SolutionName, _ members: [StoreSession.Member]) {
    format = "strata.components"
    formatVersion = 1
    solution = name.text
    components = members.map { member in
      Item(
        component: ComponentDocument(
          member.id,
          name: member.name ?? member.id.key,
          displayName: member.displayName,
          parent: nil,
          kinds: .standard
        ),
        layers: member.layers,
        componentState: (member.hasDraft ? ComponentState.unpublished : .published).rawValue,
        state: member.isOn.map { Setting.isOn($0).text }
      )
    }
  }

  func text(_ style: TextStyle) -> String {
    components.map { item in
      let display = item.component.displayName.map { "  “\($0.shown(60))”" } ?? ""
      let hasDraft = item.componentState != 0
      let layers =
        item.layers > 0
        ? counted(item.layers, "layer") + (hasDraft ? ", draft" : "")
        : hasDraft ? "draft only" : "no content"
      let state = item.state.map { ", \($0)" } ?? ""
      return
        "\(item.component.kind):\(item.component.name.shown())\(display)  \(style(layers + state, .gray))\n"
    }.joined()
  }
}
