import Contract
import Reading
import Solutions

/// Findings for the terminal: what several say is said once.
struct NoteText {
  let plan: PlanShape
  let reading: PlanReading
  let style: TextStyle
  /// Whether each stands whole.
  let isFull: Bool
  let wayToAll: String

  func lines(_ groups: [PlanReading.NoteGroup], _ title: Prose) -> [Prose] {
    guard !groups.isEmpty else { return [] }
    let count = groups.map(\.notes.count).reduce(0, +)
    let kinds: Prose = groups.count == count ? "" : " of \(groups.count.counted("kind"))"
    // More kinds than a screen holds stand on a line each.
    let whole = isFull ? groups.count : 6
    var lines = [style.bold("\(title): \(count)\(kinds)")]
    for group in groups.prefix(whole) { lines += self.lines(group) }
    for group in groups.dropFirst(whole) { lines.append(head(group)) }
    if !isFull, count > groups.count || groups.count > whole,
      groups.first?.severity == .error
    {
      lines.append(
        style("  all of them: \(wayToAll) · what one means: strata explain CODE", .gray)
      )
    }
    return lines + [""]
  }

  private func lines(_ group: PlanReading.NoteGroup) -> [Prose] {
    let severity = Wire.Severity(group.severity)
    let findings = plan.findings.filter { $0.code == group.code && $0.severity == severity }
    guard !isFull, group.notes.count > 1 else {
      return findings.flatMap { FindingText.lines($0, style, because: isFull ? .max : 3) }
    }
    return [head(group), "      \(reading.subjects(group, limit: 8))"]
      + group.remedies.prefix(3).map { "      → \($0.shown(400))" }
  }

  private func head(_ group: PlanReading.NoteGroup) -> Prose {
    let color: TextStyle.Color =
      switch group.severity {
      case .error: .red
      case .warning: .yellow
      case .info: .gray
      }
    let times: Prose = group.notes.count > 1 ? "\(group.notes.count): " : ""
    let severity = Wire.Severity(group.severity).rawValue
    return "  \(style("\(severity)", color)) \(group.code)  \(times)\(group.sentence)"
  }
}

/// A finding for the terminal.
enum FindingText {
  /// What stands in the way, on standard error: for where the plan itself is not shown.
  static func tellErrors(among findings: [FindingShape]) {
    for finding in findings where finding.severity == .error {
      Console.tell(lines(finding, TextStyle(noColor: true)).joined(separator: "\n"))
    }
  }

  static func lines(
    _ finding: FindingShape,
    _ style: TextStyle,
    because limit: Int = 12
  ) -> [Prose] {
    let color: TextStyle.Color =
      switch finding.severity {
      case .error: .red
      case .warning: .yellow
      default: .gray
      }
    let place = finding.at.map { $0.line > 0 ? "\($0.file):\($0.line)" : "\($0.file)" as Prose }
    // A file is named once.
    let subject: Prose? = finding.at?.file == finding.subject ? nil : "\(finding.subject.shown())"
    let about = [subject, place].compactMap(\.self).joined(separator: "  ")
    var lines: [Prose] = [
      "  \(style("\(finding.severity.rawValue)", color)) \(finding.code)  \(finding.message.shown(400))",
      style(
        "      \(about)  [\(finding.rule), \(finding.provenance.rawValue)]",
        .gray
      ),
    ]
    // A line that says “1 more” has the room for it.
    let shown = finding.because.count - limit == 1 ? finding.because.count : limit
    lines += finding.because.prefix(shown).map { "      because \($0.shown(200))" as Prose }
    if finding.because.count > shown {
      lines.append(style("      … and \(finding.because.count - shown) more", .gray))
    }
    if let remedy = finding.remedy { lines.append("      → \(remedy.shown(400))") }
    return lines
  }
}
