package import Hashing
internal import SQL
package import Solutions

extension StoreReader {
  /// Operations that wrote rows, in words.
  package func rowOperations(since number: Int) throws -> [String] {
    let rows = try sql.rows(
      "SELECT number, title FROM operation WHERE number >= \(number) AND verb = 'rows' ORDER BY number"
    ) { (try $0.integer(0), try $0.text(1)) }
    // What moved values can be taken back.
    let moving = Set(try storedMoves("operation >= \(number)").map(\.move.operation))
    return rows.filter { !moving.contains($0.0) }.map { "operation \($0.0): \($0.1)" }
  }

  /// Newest first.
  ///
  /// - Parameter since: a revision; only what came after it.
  package func history(limit: Int = .max, since: Int = 0) throws -> [Operation] {
    let newest = try revision()
    guard newest > since, limit > 0 else { return [] }
    return try operations(newest - min(limit, newest - since) + 1...newest)
  }

  /// Those with these numbers, newest first; reads nothing of the others.
  package func operations(_ numbers: ClosedRange<Int>) throws -> [Operation] {
    let wanted: SQLText = "BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)"
    var packages: [Int: [Operation.Package]] = [:]
    try sql.forEachRow(
      """
      SELECT operation, name, version, from_version, action, digest FROM operation_package
      WHERE operation \(wanted) ORDER BY operation, position
      """
    ) { row in
      packages[try row.integer(0), default: []].append(try Self.package(row))
    }
    return try sql.rows(
      """
      SELECT number, verb, title, who, started, completed, options, added, changed, deleted,
        dereferenced, masked, unchanged
      FROM operation WHERE number \(wanted) ORDER BY number DESC
      """
    ) { row in
      let number = try row.integer(0)
      return Operation(
        number: number,
        record: OperationRecord(
          verb: try row.text(1),
          title: try row.text(2),
          who: try row.text(3),
          started: Timestamp(milliseconds: try row.integer(4)),
          options: try OptionsText.options(try row.text(6))
        ),
        completed: Timestamp(milliseconds: try row.integer(5)),
        counts: Operation.Counts(
          add: try row.integer(7),
          change: try row.integer(8),
          delete: try row.integer(9),
          dereference: try row.integer(10),
          masked: try row.integer(11),
          unchanged: try row.integer(12)
        ),
        packages: packages[number] ?? []
      )
    }
  }

  private static func package(_ row: SQLRow) throws -> Operation.Package {
    let from = try row.optionalText(3)
    guard let version = SolutionVersion(try row.text(2)),
      let action = Plan.Action(rawValue: try row.text(4)),
      from == nil || from.flatMap({ SolutionVersion($0) }) != nil
    else { throw StoreError.damaged("a package of operation \(try row.integer(0)) means nothing") }
    return Operation.Package(
      name: try solution(try row.text(1)),
      version: version,
      from: from.flatMap { SolutionVersion($0) },
      action: action,
      digest: row.isNull(5) ? nil : SHA256Digest(bytes: try row.blob(5))
    )
  }

  private static func solution(_ text: String) throws -> SolutionName {
    guard let name = SolutionName(stored: text) else {
      throw StoreError.damaged("the history names “\(text)”, which is no solution")
    }
    return name
  }

  private static func action(_ text: String) throws -> Change.Action {
    guard let action = Change.Action.allCases.first(where: { $0.word == text }) else {
      throw StoreError.damaged("the history has “\(text)” as what became of a component")
    }
    return action
  }

  /// What an operation did, component by component.
  package func results(of number: Int) throws -> [Operation.Result] {
    let rows = try sql.rows(
      """
      SELECT action, component, solution, masked_by, reason, rule, milliseconds, lost
      FROM operation_change
      WHERE operation = \(number) ORDER BY position
      """
    ) { row in
      (
        try row.text(0), try row.integer(1), try row.text(2), try row.text(3), try row.text(4),
        try row.text(5), try row.signedInteger(6), try row.optionalInteger(7)
      )
    }
    let ids = try ids(of: Set(rows.map(\.1)))
    return try rows.map { action, component, solution, maskedBy, reason, rule, milliseconds, lost in
      guard let id = ids[component] else {
        throw StoreError.damaged("component \(component) is missing")
      }
      return Operation.Result(
        action: try Self.action(action),
        id: id,
        solution: try Self.solution(solution),
        maskedBy: try maskedBy.split(separator: "\n").map { try Self.solution(String($0)) },
        reason: reason,
        rule: rule,
        milliseconds: milliseconds,
        lost: lost
      )
    }
  }

  /// Components, solutions and publishers that operations after a revision have touched.
  package func touched(after revision: Int) throws -> Set<ComponentID> {
    var numbers: Set<Int> = []
    let tables = ["layer", "membership", "setting"]
    for table in try tables + (keepsBehaviors() ? ["root_behavior"] : []) {
      try sql.forEachRow(
        """
        SELECT DISTINCT component FROM \(name: table) WHERE opened > \(revision) OR closed > \(revision)
        """
      ) { numbers.insert(try $0.integer(0)) }
    }
    return Set(try ids(of: numbers).values)
  }

  /// The archive that was imported, by its digest.
  package func package(_ digest: SHA256Digest) throws -> (file: String, bytes: [UInt8])? {
    let found = try sql.row(
      "SELECT file, content FROM package WHERE digest = \(.blob(digest.bytes))"
    ) { (file: try $0.text(0), bytes: try $0.blob(1)) }
    guard let found else { return nil }
    guard SHA256Digest(of: found.bytes) == digest else {
      throw StoreError.damaged("the kept package \(found.file) is not what was imported")
    }
    return found
  }

  /// Newest first.
  package func attempts(limit: Int) throws -> [Attempt] {
    try sql.rows(
      """
      SELECT id, verb, title, who, process, started, ended, outcome, message, operation
      FROM attempt ORDER BY number DESC LIMIT \(limit)
      """
    ) { row in
      Attempt(
        id: try row.text(0),
        verb: try row.text(1),
        title: try row.text(2),
        who: try row.text(3),
        process: try row.integer(4),
        started: Timestamp(milliseconds: try row.integer(5)),
        ended: try row.optionalInteger(6).map { Timestamp(milliseconds: $0) },
        outcome: Attempt.Outcome(rawValue: try row.text(7)) ?? .failed,
        message: try row.optionalText(8),
        operation: try row.optionalInteger(9)
      )
    }
  }
}
