package import Solutions

/// `blame --json`.
package struct BlameShape: Shape {
  package static let format = "strata.blame"

  package struct Line: Codable, Sendable {
    package let path: String
    /// The path in the names of a form's parts; absent where it says no more than `path`.
    package let words: String?
    package let value: String
    package let solution: String
    @Nullable package var version: String?
    package let since: String
    @Nullable package var sinceVersion: String?
    /// The operation that set the value, and the version of `since` with it; absent without an environment.
    package let operation: Int?
    package let operationVersion: String?
  }

  package let component: ComponentShape
  package let baseKnown: Bool
  package let properties: [Line]

  package init(
    _ stack: LayerStack,
    _ blame: Blame,
    _ lines: [Blame.Line],
    state: InstalledState,
    kinds: ComponentKinds,
    histories: [SolutionName: LayerHistory],
    setting: Setting?,
    operation: Int?
  ) {
    let top = stack.top.component
    component = ComponentShape(
      top.id,
      name: top.name,
      displayName: top.displayName,
      parent: top.parent,
      kinds: kinds
    )
    baseKnown = blame.isBaseKnown
    let origins = Dictionary(grouping: lines, by: \.since.solution).map { name, lines in
      (name, histories[name]?.origins(of: lines.map(\.path)) ?? [:])
    }
    let originsByLayer = Dictionary(origins) { first, _ in first }
    let settings = setting.map { setting in
      // No layer says it: it belongs to the environment.
      Line(
        path: setting.path,
        words: nil,
        value: setting.text,
        solution: "(environment)",
        version: nil,
        since: "(environment)",
        sinceVersion: nil,
        operation: operation,
        operationVersion: nil
      )
    }
    let secrecy = Secrecy(top.id, in: state)
    properties =
      lines.map { line in
        let origin = originsByLayer[line.since.solution]?[line.path]
        return Line(
          path: line.path,
          words: line.words,
          value: secrecy.told(line.value, at: line.path),
          solution: line.layer.solution.text,
          version: state.solutions[line.layer.solution]?.version.text,
          since: line.since.solution.text,
          sinceVersion: state.solutions[line.since.solution]?.version.text,
          operation: origin?.operation,
          operationVersion: origin?.version
        )
      } + (settings.map { [$0] } ?? [])
  }
}
