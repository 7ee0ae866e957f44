import Contract
import Faces
import Reading
import Solutions

/// A plan as Markdown for a pull request: the verdict, errors, what goes, and what people notice; all else folded.
struct PlanMarkdown {
  let plan: PlanShape
  let view: ReadingView
  private let reading: PlanReading

  init(plan: PlanShape, view: ReadingView = ReadingView()) {
    (self.plan, self.view) = (plan, view)
    reading = PlanReading(ReadablePlan(plan), filter: view.filter, withIDs: view.withIDs)
  }

  /// - Parameters:
  ///   - limit: The most characters.
  ///   - rest: Where all of it is, for one that is cut.
  func text(limit: Int, rest: Markdown) -> String {
    MarkdownCut(limit: limit, rest: rest)(parts, end: end)
  }

  private var parts: [MarkdownPart] {
    let notes = reading.infos.map(group)
    return [
      MarkdownPart(.title, .plain, heads), MarkdownPart(.verdict, .plain, verdict),
      MarkdownPart(.errors, .headed(title("Errors", reading.errors)), reading.errors.map(group)),
      destroyed,
      MarkdownPart(
        .warnings,
        .headed(title("Warnings", reading.warnings)),
        reading.warnings.map(group)
      ),
    ].compactMap { $0 } + changed
      + [switches, added, kept, labels, unnoticed].compactMap { $0 }
      + [MarkdownPart(.notes, .folded(title("Notes", reading.infos)), notes)].compactMap { $0 }
  }

  // MARK: The head

  private var heads: [MarkdownPart.Entry] {
    let heads = plan.packages.map { package in
      let head = PlanHead(package)
      return MarkdownPart.Entry(
        text: "### \(head.verb) \(package.uniqueName) \(head.versions)"
      )
    }
    return marker.map { [MarkdownPart.Entry(text: $0)] + heads } ?? heads
  }

