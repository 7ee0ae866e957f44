package import Solutions

/// `environment list`: the environments of a server, or of a folder.
package struct EnvironmentsShape: Shape {
  package static let format = "strata.environments"

  package let environments: [Entry]

  package struct Entry: Codable, Sendable {
    package let name: String
    package let location: String
    /// Its id; null, as what follows, where it cannot be read.
    @Nullable package var environment: String?
    @Nullable package var revision: Int?
    @Nullable package var solutions: Int?
    @Nullable package var bytes: Int?
    @Nullable package var lastOperation: StatusShape.Done?
    /// Whether an operation runs now; null where that is not known, too.
    @Nullable package var runs: Bool?
    /// Why it cannot be read.
    @Nullable package var problem: String?

    package init(_ outline: EnvironmentOutline) {
      name = outline.name
      location = outline.location
      environment = outline.standing.environment.id
      revision = outline.standing.environment.revision
      solutions = outline.solutions
      bytes = outline.bytes
      lastOperation = outline.standing.lastOperation.map { StatusShape.Done($0) }
      runs = outline.standing.runs
    }

    package init(name: String, location: String, problem: String) {
      self.name = name
      self.location = location
      self.problem = problem
    }
  }

  package init(_ environments: [Entry]) { self.environments = environments }
}
