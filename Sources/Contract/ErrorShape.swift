/// What went wrong, where nothing else can be said (`--json`).
package struct ErrorShape: Shape {
  package static let format = "strata.error"

  /// For programs: stable, one of docs/json.md, or the code of a finding.
  package let code: String
  package let message: String
  /// What to do next; null where there is nothing to say.
  @Nullable package var remedy: String?
  package let exitStatus: Int32

  package init(code: String, message: String, remedy: String?, exitStatus: Int32) {
    self.code = code
    self.message = message
    self.exitStatus = exitStatus
    self.remedy = remedy
  }
}
