internal import XML

/// One component before and after a step, as one solution sees it; what is in effect is folded once.
final class ComponentView {
  let before: LayerStack?
  let after: LayerStack?
  let solution: SolutionName
  let kind: ComponentKind
  let reporter: Reporter
  private lazy var effectiveBefore = effective(before)
  private lazy var effectiveAfter = effective(after)
  private lazy var toldBefore = told(before)
  private lazy var toldAfter = told(after)

  init(
    before: LayerStack?,
    after: LayerStack?,
    solution: SolutionName,
    kind: ComponentKind,
    reporter: Reporter
  ) {
    self.before = before
    self.after = after
    self.solution = solution
    self.kind = kind
    self.reporter = reporter
  }

  /// Whether nobody has shown the component before.
  var isFirst: Bool { before == nil }

  /// Whether it is stated whole for the first time over what is not known here, so that all it says is new; what states
  /// a difference says itself what differs.
  var isFirstStatement: Bool {
    !kind.isImplied && toldBefore == nil && effectiveBefore == nil && effectiveAfter != nil
      && effectiveAfter?.document.isDifference != true
  }

  var isSameInEffect: Bool { effectiveBefore == effectiveAfter }

  /// Whether a layer came, went, changed or changed places.
  ///
  /// A pending upgrade is the next version of what its solution and patches say, and no layer of another's (LY-106).
  var isRestacked: Bool { voices(before) != voices(after) }

  private struct Voice: Equatable {
    let solution: SolutionName
    let definition: Definition
  }

  private func voices(_ stack: LayerStack?) -> [Voice] {
    let layers = stack?.layers ?? []
    let pending = Set(
      layers.compactMap { $0.rank.isHolding ? reporter.family($0.solution) : nil }
    )
    return layers.compactMap { layer in
      let family = reporter.family(layer.solution)
      guard pending.contains(family) else {
        return Voice(solution: layer.solution, definition: layer.definition)
      }
      return layer.rank.isHolding ? Voice(solution: family, definition: layer.definition) : nil
    }
  }

  var component: Component? {
    let stack = after ?? before
    let owner = reporter.owner(solution)
    return stack?.layers.last { $0.solution == owner && !$0.isAssumed }?.component
      ?? stack?.top.component
  }

  var action: Change.Action? {
    switch (before, after) {
    case (nil, nil): return nil
    case (nil, let after?):
      guard after.isThere else { return nil }
      return after.base.rank == .system && !kind.isImplied ? .change : .add
    case (let before?, nil):
      guard before.isThere else { return nil }
      // What was taken to be there is the platform's, and stays there.
      return before.base.rank == .system && !isPartOfGone ? .dereference : .delete
    case (let before?, let after?):
      let had = before.layers.contains { reporter.isFamily($0, solution) }
      let has = after.layers.contains { reporter.isFamily($0, solution) }
      return had && !has ? .dereference : .change
    }
  }

  /// Whether it lies over something that goes with its whole: the ribbon of a table that is deleted.
  private var isPartOfGone: Bool {
    guard kind.isImplied, let whole = component?.parent else { return false }
    return reporter.isDeleted(whole)
  }

  /// What the solution says itself or, where it says nothing, its base and patches below.
  private func stated(_ stack: LayerStack?) -> Definition? {
    guard let stack else { return nil }
    let owner = reporter.owner(solution)
    let own = stack.layers.last { $0.solution == owner }
    let layer = own ?? stack.layers.last { reporter.isFamily($0, solution) }
    guard let layer, !layer.isAssumed else { return nil }
    return layer.definition
  }

  /// What the solution states where layers win whole; where they merge, what its statement comes to: a difference of
  /// differences tells nobody anything.
  private func told(_ stack: LayerStack?) -> Effective? {
    let owner = reporter.owner(solution)
    guard kind.merge.isElementwise || isPatchOver(owner) else {
      return stated(stack).map { .stated($0) }
    }
    let own = [stack, after, before].lazy.compactMap { [reporter, solution] stack in
      stack?.layers.last { $0.solution == owner }
        ?? stack?.layers.last { reporter.isFamily($0, solution) }
    }.first
    guard let own else { return stated(stack).map { .stated($0) } }
    return effective(stack?.upTo(own.rank))
  }

  /// Whether a patch comes over its base or leaves it: what it does not name, it leaves as it is.
  private func isPatchOver(_ owner: SolutionName) -> Bool {
    let (old, new) = (before?.layer(of: owner), after?.layer(of: owner))
    return (old == nil) != (new == nil) && (old ?? new)?.rank.isPatch ?? false
  }

  /// Layers that hide what was written, topmost first.
  var maskedBy: [SolutionName] {
    let owner = reporter.owner(solution)
    guard let after, let own = after.layers.lastIndex(where: { $0.solution == owner }) else {
      return []
    }
    let above = after.layers[(own + 1)...]
    guard !above.isEmpty, toldBefore != toldAfter, isSameInEffect, isHidden else { return [] }
    guard kind.merge.isElementwise else { return above.reversed().map(\.solution) }
    // Who leaves less of the difference than what lies below.
    var left = differences(upTo: after.layers[own].rank)
    return above.filter { layer in
      let below = left
      left = differences(upTo: layer.rank)
      return left < below
    }.reversed().map(\.solution)
  }

  private func differences(upTo rank: LayerRank) -> Int {
    let (old, new) = (effective(before?.upTo(rank)), effective(after?.upTo(rank)))
    return PropertyChanges.between(old, new).count
  }

