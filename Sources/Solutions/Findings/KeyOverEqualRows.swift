package struct KeyOverEqualRows: FindingContent {
  package static let kind = FindingKind(
    "strata.key-equal-rows",
    .warning,
    .inferred("LC-500"),
    "A key that comes over rows which it would have to keep apart is there and not active (LC-500)."
  )

  let key: NamedComponent
  let equal: EqualRows

  package var subject: Subject { .component(key) }

  package var text: Phrase {
    "\(equal.rows) rows are equal in \(equal.columns.joined(separator: ", ")), so \(key) will not be active"
  }

  package var because: [Phrase] { equal.because }

  package var remedies: [Remedy] {
    [.words("put the rows right before, or after and activate the key then")]
  }
}

/// Rows that are equal under a key that is to be active.
package struct EqualRows: Equatable, Sendable {
  package let key: ComponentID
  /// Logical names.
  package let columns: [String]
  /// More than one.
  package let rows: Int
  /// The first ones that several rows have.
  package let values: [String]

  package init(key: ComponentID, columns: [String], rows: Int, values: [String]) {
    self.key = key
    self.columns = columns
    self.rows = rows
    self.values = values
  }

  var because: [Phrase] {
    [
      "the first of them: \(values.joined(separator: "; "))",
      "texts that differ only in case, accents or blanks at the end are equal",
    ]
  }
}

extension Plan {
  /// The same with what comes of it: a key that is made is not active; one that is to be activated is refused.
  package func telling(_ equal: [EqualRows], kinds: ComponentKinds) -> Plan {
    guard !equal.isEmpty else { return self }
    let activated = Set(dataSteps.filter { $0.action == .activate }.map(\.component))
    var plan = self
    let found = equal.map { found in
      let key = NamedComponent(found.key, kinds, name: found.key.key)
      return activated.contains(found.key)
        ? Finding(KeyNotUnique(key: key, equal: found))
        : Finding(KeyOverEqualRows(key: key, equal: found))
    }
    plan.findings = (findings + found).sorted()
    return plan
  }
}
