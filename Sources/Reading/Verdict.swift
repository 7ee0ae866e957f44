package import Solutions

/// What a plan comes to: computed once, and the same words in every face, in JSON and in the question of an import.
package struct Verdict: Sendable {
  package enum Status: Sendable {
    case nothing
    case changes
    case destroys
    case refused
  }

  package let status: Status
  /// What is destroyed, in one line; nil where nothing is.
  package let destroys: Prose?
  /// What there is to look at, in one line; nil where nothing changes.
  package let changes: Prose?
  /// What is to be done before or after; nil where nothing is.
  package let asks: Prose?
  /// The same, short.
  package let short: Prose
  /// What refuses; nil where nothing does.
  package let refusal: Prose?

  /// At most four sentences, the first the gravest.
  package var sentences: [Prose] { [refusal, destroys, changes, asks].compactMap { $0 } }

  /// Of a document from which changes are left out: what it says itself.
  private init(_ told: ReadablePlan.Told) {
    status =
      switch told.exitStatus {
      case 0: .nothing
      case 3: .destroys
      case 4: .refused
      default: .changes
      }
    let isGrave = status == .destroys || status == .refused
    let first = told.sentences.first.map { "\($0)" as Prose }
    let rest = told.sentences.dropFirst(isGrave ? 1 : 0).map { "\($0)" as Prose }
    destroys = isGrave ? first : nil
    changes = rest.isEmpty ? nil : rest.joined(separator: " ")
    (asks, refusal) = (nil, nil)
    short = first ?? "Nothing changes"
  }

  package init(_ plan: ReadablePlan, _ names: Names) {
    if let told = plan.told {
      self = Verdict(told)
      return
    }
    let errors = plan.notes.filter { $0.severity == .error }
    let deleted = plan.entries.filter { $0.action == .delete }
    let respelled = plan.entries.count { $0.isUnnoticed }
    let noticed = plan.entries.filter { !$0.isUnnoticed }
    status =
      !errors.isEmpty
      ? .refused
      : !deleted.isEmpty || plan.purged > 0
        ? .destroys : noticed.isEmpty && !plan.isMoving ? .nothing : .changes
    let isRefused = !errors.isEmpty
    let lost = Self.lost(plan, names)
    // Options are no components, and rows keep their numbers.
    let isDestroying = !deleted.isEmpty || plan.purged > 0
    destroys = lost.map { lost in
      let verb: Prose =
        isRefused
        ? "It would \(isDestroying ? "destroy" : "remove" as Prose)"
        : isDestroying ? "Destroys" : "Removes"
      return "\(verb) \(lost)."
    }
    let changing = Self.changing(plan, names)
    changes = changing.map { "\($0.text)." }
    asks = Self.asks(plan, names)
    refusal =
      isRefused
      ? "REFUSED: \(errors.count.counted("error")). Nothing of this would happen." : nil
    let warnings = plan.notes.count { $0.severity == .warning }
    var parts: [Prose] = []
    if isRefused { parts.append("REFUSED: \(errors.count.counted("error"))") }
    if !deleted.isEmpty { parts.append("\(Self.summary(deleted, names)) deleted") }
    let gone = plan.entries.filter { $0.action == .change }.map { ChoiceWords.removed($0).count }
      .reduce(0, +)
    if gone > 0 { parts.append("\(gone.counted("option")) removed") }
    if plan.purged > 0 { parts.append("\(plan.purged.entries) of the trash deleted for good") }
    let kept = plan.entries.count { $0.action == .dereference }
    if kept > 0 { parts.append("\(kept) kept by another layer") }
    parts += changing.map { [$0.short] } ?? []
    let layers = plan.entries.count(where: \.isLayerOnly)
    if layers > 0 { parts.append("\(layers.counted("layer")) without effect") }
    let isSilent = parts.isEmpty || status == .nothing
    if warnings > 0 { parts.append("\(warnings.counted("warning"))") }
    switch (isSilent, respelled) {
    case (false, _): short = parts.joined(separator: " · ")
    case (true, 0):
      short =
        plan.isMoving
        ? plan.isVersionOnly ? "Only the version changes" : "No component changes"
        : "Nothing changes (\(plan.unchanged) components unchanged)"
    default: short = "Nothing changes but the spelling of \(respelled.counted("component"))"
    }
  }

  /// `2 tables (Audit Log, 3204 rows; RPA, rows unknown), 3 columns of Contact and 12 others`.
  private static func lost(_ plan: ReadablePlan, _ names: Names) -> Prose? {
    let deleted = plan.entries.filter { $0.action == .delete }
    let options = plan.entries.filter { $0.action == .change }.compactMap { entry in
      let gone = ChoiceWords.removed(entry)
      return gone.isEmpty ? nil : (entry, gone.count)
    }
    guard !deleted.isEmpty || !options.isEmpty || plan.purged > 0 else { return nil }
    let tables = deleted.filter(\.isTable)
    let gone = Set(tables.compactMap(\.table))
    let others = deleted.filter { !$0.isTable && !gone.contains($0.table ?? "") }
    var things: [Prose] = []
    if !tables.isEmpty {
      let isCounted = tables.contains { $0.loss != .unknown }
      let named = tables.prefix(5).map {
        isCounted ? "\(names.short($0)), \(Self.rows($0))" as Prose : names.short($0)
      }
      let separator: Prose = isCounted ? "; " : ", "
      let more: Prose =
        (tables.count > 5 ? "\(separator)and \(tables.count - 5) more" : "" as Prose)
        + (isCounted ? "" : "; rows unknown")
      let sum = Self.sum(tables).map { " with \($0.counted("row"))" as Prose } ?? ""
      things.append(
        "\(tables.count.counted("table"))\(tables.count > 1 ? sum : "") (\(named.joined(separator: separator))\(more))"
      )
    }
    // Apps stand alone, columns can hold data, keys hold integrations.
    let order = [
      "AppModule", "CanvasApp", "SiteMap", "Attribute", "EntityRelationship", "EntityKey",
    ]
    var kinds = order
    for entry in others where !kinds.contains(entry.kind) { kinds.append(entry.kind) }
    var rest = 0
    for kind in kinds {
      let some = others.filter { $0.kind == kind }
      guard let first = some.first else { continue }
      guard things.count < 5 else {
        rest += some.count
        continue
      }
      if some.count == 1 {
        let loss = first.loss == nil ? "" : Self.place([], some)
        things.append("\(names.word(kind)) \(names.within(first))\(loss)")
      } else {
        let tables = some.compactMap { names.table(of: $0) }.unique
        let place = Self.place(tables, some)
        things.append("\(names.counted(some.count, kind))\(place)")
      }
    }
    if rest > 0 { things.append("\(rest) \(rest == 1 ? "other" : "others")") }
    let lost = options.prefix(2).map { entry, count in
      "\(count.counted("option")) of \(names.within(entry))" as Prose
    }
    things += lost
    if options.count > 2 { things.append("options of \(options.count - 2) other choices") }
    if plan.purged > 0 { things.append("\(plan.purged.entries) of the trash, for good") }
    return things.sentence
  }

  /// `(Account, Contact; values unknown)`.
  private static func place(_ tables: [String], _ entries: [ReadableEntry]) -> Prose {
    let isTold = !tables.isEmpty && tables.count <= 3
    var parts: [Prose] = isTold ? ["of \(tables.map { "\($0)" as Prose }.sentence)"] : []
    if entries.contains(where: { $0.loss != nil }) {
      let noun: Prose = entries.first?.kind == "Attribute" ? "value" : "pair"
      parts.append(
        "with \(sum(entries).map { $0.counted(noun) } ?? "an unknown number of \(noun)s")"
      )
    }
    return parts.isEmpty ? "" : " \(parts.joined(separator: " "))"
  }

  /// nil where one is not known.
  private static func sum(_ entries: [ReadableEntry]) -> Count? {
    entries.compactMap(\.loss).reduce(Count(counted: 0)) { sum, loss in
      guard let sum, case .counted(let count) = loss else { return nil }
      return sum + count
    }
  }

  private static func rows(_ entry: ReadableEntry) -> Prose {
    switch entry.loss {
    case nil: "no rows of its own"
    case .unknown?: "rows unknown"
    case .counted(let count)?: count.counted("row")
    }
  }

  /// `2 tables and 125 others`.
  private static func summary(_ deleted: [ReadableEntry], _ names: Names) -> Prose {
    let tables = deleted.filter(\.isTable)
    let gone = Set(tables.compactMap(\.table))
    let others = deleted.count { !$0.isTable && !gone.contains($0.table ?? "") }
    if tables.isEmpty { return "\(others.counted("component"))" }
    let rest: Prose = others == 0 ? "" : " and \(others.counted("other component"))"
    return "\(tables.count.counted("table"))\(rest)"
  }

  private static func changing(
    _ plan: ReadablePlan,
    _ names: Names
  ) -> (text: Prose, short: Prose)? {
    let changes = plan.entries.filter { $0.action == .change && !$0.isLayerOnly }
    let noticed = changes.filter { !$0.isUnnoticed }
    let look = noticed.count { $0.impact < .label }
    let added = plan.entries.filter { $0.action == .add }
    guard !changes.isEmpty || !added.isEmpty || plan.restored > 0 else { return nil }
    var parts: [Prose] = []
    let ranks = Impact.allCases.compactMap { impact -> Prose? in
      let count = noticed.count { $0.impact == impact }
      return count == 0 || impact >= .label ? nil : "\(impact.words) \(count)"
    }
    let aside = [
      noticed.count { $0.impact == .label }, changes.count(where: \.isUnnoticed),
    ]
    let others = zip(aside, ["in labels", "in metadata only"] as [Prose]).filter { $0.0 > 0 }
    let beside = others.map { "\($0.0) \($0.1)" as Prose }
    // Where there is nothing to look at, what there is stands alone.
    let small = others.first.map { count, place in
      (["\(count.counted("change")) \(place)" as Prose] + beside.dropFirst()).joined(
        separator: ", "
      )
    }
    if look > 0 {
      let also: Prose = beside.isEmpty ? "" : " (and \(beside.joined(separator: ", ")))"
      parts.append(
        "\(look.counted("change")) to look at: \(ranks.joined(separator: ", "))\(also)"
      )
    } else if let small {
      parts.append(small)
    }
    if !added.isEmpty {
      let tables = added.count(where: \.isTable)
      let what: Prose =
        tables > 0 ? " (\(tables.counted("table")) among them)" : ""
      parts.append("\(added.count.counted("component")) added\(what)")
    }
    let back: Prose? =
      plan.restored == 0
      ? nil : "\(plan.restored.entries) of the trash \(plan.restored == 1 ? "comes" : "come") back"
    if let back { parts.append(back) }
    let short = [
      look > 0 ? "\(look.counted("change")) to look at" as Prose : small,
      added.isEmpty ? nil : "\(added.count) added", back,
    ].compactMap { $0 }.joined(separator: " · ")
    return (parts.joined(separator: "; "), short)
  }

  private static func asks(_ plan: ReadablePlan, _ names: Names) -> Prose? {
    var parts: [Prose] = []
    let needs = plan.needsUnknown
    // Where they refuse, the error names them: they are known to be missing.
    let isRefused = plan.notes.contains {
      $0.severity == .error && $0.code == MissingDependencies.kind.code
    }
    if needs > 0, !isRefused {
      parts.append("\(needs.counted("component")) must be in the target, which is not known here")
    }
    // Nobody may take silence for a yes.
    let open = plan.notes.filter { $0.code == RemovalNotKnown.kind.code }
    if !open.isEmpty {
      let count = open.reduce(0) { $0 + $1.because.count }
      parts.append("whether \(count.counted("component")) can go is not known")
    }
    let off = plan.entries.count { $0.isStatedOff }
    if off > 0 {
      parts.append("\(off.counted("process", "processes")) \(off == 1 ? "is" : "are") switched off")
    }
    return parts.isEmpty ? nil : "Before you import: \(parts.joined(separator: "; "))."
  }
}

extension Impact {
  /// What people call it.
  package var words: Prose {
    switch self {
    case .data: "data"
    case .behavior: "behavior"
    case .access: "access"
    case .interface: "forms and views"
    case .label: "labels"
    case .metadata: "metadata only"
    }
  }
}

extension ReadableEntry {
  /// A process or step that was stated as on and is stated as off.
  package var isStatedOff: Bool {
    action == .change && kind == "Workflow"
      && properties.contains { $0.path == "StateCode" && $0.before == "1" && $0.after == "0" }
  }
}

extension [Prose] {
  /// `a, b and c`.
  var sentence: Prose {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) and \(last)"
  }
}

extension Int {
  func counted(_ noun: Prose, _ plural: Prose) -> Prose { "\(self) \(self == 1 ? noun : plural)" }

  /// Of the trash.
  var entries: Prose { counted("entry", "entries") }
}

extension Count {
  /// `no rows`, `1 row`, `more than … rows`.
  func counted(_ noun: Prose) -> Prose {
    if self == Count(counted: 0) { return "no \(noun)s" }
    return self == Count(counted: 1) ? "1 \(noun)" : "\(self) \(noun)s"
  }
}

extension [String] {
  /// Each once, in order.
  var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
