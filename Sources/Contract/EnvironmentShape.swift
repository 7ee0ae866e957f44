/// `init --json`: an environment that was made.
package struct EnvironmentShape: Shape {
  package static let format = "strata.environment"

  /// Its id.
  package let environment: String
  package let location: String

  package init(environment: String, location: String) {
    self.environment = environment
    self.location = location
  }
}
