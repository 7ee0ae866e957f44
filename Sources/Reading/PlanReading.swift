package import Solutions

/// How a plan reads: made once, printed by every face, none of which decides anything.
///
/// Each entry that is shown stands in exactly one place.
package struct PlanReading: Sendable {
  /// A table that comes or goes, with its parts.
  package struct Whole: Sendable {
    package let table: ReadableEntry
    package let parts: [ReadableEntry]
  }

  /// Changes of one impact, by kind and name.
  package struct Weight: Sendable {
    package let impact: Impact
    package let entries: [ReadableEntry]
  }

  /// Findings that say the same of several.
  package struct NoteGroup: Sendable {
    package let severity: Finding.Severity
    package let code: String
    package let notes: [ReadableNote]
    /// Each once.
    package let remedies: [String]
  }

  package let plan: ReadablePlan
  /// Entries of the plan by their addresses in lower case.
  package let byAddress: [String: ReadableEntry]
  package let verdict: Verdict
  package let names: Names
  /// What goes and lies in no table that goes, by weight of its kind.
  package private(set) var destroyed: [ReadableEntry] = []
  package private(set) var destroyedTables: [Whole] = []
  package private(set) var kept: [ReadableEntry] = []
  /// What people notice, the weightiest first.
  package private(set) var changed: [Weight] = []
  /// What nobody notices.
  package private(set) var unnoticed: [ReadableEntry] = []
  package private(set) var layersOnly: [ReadableEntry] = []
  package private(set) var addedTables: [Whole] = []
  /// New parts of tables that are there.
  package private(set) var addedParts: [ReadableEntry] = []
  package private(set) var added: [ReadableEntry] = []
  package let errors: [NoteGroup]
  package let warnings: [NoteGroup]
  package let infos: [NoteGroup]
  /// How many entries a filter took away.
  package let leftOut: Int

  package init(
    _ plan: ReadablePlan,
    filter: ReadingFilter = ReadingFilter(),
    kinds: ComponentKinds = .standard,
    withIDs: Bool = false
  ) {
    self.plan = plan
    byAddress = Dictionary(
      plan.entries.map { ($0.address.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let names = Names(plan.entries, kinds: kinds, withIDs: withIDs)
    self.names = names
    verdict = Verdict(plan, names)
    errors = Self.groups(plan.notes, .error)
    warnings = Self.groups(plan.notes, .warning)
    infos = Self.groups(plan.notes, .info)
    let entries = filter.isEmpty ? plan.entries : plan.entries.filter(filter.takes)
    leftOut = plan.entries.count - entries.count
    for action in Change.Action.allCases {
      let some = entries.filter { $0.action == action && !$0.isLayerOnly }
      switch action {
      case .delete: (destroyedTables, destroyed) = Self.wholes(some)
      case .dereference: kept = some
      case .add:
        let others: [ReadableEntry]
        (addedTables, others) = Self.wholes(some)
        addedParts = others.filter { $0.table != nil }
        added = others.filter { $0.table == nil }
      case .change:
        unnoticed = some.filter(\.isUnnoticed)
        changed = Impact.allCases.compactMap { impact in
          let weighed = some.filter { $0.impact == impact && !$0.isUnnoticed }
          return weighed.isEmpty ? nil : Weight(impact: impact, entries: weighed)
        }
      }
    }
    layersOnly = entries.filter(\.isLayerOnly)
    destroyed = Self.inOrder(destroyed)
  }

  /// How many entries stand in it.
  package var shown: Int {
    let wholes = (destroyedTables + addedTables).map { $0.parts.count + 1 }.reduce(0, +)
    let lists = [destroyed, kept, unnoticed, layersOnly, addedParts, added]
    return wholes + (lists + changed.map(\.entries)).map(\.count).reduce(0, +)
  }

  /// Everything in it, in its order.
  package var entries: [ReadableEntry] {
    destroyed + destroyedTables.flatMap { [$0.table] + $0.parts } + kept
      + changed.flatMap(\.entries) + unnoticed + layersOnly
      + addedTables.flatMap { [$0.table] + $0.parts } + addedParts + added
  }

  /// New columns that rows of tables that are there have to fill.
  package var requiredParts: [ReadableEntry] { addedParts.filter(\.isRequired) }

  /// Processes that arrive, and are switched off.
  package var arrivingOff: [ReadableEntry] {
    plan.entries.filter { entry in
      entry.action == .add && entry.kind == "Workflow" && entry.draft == nil
        && !entry.properties.contains { $0.path == "(state)" && $0.after == "on" }
    }
  }

  private static func wholes(
    _ entries: [ReadableEntry]
  ) -> (tables: [Whole], others: [ReadableEntry]) {
    let tables = Set(entries.lazy.filter(\.isTable).compactMap(\.table))
    guard !tables.isEmpty else { return ([], entries) }
    var parts: [String: [ReadableEntry]] = [:]
    var others: [ReadableEntry] = []
    for entry in entries where !entry.isTable {
      if let table = entry.table, tables.contains(table) {
        parts[table, default: []].append(entry)
      } else {
        others.append(entry)
      }
    }
    let wholes = entries.filter(\.isTable).map { table in
      Whole(table: table, parts: parts[table.table ?? ""] ?? [])
    }
    return (wholes, others)
  }

  /// What stands alone first: it is not found below a table; then what can hold data.
  private static func inOrder(_ entries: [ReadableEntry]) -> [ReadableEntry] {
    func rank(_ entry: ReadableEntry) -> Int {
      if ["AppModule", "CanvasApp", "SiteMap"].contains(entry.kind) { return 0 }
      return entry.impact.rawValue + 1
    }
    return entries.enumerated().sorted { left, right in
      let (a, b) = (rank(left.element), rank(right.element))
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
  }

  private static func groups(
    _ notes: [ReadableNote],
    _ severity: Finding.Severity
  ) -> [NoteGroup] {
    notes.filter { $0.severity == severity }.grouped(by: \.code).map { code, notes in
      var remedies: [String] = []
      for remedy in notes.compactMap(\.remedy) where !remedies.contains(remedy) {
        remedies.append(remedy)
      }
      return NoteGroup(severity: severity, code: code, notes: notes, remedies: remedies)
    }
  }
}

extension ReadableEntry {
  /// Whether it is a column that has to be filled.
  package var isRequired: Bool {
    kind == "Attribute"
      && ["required", "systemrequired", "applicationrequired"].contains(self["RequiredLevel"] ?? "")
  }
}

extension PlanReading.NoteGroup {
  /// One sentence for all: the finding's own, or what its kind says.
  package var sentence: Prose {
    if notes.count == 1, let note = notes.first { return "\(note.message)" }
    // Findings of several kinds can have the platform's one code.
    let kinds = Set(FindingKind.all.map { $0.kind }.filter { $0.code == code })
    let first: Prose = "\(notes.first?.message ?? code)"
    guard kinds.count == 1, let says = kinds.first?.says else {
      return "\(first), and \(notes.count - 1) alike"
    }
    return "\(says.hasSuffix(".") ? String(says.dropLast()) : says)"
  }
}
