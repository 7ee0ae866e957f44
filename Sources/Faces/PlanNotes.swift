package import Contract
package import Solutions

/// What stands in the head of a plan beside its packages and numbers.
package struct PlanNotes {
  private let plan: PlanShape

  private let now: Timestamp?

  /// - Parameter now: for what grows old; nil in what is to be the same bytes later.
  package init(_ plan: PlanShape, now: Timestamp? = nil) { (self.plan, self.now) = (plan, now) }

  package var lines: [Prose] {
    plan.packages.compactMap { contained($0) }
      + [
        order.map { "Order: \($0)" as Prose }, isForNothing ? Self.target : nil, facts,
        removed.map { "Rolled up and removed: \($0)" }, leftOut,
      ].compactMap { $0 } + rows
  }

  private var leftOut: Prose? {
    guard plan.filtered == true else { return nil }
    return "Changes are left out of this document: \(plan.filteredBy ?? "by a filter")"
  }

  /// What becomes of solutions and publishers where no package says it, and of what unmanaged solutions list.
  private var rows: [Prose] {
    guard plan.packages.isEmpty else {
      let changed = plan.packages.filter { !$0.managed && $0.from != nil }.map(\.uniqueName)
      return members(of: changed.contains)
    }
    let solutions = plan.solutions.map { solution -> Prose in
      let name: Prose = "Solution \(solution.uniqueName)"
      return switch (solution.before?.version, solution.after?.version) {
      case (nil, let version?): "\(name) \(version): new"
      case (let version?, nil): "\(name) \(version): removed"
      case (let before?, let after?) where before != after: "\(name): \(before) → \(after)"
      case (_, let version):
        "\(name) \(version ?? ""): \(isListingAnew(solution) ? "other components" : "changed")"
      }
    }
    let publishers = (plan.publishers ?? []).map { publisher -> Prose in
      let side = publisher.after ?? publisher.before
      let options = side?.optionValuePrefix.map { ", option values from \($0)0000" } ?? ""
      let facts: Prose = "prefix \(side?.prefix ?? "")\(options)"
      let what: Prose =
        publisher.before == nil ? "new" : publisher.after == nil ? "removed" : "changed"
      return "Publisher \(publisher.uniqueName) (\(facts)): \(what)"
    }
    return publishers + solutions + members(of: { _ in true })
  }

  private func isListingAnew(_ solution: PlanShape.Solution) -> Bool {
    (plan.members ?? []).contains { $0.solution == solution.uniqueName }
  }

  /// What becomes of members of solutions, a line for each solution and way.
  private func members(of isTold: (String) -> Bool) -> [Prose] {
    let members = (plan.members ?? []).filter { isTold($0.solution) }
    let ways: [(Wire.Listing, Prose)] = [
      (.add, "Listed from now on"), (.change, "Listed in another way"),
      (.remove, "Listed no longer"),
    ]
    return Set(members.map(\.solution)).sorted().flatMap { name in
      ways.compactMap { way, words -> Prose? in
        let these = members.filter { $0.solution == name && $0.action == way }
        guard !these.isEmpty else { return nil }
        let shown = these.prefix(Self.membersMax).map { member -> Prose in
          let behavior = way == .remove ? nil : member.behavior
          let component = member.component
          let part: Prose =
            component.kind == "Entity" ? behavior.map { " (\($0.model.words))" } ?? "" : ""
          return "\(component.kind):\(component.name)\(part)"
        }
        let more = these.count - shown.count
        let rest: Prose = more > 0 ? " and \(more.counted("other"))" : ""
        return "\(words) in \(name): \(shown.joined(separator: ", "))\(rest)"
      }
    }
  }

  private static let membersMax = 12

  /// What is done with an update of something installed, in the words in which people are asked; what it comes to here.
  private func contained(_ package: PlanShape.Package) -> Prose? {
    guard package.managed, let from = package.from, from != package.version else { return nil }
    let name = package.uniqueName.lowercased()
    let gone = plan.changes.count { $0.action == .delete && $0.solution.lowercased() == name }
    let many = plan.packages.count == 1 ? "This package" as Prose : "\(package.uniqueName)"
    let intro: Prose = "\(many) contains an update for a solution that is already installed."
    switch package.action {
    // Only a part of what goes is in such a document.
    case .upgrade where plan.filtered == true: return "\(intro) Upgrade (recommended)."
    case .upgrade:
      let what: Prose =
        gone == 0
        ? "nothing goes here" : "\(gone.counted("component")) \(gone == 1 ? "goes" : "go") here"
      return "\(intro) Upgrade (recommended): \(what)."
    case .stage:
      return
        "\(intro) Stage for upgrade: old and new stand side by side; what the new one lacks goes when it is applied."
    case .update:
      let keeps = plan.findings.contains {
        $0.code == UpdateKeeps.kind.code && $0.subject.lowercased() == name
      }
      let what: Prose =
        keeps ? "what the new version lacks stays here" : "the new version lacks nothing here"
      return "\(intro) Update (not recommended): \(what)."
    default: return nil
    }
  }

  /// What the plan takes from a live environment, and how old that is.
  private var facts: Prose? {
    guard let facts = plan.facts else { return nil }
    let none = Count(counted: 0)
    let refused: Prose = facts.refused == none ? "" : "; \(facts.refused) questions were refused"
    let age = Timestamp(facts.at).flatMap { at in now.map { "; \(at.age(at: $0))" as Prose } } ?? ""
    return "Facts of \(facts.url), reported at \(facts.at)\(age)\(refused)"
  }

  private var order: String? { plan.order.map { $0.joined(separator: ", ") } }

  private var isForNothing: Bool { plan.base.target == .empty && plan.facts == nil }

  private static let target: Prose =
    "Planned for an empty target; --env or --against says what is there."

  /// Patches that are rolled up.
  private var removed: String? {
    let planned = plan.packages.map { $0.uniqueName.lowercased() }
    // A pending upgrade takes its base's place.
    let named = Set(planned + planned.map { $0 + "_upgrade" })
    let gone = plan.solutions.filter { $0.removed && !named.contains($0.uniqueName.lowercased()) }
    guard !gone.isEmpty, !named.isEmpty else { return nil }
    return gone.map { "\($0.uniqueName) \($0.before?.version ?? "")" }.joined(separator: ", ")
  }
}
