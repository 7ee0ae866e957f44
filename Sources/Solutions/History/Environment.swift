/// Which environment it is, and how far its history has come.
package struct Environment: Equatable, Sendable {
  package let id: String
  package let created: Timestamp
  /// The number of the newest operation; 0 before the first.
  package let revision: Int

  package init(id: String, created: Timestamp, revision: Int) {
    self.id = id
    self.created = created
    self.revision = revision
  }
}
