import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract:
      "List installed solutions, topmost layer first."
  )

  @OptionGroup var moment: MomentOptions

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let document = SolutionsShape(try await lifecycle.ask(InstalledQuestion(asOf: moment.asOf)))
    try output.give(document) { document.text($0) }
  }
}

extension SolutionsShape {
  func text(_ style: TextStyle) -> Prose {
    guard !solutions.isEmpty else { return "No solutions.\n" }
    let rows = solutions.map { item -> [Prose] in
      var changed: [Prose] = []
      if let operation = item.operation, let date = item.updatedOn {
        changed.append("operation \(operation) at \(date)")
      }
      if let parent = item.patchOf { changed.append("patch of \(parent)") }
      if let base = item.pendingUpgradeOf { changed.append("pending upgrade of \(base)") }
      return [
        style.bold("\(item.uniqueName)"), "\(item.version)", "\(item.displayName.shown(40))",
        item.managed ? "managed" : "unmanaged", "\(item.publisher)",
        style(changed.joined(separator: ", "), .gray),
      ]
    }
    return TextTable.text(
      ["Name", "Version", "Display name", "State", "Publisher", "Changed"],
      rows,
      style
    )
  }
}

struct ShowSolution: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show-solution",
    abstract: "Show one solution, its components and patches."
  )

  @Argument(help: "Unique name of the solution.", completion: .solution)
  var name: SolutionName

  @OptionGroup var moment: MomentOptions

  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let document = SolutionShape(try await lifecycle.solution(name, asOf: moment.asOf))
    try output.give(document) { document.text($0) }
  }
}

extension SolutionShape {
  func text(_ style: TextStyle) -> Prose {
    var lines: [Prose] = [
      "\(style.bold("\(solution.uniqueName)")) \(solution.version)  “\(solution.displayName.shown(60))”",
      "  \(solution.managed ? "managed" : "unmanaged"), publisher \(solution.publisher), id \(solution.id)",
    ]
    if let installed = solution.installedOn, let updated = solution.updatedOn {
      lines.append("  installed \(installed), updated \(updated)")
    }
    for other in related {
      lines.append("  \(way(to: other)): \(other.uniqueName) \(other.version)")
    }
    let drafts: Prose =
      components.drafts > 0
      ? ", \(components.drafts) with a draft; strata publish --solution \(solution.uniqueName)" : ""
    lines.append("  \(counted(components.total, "component"))\(drafts)")
    for (kind, count) in components.byKind.sorted(by: { $0.key < $1.key }) {
      let states = components.states[kind].map { style("  \($0.on) on, \($0.off) off", .gray) }
      lines.append("    \(kind)  \(count)\(states ?? "")")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What another solution of the same family is to this one.
  private func way(to other: SolutionsShape.Item) -> String {
    if let parent = other.patchOf {
      return parent == solution.patchOf ? "another patch of it" : "patch"
    }
    if other.pendingUpgradeOf != nil { return "pending upgrade" }
    return solution.patchOf == nil ? "base" : "patch of"
  }
}
