package import Solutions

/// Why an environment cannot be opened or changed.
package enum StoreError: Error, Equatable, Sendable {
  case notAnEnvironment(String)
  /// Only a part of one is there; the same copy goes on with it.
  case unfinishedCopy(location: String, source: String)
  /// The file was written by a newer release.
  case tooNew(location: String, version: Int, known: Int)
  /// The file was written by an older release, and has to be written to be read by this one.
  case tooOld(location: String, version: Int, known: Int)
  /// A plan was made from another state.
  case stale(planned: Int, now: Int)
  /// What was written is not what was planned: the invariant of apply is broken, and nothing is kept.
  case unfaithful([String])
  case damaged(String)
  /// It does not have what an environment of its version has, in words.
  case otherSchema(location: String, [String])
  /// An operation that leads back would lead elsewhere; nothing is kept.
  case unreachable(operation: Int, [String])
  case noSuchTrash(Int)
  /// Two entries of one component: only one can come back.
  case sameTrash(Int, Int, String)
  /// A dropped column lies in a table that was dropped, too.
  case liesElsewhere(Int)
  /// An index over rows that are not unique.
  case keyFails(String, String)
  case noSuchRevision(Int, newest: Int)
  /// Two components would keep their rows under one name.
  case tableTaken(String)
}

extension StoreError: RemediedError {
  package var prose: Prose {
    switch self {
    case .notAnEnvironment(let location): "\(location) is not an environment of Strata"
    case .unfinishedCopy(let location, let source):
      "\(location) is no environment yet: it holds a copy of \(source) that was cut off"
    case .tooNew(let location, let version, let known):
      "\(location) was written by a newer release (schema \(version); this one knows \(known))"
    case .tooOld(let location, let version, let known):
      "\(location) was written by an older release (schema \(version); this one knows \(known)), and cannot be "
        + "brought up to date because it is read-only"
    case .stale(let planned, let now):
      "the plan was made from revision \(planned), and the environment is at \(now)"
    case .unfaithful(let differences):
      "what was written differs from the plan, so nothing was kept: "
        + "\(differences.prefix(5).joined(separator: "; "))"
    case .damaged(let what): "the environment is damaged: \(what)"
    case .otherSchema(let location, let faults):
      "\(location) is damaged: "
        + "\(faults.prefix(5).joined(separator: ", "))"
        + (faults.count > 5 ? " and \(faults.count - 5) more" : "")
    case .unreachable(let operation, let differences):
      ([
        "the state that \(operation == 0 ? "was there before the first operation" : "operation \(operation) left") "
          + "cannot be reached, so nothing was changed:"
      ]
        + differences.prefix(10).map { "  \($0)" as Prose }
        + (differences.count > 10 ? ["  … and \(differences.count - 10) more"] : []))
        .joined(separator: "\n")
    case .liesElsewhere(let id):
      "the values with the number \(id) lie in an older table, which is in the trash itself; nothing was changed"
        + "\n  → restore that table, or roll back the operation that dropped it"
    case .keyFails(let key, let why):
      "the key \(key) stays inactive: \(why)\n  → change or delete those rows, and activate it then"
    case .tableTaken(let name):
      "two components would keep their rows in the table \(name), so nothing was changed"
        + "\n  → a relationship's IntersectEntityName and the name of a table must differ from all others"
    case .noSuchRevision(let number, let newest):
      "there is no operation \(number); the newest is \(newest)"
    case .sameTrash(let one, let other, let name):
      "\(one) and \(other) are both values of \(name), and one of them can come back"
    case .noSuchTrash(let id):
      "nothing in the trash has the number \(id)"
    }
  }

  package var remedy: Remedy? {
    switch self {
    case .unreachable: .verify
    case .damaged: .listDamage
    case .unfinishedCopy(let location, let source): .finishCopy(from: source, to: location)
    case .noSuchTrash: .listTrash
    default: nil
    }
  }
}
