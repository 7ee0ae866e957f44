import Contract
import Reading
import Solutions

/// A plan for the terminal, short enough to decide from: what goes, what changes by what people notice, what comes; errors
/// and the verdict last, where eyes are.
struct ReadingText {
  let reading: PlanReading
  let style: TextStyle
  var depth = Depth.folded

  enum Depth {
    /// Head, errors and verdict.
    case summary
    case folded
    /// Nothing is folded, and paths stand as the document has them.
    case full
  }

  private var isFull: Bool { depth == .full }

  private var names: Names { reading.names }

  /// All between the head and the findings.
  func changes() -> [Prose] {
    guard depth != .summary else { return [] }
    return deleted() + kept() + changed() + added() + switches()
  }

  // MARK: What goes

  private func deleted() -> [Prose] {
    let (others, tables) = (reading.destroyed, reading.destroyedTables)
    let count = others.count + tables.map { $0.parts.count + 1 }.reduce(0, +)
    guard count > 0 else { return [] }
    let parts = tables.map(\.parts.count).reduce(0, +)
    let within: Prose = parts == 0 ? "" : ", \(parts) of them inside deleted tables"
    var lines = [style.bold("Deleted: \(count)\(within)")]
    let sign = style("-", .red)
    if isFull || others.count + tables.count <= Self.few {
      lines += aligned(others.map { ("\(sign) \(names.whole($0))", facts($0)) })
      lines += tables.flatMap { whole($0, sign) }
    } else {
      lines += grouped(others, tables, sign)
    }
    return lines + [""]
  }

  /// How many stand on lines of their own.
  private static let few = 8

  private func whole(_ whole: PlanReading.Whole, _ sign: Prose) -> [Prose] {
    let counts: Prose? = whole.parts.isEmpty ? nil : reading.counts(whole.parts)
    let line: Prose = "  \(sign) \(names.whole(whole.table)) (\(whole.table.name))"
    let told = [counts, facts(whole.table)].compactMap { $0 }.filter { !$0.isEmpty }
    let tail: Prose = told.isEmpty ? "" : "  \(told.joined(separator: "; "))"
    guard isFull else { return [line + tail] }
    return [line + tail]
      + whole.parts.map { part in
        let facts = facts(part)
        return "      \(sign) \(names.whole(part))\(facts.isEmpty ? "" : "  \(facts)" as Prose)"
      }
  }

  /// One line for each kind with all names: what can hold data and what stands alone before parts of tables.
  private func grouped(
    _ others: [ReadableEntry],
    _ tables: [PlanReading.Whole],
    _ sign: Prose
  ) -> [Prose] {
    var lines: [Prose] = []
    let kinds = reading.byKind(others).enumerated().sorted { left, right in
      let (a, b) = (Self.weight(left.element.entries), Self.weight(right.element.entries))
      return a == b ? left.offset < right.offset : a < b
    }.map(\.element)
    for (kind, entries) in kinds where Self.weight(entries) < 0 {
      lines.append(line(kind, entries, sign))
    }
    if !tables.isEmpty {
      let parts = tables.flatMap(\.parts)
      let within: Prose = parts.isEmpty ? "" : " with \(reading.counts(parts))"
      let named = tables.map { whole in
        let facts = facts(whole.table)
        return facts.isEmpty || whole.table.loss == .unknown
          ? names.short(whole.table) : "\(names.short(whole.table)) (\(facts))" as Prose
      }
      lines.append(
        "  \(sign) \(names.counted(tables.count, "Entity"))\(within): \(named.joined(separator: ", "))"
      )
    }
    for (kind, entries) in kinds where Self.weight(entries) >= 0 {
      lines.append(line(kind, entries, sign))
    }
    return lines
  }

  private static func weight(_ entries: [ReadableEntry]) -> Int {
    guard let first = entries.first else { return 9 }
    if ["AppModule", "CanvasApp", "SiteMap"].contains(first.kind) { return -1 }
    if first.kind == "Attribute" { return 0 }
    return first.parent == nil ? 2 : first.impact == .data ? 1 : 3
  }

  /// `- 33 columns: Contact: a, b; Account: c`.
  private func line(_ kind: String, _ entries: [ReadableEntry], _ sign: Prose) -> Prose {
    let limit = 100
    let shown = Array(entries.prefix(limit))
    let groups = reading.byTable(shown).map { table, some -> Prose in
      let list = some.map { names.short($0) }.joined(separator: ", ")
      return table.isEmpty ? list : "of \(table): \(list)"
    }
    let more: Prose = entries.count > limit ? ", … \(entries.count - limit) more" : ""
    return
      "  \(sign) \(names.counted(entries.count, kind)) \(groups.joined(separator: "; "))\(more)"
  }

