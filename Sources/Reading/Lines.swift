package import Solutions

/// A line of a report that folds: what it says, and how many components it stands for.
package struct ReadingLine: Sendable {
  package let text: Prose
  package let count: Int
  /// What is to be told below it.
  package var below: [Prose] = []
}

/// What several components have in common, in lines that every face prints.
extension PlanReading {
  /// How many stand on lines of their own where all else is folded.
  package static let few = 8

  /// What goes and what is lost with it.
  package func facts(_ entry: ReadableEntry) -> Prose {
    let fact = plan.isComparison && entry.action == .delete ? nil : EntryWords.fact(entry)
    return ([fact].compactMap { $0 } + entry.notes).joined(separator: "  ")
  }

  /// All lines of a change in one, and what else is to be said of it.
  package func brief(_ entry: ReadableEntry) -> Prose {
    let lines = EntryWords.lines(entry, names)
    let shown = lines.prefix(4).joined(separator: "; ")
    let more: Prose = lines.count > 4 ? "; and \(lines.count - 4) more" : ""
    return ([shown + more] + entry.notes).filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// `Table Part (fab_part)`.
  package func head(_ whole: Whole) -> Prose {
    "\(names.whole(whole.table)) (\(whole.table.name))"
  }

  /// `9 columns, 2 relationships; rows unknown`.
  package func tail(_ whole: Whole) -> Prose {
    let counts: Prose? = whole.parts.isEmpty ? nil : counts(whole.parts)
    return [counts, facts(whole.table)].compactMap { $0 }.filter { !$0.isEmpty }
      .joined(separator: "; ")
  }

  // MARK: What goes

  /// One line for each kind with all names: what stands alone before tables, what can hold data before parts of tables.
  package var destroyedByKind: [ReadingLine] {
    let kinds = byKind(destroyed).enumerated().sorted { left, right in
      let (a, b) = (Self.weight(left.element.entries), Self.weight(right.element.entries))
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
    let lines = kinds.map { (Self.weight($0.entries), line($0.kind, $0.entries)) }
    return lines.filter { $0.0 < 0 }.map(\.1) + [destroyedTablesInOne].compactMap { $0 }
      + lines.filter { $0.0 >= 0 }.map(\.1)
  }

  /// One line for each deleted table and, of what else goes, one for each kind in a table.
  package var destroyedByTable: [ReadingLine] {
    let alone = destroyed.filter { $0.table == nil }
    let parts = destroyed.filter { $0.table != nil }
    let isFew = destroyed.count <= Self.few
    return
      (isFew ? alone.map { line($0) } : byKind(alone).flatMap { lines($0.kind, $0.entries) })
      + destroyedTables.map { whole in
        let tail = tail(whole)
        let more: Prose = tail.isEmpty ? "" : ": \(tail)"
        return ReadingLine(text: head(whole) + more, count: whole.parts.count + 1)
      }
      + byTable(parts).flatMap { _, some in
        isFew ? some.map { line($0) } : byKind(some).flatMap { lines($0.kind, $0.entries) }
      }
  }

  private var destroyedTablesInOne: ReadingLine? {
    guard !destroyedTables.isEmpty else { return nil }
    let parts = destroyedTables.flatMap(\.parts)
    let within: Prose = parts.isEmpty ? "" : " with \(counts(parts))"
    let named = destroyedTables.map { whole in
      let facts = facts(whole.table)
      return facts.isEmpty || whole.table.loss == .unknown
        ? names.short(whole.table) : "\(names.short(whole.table)) (\(facts))" as Prose
    }
    let count = names.counted(destroyedTables.count, "Entity")
    return ReadingLine(
      text: "\(count)\(within): \(named.joined(separator: ", "))",
      count: parts.count + destroyedTables.count
    )
  }

  private static func weight(_ entries: [ReadableEntry]) -> Int {
    guard let first = entries.first else { return 9 }
    if ["AppModule", "CanvasApp", "SiteMap"].contains(first.kind) { return -1 }
    if first.kind == "Attribute" { return 0 }
    return first.parent == nil ? 2 : first.impact == .data ? 1 : 3
  }

  /// `33 columns of Contact: a, b; of Account: c`.
  package func line(
    _ kind: String,
    _ entries: [ReadableEntry],
    limit: Int = 100
  ) -> ReadingLine {
    let groups = byTable(Array(entries.prefix(limit))).map { table, some -> Prose in
      let list = some.map { names.short($0) }.joined(separator: ", ")
      return table.isEmpty ? list : "of \(table): \(list)"
    }
    let more: Prose = entries.count > limit ? ", … \(entries.count - limit) more" : ""
    return ReadingLine(
      text: "\(names.counted(entries.count, kind)) \(groups.joined(separator: "; "))\(more)",
      count: entries.count
    )
  }

  /// The same in lines of fifty names, since whole lines go where a report is cut.
  private func lines(_ kind: String, _ entries: [ReadableEntry]) -> [ReadingLine] {
    stride(from: 0, to: entries.count, by: 50).map { start in
      let some = Array(entries[start..<min(start + 50, entries.count)])
      guard some.count == 1, let one = some.first else { return line(kind, some) }
      return line(one)
    }
  }

  private func line(_ entry: ReadableEntry) -> ReadingLine {
    let facts = facts(entry)
    return ReadingLine(text: names.whole(entry) + (facts.isEmpty ? "" : ": \(facts)"), count: 1)
  }

  package var keptByKind: [ReadingLine] { byKind(kept).map { line($0.kind, $0.entries) } }

  // MARK: What changes

  /// What nobody notices, in numbers; by name what is stated over bases that are not known here.
  package var unnoticedLines: [ReadingLine] {
    guard !unnoticed.isEmpty else { return [] }
    let properties = unnoticedProperties
    let shown = properties.prefix(5).map { "\($0.count) × \($0.name)" as Prose }
      .joined(separator: ", ")
    let more: Prose = properties.count > 5 ? ", …" : ""
    let first = firstStatements
    let stated = ReadingLine(
      text:
        "\(first.count) stated for the first time over a base that is not known here: "
        + first.map { names.within($0) }.joined(separator: ", "),
      count: first.count
    )
    return
      (shown.isEmpty
      ? [] : [ReadingLine(text: shown + more, count: unnoticed.count - first.count)])
      + (first.isEmpty ? [] : [stated])
  }

  // MARK: What comes

  package var addedByKind: [ReadingLine] {
    [addedTablesInOne].compactMap { $0 } + addedPartLines
      + byKind(added).map { folded($0.kind, $0.entries) }
  }

  private var addedTablesInOne: ReadingLine? {
    guard !addedTables.isEmpty else { return nil }
    let parts = addedTables.map(\.parts.count).reduce(0, +)
    let within: Prose = parts == 0 ? "" : " with \(parts.counted("part"))"
    let shown = addedTables.prefix(12).map { names.short($0.table) }.joined(separator: ", ")
    let more: Prose = addedTables.count > 12 ? ", … \(addedTables.count - 12) more" : ""
    return ReadingLine(
      text: "\(names.counted(addedTables.count, "Entity"))\(within): \(shown)\(more)",
      count: parts + addedTables.count
    )
  }

  /// New parts of tables that are there; columns that have to be filled by name.
  private var addedPartLines: [ReadingLine] {
    let required = requiredParts
    return byKind(addedParts).map { kind, entries in
      let tables = byTable(entries)
      var line =
        tables.count <= 4
        ? folded(kind, entries)
        : ReadingLine(
          text: "\(names.counted(entries.count, kind)) on \(tables.count) tables that exist",
          count: entries.count
        )
      guard kind == "Attribute", !required.isEmpty else { return line }
      let named = byTable(required).map { table, some in
        "\(table): \(some.map { names.short($0) }.joined(separator: ", "))" as Prose
      }
      line.below = ["\(required.count) of them required: \(named.joined(separator: "; "))"]
      return line
    }
  }

  private func folded(_ kind: String, _ entries: [ReadableEntry]) -> ReadingLine {
    let shown = entries.prefix(6).map { names.within($0) }.joined(separator: ", ")
    let more: Prose = entries.count > 6 ? ", … \(entries.count - 6) more" : ""
    return ReadingLine(
      text: "\(names.counted(entries.count, kind)): \(shown)\(more)",
      count: entries.count
    )
  }

  // MARK: What is switched

  /// - Parameter enabling: how the face says that what arrives is to be switched on.
  package func switches(enabling: Prose) -> [ReadingLine] {
    let off = arrivingOff.count
    let stated = plan.entries.filter(\.isStatedOff)
    var lines: [ReadingLine] = []
    if !stated.isEmpty {
      let named = stated.map { names.within($0) }.joined(separator: ", ")
      lines.append(
        ReadingLine(text: "stated as off, were stated as on: \(named)", count: stated.count)
      )
    }
    if off > 0 {
      let verb: Prose = off == 1 ? "arrives" : "arrive"
      lines.append(
        ReadingLine(
          text: "\(names.counted(off, "Workflow")) \(verb) switched off\(enabling)",
          count: off
        )
      )
    }
    return lines
  }

  // MARK: Findings

  /// Why a finding is, components by name where the plan has them.
  package func because(_ note: ReadableNote) -> [Prose] {
    note.because.map { reason in
      byAddress[reason.lowercased()].map { names.whole($0) } ?? "\(reason)"
    }
  }

  /// What findings are about, by name where the plan has it.
  package func subjects(_ group: NoteGroup, limit: Int) -> Prose {
    let subjects = group.notes.map(\.subject)
    let named = subjects.prefix(limit).map { subject in
      byAddress[subject.lowercased()].map { names.whole($0) } ?? "\(subject)"
    }
    let more: Prose = subjects.count > limit ? ", … \(subjects.count - limit) more" : ""
    return named.joined(separator: ", ") + more
  }
}

extension ReadableEntry {
  /// What stands for what becomes of it, everywhere.
  package enum Sign: String, Sendable {
    case delete = "-"
    case dereference = "→"
    case add = "+"
    case change = "~"
    case masked = "⊘"
    case draft = "◌"
  }

  package var sign: Sign {
    switch action {
    case .delete: .delete
    case .dereference: .dereference
    case _ where !maskedBy.isEmpty: .masked
    case _ where draft != nil: .draft
    case .add: .add
    case .change: .change
    }
  }

  /// What keeps it from showing, or waits.
  package var notes: [Prose] {
    var notes: [Prose] = []
    if !maskedBy.isEmpty {
      notes.append("hidden by \(maskedBy.map { "\($0)" as Prose }.joined(separator: ", "))")
    }
    if let draft { notes.append(draft) }
    if !isBaseKnown, action == .change { notes.append("(its base is not known here)") }
    return notes
  }
}
