/// Which layer is behind each property in effect.
package struct Blame: Sendable {
  package struct Line: Equatable, Sendable {
    package let path: String
    package let value: String
    /// The layer whose statement is in effect.
    package let layer: Layer
    /// The lowest layer from which on every layer says the same: who brought the value.
    package let since: Layer
  }

  package let lines: [Line]
  /// Whether what is in effect is known whole (see `LayerStack.isBaseKnown`).
  package let isBaseKnown: Bool

  package init(_ stack: LayerStack, merge: MergeBehavior) {
    // Where elements merge, layers state differences: what counts is what the stack says up to each of them.
    let stated = stack.layers.indices.map { index in
      merge.isElementwise
        ? stack.through(index).effective(merge) : stack.layers[index].definition
    }
    let spelled = Properties.alike(stated + [stack.effective(merge)]).compactMap { $0 }
    let effective = spelled[stack.layers.count]
    lines = effective.list.map { path, value in
      let values = spelled.dropLast().map { $0.value(at: path) }
      // Union kinds may show what a lower layer says and the top does not.
      var winner = values.lastIndex(of: value) ?? stack.layers.count - 1
      var first = winner
      while first > 0, values[first - 1] == value { first -= 1 }
      if merge.isElementwise { winner = first }
      return Line(
        path: path,
        value: value,
        layer: stack.layers[winner],
        since: stack.layers[first]
      )
    }
    isBaseKnown = stack.isBaseKnown(merge)
  }
}
