extension Checks {
  /// A layer that goes lets the one below come up; what that names has to be there (DP-900).
  ///
  /// What a solution names of its own tables and does not bring was never there, and blocks nobody's way back
  /// (docs/decisions/030).
  static let surfacing = Check<Surfaced>("what comes up") { surfaced, context in
    surfaced.ids.compactMap { id in
      guard let stack = context.state.stacks[id] else { return nil }
      let references = stack.references(context.kinds)
      let columns = context.missing(
        references.filter { context.isForeign($0, to: stack.top) },
        of: stack.top.component
      )
      let others = context.gone(references, by: stack.top)
      guard !columns.isEmpty || !others.missing.isEmpty else { return nil }
      let content = SurfacingReferences(
        component: context.named(id),
        solution: surfaced.dropping.solution,
        missing: (columns + others.missing).sorted(),
        isBackToBefore: surfaced.dropping.discarded != nil,
        isCertain: !columns.isEmpty || others.isCertain
      )
      return Finding(content, at: context.location(of: id))
    }
  }
}

/// Components whose upper layers went, and on whose behalf.
struct Surfaced: Sendable {
  let ids: [ComponentID]
  let dropping: Dropping
}

extension PlanContext {
  /// Whether what is named is of a table that another solution owns.
  fileprivate func isForeign(_ reference: Reference, to layer: Layer) -> Bool {
    guard let own = state.solutions[layer.solution]?.family,
      let table = reference.target.tableAndColumn?.table,
      let owner = state.stacks[.entity(table)]?.base.solution
    else { return true }
    return state.solutions[owner]?.family != own
  }

  /// What a layer names beside columns and is nowhere, though a publisher that is here gives such names.
  ///
  /// It is certain of what this plan takes away, and of another publisher's names in an environment: in a layer's own
  /// names it may always have been missing (docs/decisions/043).
  fileprivate func gone(
    _ references: [Reference],
    by layer: Layer
  ) -> (missing: [String], isCertain: Bool) {
    guard !options.assumesPresent else { return ([], false) }
    let own = state.publishers[layer.publisher]
    var isCertain = false
    var missing: [ComponentID: Set<String>] = [:]
    for reference in references where reference.isJudged {
      let target = reference.target
      let wasThere = before.standing(target) != nil
      guard Presence.judged.contains(target.type) || target.type == .entityRelationship,
        wasThere || isOfSomebodyHere(target) && !mayBeMadeByPlatform(target),
        state.isNowhere(target, kinds)
      else { continue }
      missing[target, default: []].insert(reference.via)
      isCertain = isCertain || wasThere || !state.isOfPackages && own?.names(target) != true
    }
    return (listed(missing, kinds), isCertain)
  }

  /// Whether a publisher that is here gives such names: the platform has nothing that is called so.
  func isOfSomebodyHere(_ id: ComponentID) -> Bool {
    state.publishers.values.contains { $0.names(id) }
  }

  /// The platform calls the relationships that it makes for a table after that table.
  private func mayBeMadeByPlatform(_ id: ComponentID) -> Bool {
    id.tablesInName.contains { state.stacks[$0] != nil }
  }
}

extension ComponentID {
  /// Tables after which a relationship may be called.
  var tablesInName: [ComponentID] {
    guard type == .entityRelationship else { return [] }
    return key.indices.filter { key[$0] == "_" }.map { .entity(String(key[..<$0])) }
  }
}

extension Publisher {
  /// Whether a name has its prefix.
  func names(_ id: ComponentID) -> Bool {
    !prefix.isEmpty && id.key.lowercased().hasPrefix("\(prefix.lowercased())_")
  }
}
