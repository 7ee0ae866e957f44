/// The layers of one component, bottom first; never empty, at most one for each solution (LY-1404).
package struct LayerStack: Equatable, Sendable {
  package private(set) var layers: [Layer]

  package init(_ layer: Layer) { layers = [layer] }

  package var base: Layer { layers[0] }
  package var top: Layer { layers[layers.count - 1] }

  package func layer(of solution: SolutionName) -> Layer? {
    layers.first { $0.solution == solution }
  }

  /// Puts a layer at its place; one of the same solution is replaced.
  package mutating func put(_ layer: Layer) {
    layers.removeAll { $0.solution == layer.solution }
    let place = layers.firstIndex { $0.rank > layer.rank } ?? layers.count
    layers.insert(layer, at: place)
  }

  /// Whether a layer is left.
  package mutating func remove(_ solution: SolutionName) -> Bool {
    if layers.count == 1, layers[0].solution == solution { return false }
    layers.removeAll { $0.solution == solution }
    return true
  }

  /// The layers from the base to one of them.
  func through(_ index: Int) -> LayerStack {
    var stack = self
    stack.layers.removeSubrange((index + 1)...)
    return stack
  }

  /// The layers that lie no higher than a rank; nil where none does.
  func upTo(_ rank: LayerRank) -> LayerStack? {
    layers.lastIndex { $0.rank <= rank }.map { through($0) }
  }

  /// The managed layers that lie above a solution's own.
  package func above(_ solution: SolutionName) -> ArraySlice<Layer> {
    guard let index = layers.firstIndex(where: { $0.solution == solution }) else { return [] }
    return layers[(index + 1)...]
  }

  /// Managed or of the system; the rest has only the active layer (LY-1404 d).
  package var isManaged: Bool { base.rank != .active }
}
