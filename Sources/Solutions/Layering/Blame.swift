/// Which layer is behind each property in effect.
package struct Blame: Sendable {
  package struct Line: Equatable, Sendable {
    package let path: String
    /// The path in names; nil where it says no more than `path`.
    package let words: String?
    package let value: String
    /// The layer whose statement is in effect.
    package let layer: Layer
    /// The lowest layer from which on every layer says the same: who brought the value.
    package let since: Layer
  }

  package let lines: [Line]
  /// Whether what is in effect is known whole (see `LayerStack.isBaseKnown`).
  package let isBaseKnown: Bool

  /// One fold, in which each piece keeps the layer that it is from.
  package init(_ stack: LayerStack, merge: MergeBehavior) {
    let (document, layers) = stack.traced(merge)
    var stated: [Int: Properties] = [:]
    /// The topmost layer that says so itself: where elements merge, that is who brought it.
    func speaker(of entry: Properties.Entry, since: Int) -> Int {
      if merge.isElementwise || merge.isOutside(entry.path) { return since }
      return layers.indices.reversed().first { number in
        guard number > since else { return true }
        let own = stated[number] ?? Properties(layers[number].definition)
        stated[number] = own
        return own[entry.path] == entry.value
      } ?? since
    }
    lines = Properties(document).list.map { entry in
      let since = min(max(0, Int(entry.origin.number)), layers.count - 1)
      return Line(
        path: entry.path,
        words: entry.words,
        value: entry.value,
        layer: layers[speaker(of: entry, since: since)],
        since: layers[since]
      )
    }
    isBaseKnown = stack.isBaseKnown(merge)
  }
}
