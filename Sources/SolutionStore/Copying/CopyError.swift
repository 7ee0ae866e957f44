package import Solutions

/// Why an environment was not copied; nothing of it is there.
package enum CopyError: RemediedError, Equatable {
  /// The other database has no room for so many columns.
  case tooWide(table: String, columns: Int, most: Int)
  /// What arrived is not what was there.
  case differs([String])
  /// What is copied is damaged itself.
  case broken(String, [String])
  /// The unfinished copy that is there is of another environment.
  case other(location: String, source: String)

  package var prose: Prose {
    switch self {
    case .tooWide(let table, let columns, let most):
      "the table \(table) has \(columns) columns with those in the trash, and the other database takes \(most); nothing was copied"
    case .differs(let differences):
      "what arrived differs from what was there, so nothing was copied: "
        + "\(differences.prefix(5).joined(separator: "; "))"
    case .broken(let location, let faults):
      "\(location) is damaged, so it was not copied: \(faults.prefix(3).joined(separator: "; "))"
        + (faults.count > 3 ? " and \(faults.count - 3) more" : "")
    case .other(let location, let source):
      "\(location) holds an unfinished copy of another environment, \(source); nothing was changed"
    }
  }

  /// Whether going on would end in the same.
  package var isFinal: Bool { if case .other = self { false } else { true } }

  package var remedy: Remedy? {
    switch self {
    case .tooWide: .listTrash
    case .differs: nil
    case .other(let location, _): .otherPlace(than: location)
    case .broken: .listDamage
    }
  }
}