  private func kept() -> [Prose] {
    guard !reading.kept.isEmpty else { return [] }
    let lines = [style.bold("Kept by another layer: \(reading.kept.count)")]
    let sign = style("→", .yellow)
    guard isFull || reading.kept.count <= Self.few else {
      return lines + reading.byKind(reading.kept).map { line($0.kind, $0.entries, sign) } + [""]
    }
    if isFull { return lines + reading.kept.flatMap { entry(_: $0, sign) } + [""] }
    return lines + aligned(reading.kept.map { ("\(sign) \(names.whole($0))", notes($0)) }) + [""]
  }

  // MARK: What changes

  private func changed() -> [Prose] {
    let noticed = reading.changed.map(\.entries.count).reduce(0, +)
    let look = reading.changed.filter { $0.impact < .label }.map(\.entries.count).reduce(0, +)
    let all = noticed + reading.unnoticed.count
    guard all + reading.layersOnly.count > 0 else { return [] }
    var lines: [Prose] = []
    if all > 0 {
      let which: Prose = all == look ? "" : ", of which \(look) to look at"
      lines.append(style.bold("Changed: \(all)\(which)"))
    }
    for weight in reading.changed { lines += weighed(weight) }
    lines += unnoticed() + layers()
    return lines + [""]
  }

  private func weighed(_ weight: PlanReading.Weight) -> [Prose] {
    let title: Prose = "  \(style.bold(weight.impact.title)): \(weight.entries.count)"
    let sign = style("~", .blue)
    if weight.impact == .label, !isFull, weight.entries.count > Self.few {
      return ["\(title)  \(reading.counts(weight.entries))"]
    }
    let limit = isFull ? Int.max : weight.impact == .interface ? 8 : 24
    let shown = weight.entries.prefix(limit)
    let head: Prose =
      weight.entries.count > limit ? "\(title)  \(reading.counts(weight.entries))" : title
    let rest: [Prose] =
      weight.entries.count > limit
      ? [
        style(
          "    … \(weight.entries.count - limit) more: --impact \(Wire.Impact(weight.impact).rawValue) --full",
          .gray
        )
      ] : []
    if isFull { return [head] + shown.flatMap { entry(_: $0, sign) } + rest }
    return [head]
      + aligned(shown.map { ("  \(mark($0, sign)) \(names.whole($0))", brief($0)) }) + rest
  }

  /// All lines of a change in one, and what else is to be said of it.
  private func brief(_ entry: ReadableEntry) -> Prose {
    let lines = EntryWords.lines(entry, names)
    let shown = lines.prefix(4).joined(separator: "; ")
    let more: Prose = lines.count > 4 ? "; and \(lines.count - 4) more" : ""
    return [shown + more, notes(entry)].filter { !$0.isEmpty }.joined(separator: "  ")
  }

  private func mark(_ entry: ReadableEntry, _ sign: Prose) -> Prose {
    if !entry.maskedBy.isEmpty { return style("⊘", .yellow) }
    return entry.draft == nil || entry.action == .delete ? sign : style("◌", .yellow)
  }

  private func notes(_ entry: ReadableEntry) -> Prose {
    var notes: [Prose] = []
    if !entry.maskedBy.isEmpty {
      notes.append(style("hidden by \(entry.maskedBy.joined(separator: ", "))", .yellow))
    }
    if let draft = entry.draft { notes.append(style("\(draft)", .yellow)) }
    if !entry.isBaseKnown, entry.action == .change {
      notes.append(style("(its base is not known here)", .gray))
    }
    return notes.joined(separator: "  ")
  }

