import Faces
import Solutions

/// What a file of facts holds, for people.
struct FactsText {
  let facts: Facts
  let style: TextStyle
  let now: Timestamp

  func text() -> Prose {
    var lines: [Prose] = [
      "Facts of \(facts.url), reported at \(facts.at.rowText); \(facts.at.age(at: now))",
      "Organization \(facts.organization)\(facts.version.map { ", version \($0.shown(40))" } ?? "")",
    ]
    if facts.isRedacted { lines.append("Names are hashed.") }
    lines += ["", solutions, components] + counts + held
    if !facts.refusals.isEmpty {
      lines += ["", "Refused:"]
      lines += facts.refusals.map { refusal in
        "  \(refusal.question.shown(200)): \(refusal.status)\(refusal.reason.isEmpty ? "" : ", \(refusal.reason.shown(200))")"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var solutions: Prose {
    guard let solutions = facts.solutions else { return "Solutions: not reported" }
    let lines = solutions.map { solution -> Prose in
      let kind: Prose = solution.isManaged ? "managed" : "unmanaged"
      let listed: Prose = solution.isListed ? "" : ", components not listed"
      return
        "  \(solution.name) \(solution.version) (\(kind), publisher \(solution.publisher)\(listed))"
    }
    return (["\(solutions.count.counted("solution")):" as Prose] + lines).joined(separator: "\n")
  }

  private var components: Prose {
    let all = facts.components
    let parts: [(Int, Prose)] = [
      (all.count { $0.id == nil }, "without a name"),
      (all.count { $0.layers != nil }, "with their layers"),
      (all.count { $0.layers?.last?.solution == .active }, "under an unmanaged layer"),
      (all.count(where: \.isDeletionTold), "with what uses them"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" as Prose }
    let uses = "\(facts.uses.count.counted("use"))" as Prose
    return "\(all.count.counted("component"))"
      + (told.isEmpty ? "" : " (\(told.joined(separator: ", ")))") + "; \(uses)"
  }

  private var counts: [Prose] {
    let rows = facts.rows.sorted { $0.key < $1.key }.map { table, count in
      "  \(table): \(count.map { "\(Count(counted: $0))" } ?? "not counted")" as Prose
    }
    return rows.isEmpty ? [] : ["Rows:"] + rows
  }

  private var held: [Prose] {
    func line(_ noun: Prose, _ held: [Facts.Held]?, _ without: Prose) -> Prose {
      guard let held else { return "\(noun): not reported" }
      let missing = held.filter { !$0.hasValue && !$0.hasDefault }.map { "\($0.name)" as Prose }
      let rest: Prose =
        missing.isEmpty ? "" : "; \(without): \(missing.joined(separator: ", "))"
      return "\(noun): \(held.count)\(rest)"
    }
    return [
      line("Environment variables", facts.variables, "without a value"),
      line("Connection references", facts.connections, "without a connection"),
    ]
  }
}
