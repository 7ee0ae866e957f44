internal import Hashing
internal import SQL
package import Solutions

/// What the history says of an operation, beside its plan.
package struct OperationRecord: Equatable, Sendable {
  package let verb: String
  package let title: String
  package let who: String
  package let started: Timestamp
  /// As a JSON object.
  package let options: String

  package init(verb: String, title: String, who: String, started: Timestamp, options: String) {
    self.verb = verb
    self.title = title
    self.who = who
    self.started = started
    self.options = options
  }
}

/// An operation that has been done.
package struct Operation: Equatable, Sendable {
  package let number: Int
  package let record: OperationRecord
  package let completed: Timestamp
  package let counts: Counts
  package let packages: [Package]

  package struct Counts: Equatable, Sendable {
    package let add: Int
    package let change: Int
    package let delete: Int
    package let dereference: Int
    package let masked: Int
    package let unchanged: Int
  }

  package struct Package: Equatable, Sendable {
    package let name: String
    package let version: String
    package let from: String?
    package let action: String
    package let digest: String?
  }

  /// What became of one component.
  package struct Result: Equatable, Sendable {
    package let action: String
    package let id: ComponentID
    package let solution: String
    package let maskedBy: [String]
    package let reason: String
    package let rule: String
    /// Since the operation began.
    package let milliseconds: Int
    /// Rows of a table or values of a column that went to the trash; nil where nobody counted.
    package let lost: Int?
  }
}

/// An operation that was begun; tells the tale of those that failed or were cut off.
package struct Attempt: Equatable, Sendable {
  package let id: String
  package let verb: String
  package let title: String
  package let who: String
  package let process: Int
  package let started: Timestamp
  package let ended: Timestamp?
  package let outcome: Outcome
  package let message: String?
  package let operation: Int?

  package enum Outcome: String, CaseIterable, Sendable {
    case running
    case done
    case refused
    case failed
    /// The process ended before the operation; nothing of it is there.
    case interrupted
  }

  /// The same, known to run no more.
  package var cutOff: Attempt {
    Attempt(
      id: id,
      verb: verb,
      title: title,
      who: who,
      process: process,
      started: started,
      ended: nil,
      outcome: .interrupted,
      message: message,
      operation: operation
    )
  }
}

extension StoreSession {
  func write(
    _ record: OperationRecord,
    of plan: Plan,
    as number: Int,
    completed: Timestamp
  ) throws {
    func count(_ action: Change.Action) -> SQLValue {
      SQLValue(plan.changes.count { $0.action == action })
    }
    try sql.execute(
      """
      INSERT INTO operation (number, verb, title, who, started, completed, options,
        added, changed, deleted, dereferenced, masked, unchanged)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      """,
      [
        SQLValue(number), .text(record.verb), .text(record.title), .text(record.who),
        SQLValue(record.started.milliseconds), SQLValue(completed.milliseconds),
        .text(record.options), count(.add), count(.change), count(.delete), count(.dereference),
        SQLValue(plan.changes.count { $0.isMasked }), SQLValue(plan.unchanged),
      ]
    )
    for (position, package) in plan.packages.enumerated() {
      try sql.execute(
        """
        INSERT INTO operation_package (operation, position, name, version, from_version, action, digest)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        """,
        [
          SQLValue(number), SQLValue(position), .text(package.name.text),
          .text(package.version.text), SQLValue(package.from?.text),
          .text(package.action.rawValue), SQLValue(package.digest?.bytes),
        ]
      )
    }
    let numbers = try numbering(Set(plan.changes.map(\.id)))
    var rows = BulkInsert(
      into: "operation_change",
      "operation, position, action, component, solution, masked_by, reason, rule, milliseconds, lost"
    )
    for (position, change) in plan.changes.enumerated() {
      try rows.add(
        [
          SQLValue(number), SQLValue(position), .text(change.action.word),
          SQLValue(numbers[change.id]), .text(change.solution.text),
          .text(change.maskedBy.map(\.text).joined(separator: "\n")), .text(change.reason.text),
          .text(change.reason.rule.id),
          SQLValue((writtenAt[change.id] ?? completed).milliseconds - record.started.milliseconds),
          SQLValue(change.dataLoss.flatMap { $0.rows ?? $0.values }),
        ],
        to: sql
      )
    }
    try rows.flush(to: sql)
    var findings = BulkInsert(
      into: "operation_finding",
      "operation, position, severity, code, rule, subject, message, remedy"
    )
    for (position, finding) in plan.findings.enumerated() {
      try findings.add(
        [
          SQLValue(number), SQLValue(position), .text(finding.severity.word),
          .text(finding.code), .text(finding.rule.id), .text(finding.subject),
          .text(finding.message), SQLValue(finding.remedies.sentence()),
        ],
        to: sql
      )
    }
    try findings.flush(to: sql)
  }

  /// Operations that wrote rows, in words.
  package func rowOperations(since number: Int) throws -> [String] {
    try sql.rows(
      "SELECT number, title FROM operation WHERE number >= $1 AND verb = 'rows' ORDER BY number",
      [SQLValue(number)]
    ) { "operation \(try $0.integer(0)): \(try $0.text(1))" }
  }

  /// An operation that wrote rows and changed no component.
  package func note(_ record: OperationRecord, as number: Int, completed: Timestamp) throws {
    let environment = try environment()
    let plan = Plan.nothing(on: environment.id, environment.revision)
    let digest = try presentDigest(of: environment.revision)
    try write(record, of: plan, as: number, completed: completed)
    try store(digest, of: number)
    try sql.execute("UPDATE environment SET revision = $1", [SQLValue(number)])
  }

