internal import Hashing
internal import SQL
package import Solutions

/// Writes what an environment tells of itself: operations, attempts, and what each operation left.
///
/// - Throws: all of it: `SQLError` where the database cannot be written.
package struct HistoryWriter {
  let transaction: StoreTransaction

  private var reader: StoreReader { transaction.reader }
  private var sql: any SQLSession { transaction.sql }

  // MARK: Operations

  func write(
    _ record: OperationRecord,
    of plan: Plan,
    as number: Int,
    writtenAt: [ComponentID: Timestamp] = [:],
    completed: Timestamp
  ) throws {
    func count(_ action: Change.Action) -> Int { plan.changes.count { $0.action == action } }
    try sql.execute(
      """
      INSERT INTO operation (number, verb, title, who, started, completed, options,
        added, changed, deleted, dereferenced, masked, unchanged)
      VALUES (\(number), \(record.verb), \(record.title), \(record.who),
        \(record.started.milliseconds), \(completed.milliseconds), \(OptionsText.text(record.options)),
        \(count(.add)), \(count(.change)), \(count(.delete)), \(count(.dereference)),
        \(plan.changes.count { $0.isMasked }), \(plan.unchanged))
      """
    )
    try write(packages: plan, in: number)
    try write(changes: plan, in: number, record, writtenAt, completed: completed)
    try write(findings: plan, in: number)
  }

  private func write(packages plan: Plan, in number: Int) throws {
    for (position, package) in plan.packages.enumerated() {
      try sql.execute(
        """
        INSERT INTO operation_package (operation, position, name, version, from_version, action, digest)
        VALUES (\(number), \(position), \(package.name.text), \(package.version.text),
          \(package.from?.text), \(package.action.rawValue), \(SQLValue(package.digest?.bytes)))
        """
      )
    }
  }

  private func write(
    changes plan: Plan,
    in number: Int,
    _ record: OperationRecord,
    _ writtenAt: [ComponentID: Timestamp],
    completed: Timestamp
  ) throws {
    let numbers = try transaction.numbering(Set(plan.changes.map(\.id)))
    var rows = Batch(
      into: "operation_change",
      [
        "operation", "position", "action", "component", "solution", "masked_by", "reason", "rule",
        "milliseconds", "lost",
      ]
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
  }

  private func write(findings plan: Plan, in number: Int) throws {
    var findings = Batch(
      into: "operation_finding",
      ["operation", "position", "severity", "code", "rule", "subject", "message", "remedy"]
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

  /// An operation that wrote rows and changed no component.
  package func note(_ record: OperationRecord, as number: Int, completed: Timestamp) throws {
    let environment = try reader.environment()
    let plan = Plan.nothing(on: environment.id, environment.revision)
    let digest = try presentDigest(of: environment.revision)
    try write(record, of: plan, as: number, completed: completed)
    try store(digest, of: number)
    try sql.execute("UPDATE environment SET revision = \(number)")
  }

  // MARK: What they left

  func store(_ digest: StateDigest, of number: Int) throws {
    try sql.execute("DELETE FROM operation_state WHERE operation = \(number)")
    try sql.execute(
      """
      INSERT INTO operation_state (operation, publishers, solutions, members, layers, settings)
      VALUES \(list: [SQLValue(number)] + digest.blobs.map { .blob($0) })
      """
    )
  }

  /// The digest of the present, before anything is written; kept from now on where an earlier release kept none.
  func presentDigest(of revision: Int) throws -> StateDigest {
    if let stored = try reader.storedDigest(of: revision) { return stored }
    let rebuilt = try reader.rebuiltDigests(of: [revision])[revision] ?? StateDigest()
    try store(rebuilt, of: revision)
    return rebuilt
  }

  // MARK: Attempts

  package func begin(_ id: String, _ record: OperationRecord, process: Int) throws {
    // Whoever may begin holds the claim, so whatever else says that it runs does not.
    try sql.execute(
      """
      UPDATE attempt SET outcome = 'interrupted', ended = \(record.started.milliseconds)
      WHERE outcome = 'running'
      """
    )
    let newest = try sql.row("SELECT MAX(number) FROM attempt") { try $0.optionalInteger(0) ?? 0 }
    let number = (newest ?? 0) + 1
    try sql.execute(
      """
      INSERT INTO attempt (number, id, verb, title, who, process, started, outcome)
      VALUES (\(number), \(id), \(record.verb), \(record.title), \(record.who), \(process),
        \(record.started.milliseconds), 'running')
      """
    )
    try sql.execute("DELETE FROM attempt WHERE number <= \(number - Self.attemptsMax)")
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
      """
      UPDATE attempt SET outcome = \(outcome.rawValue), message = \(message),
        operation = \(operation), ended = \(moment.milliseconds)
      WHERE id = \(id) AND outcome = 'running'
      """
    )
  }
}
