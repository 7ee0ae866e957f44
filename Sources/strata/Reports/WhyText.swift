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
    lines.append("  because it is \(entry.reason)  [\(entry.rule)]")
    for layer in entry.maskedBy { lines.append("  and nothing shows, because \(layer) lies above") }
    lines += EntryWords.lines(entry, reading.names).map { "      \($0)" as Prose }
    let address = entry.address.lowercased()
    let told = plan.findings.filter { finding in
      finding.subject.lowercased() == address
        || finding.because.contains {
          $0.contains("(\(entry.name))") || $0.hasPrefix(entry.address)
        }
    }
    return lines + told.flatMap { FindingText.lines($0, style) }
  }
}
