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
    return state.stacks[id]?.effective(kinds[id.type].merge).lookupLink
  }

  /// Options that nobody states any more.
  mutating func tellLostOptions(_ changes: [Change]) {
    for change in changes {
      let merge = kinds[change.id.type].merge
      guard merge == .unionOfOptions, let before = stepStart.stacks[change.id],
        let after = state.stacks[change.id], !before.base.isAssumed,
        let old = Choices.list(of: before.effective(merge)),
        let new = Choices.list(of: after.effective(merge))
      else { continue }
      let left = Set(new.children.compactMap { $0.attribute("value") })
      let lost = old.children.filter { !left.contains($0.attribute("value") ?? "") }
      guard !lost.isEmpty else { continue }
      let names = lost.map { option in
        let label = option.child("labels")?.child("label")?.attribute("description") ?? ""
        return (option.attribute("value") ?? "") + (label.isEmpty ? "" : " “\(label)”")
      }
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
            option.attribute("value").flatMap { Int($0) }.map {
              .holding(option: $0, of: change.id)
            }
          }
        )
      )
    }
  }
}
