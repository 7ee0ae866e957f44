package import Contract
internal import Mustache
package import Reading
package import Solutions

/// A plan as one self-contained HTML file: nothing from elsewhere; a script filters, and without it the page is whole.
package struct PlanHTML: Sendable {
  let plan: PlanShape
  /// How much of the plan stands there; nil where all of it does.
  private let note: Prose?
  let reading: PlanReading
  /// How what arrives switched off is switched on.
  private let enabling: Prose
  /// The address below which parts of the page can be had later; nil where all of it stands there.
  private let source: String?
  /// The address at which a form is drawn before and after; nil where nobody draws any.
  private let sketches: String?
  let anchors: Anchors

  /// - Parameters:
  ///   - note: how much of the plan the filter leaves, in words; nil where all of it stands there.
  ///   - source: an address below which parts of the page can be had later, so that a long plan is a short page.
  ///   - sketches: an address at which a form is drawn before and after.
  ///   - enabling: how what arrives switched off is switched on, in the words of the face.
  package init(
    plan: PlanShape,
    filter: ReadingFilter = ReadingFilter(),
    note: (PlanReading) -> Prose? = { _ in nil },
    enabling: Prose = "; --enable-steps switches them on",
    source: String? = nil,
    sketches: String? = nil
  ) {
    (self.plan, self.enabling) = (plan, enabling)
    (self.source, self.sketches) = (source, sketches)
    reading = PlanReading(ReadablePlan(plan), filter: filter)
    self.note = note(reading)
    anchors = Anchors(reading)
  }

  package var verdict: Verdict { reading.verdict }

  /// The page whole.
  ///
  /// - Throws: never, for the template is ours.
  package func text() throws -> String {
    try MustacheTemplate(string: Self.template).render(Self.visible(content))
  }

  /// What stands in the page, for a page of another: without a head, styles and scripts.
  ///
  /// - Throws: never, for the template is ours.
  package func body() throws -> String {
    try MustacheTemplate(string: Self.body).render(Self.visible(content))
  }

  /// Every text in it, on one line and visible: most are foreign.
  package static func visible(_ content: Any) -> Any {
    switch content {
    case let text as String: text.visible
    case let list as [Any]: list.map { visible($0) }
    case let fields as [String: Any]: fields.mapValues { visible($0) }
    default: content
    }
  }

  private var content: [String: Any] {
    let verdict = reading.verdict
    let sentences = verdict.sentences.isEmpty ? ["\(verdict.short)."] : verdict.sentences
    let sections = sections
    return [
      "title": plan.packages.map { "\(PlanHead($0).title) \($0.version)" }.joined(separator: ", "),
      "head": pieces(head), "packages": packages, "status": plan.status,
      "verdict": sentences.map { ["line": pieces($0)] },
      "notes": (PlanNotes(plan).lines + [note].compactMap { $0 })
        .map { ["line": pieces($0)] },
      "contents": sections.map(\.content), "chips": chips, "sections": fields(of: sections),
      "source": source.map { [$0] } ?? [],
      "formatVersion": PlanShape.formatVersion, "environment": plan.base.environment,
      "revision": "\(plan.base.revision)", "digest": plan.digest.map { [$0] } ?? [],
    ]
  }

  // MARK: The head

  private var head: Prose {
    plan.packages.map { package in
      let head = PlanHead(package)
      return "\(head.verb) \(package.uniqueName) \(head.versions)"
    }.joined(separator: ", ")
  }

  private var packages: [[String: Any]] {
    plan.packages.map { package in
      [
        "name": package.uniqueName, "version": package.version,
        "named": plan.packages.count == 1 ? [] : [package.uniqueName],
        "kind": package.managed ? "managed" : "unmanaged", "publisher": package.publisher,
        "sha256": package.sha256.map { [$0] } ?? [],
      ]
    }
  }

  /// What can be chosen: the impacts and the actions that there are.
  private var chips: [[String: Any]] {
    let entries = reading.entries
    let impacts = Impact.allCases.filter { impact in entries.contains { $0.impact == impact } }
      .map { ["group": "impact", "value": Wire.Impact($0).rawValue, "words": $0.words.text] }
    let actions = Change.Action.allCases.filter { action in
      entries.contains { $0.action == action }
    }
    return impacts
      + actions.map { action in
        let words =
          switch action {
          case .delete: "deleted"
          case .dereference: "kept"
          case .add: "added"
          case .change: "changed"
          }
        return ["group": "action", "value": Wire.Action(action).rawValue, "words": words]
      }
  }

  // MARK: Sections

  struct Section {
    let id: String
    let title: String
    let count: String
    let isOpen: Bool
    var lines: [Prose] = []
    var findings: [[String: Any]] = []
    var groups: [Group] = []
    /// Tables in it, for the contents.
    var tables: [[String: Any]] = []

    var content: [String: Any] {
      ["id": id, "title": title, "count": count, "tables": tables, "hasTables": !tables.isEmpty]
    }

    /// Without its groups.
    var fields: [String: Any] {
      [
        "id": id, "title": title, "count": count, "open": isOpen,
        "lines": lines.map { ["line": PlanHTML.pieces($0)] }, "findings": findings,
      ]
    }
  }

  struct Group {
    let entries: [ReadableEntry]
    let form: Form
    let isOpen: Bool
  }

  var sections: [Section] {
    let first = [findings("errors", "Errors", reading.errors), destroyed]
    let middle =
      [findings("warnings", "Warnings", reading.warnings)] + reading.changed.map { changed($0) }
    let last = [
      unnoticed, layersOnly, switches, added, kept, findings("notes", "Notes", reading.infos),
    ]
    return (first + middle + last).compactMap { $0 }
  }

  private var destroyed: Section? {
    let tables = reading.destroyedTables
    let count = reading.destroyed.count + tables.map { $0.parts.count + 1 }.reduce(0, +)
    guard count > 0 else { return nil }
    return Section(
      id: "deleted",
      title: "Deleted",
      count: "\(count)",
      isOpen: true,
      groups: grouped(reading.destroyed, byKind: true, isOpen: true) + tables.map { whole($0) },
      tables: tables.map { link($0.table) }
    )
  }

  private func changed(_ weight: PlanReading.Weight) -> Section {
    let isOpen = weight.impact < .interface
    return Section(
      id: Wire.Impact(weight.impact).rawValue,
      title: weight.impact.title.text,
      count: "\(weight.entries.count)",
      isOpen: isOpen,
      groups: grouped(weight.entries, byKind: false, isOpen: isOpen)
    )
  }

  private var unnoticed: Section? {
    guard !reading.unnoticed.isEmpty else { return nil }
    return Section(
      id: "metadata",
      title: Impact.metadata.title.text,
      count: "\(reading.unnoticed.count)",
      isOpen: false,
      lines: reading.unnoticedLines.map(\.text),
      groups: grouped(reading.unnoticed, byKind: false, isOpen: false)
    )
  }

  private var layersOnly: Section? {
    guard !reading.layersOnly.isEmpty else { return nil }
    return Section(
      id: "layers",
      title: "Layers without effect now",
      count: "\(reading.layersOnly.count)",
      isOpen: false,
      groups: grouped(reading.layersOnly, byKind: false, isOpen: false)
    )
  }

  private var switches: Section? {
    let lines = reading.switches(enabling: enabling)
    guard !lines.isEmpty else { return nil }
    return Section(
      id: "switches",
      title: "Switches",
      count: "\(lines.map(\.count).reduce(0, +))",
      isOpen: true,
      lines: lines.map { "off: \($0.text)" }
    )
  }

  private var added: Section? {
    let (tables, others) = (reading.addedTables, reading.addedParts + reading.added)
    let count = tables.map { $0.parts.count + 1 }.reduce(0, +) + others.count
    guard count > 0 else { return nil }
    return Section(
      id: "added",
      title: "Added",
      count: "\(count)",
      isOpen: false,
      lines: reading.addedByKind.flatMap(\.below),
      groups: tables.map { whole($0) } + grouped(others, byKind: true, isOpen: false),
      tables: tables.map { link($0.table) }
    )
  }

  private var kept: Section? {
    guard !reading.kept.isEmpty else { return nil }
    return Section(
      id: "kept",
      title: "Kept by another layer",
      count: "\(reading.kept.count)",
      isOpen: false,
      groups: grouped(reading.kept, byKind: true, isOpen: false)
    )
  }

  /// Sections with their groups, those with many entries without them where they can be had later.
  private func fields(of sections: [Section]) -> [[String: Any]] {
    var (number, shown) = (-1, 0)
    return sections.map { section in
      var fields = section.fields
      fields["groups"] = section.groups.map { group in
        number += 1
        let isLater = source != nil && shown + group.entries.count > Self.entriesAtOnce
        shown += isLater ? 0 : group.entries.count
        return self.fields(group, from: isLater ? "\(source ?? "")/groups/\(number)" : nil)
      }
      return fields
    }
  }

  /// A page with many more rows takes a browser seconds.
  private static let entriesAtOnce = 200

  // MARK: Groups

  /// A few stand as they are, more below their kinds or tables.
  private func grouped(
    _ entries: [ReadableEntry],
    byKind: Bool,
    isOpen: Bool
  ) -> [Group] {
    guard entries.count > 30 else {
      return entries.isEmpty ? [] : [Group(entries: entries, form: .plain, isOpen: isOpen)]
    }
    if byKind {
      return reading.byKind(entries).map { kind, some in
        Group(
          entries: some,
          form: .titled(reading.names.counted(some.count, kind)),
          isOpen: isOpen
        )
      }
    }
    return reading.byTable(entries).map { table, some in
      let counts = reading.counts(some)
      let title: Prose = table.isEmpty ? "In no table: \(counts)" : "\(table): \(counts)"
      return Group(entries: some, form: .titled(title), isOpen: isOpen)
    }
  }

  enum Form {
    case plain
    case titled(Prose)
    case table(ReadableEntry, Prose)
  }

  /// - Parameter source: where its entries can be had later; nil where they stand in it.
  private func fields(_ group: Group, from source: String? = nil) -> [String: Any] {
    var fields: [String: Any] = [
      "isTable": [Any](), "isTitled": false, "isPlain": false, "title": [Any](),
      "open": group.isOpen && source == nil, "source": source.map { [$0] } ?? [],
      "entries": source == nil ? group.entries.map { entry($0) } : [],
    ]
    switch group.form {
    case .plain: fields["isPlain"] = true
    case .titled(let title): (fields["isTitled"], fields["title"]) = (true, pieces(title))
    case .table(let table, let tail):
      var line = entry(table)
      line["says"] = pieces(tail)
      line["isTold"] = !tail.isEmpty
      fields["isTable"] = [line]
    }
    return fields
  }

  private func whole(_ whole: PlanReading.Whole) -> Group {
    Group(entries: whole.parts, form: .table(whole.table, reading.tail(whole)), isOpen: false)
  }

  private func link(_ entry: ReadableEntry) -> [String: Any] {
    ["id": anchors[entry], "name": pieces(reading.names.short(entry))]
  }

  // MARK: Components

  func entry(_ entry: ReadableEntry) -> [String: Any] {
    let isChange = entry.action == .change || entry.action == .dereference
    let says = isChange ? reading.brief(entry) : reading.facts(entry)
    let properties = isChange ? entry.properties : []
    let hasEffects = properties.contains { $0.effect != nil }
    let facts = isChange ? nil : Self.facts(entry)
    let name = reading.names.whole(entry)
    return [
      "id": anchors[entry], "sign": entry.sign.rawValue, "sketch": sketch(of: entry),
      "action": Wire.Action(entry.action).rawValue,
      "impact": Wire.Impact(entry.impact).rawValue,
      "name": pieces(name), "wire": name.text.contains(entry.name) ? [] : [entry.name],
      "isTold": !says.isEmpty, "says": pieces(says),
      "tone": entry.action == .delete && entry.loss != nil ? "loss" : "says",
      "told": anchors.findings(of: entry).map { group in
        [
          "anchor": anchors[group], "code": group.code,
          "severity": Wire.Severity(group.severity).rawValue,
        ]
      },
      "reason": entry.reason.isEmpty ? [] : [entry.reason], "facts": facts.map { [$0] } ?? [],
      "isOpenable": !properties.isEmpty || facts != nil || (isChange && !entry.reason.isEmpty),
      "hasProperties": !properties.isEmpty, "hasEffects": hasEffects,
      "properties": properties.map { property(_: $0) },
    ]
  }

  /// Where a form that changes is drawn before and after.
  private func sketch(of entry: ReadableEntry) -> [String] {
    guard let sketches, entry.action == .change,
      entry.kind == ComponentKinds.standard[.systemForm].name
    else { return [] }
    return ["\(sketches)?of=\(entry.address.escapedForAddress)"]
  }

  private func property(_ property: ReadableEntry.Property) -> [String: Any] {
    let secret = property.secret?.text
    return [
      "path": property.words ?? property.path,
      "before": property.before.map { secret == nil ? $0 : "a secret" } ?? "∅",
      "after": secret ?? property.after ?? "∅", "effect": pieces(property.effect ?? ""),
    ]
  }

  /// What is worth a word of a component that comes or goes.
  private static func facts(_ entry: ReadableEntry) -> String? {
    let facts = entry.properties.compactMap { property in
      (property.secret?.text ?? property.after ?? property.before).map {
        "\(property.words ?? property.path): \($0)"
      }
    }
    return facts.isEmpty ? nil : facts.joined(separator: ", ")
  }

  func pieces(_ prose: Prose) -> [[String: Any]] { Self.pieces(prose) }

  static func pieces(_ prose: Prose) -> [[String: Any]] {
    prose.pieces.map { piece in
      ["foreign": piece.isForeign ? [piece.text] : [], "words": piece.isForeign ? "" : piece.text]
    }
  }
}
