internal import Hashing
internal import SQL
package import Solutions

extension StoreReader {
  /// Proves that the environment is what its operations made of it.
  ///
  /// What cannot be read is broken, and no reason not to look at the rest.
  ///
  /// - Parameter rows: told how far the rows have been compared with definitions; nil leaves them alone.
  package func verified(
    _ scope: Verification.Scope = .whole,
    rows report: ((CountingProgress) -> Void)? = nil
  ) throws -> Verification {
    var broken: [String] = []
    var notes: [String] = []
    func look(_ at: String, _ body: () throws -> [String]) throws {
      broken += try faults(at, body)
    }
    if scope == .whole {
      try look("the file") {
        try sql.integrityFaults().map { "the database itself: \($0)" }
      }
    }
    try look("the counting of operations") { try brokenCounting() }
    try look("numbers") { try brokenNumbers() }
    try look("a table") { try brokenFields() }
    try look("definitions") { try brokenDefinitions(scope) }
    var state: InstalledState?
    try look("the present state") {
      let whole = try whole()
      state = whole
      return try brokenPresent(whole)
    }
    var proof = HistoryProof()
    try look("the states that operations left") {
      proof = try historyProof(scope)
      return proof.broken
    }
    if scope == .whole {
      try look("packages") { try brokenPackages() }
      try look("the history") { try brokenRecords() }
      try look("the trash") { try brokenIncarnations() }
    }
    try look("the database") {
      let strange = try toldStrangers()
      notes += strange.notes
      return try strange.broken + brokenSystemRows()
    }
    var rows: RowProof?
    if let report {
      try look("a table of rows") {
        let found = try rowProof(report: report)
        rows = found
        return found.broken
      }
    }
    // One damage may show in many places, but need not be told twice.
    return Verification(
      scope: scope,
      state: state,
      broken: Set(broken).sorted(),
      notes: notes + (rows?.notes ?? []),
      rows: rows?.rows,
      proven: proof.proven,
      unknown: proof.unknown
    )
  }

  private func faults(_ at: String, _ body: () throws -> [String]) throws -> [String] {
    do {
      return try sql.apart(body)
    } catch let error as SQLError where error.isOfTheMoment {
      // It says nothing of what is there.
      throw error
    } catch let error as SQLError {
      return ["\(at) cannot be read: \(error.message)"]
    } catch {
      return ["\(at) cannot be read: \(error)"]
    }
  }

  // MARK: Counting

  /// Operations are counted from 1, without gaps, and the environment knows the last one.
  package func brokenCounting() throws -> [String] {
    let revision = try revision()
    let numbers = try sql.rows("SELECT number FROM operation ORDER BY number") {
      try $0.integer(0)
    }
    var broken: [String] = []
    let newest = numbers.last ?? 0
    if revision != newest {
      broken.append(
        "the environment counts \(revision) operations, and the history "
          + (newest == 0 ? "has none" : "ends with operation \(newest)")
      )
    }
    var expected = 1
    for number in numbers {
      if number > expected {
        broken.append(
          number == expected + 1
            ? "operation \(expected) is missing in the history"
            : "operations \(expected) to \(number - 1) are missing in the history"
        )
      }
      if number < 1 { broken.append("the history has an operation \(number)") }
      expected = max(expected, number + 1)
    }
    return broken
  }

  /// Before an operation: a history that is cut or counted wrong leads nowhere.
  ///
  /// - Parameter number: from where on it is needed; nil needs the newest only.
  package func requireHistory(since number: Int?) throws {
    let revision = try revision()
    let first = min(number ?? revision, revision)
    let (there, newest) =
      try sql.row(
        """
        SELECT COUNT(*), (SELECT MAX(number) FROM operation) FROM operation
        WHERE number >= \(max(first, 1))
        """
      ) { (try $0.integer(0), try $0.optionalInteger(1) ?? 0) } ?? (0, 0)
    guard newest == revision, there == revision - max(first, 1) + 1 || revision == 0 else {
      throw StoreError.damaged(
        "it counts \(revision) operations, and the history does not have them all, so nothing was changed"
      )
    }
  }

