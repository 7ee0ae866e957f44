/// How the layers of a component make its effective definition (layers.md §4).
///
/// Each behavior is a value in a file of `Merges/` and a line in `all`.
package struct MergeBehavior: Sendable {
  /// As its value is called.
  package let name: String
  /// For people.
  package let title: String
  /// Whether layers merge element by element, so that Overwrite has no say in it (LY-310, LY-313).
  package let isElementwise: Bool
  /// Whether a difference of this kind needs a base to be whole; a ribbon is a difference by nature (LY-701).
  let needsBase: Bool
  /// Whether a layer that says this has a say also below the top.
  let speaksBelow: @Sendable (Definition) -> Bool
  /// - Parameter layers: what is known, bottom first, at least two.
  let fold: @Sendable (_ layers: [Layer]) -> Definition

  init(
    _ name: String,
    _ title: String,
    isElementwise: Bool = false,
    needsBase: Bool = false,
    speaksBelow: @escaping @Sendable (Definition) -> Bool = { _ in false },
    fold: @escaping @Sendable (_ layers: [Layer]) -> Definition
  ) {
    self.name = name
    self.title = title
    self.isElementwise = isElementwise
    self.needsBase = needsBase
    self.speaksBelow = speaksBelow
    self.fold = fold
  }

  package static let all: [MergeBehavior] = [
    .topWins, .unionOfOptions, .form, .siteMap, .ribbon, .app,
  ]
}

extension MergeBehavior: Equatable, CustomStringConvertible {
  package static func == (left: MergeBehavior, right: MergeBehavior) -> Bool {
    left.name == right.name
  }

  package var description: String { name }
}
