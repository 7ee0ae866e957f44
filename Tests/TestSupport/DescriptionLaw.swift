import SolutionPackages
package import Solutions
import Testing

/// What holds of the description of every solution.
package struct DescriptionLaw {
  package let description: Description
  private let solution: InstalledSolution
  private let state: InstalledState
  private let contents: [String: [UInt8]]

  /// - Parameter find: the content of a file of a package.
  package init(
    _ name: SolutionName,
    on state: InstalledState,
    _ find: ([Definition.Part]) throws -> [String: [UInt8]]
  ) throws {
    solution = try #require(state.solutions[name])
    let state = state.keeping(solution)
    self.state = state
    description = Description(of: solution, on: state)
    contents = description.contents(try find(description.parts))
  }

  package func text() throws -> String { try SaidWriter.write(description.said) }

  private func plan(on state: InstalledState) throws -> Plan {
    let said = try SaidReader.read(Array(try text().utf8), file: "solution.yaml")
    #expect(said == description.said)
    let blueprint = try Blueprint(said, file: "solution.yaml").reading {
      file throws(DescribedFiles.Unread) in
      guard let content = contents[file.path] else { throw .init("there is no \(file.path)") }
      return content
    }
    return Plan.bringing(to: blueprint, on: state, options: PlanOptions(publishes: true))
  }

  /// Where it stands, it changes nothing.
  package func changesNothing() throws {
    guard !solution.isManaged else { return }
    let plan = try plan(on: state)
    #expect(plan.isApplicable, "\(spelled(plan)) \(plan.findings.flatMap(\.because))")
    #expect(plan.effects.isEmpty, "\(spelled(plan))")
  }

  /// Where nothing of it stands, it makes the same, but for what it is said not to say.
  ///
  /// - Returns: what there is then.
  @discardableResult
  package func makesTheSame() throws -> InstalledState {
    let plan = try plan(on: state.without(solution))
    let problems = plan.findings.flatMap { ["\($0.message)"] + $0.because.map { "\($0)" } }
    let text = try text()
    #expect(plan.isApplicable, "\(problems.joined(separator: "\n"))\n\(text)")
    let made = state.without(solution).applying(plan)
    for told in description.components where told.isSaid {
      let id = told.component.id
      let kind = ComponentKinds.standard[id.type]
      let (before, after) = (
        made.stacks[id]?.effective(kind.merge), state.stacks[id]?.effective(kind.merge)
      )
      #expect(before != nil, "\(kind.name) \(id.key) is not made")
      let silent = Set(told.unsaid + told.kept)
      let changes = PropertyChanges.between(before, after).filter { change in
        !silent.contains(change.path) && !change.path.hasPrefix("content")
          && change.path != "definition"
      }
      #expect(
        changes.isEmpty,
        "\(kind.name) \(id.key): \(changes.map { "\($0.path) \($0.before ?? "-") \($0.after ?? "-")" })"
      )
    }
    return made
  }

  /// What is made of a description is described alike.
  package func isFixed() throws {
    let made = try makesTheSame()
    let same = try #require(made.solutions[solution.name])
    let again = Description(of: same, on: made)
    let (before, after) = (try text(), try SaidWriter.write(again.said))
    #expect(before == after)
  }
}
