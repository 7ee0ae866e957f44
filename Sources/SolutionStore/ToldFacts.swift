internal import Hashing
internal import SQL
package import Solutions

/// What a live environment told, where an environment was made of it: one row at a time.
extension StoreReader {
  /// Whether there ever was anything; almost no environment has it, and all are asked.
  private func hasFacts() throws -> Bool {
    if let hasToldFacts { return hasToldFacts }
    // An older release has not kept it.
    let has =
      try !sql.columns(of: "told").isEmpty
      && sql.row("SELECT opened FROM told LIMIT 1", { try $0.integer(0) }) != nil
    hasToldFacts = has
    return has
  }

  /// Of now; nil where nothing was told, as of almost every environment.
  package func facts() throws -> FactsIndex? { try facts(at: Moment(revision: nil)) }

  func facts(at moment: Moment) throws -> FactsIndex? {
    guard try hasFacts(),
      let opened = try sql.row(
        "SELECT opened FROM told WHERE \(moment.condition("told"))",
        { try $0.integer(0) }
      )
    else { return nil }
    if moment.revision == nil, let known = knownFacts, known.opened == opened {
      return known.index
    }
    // What was done since a former revision is no question that anybody asks.
    let index = FactsIndex(
      try facts(opened: opened),
      since: moment.revision == nil ? try writings(after: opened) : .nothing
    )
    if moment.revision == nil { knownFacts = (opened, index) }
    return index
  }

  private func facts(opened: Int) throws -> Facts {
    let found = try sql.row("SELECT digest, content FROM told WHERE opened = \(opened)") {
      (digest: try $0.blob(0), content: try $0.blob(1))
    }
    guard let found else { throw StoreError.damaged("what was told has no content") }
    guard SHA256Digest(bytes: found.digest) == SHA256Digest(of: found.content) else {
      throw StoreError.damaged("what a live environment told is not what was kept")
    }
    do {
      return try FactsText.facts(found.content)
    } catch {
      throw StoreError.damaged("what a live environment told cannot be read: \(error)")
    }
  }

  /// What operations have made of components since they were told of.
  private func writings(after revision: Int) throws -> FactsIndex.Since {
    var (written, former): (Set<Int>, Set<Int>) = ([], [])
    try sql.forEachRow(
      "SELECT DISTINCT component FROM layer WHERE opened > \(revision) OR closed > \(revision)"
    ) { written.insert(try $0.integer(0)) }
    try sql.forEachRow(among: written.sorted().map { SQLValue($0) }) {
      """
      SELECT DISTINCT component FROM layer WHERE component IN \(list: $0)
        AND \(Moment(revision: revision).condition("layer"))
      """
    } each: {
      former.insert(try $0.integer(0))
    }
    let ids = try ids(of: written)
    return FactsIndex.Since(
      written: Set(ids.values),
      new: Set(written.subtracting(former).compactMap { ids[$0] })
    )
  }
}

extension PlanWriter {
  func write(_ index: FactsIndex?, in number: Int) throws {
    try sql.execute("UPDATE told SET closed = \(number) WHERE closed IS NULL")
    guard let index else { return }
    reader.hasToldFacts = true
    let content = FactsText.bytes(index.facts)
    try sql.execute(
      """
      INSERT INTO told (digest, content, opened)
      VALUES (\(.blob(SHA256Digest(of: content).bytes)), \(.blob(content)), \(number))
      """
    )
  }
}
