internal import Hashing
internal import SQL
internal import Solutions
internal import XML

/// Which states could be rebuilt to what their operations left.
struct HistoryProof {
  var broken: [String] = []
  var proven: [Int] = []
  var unknown: [Int] = []
}

extension StoreReader {
  /// Rebuilds the states that operations left, and compares them with what was kept of them.
  func historyProof(_ scope: Verification.Scope) throws -> HistoryProof {
    let newest = try revision()
    let numbers = try sql.rows("SELECT number FROM operation ORDER BY number") {
      try $0.integer(0)
    }.filter { scope == .whole || $0 == newest }
    let stored = try storedDigests(scope == .whole ? "operation > 0" : "operation = \(newest)")
    // Before the first operation there was nothing.
    let rebuilt =
      scope == .whole
      ? try rebuiltDigests(of: numbers + [0]) : [newest: try presentRows(at: newest)]
    var proof = HistoryProof()
    for number in (scope == .whole ? [0] : []) + numbers {
      guard let left = number == 0 ? StateDigest() : stored[number] else {
        proof.unknown.append(number)
        continue
      }
      let differences = left.differences(from: rebuilt[number] ?? StateDigest())
      guard !differences.isEmpty else {
        if number > 0 { proof.proven.append(number) }
        continue
      }
      let what =
        number == 0
        ? "the empty state before the first operation" : "the state that operation \(number) left"
      // Names are the same for all of them.
      let lost =
        try proof.broken.isEmpty
        ? lost(differences, after: number)
        : ["its \(differences.map(\.name).joined(separator: ", ")) are not those that it left"]
      let fate = number == newest ? "is not what is there" : "can no longer be rebuilt"
      proof.broken.append("\(what) \(fate): \(lost.joined(separator: "; "))")
    }
    return proof
  }

  /// Definitions whose content has another hash, by the components that they are of.
  func brokenDefinitions(_ scope: Verification.Scope) throws -> [String] {
    let current: SQLText = """
       WHERE hash IN (SELECT statement.definition FROM layer
        JOIN statement ON statement.id = layer.statement WHERE layer.closed IS NULL)
      """
    var parts: [SHA256Digest: [Definition.Part]] = [:]
    var damaged: Set<SHA256Digest> = []
    var hasher = SHA256Hasher()
    try sql.forEachRow("SELECT definition, path, bytes, digest, content FROM definition_part") {
      row in
      guard let hash = SHA256Digest(bytes: try row.blob(0)),
        let digest = SHA256Digest(bytes: try row.blob(3))
      else { return }
      if !row.isNull(4) {
        hasher.update(try row.blob(4))
        if hasher.finish() != digest { damaged.insert(hash) }
      }
      parts[hash, default: []].append(
        Definition.Part(
          path: try row.text(1),
          bytes: try row.integer(2),
          digest: digest,
          content: nil
        )
      )
    }
    var nameless = 0
    try sql.forEachRow(
      "SELECT hash, content, is_wrapped FROM definition\(scope == .whole ? "" : current)"
    ) { row in
      guard let hash = SHA256Digest(bytes: try row.blob(0)) else {
        nameless += 1
        return
      }
      if try !isSound(hash, row.blob(1), row.value(2), parts[hash] ?? []) {
        damaged.insert(hash)
      }
    }
    var broken = nameless > 0 ? ["\(nameless) definitions have no hash"] : []
    let missing = try sql.rows(
      """
      SELECT DISTINCT component FROM statement
      WHERE NOT EXISTS (SELECT 1 FROM definition WHERE definition.hash = statement.definition)
      """
    ) { try $0.integer(0) }
    for id in try ids(of: Set(missing)).values.sorted() {
      broken.append("a definition of \(kinds[id.type].name):\(id.key) is missing")
    }
    return try broken + damaged.sorted().flatMap { try owners(of: $0, scope) }
  }

  private func isSound(
    _ hash: SHA256Digest,
    _ content: [UInt8],
    _ isWrapped: SQLValue,
    _ parts: [Definition.Part]
  ) throws -> Bool {
    guard [.integer(0), .integer(1)].contains(isWrapped) else { return false }
    do {
      let fragment = try XMLFragment(stored: content, isWrapped: isWrapped == .integer(1))
      return Definition(fragment, parts: parts).hash == hash
    } catch is StoreError {
      return false
    }
  }

  private func owners(of definition: SHA256Digest, _ scope: Verification.Scope) throws -> [String] {
    let rows = try sql.rows(
      """
      SELECT statement.component, MAX(CASE WHEN layer.closed IS NULL THEN 1 ELSE 0 END), MAX(layer.opened)
      FROM statement JOIN layer ON layer.statement = statement.id AND layer.component = statement.component
      WHERE statement.definition = \(.blob(definition.bytes)) GROUP BY statement.component
      """
    ) { (try $0.integer(0), try $0.integer(1) == 1, try $0.integer(2)) }
    let ids = try ids(of: Set(rows.map(\.0)))
    let named = rows.compactMap { number, isCurrent, opened -> String? in
      guard let id = ids[number], isCurrent || scope == .whole else { return nil }
      return "\(kinds[id.type].name):\(id.key)\(isCurrent ? "" : " of operation \(opened)")"
    }
    if rows.isEmpty {
      return ["a definition that nothing uses has another content than was stored"]
    }
    return named.map { "the definition of \($0) is not what was stored" }
  }

  /// Archives that are not what was imported, and those that are missing.
  func brokenPackages() throws -> [String] {
    var broken: [String] = []
    var there: Set<SHA256Digest> = []
    var hasher = SHA256Hasher()
    try sql.forEachRow("SELECT digest, file, content FROM package") { row in
      hasher.update(try row.blob(2))
      let (found, file) = (hasher.finish(), try row.text(1))
      guard let digest = SHA256Digest(bytes: try row.blob(0)) else {
        broken.append("the kept package \(file) has no digest")
        return
      }
      there.insert(digest)
      if found != digest { broken.append("the kept package \(file) is not what was imported") }
    }
    try sql.forEachRow(
      "SELECT DISTINCT digest, name, version FROM operation_package WHERE digest IS NOT NULL"
    ) { row in
      let digest = SHA256Digest(bytes: try row.blob(0))
      if digest.map({ !there.contains($0) }) ?? true {
        broken.append("the package of \(try row.text(1)) \(try row.text(2)) is not kept any more")
      }
    }
    return broken
  }
}
