import Contract
import Faces
import Reading
import Solutions

/// A plan for the terminal, short enough to decide from: what goes, what changes by what people notice, what comes; errors
/// and the verdict last, where eyes are.
struct ReadingText {
  let reading: PlanReading
  let style: TextStyle
  var depth = Depth.folded
  var wording = Wording()

  /// What of a plan, or of a difference, is called.
  struct Wording {
    var deleted: Prose = "Deleted"
    var deletedTables: Prose = "deleted tables"
    var changed: Prose = "Changed"
    var added: Prose = "Added"
  }

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
    let switched = reading.plan.isComparison ? [] : switches()
    return deleted() + kept() + changed() + added() + switched
  }

  // MARK: What goes

  private func deleted() -> [Prose] {
    let (others, tables) = (reading.destroyed, reading.destroyedTables)
    let parts = tables.map(\.parts.count).reduce(0, +)
    let count = others.count + tables.count + parts
    guard count > 0 else { return [] }
    let within: Prose = parts == 0 ? "" : ", \(parts) of them inside \(wording.deletedTables)"
    let lines = [style.bold("\(wording.deleted): \(count)\(within)")]
    guard isFull || others.count + tables.count <= PlanReading.few else {
      return lines + folded(reading.destroyedByKind, sign(.delete)) + [""]
    }
    return lines + aligned(others.map { ("\(sign($0)) \(names.whole($0))", reading.facts($0)) })
      + tables.flatMap { whole($0) } + [""]
  }

  private func whole(_ whole: PlanReading.Whole) -> [Prose] {
    let tail = reading.tail(whole)
    let head: Prose = "  \(sign(whole.table)) \(reading.head(whole))"
    let line = [head, tail].filter { !$0.isEmpty }.joined(separator: "  ")
    guard isFull else { return [line] }
    return [line]
      + whole.parts.map { part in
        let facts = reading.facts(part)
        return
          "      \(sign(part)) \(names.whole(part))\(facts.isEmpty ? "" : "  \(facts)" as Prose)"
      }
  }

  private func kept() -> [Prose] {
    guard !reading.kept.isEmpty else { return [] }
    let lines = [style.bold("Kept by another layer: \(reading.kept.count)")]
    if isFull { return lines + reading.kept.flatMap { entry($0) } + [""] }
    guard reading.kept.count <= PlanReading.few else {
      return lines + folded(reading.keptByKind, sign(.dereference)) + [""]
    }
    return lines
      + aligned(
        reading.kept.map { ("\(sign($0)) \(names.whole($0))", colored($0.notes)) }
      ) + [""]
  }

  // MARK: What changes

  private func changed() -> [Prose] {
    let noticed = reading.changed.map(\.entries.count).reduce(0, +)
    let look = reading.changed.filter { $0.impact < .label }.map(\.entries.count).reduce(0, +)
    let all = noticed + reading.unnoticed.count
    guard all + reading.layersOnly.count > 0 else { return [] }
    var lines: [Prose] = []
    if all > 0 {
      let which: Prose =
        all == look ? "" : look == 0 ? ", nothing to look at" : ", of which \(look) to look at"
      lines.append(style.bold("\(wording.changed): \(all)\(which)"))
    }
    for weight in reading.changed { lines += weighed(weight) }
    lines += unnoticed() + layers()
    return lines + [""]
  }

  private func weighed(_ weight: PlanReading.Weight) -> [Prose] {
    let title: Prose = "  \(style.bold(weight.impact.title)): \(weight.entries.count)"
    if weight.impact == .label, !isFull, weight.entries.count > PlanReading.few {
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
    if isFull { return [head] + shown.flatMap { entry($0) } + rest }
    return [head]
      + aligned(shown.map { ("  \(sign($0)) \(names.whole($0))", reading.brief($0)) }) + rest
  }

  private func colored(_ notes: [Prose]) -> Prose {
    notes.map { style($0, .yellow) }.joined(separator: "  ")
  }

  /// A change with a line for each property.
  private func entry(_ entry: ReadableEntry) -> [Prose] {
    let notes = colored(entry.notes)
    let head: Prose =
      "    \(sign(entry)) \(names.whole(entry))\(notes.isEmpty ? "" : "  \(notes)" as Prose)"
    return [head]
      + EntryWords.lines(entry, names, withAll: isFull).map { "          \($0)" as Prose }
  }

  private func unnoticed() -> [Prose] {
    guard !reading.unnoticed.isEmpty else { return [] }
    let title: Prose = "  \(style.bold(Impact.metadata.title)): \(reading.unnoticed.count)"
    if isFull { return [title] + reading.unnoticed.flatMap { entry($0) } }
    let lines = reading.unnoticedLines.map { style($0.text, .gray) }
    return [title] + lines.map { "    \($0)" as Prose }
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
    let lines = [style.bold("\(wording.added): \(count)")]
    guard isFull || tables.count + parts.count + others.count <= PlanReading.few else {
      return lines + folded(reading.addedByKind, sign(.add)) + [""]
    }
    return lines + tables.flatMap { whole($0) }
      + aligned((parts + others).map { ("\(sign($0)) \(names.whole($0))", reading.facts($0)) })
      + [""]
  }

  private func switches() -> [Prose] {
    let lines = reading.switches(enabling: "; --enable-steps switches them on")
    guard !lines.isEmpty else { return [] }
    return [style.bold("Switches")] + lines.map { "  off  \($0.text)" as Prose } + [""]
  }

  // MARK: Lines

  private func folded(_ lines: [ReadingLine], _ sign: Prose) -> [Prose] {
    lines.flatMap { line in ["  \(sign) \(line.text)"] + line.below.map { "      \($0)" as Prose } }
  }

  private func sign(_ entry: ReadableEntry) -> Prose { sign(entry.sign) }

  private func sign(_ sign: ReadableEntry.Sign) -> Prose {
    let color: TextStyle.Color =
      switch sign {
      case .delete: .red
      case .add: .green
      case .change: .blue
      case .dereference, .masked, .draft: .yellow
      }
    return style("\(sign.rawValue)", color)
  }

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
