/// `version --json`.
package struct VersionShape: Shape {
  package static let format = "strata.version"

  package let version: String
  /// What the program was built from; null where the build does not say.
  @Nullable package var commit: String?
  @Nullable package var date: String?
  package let platform: String
  /// Of environments: those up to this one can be read.
  package let schema: Int
  package let sqlite: String

  package init(
    version: String,
    commit: String?,
    date: String?,
    platform: String,
    schema: Int,
    sqlite: String
  ) {
    self.version = version
    self.platform = platform
    self.schema = schema
    self.sqlite = sqlite
    self.commit = commit
    self.date = date
  }
}
