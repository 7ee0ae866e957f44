extension Planner {
  /// What goes although something may use it: uses that the platform does not track, and what nobody can read.
  mutating func tellUncertain(_ uses: DeletionClosure.Uses, _ dropping: Dropping) {
    // A table tells for its columns.
    let told = Set(uses.untracked.map(\.id))
    for used in uses.untracked where !(parent(of: used.id).map { told.contains($0) } ?? false) {
      let roles = used.dependents.filter { $0.id.type == ComponentKind.role.type }
      let others = used.dependents.filter { $0.id.type != ComponentKind.role.type }
      if !others.isEmpty {
        tell(
          UntrackedUse(
            component: named(used.id),
            cause: dropping.cause,
            uses: others.map { named($0) }
          )
        )
      }
      if !roles.isEmpty {
        tell(PrivilegesLost(table: named(used.id), roles: roles.map { named($0) }))
      }
    }
    tellUnread(uses.unread, dropping)
  }

  private func parent(of id: ComponentID) -> ComponentID? {
    state.standing(id)?.top.component.parent
  }

  private mutating func tellUnread(
    _ unread: [(layer: Layer, source: UnreadSource)],
    _ dropping: Dropping
  ) {
    guard !unread.isEmpty else { return }
    tell(
      UnreadUses(
        solution: dropping.solution,
        unread: unread.map {
          UnreadUses.Unread(
            component: named($0.layer.component.id),
            solution: $0.layer.solution,
            source: $0.source
          )
        }
      )
    )
  }
}
