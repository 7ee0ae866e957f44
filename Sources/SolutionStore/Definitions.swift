internal import Hashing
internal import SQL
internal import Solutions
internal import XML

/// Definitions, which are kept once, by their hash.
extension PlanWriter {
  /// Where what is kept under a hash is damaged, it becomes what is known here to have that hash.
  func mend(_ definitions: [Definition]) throws {
    let known = Dictionary(definitions.map { ($0.hash, $0) }) { first, _ in first }
    var damaged: [Definition] = []
    try sql.forEachRow(among: known.keys.sorted().map { .blob($0.bytes) }) {
      "SELECT hash, content, is_wrapped FROM definition WHERE hash IN \(list: $0)"
    } each: { row in
      guard let hash = SHA256Digest(bytes: try row.blob(0)), let right = known[hash] else { return }
      let isRight =
        try row.blob(1) == CanonicalWriter.bytes(of: right.fragment)
        && row.value(2) == SQLValue(right.fragment.isWrapped)
      if !isRight { damaged.append(right) }
    }
    for definition in damaged {
      try sql.execute(
        """
        UPDATE definition SET content = \(.blob(CanonicalWriter.bytes(of: definition.fragment))),
          is_wrapped = \(SQLValue(definition.fragment.isWrapped))
        WHERE hash = \(.blob(definition.hash.bytes))
        """
      )
    }
  }

  func write(definitions: [Definition]) throws {
    var rows = Batch(into: "definition", ["hash", "content", "is_wrapped"], .kept)
    var parts = Batch(
      into: "definition_part",
      ["definition", "path", "bytes", "digest", "content"],
      .kept
    )
    for definition in definitions {
      try rows.add(
        [
          .blob(definition.hash.bytes), .blob(CanonicalWriter.bytes(of: definition.fragment)),
          SQLValue(definition.fragment.isWrapped),
        ],
        to: sql
      )
    }
    try rows.flush(to: sql)
    for definition in definitions {
      for part in definition.parts {
        try parts.add(
          [
            .blob(definition.hash.bytes), .text(part.path), SQLValue(part.bytes),
            .blob(part.digest.bytes), SQLValue(part.content),
          ],
          to: sql
        )
      }
    }
    try parts.flush(to: sql)
  }
}