  /// By which a pipeline finds its own comment; nil for names that could end it.
  private var marker: Markdown? {
    let names = plan.packages.map(\.uniqueName)
    let isPlain = names.allSatisfy { name in
      name.utf8.allSatisfy { byte in
        byte == UInt8(ascii: "_") || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
    }
    guard isPlain, !names.isEmpty else { return nil }
    return "<!-- strata \(ours: names.joined(separator: " ")) -->"
  }

  private var verdict: [MarkdownPart.Entry] {
    let verdict = reading.verdict
    let mark: Markdown =
      switch verdict.status {
      case .refused: "❌ "
      case .destroys: "⚠️ "
      case .nothing, .changes: ""
      }
    let sentences = verdict.sentences.isEmpty ? ["\(verdict.short)."] : verdict.sentences
    let lines = sentences.enumerated().map { number, sentence -> Markdown in
      number == 0 ? "**\(mark)\(sentence)**" : "\(sentence)"
    }
    let notes = PlanNotes(plan)
    let shown = view.note(reading).map { ["\($0)" as Markdown] } ?? []
    return (lines + notes.lines.map { "\($0)" as Markdown } + shown)
      .map { MarkdownPart.Entry(text: $0) }
  }

  private var end: Markdown { plan.digest.map { "plan \($0)\n" } ?? "" }

  // MARK: What goes

  private var destroyed: MarkdownPart? {
    let parts = reading.destroyedTables.map(\.parts.count).reduce(0, +)
    let count = reading.destroyed.count + reading.destroyedTables.count + parts
    let within: Prose = parts == 0 ? "" : ", \(parts) of them inside deleted tables"
    return MarkdownPart(
      .deletions,
      .headed("Deleted: \(count)\(within)"),
      entries(reading.destroyedByTable, .delete)
    )
  }

  private var kept: MarkdownPart? {
    MarkdownPart(
      .kept,
      .folded("Kept by another layer: \(reading.kept.count)"),
      reading.kept.count > Self.few
        ? entries(reading.keptByKind, .dereference) : reading.kept.map { entry($0, told($0.notes)) }
    )
  }

  /// How many stand on lines of their own.
  private static let few = 40

  // MARK: What changes

  private var changed: [MarkdownPart] {
    let first = reading.changed.filter { $0.impact < .interface }
    let title: Prose = first.map { "\($0.impact.title) (\($0.entries.count))" }
      .joined(separator: ", ")
    let changes = first.flatMap(\.entries).map { entry($0, reading.brief($0)) }
    let others = reading.changed.filter { $0.impact == .interface }.map { weight in
      MarkdownPart(
        .interface,
        .folded("\(weight.impact.title) (\(reading.counts(weight.entries)))"),
        weight.entries.map { entry($0, reading.brief($0)) }
      )
    }
    return ([MarkdownPart(.changes, .headed(title), changes)] + others).compactMap { $0 }
  }

  private var labels: MarkdownPart? {
    let labels = reading.changed.filter { $0.impact == .label }.flatMap(\.entries)
    return MarkdownPart(
      .labels,
      .folded("Labels (\(labels.count))"),
      labels.count > Self.few
        ? [MarkdownPart.Entry(text: "\(reading.counts(labels))", count: labels.count)]
        : labels.map { entry($0, reading.brief($0)) }
    )
  }

  private var unnoticed: MarkdownPart? {
    let layers = reading.layersOnly.map { entry($0, "a layer without effect now") }
    return MarkdownPart(
      .metadata,
      .folded("Metadata only (\(reading.unnoticed.count + layers.count))"),
      reading.unnoticedLines.map { MarkdownPart.Entry(text: "- \($0.text)", count: $0.count) }
        + layers
    )
  }

  private var switches: MarkdownPart? {
    let lines = reading.switches(enabling: "; `--enable-steps` switches them on")
    return MarkdownPart(
      .switches,
      .headed("Switches"),
      lines.map { MarkdownPart.Entry(text: "- off: \($0.text)", count: $0.count) }
    )
  }

  // MARK: What comes

  private var added: MarkdownPart? {
    let (tables, others) = (reading.addedTables, reading.addedParts + reading.added)
    let all = tables.map(\.table) + others
    let count = all.count + tables.map(\.parts.count).reduce(0, +)
    return MarkdownPart(
      .additions,
      .folded("Added: \(count) (\(reading.counts(all)))"),
      all.count > Self.few
        ? entries(reading.addedByKind, .add)
        : tables.map { whole in
          let (head, tail) = (reading.head(whole), reading.tail(whole))
          let text: Markdown = "- \(Self.sign(.add)) \(head)\(Self.behind(tail))"
          return MarkdownPart.Entry(text: text, count: whole.parts.count + 1)
        } + others.map { entry($0, reading.facts($0)) }
    )
  }

  // MARK: Findings

  private func title(_ what: Prose, _ groups: [PlanReading.NoteGroup]) -> Prose {
    let count = groups.map(\.notes.count).reduce(0, +)
    return "\(what): \(count)"
  }

  private func group(_ group: PlanReading.NoteGroup) -> MarkdownPart.Entry {
    let mark: Markdown =
      switch group.severity {
      case .error: "❌"
      case .warning: "⚠️"
      case .info: "ℹ️"
      }
    let times: Markdown = group.notes.count > 1 ? "\(group.notes.count): " : ""
    var lines: [Markdown] = ["- \(mark) \(group.code) \(times)\(group.sentence)"]
    if group.notes.count > 1 { lines.append("  - \(reading.subjects(group, limit: 24))") }
    if group.notes.count == 1, let because = group.notes.first.map({ reading.because($0) }) {
      lines += because.prefix(12).map { "  - \($0)" as Markdown }
      if because.count > 12 { lines.append("  - … and \(because.count - 12) more") }
    }
    lines += group.remedies.prefix(3).map { "  - **→** \($0.shown(400))" as Markdown }
    return MarkdownPart.Entry(text: lines.joined(separator: "\n"), count: group.notes.count)
  }

  // MARK: Lines

  private func entries(
    _ lines: [ReadingLine],
    _ sign: ReadableEntry.Sign
  ) -> [MarkdownPart.Entry] {
    lines.map { line in
      let all = ["- \(Self.sign(sign)) \(line.text)"] + line.below.map { "  - \($0)" as Markdown }
      return MarkdownPart.Entry(text: all.joined(separator: "\n"), count: line.count)
    }
  }

  private func entry(_ entry: ReadableEntry, _ tail: Prose) -> MarkdownPart.Entry {
    MarkdownPart.Entry(
      text: "- \(Self.sign(entry.sign)) \(reading.names.whole(entry))\(Self.behind(tail))"
    )
  }

  private func told(_ notes: [Prose]) -> Prose { notes.joined(separator: ", ") }

  private static func behind(_ tail: Prose) -> Markdown { tail.isEmpty ? "" : ": \(tail)" }

  /// In a span: a bare one would open a list.
  private static func sign(_ sign: ReadableEntry.Sign) -> Markdown { "\(sign.rawValue)" }
}
