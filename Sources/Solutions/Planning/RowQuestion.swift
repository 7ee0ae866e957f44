internal import XML

/// What only rows can tell about a changed definition; an environment counts and answers.
package enum RowQuestion: Hashable, Sendable {
  /// Texts of a column that are longer, in UTF-16 units.
  case longer(than: Int, in: ComponentID)
  /// Rows that hold an option: in the column, or in all that use the choice.
  case holding(option: Int, of: ComponentID)
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
