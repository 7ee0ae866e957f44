/// An environment as one of many.
package struct EnvironmentOutline: Sendable {
  package let name: String
  package let location: String
  package let standing: Standing
  /// How many are installed.
  package let solutions: Int
  package let bytes: Int

  package init(
    name: String,
    location: String,
    standing: Standing,
    solutions: Int,
    bytes: Int
  ) {
    self.name = name
    self.location = location
    self.standing = standing
    self.solutions = solutions
    self.bytes = bytes
  }
}
