import Contract
import Faces
import Reading
import Solutions

/// A plan for the terminal: the verdict short at its head and whole at its end, where one looks.
struct PlanText {
  let plan: PlanShape
  let style: TextStyle
  var tense = Tense.conditional
  var view = ReadingView()

  enum Tense {
    case conditional
    /// It has been done.
    case past
  }

  func text() -> Prose {
    let reading = PlanReading(
      ReadablePlan(plan),
      filter: view.filter,
      withIDs: view.withIDs || view.depth == .full
    )
    let body = ReadingText(reading: reading, style: style, depth: view.depth)
    var lines = header(reading)
    if !view.isErrorsOnly { lines += body.changes() + values() + data() }
    lines += findings(reading)
    if tense == .conditional { lines += verdict(reading) }
    if let digest = plan.digest, !view.isErrorsOnly {
      lines.append(style("plan \(digest)", .gray))
    }
    if let note = view.note(reading) { lines.append(note) }
    return view.wrap(lines.joined(separator: "\n") + "\n")
  }

  private func header(_ reading: PlanReading) -> [Prose] {
    var lines: [Prose] = []
    for package in plan.packages {
      let kind = package.managed ? "managed" : "unmanaged"
      lines.append(
        "\(PlanHead(package).text(style))  "
          + style("(\(kind), publisher \(package.publisher))", .gray)
      )
    }
    lines += PlanNotes(plan, now: plan.facts == nil ? nil : .now).lines
    let short = reading.verdict.short
    let color: TextStyle.Color? =
      switch reading.verdict.status {
      case .refused, .destroys: .red
      case .nothing, .changes: nil
      }
    lines.append(color.map { style(short, $0) } ?? short)
    if let line = returned() { lines.append(line) }
    if let isBlocked = plan.blocksUnmanaged {
      let verb: Prose = tense == .past ? "are" : "would be"
      lines.append(
        "Unmanaged customizations \(verb) \(isBlocked ? "refused" : "allowed") from now on."
      )
    }
    return lines + [""]
  }

  private func findings(_ reading: PlanReading) -> [Prose] {
    let text = NoteText(
      plan: plan,
      reading: reading,
      style: style,
      isFull: view.depth == .full || view.isErrorsOnly,
      wayToAll: view.wayToAll
    )
    if view.isErrorsOnly { return text.lines(reading.errors, "Errors") }
    let others =
      view.depth == .summary
      ? [] : text.lines(reading.infos, "Notes") + text.lines(reading.warnings, "Warnings")
    return others + text.lines(reading.errors, "Errors")
  }

  /// What comes out of the trash with what is added.
  private func returned() -> Prose? {
    let (rows, values) = (plan.summary.rowsReturned, plan.summary.valuesReturned)
    let parts = [rows.map { counted($0, "row") }, values.map { counted($0, "value") }]
      .compactMap { $0 }
    guard !parts.isEmpty else { return nil }
    return style("Data back from the trash: \(parts.joined(separator: ", "))", .green)
  }

  private func verdict(_ reading: PlanReading) -> [Prose] {
    let verdict = reading.verdict
    let grave = [verdict.refusal, verdict.destroys].compactMap { $0 }.map { style($0, .red) }
    let lines = grave + [verdict.changes, returned(), verdict.asks].compactMap { $0 }
    return lines.isEmpty ? [] : lines
  }
}