  /// Newest first.
  ///
  /// - Parameter since: a revision; only what came after it.
  package func history(limit: Int = .max, since: Int = 0) throws -> [Operation] {
    let newest = try environment().revision
    guard newest > since, limit > 0 else { return [] }
    return try operations(newest - min(limit, newest - since) + 1...newest)
  }

  /// Those with these numbers, newest first; reads nothing of the others.
  package func operations(_ numbers: ClosedRange<Int>) throws -> [Operation] {
    let wanted = [SQLValue(numbers.lowerBound), SQLValue(numbers.upperBound)]
    var packages: [Int: [Operation.Package]] = [:]
    try sql.forEachRow(
      """
      SELECT operation, name, version, from_version, action, digest FROM operation_package
      WHERE operation BETWEEN $1 AND $2 ORDER BY operation, position
      """,
      wanted
    ) { row in
      let digest = row.isNull(5) ? nil : SHA256Digest(bytes: try row.blob(5))?.description
      packages[try row.integer(0), default: []].append(
        Operation.Package(
          name: try row.text(1),
          version: try row.text(2),
          from: try row.optionalText(3),
          action: try row.text(4),
          digest: digest
        )
      )
    }
    return try sql.rows(
      """
      SELECT number, verb, title, who, started, completed, options, added, changed, deleted,
        dereferenced, masked, unchanged
      FROM operation WHERE number BETWEEN $1 AND $2 ORDER BY number DESC
      """,
      wanted
    ) { row in
      let number = try row.integer(0)
      return Operation(
        number: number,
        record: OperationRecord(
          verb: try row.text(1),
          title: try row.text(2),
          who: try row.text(3),
          started: Timestamp(milliseconds: try row.integer(4)),
          options: try row.text(6)
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

  /// What an operation did, component by component.
  package func results(of number: Int) throws -> [Operation.Result] {
    let rows = try sql.rows(
      """
      SELECT action, component, solution, masked_by, reason, rule, milliseconds, lost
      FROM operation_change
      WHERE operation = $1 ORDER BY position
      """,
      [SQLValue(number)]
    ) { row in
      (
        try row.text(0), try row.integer(1), try row.text(2), try row.text(3), try row.text(4),
        try row.text(5), try row.integer(6), try row.optionalInteger(7)
      )
    }
    let ids = try ids(of: Set(rows.map(\.1)))
    return try rows.map { action, component, solution, maskedBy, reason, rule, milliseconds, lost in
      guard let id = ids[component] else {
        throw StoreError.damaged("component \(component) is missing")
      }
      return Operation.Result(
        action: action,
        id: id,
        solution: solution,
        maskedBy: maskedBy.split(separator: "\n").map(String.init),
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
    for table in ["layer", "membership", "setting"] {
      try sql.forEachRow(
        "SELECT DISTINCT component FROM \(table) WHERE opened > $1 OR closed > $1",
        [SQLValue(revision)]
      ) { numbers.insert(try $0.integer(0)) }
    }
    return Set(try ids(of: numbers).values)
  }

  /// The archive that was imported, by its digest.
  package func package(_ digest: String) throws -> (file: String, bytes: [UInt8])? {
    guard let digest = SHA256Digest(digest) else { return nil }
    let found = try sql.row(
      "SELECT file, content FROM package WHERE digest = $1",
      [.blob(digest.bytes)]
    ) { (file: try $0.text(0), bytes: try $0.blob(1)) }
    guard let found else { return nil }
    guard SHA256Digest(of: found.bytes) == digest else {
      throw StoreError.damaged("the kept package \(found.file) is not what was imported")
    }
    return found
  }

  // MARK: Attempts

  package func begin(_ id: String, _ record: OperationRecord, process: Int) throws {
    // Whoever may begin holds the claim, so whatever else says that it runs does not.
    try sql.execute(
      "UPDATE attempt SET outcome = 'interrupted', ended = $1 WHERE outcome = 'running'",
      [SQLValue(record.started.milliseconds)]
    )
    let newest = try sql.row("SELECT MAX(number) FROM attempt") { try $0.optionalInteger(0) ?? 0 }
    let number = (newest ?? 0) + 1
    try sql.execute(
      """
      INSERT INTO attempt (number, id, verb, title, who, process, started, outcome)
      VALUES ($1, $2, $3, $4, $5, $6, $7, 'running')
      """,
      [
        SQLValue(number), .text(id), .text(record.verb), .text(record.title), .text(record.who),
        SQLValue(process), SQLValue(record.started.milliseconds),
      ]
    )
    try sql.execute(
      "DELETE FROM attempt WHERE number <= $1",
      [SQLValue(number - Self.attemptsMax)]
    )
  }

  /// Operations stay in the history for good; the tales of attempts do not.
  package static let attemptsMax = 1000

  package func end(
    _ id: String,
    _ outcome: Attempt.Outcome,
    message: String?,
    operation: Int?,
    at moment: Timestamp
  ) throws {
    try sql.execute(
      "UPDATE attempt SET outcome = $1, message = $2, operation = $3, ended = $4 WHERE id = $5",
      [
        .text(outcome.rawValue), SQLValue(message), SQLValue(operation),
        SQLValue(moment.milliseconds), .text(id),
      ]
    )
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
