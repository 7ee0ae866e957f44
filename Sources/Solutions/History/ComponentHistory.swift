/// What each layer of a component has said over time.
package struct ComponentHistory: Sendable {
  package let layers: [SolutionName: LayerHistory]
  /// The operations that wrote what the layers say now.
  package let written: [SolutionName: Operation]
  /// The operation that gave the component its state, value or connection; nil where it has none.
  package let setting: Operation?

  package init(
    layers: [SolutionName: LayerHistory] = [:],
    written: [SolutionName: Operation] = [:],
    setting: Operation? = nil
  ) {
    self.layers = layers
    self.written = written
    self.setting = setting
  }
}
