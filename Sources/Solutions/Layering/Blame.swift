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
  /// Whether the layers merge in a way that is not computed yet.
  package let isApproximate: Bool

  package init(_ stack: LayerStack, merge: MergeBehavior) {
    let effective = Properties(stack.effective(merge))
    let stated = stack.layers.map { Properties($0.definition) }
    lines = effective.list.map { path, value in
      let values = stated.map { $0.value(at: path) }
      // Union kinds may show what a lower layer says and the top does not.
      let winner = values.lastIndex(of: value) ?? stack.layers.count - 1
      var first = winner
      while first > 0, values[first - 1] == value { first -= 1 }
      return Line(
        path: path,
        value: value,
        layer: stack.layers[winner],
        since: stack.layers[first]
      )
    }
    isApproximate = stack.isApproximate(merge)
  }
}
