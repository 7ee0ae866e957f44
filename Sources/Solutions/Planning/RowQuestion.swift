internal import XML

/// What only rows can tell about a changed definition; an environment counts and answers.
package enum RowQuestion: Hashable, Sendable {
  /// Texts of a column that are longer, in UTF-16 units.
  case longer(than: Int, in: ComponentID)
  /// Rows that hold an option: in the column, or in all that use the choice.
  case holding(option: Int, of: ComponentID)
  /// Rows whose lookup leads to a table.
  case leading(to: String, from: ComponentID)
  /// Rows or values of a component in an entry of the trash.
  case lying(in: Incarnation.ID, of: ComponentID)
}

extension Finding {
  /// The same with what rows say: what concerns none of them is no warning.
  ///
  /// - Parameter counts: by question; those without an answer stay open.
  package func answered(_ counts: [RowQuestion: Int]) -> Finding {
    let known = questions.compactMap { question in counts[question].map { (question, $0) } }
    guard !known.isEmpty, known.count == questions.count else { return self }
    let lines = known.map { question, count in
      switch question {
      case .longer:
        "\(count == 0 ? "no value is" : count == 1 ? "1 value is" : "\(count) values are") longer now"
      case .holding(let option, _):
        "\(count == 0 ? "no row holds" : count == 1 ? "1 row holds" : "\(count) rows hold") option \(option)"
      case .leading(let table, _):
        "\(count == 0 ? "no row leads" : count == 1 ? "1 row leads" : "\(count) rows lead") to \(table)"
      case .lying(let entry, let id):
        "\(id.tableAndColumn == nil ? count == 1 ? "1 row" : "\(count) rows" : count == 1 ? "1 value" : "\(count) values") in entry \(entry)"
      }
    }
    return Finding(
      known.allSatisfy { $0.1 == 0 } ? .info : severity,
      code,
      rule: rule,
      provenance,
      subject: subject,
      message,
      because: because + lines,
      remedy: remedy,
      at: at,
      asking: questions
    )
  }
}

extension Planner {
  /// Lookups that stay and no longer lead where they led: their relationship goes, and another one may have come.
  mutating func tellLostTargets(_ changes: [Change]) {
    let gone = changes.filter { change in
      change.action == .delete && kinds[change.id.type].physical == .relationship
    }
    guard !gone.isEmpty else { return }
    let kept = Set(state.stacks.compactMap { link(of: $0.key, in: state) })
    for change in gone {
      guard let link = link(of: change.id, in: stepStart), !kept.contains(link),
        case let column = ComponentID.attribute(link.table, link.column),
        state.stacks[column] != nil, stepStart.stacks[column] != nil
      else { continue }
      findings.append(
        Finding(
          .warning,
          .targetLost,
          rule: "lifecycle §5",
          .inferred,
          subject: subject(column),
          "\(spoken(column)) no longer leads to \(link.target)",
          because: [
            "\(spoken(change.id)) is deleted and the column stays",
            "rows keep the ids that they hold, which lead nowhere then",
          ],
          remedy:
            "release a version without the column first; or stage, and move the values to another column",
          at: change.at,
          asking: [.leading(to: link.target, from: column)]
        )
      )
    }
  }

  private func link(of id: ComponentID, in state: InstalledState) -> LookupLink? {
    guard kinds[id.type].physical == .relationship else { return nil }
    return state.stacks[id]?.effective(kinds[id.type].merge).definition.lookupLink
  }

  /// Options that nobody states any more.
  mutating func tellLostOptions(_ changes: [Change]) {
    for change in changes {
      guard kinds[change.id.type].merge == .unionOfOptions,
        let before = stepStart.stacks[change.id], !before.base.isAssumed,
        let after = state.stacks[change.id],
        let old = stepStart.options(of: change.id, kinds: kinds),
        let new = state.options(of: change.id, kinds: kinds)
      else { continue }
      // A choice that loses options says so itself; its columns only where they are bound to another one.
      let merge = kinds[change.id.type].merge
      let binding = before.effective(merge).definition.globalChoice
      if binding != nil, binding == after.effective(merge).definition.globalChoice { continue }
      let left = Set(new.map(\.value))
      let lost = old.filter { !left.contains($0.value) }
      guard !lost.isEmpty else { continue }
      let names = lost.map { $0.value + ($0.label.isEmpty ? "" : " “\($0.label)”") }
      findings.append(
        Finding(
          .warning,
          .optionsLost,
          rule: "LY-905",
          .inferred,
          subject: subject(change.id),
          "\(lost.count == 1 ? "an option" : "\(lost.count) options") of \(spoken(change.id)) "
            + "\(lost.count == 1 ? "goes" : "go"): \(names.joined(separator: ", "))",
          because: ["rows that hold what goes keep the number, without a label"],
          at: change.at,
          asking: lost.compactMap { option in
            Int(option.value).map { .holding(option: $0, of: change.id) }
          }
        )
      )
    }
  }
}
