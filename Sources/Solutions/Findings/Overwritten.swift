package struct Overwritten: FindingContent {
  package static let kind = FindingKind(
    "strata.overwritten",
    .info,
    "LC-310",
    "An import that overwrites customizations says what became of them."
  )

  struct Fate: Equatable, Sendable {
    let component: NamedComponent
    let outcome: Outcome
  }

  enum Outcome: Equatable, Sendable {
    /// Its unmanaged layer says now what the package says.
    case replaced
    /// Its layers merge, so that its unmanaged layer stays.
    case merging
    /// Managed layers of others lie above, so that the option does not affect what unmanaged work says of it.
    case spared(by: [SolutionName])
    /// The same of a component without unmanaged work, which shows what lies above.
    case hidden(by: [SolutionName])
  }

  let solution: SolutionName
  /// Replaced ones first, then merging, spared and hidden ones.
  let fates: [Fate]

  package var subject: Subject { .solution(solution) }

  package var text: Phrase {
    var sentences: [String] = []
    let merging = fates.count { $0.outcome == .merging }
    let spared = fates.count { if case .spared = $0.outcome { true } else { false } }
    let hidden = fates.count { if case .hidden = $0.outcome { true } else { false } }
    let replaced = fates.count - merging - spared - hidden
    if replaced > 0 || merging + spared == 0 {
      sentences.append(
        "unmanaged customizations of \(several(replaced, "component")) are overwritten"
      )
    }
    if merging + spared > 0 {
      let why = [
        merging == 0 ? nil : "since their layers merge",
        spared == 0 ? nil : "since other managed solutions lie above",
      ].compactMap { $0 }.joined(separator: " or ")
      sentences.append(
        "unmanaged customizations of \(several(merging + spared, "component")) stay, \(why)"
      )
    }
    if hidden > 0 {
      sentences.append(
        "\(several(hidden, "component")) stay\(hidden == 1 ? "s" : "") hidden behind managed layers of other solutions"
      )
    }
    return Phrase(sentences.joined(separator: "; "))
  }

  package var because: [Phrase] {
    fates.map { fate in
      func listed(_ names: [SolutionName]) -> String {
        names.map(\.text).joined(separator: ", ")
      }
      let what =
        switch fate.outcome {
        case .replaced: ": overwritten"
        case .merging: ": its customizations stay, since its layers merge"
        case .spared(let by): ": its customizations stay, since \(listed(by)) lies above"
        case .hidden(let by): ": stays hidden behind \(listed(by))"
        }
      return "\(address: fate.component)\(what)"
    }
  }
}
