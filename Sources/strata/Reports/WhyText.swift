import Contract
import Reading
import Solutions

/// Why something becomes of a component, from its reason to what findings say of it.
struct WhyText {
  let plan: PlanShape
  /// An address or a name, in lower case.
  let component: String
  let style: TextStyle

  func text() -> Prose {
    let reading = PlanReading(
      ReadablePlan(plan),
      filter: ReadingFilter(components: [component])
    )
    let entries = reading.entries
    guard !entries.isEmpty else {
      return
        "Nothing becomes of “\(component)”: the plan does not name it, so it stays as it is, or is not there.\n"
    }
    return entries.flatMap { lines($0, reading) }.joined(separator: "\n") + "\n"
  }

  private func lines(_ entry: ReadableEntry, _ reading: PlanReading) -> [Prose] {
    let verb: Prose =
      switch entry.action {
      case .delete: "is deleted"
      case .dereference: "stays, because another layer keeps it"
      case .add: "is added"
      case .change: entry.isLayerOnly ? "gets a layer that changes nothing now" : "changes"
      }
    var lines = [style.bold("\(reading.names.whole(entry)) \(verb)")]
    lines += causes(entry, reading)
    for layer in entry.maskedBy { lines.append("  and nothing shows, because \(layer) lies above") }
    let isChange = entry.action == .change || entry.action == .dereference
    let changes = isChange ? EntryWords.lines(entry, reading.names) : []
    lines += changes.map { "      \($0)" as Prose }
    let address = entry.address.lowercased()
    let told = plan.findings.filter { finding in
      finding.subject.lowercased() == address
        || finding.because.contains {
          $0.contains("(\(entry.name))") || $0.hasPrefix(entry.address)
        }
    }
    return lines + told.flatMap { FindingText.lines($0, style) }
  }

  /// From the root that is no longer there down to the component.
  private func causes(_ entry: ReadableEntry, _ reading: PlanReading) -> [Prose] {
    var wholes: [ReadableEntry] = []
    var current = entry
    while let whole = current.parent.flatMap({ reading.byAddress[$0.lowercased()] }),
      whole.action == entry.action, entry.action == .delete || entry.action == .add,
      !wholes.contains(where: { $0.address == whole.address })
    {
      wholes.append(whole)
      current = whole
    }
    guard let root = wholes.last else {
      return ["  because it is \(entry.reason)  [\(entry.rule)]"]
    }
    var lines: [Prose] = [
      "  because \(reading.names.whole(root)) is \(root.reason)  [\(root.rule)]"
    ]
    let below = wholes.dropLast().reversed() + [entry]
    for part in below {
      let verb: Prose = entry.action == .delete ? "is deleted with it" : "is added with it"
      let rule: Prose = entry.action == .delete ? "  [DP-420]" : ""
      lines.append("  and \(reading.names.whole(part)) is a part of it, which \(verb)\(rule)")
    }
    if entry.reason != root.reason {
      lines.append("  it is \(entry.reason) itself  [\(entry.rule)]")
    }
    return lines
  }
}