  /// Whether something of what is told shows nowhere: what the owner alone states is hidden by nobody (LY-1302).
  private var isHidden: Bool {
    if after?.top.isOpaque == true, !kind.merge.isElementwise { return true }
    return PropertyChanges.between(toldBefore ?? effectiveAfter, toldAfter).contains {
      !kind.merge.isOutside($0.path)
    }
  }

  func properties(_ action: Change.Action, isMasked: Bool) -> [PropertyChange] {
    if action == .add || action == .delete {
      return headline(action, (effectiveAfter ?? effectiveBefore)?.definition)
    }
    if toldBefore == effectiveBefore, toldAfter == effectiveAfter {
      return PropertyChanges.between(toldBefore, toldAfter).map { PropertyChange($0) }
    }
    // A layer that is new, or goes, changes what differs in effect; all of it would be noise. Hidden, it shows where it
    // would differ.
    var own: [PropertyChanges.Change] = []
    if toldBefore != nil, toldAfter != nil {
      own = PropertyChanges.between(toldBefore, toldAfter)
    } else if isMasked, toldBefore == nil, toldAfter != nil, effectiveAfter != nil {
      own = PropertyChanges.between(effectiveAfter, toldAfter).map { $0.withoutBefore }
    }
    var shown: [PropertyChanges.Change] = []
    if effectiveBefore != nil, effectiveAfter != nil {
      shown = PropertyChanges.between(effectiveBefore, effectiveAfter)
    }
    return merged(own, shown)
  }

  /// The same, with what only the exporter's generation explains; only two versions of one layer can be compared so.
  func marked(_ properties: [PropertyChange]) -> [PropertyChange] {
    guard isNextVersion else { return properties }
    return ExportGeneration.marking(properties, of: kind.type)
  }

  /// Whether the solution said something before and says something now, in the same layer or in that of its next version.
  private var isNextVersion: Bool {
    let owner = reporter.owner(solution)
    guard let new = after?.layer(of: owner), !new.isAssumed else { return false }
    if new.rank.isHolding { return stated(before) != nil }
    return before?.layer(of: owner).map { !$0.isAssumed } ?? false
  }

  /// What a draft would change, beside what is in effect.
  func draftProperties(inEffect stack: LayerStack?) -> [PropertyChange] {
    guard effectiveBefore != nil, effectiveAfter != nil else { return [] }
    let shown = effective(stack)?.document
    return PropertyChanges.between(effectiveBefore, effectiveAfter).map { change in
      let now = shown?.value(of: change)
      return PropertyChange(
        path: change.path,
        words: change.words,
        before: change.before,
        after: change.after,
        effectiveBefore: now,
        effectiveAfter: now
      )
    }
  }

  private func merged(
    _ own: [PropertyChanges.Change],
    _ shown: [PropertyChanges.Change]
  ) -> [PropertyChange] {
    if own.isEmpty, shown.isEmpty { return [] }
    let (saidBefore, saidAfter) = (toldBefore?.document, toldAfter?.document)
    let (before, after) = (effectiveBefore?.document, effectiveAfter?.document)
    let stated = Dictionary(own.map { ($0.path, $0) }) { first, _ in first }
    let moved = Dictionary(shown.map { ($0.path, $0) }) { first, _ in first }
    return (own + shown.filter { stated[$0.path] == nil }).map { change in
      let path = change.path
      // What follows what is told where it changes, and is no property of either side.
      if stated[path] == nil, path.hasSuffix(PropertyChanges.order) {
        return PropertyChange(change)
      }
      return PropertyChange(
        path: path,
        words: change.words,
        before: stated[path].map(\.before) ?? saidBefore?.value(of: change),
        after: stated[path].map(\.after) ?? saidAfter?.value(of: change),
        effectiveBefore: moved[path].map(\.before) ?? before?.value(of: change),
        effectiveAfter: moved[path].map(\.after) ?? after?.value(of: change)
      )
    }
  }

  /// nil where nobody has shown what is in effect.
  private func effective(_ stack: LayerStack?) -> Effective? {
    stack.flatMap { stack in
      // Whatever lies below, nobody knows what the top says.
      if stack.top.isOpaque, !kind.merge.isElementwise { return nil }
      let effective = stack.effective(kind.merge)
      return effective == .stated(Assumed.definition) ? nil : effective
    }
  }

  private func headline(_ action: Change.Action, _ definition: Definition?) -> [PropertyChange] {
    guard let definition, !kind.headline.isEmpty else { return [] }
    return kind.headline.compactMap { path in
      definition.headline(path).map { value in
        let (before, after) = action == .add ? (nil, value) : (value, nil)
        return PropertyChange(
          path: path,
          before: before,
          after: after,
          effectiveBefore: before,
          effectiveAfter: after
        )
      }
    }
  }
}

extension PropertyChanges.Change {
  fileprivate var withoutBefore: Self {
    Self(path: path, words: words, before: nil, after: after)
  }
}

extension LayerRank {
  fileprivate var isHolding: Bool {
    if case .managed(_, _, .holding) = self { true } else { false }
  }

  fileprivate var isPatch: Bool {
    if case .managed(_, _, .patch) = self { true } else { false }
  }
}

extension Definition {
  /// A value by plain child names, without reading the whole definition.
  fileprivate func headline(_ path: String) -> String? {
    if path.hasPrefix("@") { return element.attribute(String(path.dropFirst())) }
    guard path.utf8.contains(UInt8(ascii: "/")) else { return element.child(path)?.text }
    var at: XMLElement? = element
    for name in path.split(separator: "/") { at = at?.child(String(name)) }
    return at?.text
  }
}