  // MARK: Fields

  /// Rows that end before they begin, and values that mean nothing.
  private func brokenFields() throws -> [String] {
    var broken: [String] = []
    let (temporal, now) = (
      [
        "layer", "membership", "setting", "solution", "publisher", "unmanaged_block", "tenure",
        "value_turn", "root_behavior", "told",
      ],
      try revision()
    )
    for table in temporal where try !sql.columns(of: table).isEmpty {
      let odd = try count("\(name: table) WHERE closed IS NOT NULL AND closed <= opened")
      if odd > 0 { broken.append("\(odd) rows of \(table) end before they begin") }
      let late = try count("\(name: table) WHERE opened > \(now) OR closed > \(now)")
      if late > 0 {
        broken.append("\(late) rows of \(table) are of operations that are yet to come")
      }
    }
    for field in try Self.fields + (keepsBehaviors() ? [Self.behavior] : []) {
      try sql.forEachRow(
        """
        SELECT DISTINCT \(field.column), \(field.owner) FROM \(field.table)
        WHERE \(field.column) NOT IN \(list: field.values) LIMIT 10
        """
      ) { row in
        let subject = "\(field.subject) \(Self.word(row.value(1)))"
        broken.append(
          "\(subject) has “\(Self.word(row.value(0)))” as its \(field.name), which means nothing"
        )
      }
    }
    let orphans = try count(
      "solution WHERE (role = 'ordinary') <> (parent IS NULL) AND role IN ('ordinary', 'patch', 'holding')"
    )
    if orphans > 0 {
      broken.append(
        "\(orphans) rows of solutions have a role without a parent, or a parent without a role"
      )
    }
    return broken
  }

  private struct Field {
    let table: SQLText
    let column: SQLText
    /// In words.
    let name: String
    /// A column that tells which row it is, and what that is.
    let owner: SQLText
    let subject: String
    let values: [SQLValue]
  }

  private static let fields = [
    Field(
      table: "solution",
      column: "role",
      name: "role",
      owner: "name",
      subject: "the solution",
      values: ["ordinary", "patch", "holding"]
    ),
    Field(
      table: "solution",
      column: "is_managed",
      name: "mark of being managed",
      owner: "name",
      subject: "the solution",
      values: [0, 1]
    ),
    Field(
      table: "setting JOIN component ON component.id = setting.component",
      column: "setting.kind",
      name: "kind",
      owner: "component.key",
      subject: "a setting of",
      values: Setting.kinds.map { .text($0) }
    ),
    Field(
      table: "operation_change",
      column: "action",
      name: "action",
      owner: "operation",
      subject: "a change of operation",
      values: [Change.Action.delete, .dereference, .add, .change].map { .text($0.word) }
    ),
    Field(
      table: "operation_package",
      column: "action",
      name: "action",
      owner: "operation",
      subject: "a package of operation",
      values: Plan.Action.allCases.map { .text($0.rawValue) }
    ),
    Field(
      table: "operation_finding",
      column: "severity",
      name: "severity",
      owner: "operation",
      subject: "a finding of operation",
      values: [Finding.Severity.error, .warning, .info].map { .text($0.word) }
    ),
    Field(
      table: "attempt",
      column: "outcome",
      name: "outcome",
      owner: "title",
      subject: "the attempt",
      values: Attempt.Outcome.allCases.map { .text($0.rawValue) }
    ),
  ]

  private static let behavior = Field(
    table: "root_behavior",
    column: "behavior",
    name: "behavior",
    owner: "solution",
    subject: "a root of",
    values: RootComponent.Behavior.allCases.map { SQLValue($0.rawValue) }
  )

  static func word(_ value: SQLValue) -> String {
    switch value {
    case .text(let text): text
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .blob, .null: "\(value)"
    }
  }
}
