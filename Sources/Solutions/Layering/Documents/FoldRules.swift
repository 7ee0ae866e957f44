/// How documents of a kind merge, element by element, from the base up (LY-311).
package struct FoldRules: Sendable {
  /// Elements below which a difference states its changes by what it does; around them it states values.
  var zones: Set<String> = []
  /// Elements that a higher layer replaces, whole.
  var wholes: Set<String> = []
  /// Whether also an unmanaged layer states only what it adds and changes, as a ribbon does (LY-701).
  var isAlwaysAdditive = false
  /// Whether what has lost its place is kept on a conflicts tab (LY-512).
  var hasConflictsTab = false
  /// Whether what layers between have put into what goes is kept somewhere.
  var keepsOthers = true
}

extension FoldRules {
  /// What a stack says; linear in its documents.
  ///
  /// - Parameter layers: bottom first, not empty.
  func fold(_ layers: [Layer]) -> Document {
    var fold = Fold(rules: self, Document(layers[0].definition))
    for (number, layer) in layers.enumerated().dropFirst() {
      fold.add(
        Document(layer.definition, as: Origin(number)),
        as: Origin(number),
        isUnmanaged: layer.rank == .active
      )
    }
    return fold.document
  }
}

/// A fold under way.
private struct Fold {
  private let rules: FoldRules
  private var result: Document
  private var conflicts = Conflicts()

  init(rules: FoldRules, _ base: Document) {
    self.rules = rules
    result = base
    if base.isDifference { result.root = Difference(base, rules).root }
  }

  mutating func add(_ next: Document, as origin: Origin, isUnmanaged: Bool) {
    var parts = result
    parts.put(next.parts)
    result.parts = parts.parts
    switch (next.isDifference, result.isDifference) {
    case (true, false):
      var change = Applying(rules, as: origin, conflicts)
      change.apply(Difference(next, rules).root, to: &result.root)
      conflicts = change.conflicts
    case (true, true):
      result.root =
        Difference(root: result.root).followed(by: Difference(next, rules), rules, as: origin).root
    case (false, _) where isUnmanaged && !rules.isAlwaysAdditive:
      // The unmanaged layer holds what its author saw, all of it (decision 011).
      let former = document
      let files = result.parts
      result = former.isDifference ? next : next.tracing(former)
      result.parts = files
      conflicts = Conflicts()
    case (false, let wasDifference):
      // LY-521, LY-526: a whole document over others adds and changes, it takes nothing away.
      if wasDifference { result.root = result.root.settled(as: result.root.origin) }
      result.isDifference = false
      var change = Applying(rules, as: origin, conflicts)
      change.overlay(next.root, onto: &result.root)
      conflicts = change.conflicts
    }
  }

  var document: Document {
    var document = result
    if !document.isDifference, !conflicts.isEmpty { document.root.addToForm(conflicts.tab) }
    return document
  }
}
