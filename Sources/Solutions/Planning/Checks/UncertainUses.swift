extension Planner {
  /// What goes although something may use it: uses that the platform does not track, and what nobody can read.
  mutating func tellUncertain(_ uses: DeletionClosure.Uses, _ dropping: Dropping) {
    // A table tells for its columns.
    let told = Set(uses.untracked.map(\.id))
    for used in uses.untracked where !(parent(of: used.id).map { told.contains($0) } ?? false) {
      let roles = used.dependents.filter { $0.id.type == ComponentKind.role.type }
      let others = used.dependents.filter { $0.id.type != ComponentKind.role.type }
      if !others.isEmpty { findings.append(untracked(used.id, others, dropping)) }
      if !roles.isEmpty { findings.append(privilegesLost(used.id, roles, dropping)) }
    }
    tellUnread(uses.unread, dropping)
  }

  private func parent(of id: ComponentID) -> ComponentID? {
    state.standing(id)?.top.component.parent
  }

  private func untracked(
    _ id: ComponentID,
    _ dependents: [DeletionClosure.Dependent],
    _ dropping: Dropping
  ) -> Finding {
    Finding(
      .warning,
      .untrackedUse,
      rule: "DP §5",
      subject: subject(id),
      "\(spoken(id)) is deleted although \(dependents.count == 1 ? "something seems" : "\(dependents.count) components seem") "
        + "to use it in a way that the platform does not track",
      because: [dropping.reason.text]
        + dependents.map { "\(user($0)) names it (\($0.via.joined(separator: ", ")))" },
      remedy: "change what names it first; nothing else will stop the deletion"
    )
  }

  /// Privileges vanish with their table (dependencies.md §5).
  private func privilegesLost(
    _ id: ComponentID,
    _ roles: [DeletionClosure.Dependent],
    _ dropping: Dropping
  ) -> Finding {
    Finding(
      .info,
      .privilegesLost,
      rule: "DP §5",
      .inferred,
      subject: subject(id),
      "with \(spoken(id)) \(roles.count == 1 ? "a role loses" : "\(roles.count) roles lose") the privileges on it",
      because: roles.map { user($0) }
    )
  }

  private mutating func tellUnread(
    _ unread: [(layer: Layer, source: UnreadSource)],
    _ dropping: Dropping
  ) {
    guard !unread.isEmpty else { return }
    findings.append(
      Finding(
        .warning,
        .unreadSource,
        rule: "DP-201",
        .inferred,
        subject: dropping.solution.text,
        "what is deleted may be in use: \(unread.count == 1 ? "one definition" : "\(unread.count) definitions") "
          + "cannot be read",
        because: unread.map {
          "\(spoken($0.layer.component.id)) of \($0.layer.solution): \($0.source.place), \($0.source.reason)"
        },
        remedy: "look yourself whether they name what goes"
      )
    )
  }
}
