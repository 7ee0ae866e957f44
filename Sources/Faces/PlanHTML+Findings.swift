internal import Contract
internal import Reading
internal import Solutions

// What is told of a plan.
extension PlanHTML {
  func findings(
    _ id: String,
    _ title: String,
    _ groups: [PlanReading.NoteGroup]
  ) -> Section? {
    guard !groups.isEmpty else { return nil }
    return Section(
      id: id,
      title: title,
      count: "\(groups.map(\.notes.count).reduce(0, +))",
      isOpen: id != "notes",
      findings: groups.map { finding($0) }
    )
  }

  private func finding(_ group: PlanReading.NoteGroup) -> [String: Any] {
    [
      "id": anchors[group], "severity": Wire.Severity(group.severity).rawValue,
      "code": group.code, "times": group.notes.count > 1 ? "\(group.notes.count): " : "",
      "sentence": pieces(group.sentence), "remedies": group.remedies,
      "notes": group.notes.map { note($0, isAlone: group.notes.count == 1) },
    ]
  }

  private func note(_ note: ReadableNote, isAlone: Bool) -> [String: Any] {
    let limit = 5
    let because = reading.because(note)
    let rest = because.dropFirst(limit)
    let entry = reading.byAddress[note.subject.lowercased()]
    let isLinked = entry.map { anchors.has($0) } ?? false
    return [
      "message": isAlone ? [] : [note.message],
      "subject": isLinked ? entry.map { [named($0)] } ?? [] : [],
      "other": isLinked ? [] : [note.subject], "place": note.place.map { " \($0)" } ?? "",
      "rule": note.rule, "provenance": note.provenance,
      "hasBecause": !because.isEmpty, "because": because.prefix(limit).map { ["line": pieces($0)] },
      "hasMore": !rest.isEmpty, "more": "\(rest.count)",
      "rest": rest.map { ["line": pieces($0)] },
    ]
  }

  private func named(_ entry: ReadableEntry) -> [String: Any] {
    ["id": anchors[entry], "name": pieces(reading.names.whole(entry))]
  }
}
