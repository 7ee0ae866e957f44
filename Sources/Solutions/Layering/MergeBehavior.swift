/// How the layers of a component make its effective definition (layers.md §4).
package enum MergeBehavior: CaseIterable, Sendable {
  /// The topmost layer is in effect, whole (LY-301, LY-303).
  case topWins
  /// As top-wins, but a choice's options are the union of all layers' (LY-902).
  case unionOfOptions
  /// Element by element (LY-310). Until each merge stands, the topmost full definition is taken and a plan that
  /// rests on more than one layer says *approximate*.
  case elements

  /// Whether layers merge element by element, so that Overwrite has no say in it (LY-310, LY-313).
  package var isElementwise: Bool { self == .elements }
}
