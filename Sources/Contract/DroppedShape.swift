package import Solutions

/// `environment drop`: an environment that is gone.
package struct DroppedShape: Shape {
  package static let format = "strata.environment-dropped"

  package let location: String
  /// The id that it had.
  package let environment: String
  package let revision: Int
  package let solutions: Int
  package let bytes: Int

  package init(_ outline: EnvironmentOutline) {
    location = outline.location
    environment = outline.standing.environment.id
    revision = outline.standing.environment.revision
    solutions = outline.solutions
    bytes = outline.bytes
  }

  /// A copy that was cut off: no revision of it and no solution is there yet.
  package init(unfinishedCopyOf environment: String, at location: String, bytes: Int) {
    (self.location, self.environment, self.bytes) = (location, environment, bytes)
    (revision, solutions) = (0, 0)
  }
}