  private func facts(_ entry: ReadableEntry) -> Prose {
    [EntryWords.fact(entry) ?? "", notes(entry)].filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// A change with a line for each property.
  private func entry(_ entry: ReadableEntry, _ sign: Prose) -> [Prose] {
    let notes = notes(entry)
    let head: Prose =
      "    \(mark(entry, sign)) \(names.whole(entry))\(notes.isEmpty ? "" : "  \(notes)" as Prose)"
    return [head]
      + EntryWords.lines(entry, names, withAll: isFull).map { "          \($0)" as Prose }
  }

  private func unnoticed() -> [Prose] {
    guard !reading.unnoticed.isEmpty else { return [] }
    let title: Prose = "  \(style.bold(Impact.metadata.title)): \(reading.unnoticed.count)"
    if isFull {
      return [title] + reading.unnoticed.flatMap { entry(_: $0, style("~", .gray)) }
    }
    let names = reading.unnoticedProperties
    let shown = names.prefix(5).map { "\($0.count) × \($0.name)" as Prose }.joined(separator: ", ")
    let more: Prose = names.count > 5 ? ", …" : ""
    let first = reading.firstStatements
    let stated: [Prose] =
      first.isEmpty
      ? []
      : [
        "    \(first.count) stated for the first time over a base that is not known here: "
          + first.map { self.names.within($0) }.joined(separator: ", ")
      ]
    return (shown.isEmpty ? [title] : ["\(title)  \(style("\(shown)\(more)", .gray))"]) + stated
  }

  private func layers() -> [Prose] {
    guard !reading.layersOnly.isEmpty else { return [] }
    let limit = isFull ? Int.max : 12
    let shown = reading.layersOnly.prefix(limit).map { names.whole($0) }.joined(separator: ", ")
    let more: Prose =
      reading.layersOnly.count > limit ? ", … \(reading.layersOnly.count - limit) more" : ""
    return [
      "  \(style.bold("Layer only")): \(reading.layersOnly.count), without effect now  \(shown)\(more)"
    ]
  }

  // MARK: What comes

  private func added() -> [Prose] {
    let (tables, parts, others) = (reading.addedTables, reading.addedParts, reading.added)
    let count = tables.map { $0.parts.count + 1 }.reduce(0, +) + parts.count + others.count
    guard count > 0 else { return [] }
    let lines = [style.bold("Added: \(count)")]
    let sign = style("+", .green)
    if isFull || tables.count + parts.count + others.count <= Self.few {
      return lines + tables.flatMap { whole($0, sign) }
        + aligned((parts + others).map { ("\(mark($0, sign)) \(names.whole($0))", facts($0)) })
        + [""]
    }
    return lines + foldedTables(tables, sign) + foldedParts(parts, sign)
      + reading.byKind(others).map { folded($0.kind, $0.entries, sign) } + [""]
  }

  private func foldedTables(_ tables: [PlanReading.Whole], _ sign: Prose) -> [Prose] {
    guard !tables.isEmpty else { return [] }
    let parts = tables.map(\.parts.count).reduce(0, +)
    let within: Prose = parts == 0 ? "" : " with \(parts.counted("part"))"
    let shown = tables.prefix(12).map { names.short($0.table) }.joined(separator: ", ")
    let more: Prose = tables.count > 12 ? ", … \(tables.count - 12) more" : ""
    return ["  \(sign) \(names.counted(tables.count, "Entity"))\(within): \(shown)\(more)"]
  }

  /// New parts of tables that are there; columns that have to be filled by name.
  private func foldedParts(_ parts: [ReadableEntry], _ sign: Prose) -> [Prose] {
    let required = reading.requiredParts
    return reading.byKind(parts).flatMap { kind, entries -> [Prose] in
      let tables = reading.byTable(entries)
      let isColumns = kind == "Attribute" && !required.isEmpty
      let line: Prose =
        tables.count <= 4
        ? folded(kind, entries, sign)
        : "  \(sign) \(names.counted(entries.count, kind)) on \(tables.count) tables that exist"
      guard isColumns else { return [line] }
      let named = reading.byTable(required).map { table, some in
        "\(table): \(some.map { names.short($0) }.joined(separator: ", "))" as Prose
      }
      return [
        line, "      \(required.count) of them required: \(named.joined(separator: "; "))",
      ]
    }
  }

  private func folded(_ kind: String, _ entries: [ReadableEntry], _ sign: Prose) -> Prose {
    let shown = entries.prefix(6).map { names.within($0) }.joined(separator: ", ")
    let more: Prose = entries.count > 6 ? ", … \(entries.count - 6) more" : ""
    return "  \(sign) \(names.counted(entries.count, kind)): \(shown)\(more)"
  }

  private func switches() -> [Prose] {
    let off = reading.arrivingOff.count
    let stated = reading.plan.entries.filter(\.isStatedOff)
    guard off + stated.count > 0 else { return [] }
    var lines = [style.bold("Switches")]
    if !stated.isEmpty {
      lines.append(
        "  off  stated as off, were stated as on: \(stated.map { names.within($0) }.joined(separator: ", "))"
      )
    }
    if off > 0 {
      lines.append(
        "  off  \(names.counted(off, "Workflow")) \(off == 1 ? "arrives" : "arrive") switched off; --enable-steps switches them on"
      )
    }
    return lines + [""]
  }

  // MARK: Lines

  /// The second column begins where the longest of the first ends, within reason.
  private func aligned(_ rows: [(Prose, Prose)]) -> [Prose] {
    let widths = rows.filter { !$0.1.isEmpty }.map { TextWrap.width($0.0) }
    let column = min(widths.max() ?? 0, 64)
    return rows.map { first, second in
      guard !second.isEmpty else { return "  \(first)" }
      let blanks = String(repeating: " ", count: max(0, column - TextWrap.width(first)) + 2)
      return "  \(first)\(blanks)\(second)"
    }
  }
}

extension Impact {
  /// In a heading.
  var title: Prose {
    switch self {
    case .data: "Data"
    case .behavior: "Behavior"
    case .access: "Access"
    case .interface: "Forms, views, navigation"
    case .label: "Labels"
    case .metadata: "Metadata only"
    }
  }
}
