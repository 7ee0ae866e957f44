internal import Solutions

/// A user of the environment for whom a request is answered.
struct Actor: Sendable {
  let session: Session
  let standing: Standing
  /// nil for a system administrator, who may do everything.
  let rights: RowRights?

  /// Which rows may be read, written and so on; nil for all of them.
  ///
  /// - Throws: `WebError` where none may.
  func rows(
    of table: Table,
    for verb: RowRights.Verb,
    as alias: String? = nil
  ) throws(WebError) -> RowQuery.Filter? {
    guard let rights else { return nil }
    guard let depth = rights.depth(verb, on: table) else { throw missing(verb, on: table) }
    return standing.rows(of: table, within: depth, as: alias)
  }

  func may(_ verb: RowRights.Verb, on table: Table) -> Bool {
    rights.map { $0.depth(verb, on: table) != nil } ?? true
  }

  private func missing(_ verb: RowRights.Verb, on table: Table) -> WebError {
    let privilege = RowRights.privilege(verb, on: table)
    return denial("is missing \(privilege) privilege for entity '\(table.name)'")
  }

  func refusal(_ verb: RowRights.Verb, on table: String, _ row: RowName) -> WebError {
    denial("has no \(verb.rawValue) access to the row \(row) of '\(table)'")
  }

  /// - Parameter what: the user is short of, as the platform says it.
  func denial(_ what: String) -> WebError {
    WebError(403, WebError.accessDenied, "Principal user (Id=\(standing.user), type=8) \(what)")
  }
}

extension SystemUserName {
  /// Which users it may mean.
  var filter: RowQuery.Filter {
    func compare(_ column: String, _ text: String) -> RowQuery.Filter {
      .compare(RowQuery.ColumnPath(column), .equal, .text(text))
    }
    switch self {
    case .id(let id): return compare("systemuserid", id.description)
    case .domain(let name): return compare("domainname", name)
    case .directory(let object, let application):
      return .any(
        [
          object.map { compare("azureactivedirectoryobjectid", $0.description) },
          application.map { compare("applicationid", $0.description) },
        ].compactMap(\.self)
      )
    }
  }
}
