extension Checks {
  /// What is to go, and of which the environment did not say whether it can: nobody may take that for a yes.
  static let untold = Check<Removed>("what the environment did not tell") { removed, context in
    guard let facts = context.state.facts else { return [] }
    var gaps: [FactsIndex.Gap: [NamedComponent]] = [:]
    for id in removed.closure.all.sorted() where !context.kinds[id.type].isImplied {
      let isOpen = removed.uses.possible[id] != nil
      guard let gap = facts.gap(id, context.kinds) ?? (isOpen ? .users : nil) else { continue }
      gaps[gap, default: []].append(context.named(id))
    }
    guard !gaps.isEmpty else { return [] }
    let content = RemovalNotKnown(
      solution: removed.dropping.solution,
      at: facts.facts.at,
      gaps: FactsIndex.Gap.allCases.compactMap { gap in
        gaps[gap].map { RemovalNotKnown.Part(gap: gap, components: $0) }
      },
      isStrict: context.options.isStrict
    )
    return [Finding(content)]
  }
}
