package struct KeyOverEqualRows: FindingContent {
  package static let kind = FindingKind(
    "strata.key-equal-rows",
    .warning,
    .inferred("LC-500"),
    "A key that comes over rows which it would have to keep apart is there and not active (LC-500)."
  )

  let key: NamedComponent
  /// Logical names.
  let columns: [String]
  /// More than one.
  let rows: Int
  /// The first ones that several rows have.
  let values: [String]

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    "\(rows) rows are equal in \(columns.joined(separator: ", ")), so \(key) will not be active"
  }

  package var because: [Phrase] {
    [
      "the first of them: \(values.joined(separator: "; "))",
      "texts that differ only in case, accents or blanks at the end are equal",
    ]
  }

  package var remedies: [Remedy] {
    [.words("put the rows right before, or after and activate the key then")]
  }
}

/// Rows that are equal under a key that is to come.
package struct EqualRows: Equatable, Sendable {
  package let key: ComponentID
  package let columns: [String]
  package let rows: Int
  package let values: [String]

  package init(key: ComponentID, columns: [String], rows: Int, values: [String]) {
    self.key = key
    self.columns = columns
    self.rows = rows
    self.values = values
  }
}

extension Plan {
  /// The same with a warning for each key that will not be active.
  package func warning(_ equal: [EqualRows], kinds: ComponentKinds) -> Plan {
    guard !equal.isEmpty else { return self }
    var plan = self
    let warnings = equal.map { found in
      Finding(
        KeyOverEqualRows(
          key: NamedComponent(found.key, kinds, name: found.key.key),
          columns: found.columns,
          rows: found.rows,
          values: found.values
        )
      )
    }
    plan.findings = (findings + warnings).sorted()
    return plan
  }
}
