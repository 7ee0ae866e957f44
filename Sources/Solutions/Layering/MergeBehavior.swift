/// How the layers of a component make its effective definition (LY-450).
///
/// Each behavior is a value in a file of `Merges/` and a line in `all`; a class only so that asking copies nothing.
package final class MergeBehavior: Sendable {
  /// As its value is called.
  package let name: String
  /// For people.
  package let title: String
  /// Whether layers merge element by element, so that Overwrite has no say in it (LY-310, LY-313).
  package let isElementwise: Bool
  /// Whether a difference of this kind needs a base to be whole; a ribbon is a difference by nature (LY-701).
  let needsBase: Bool
  /// Whether entries of all layers are united, also those of a base below its pending upgrade.
  let isUnion: Bool
  /// How elements merge; of kinds whose topmost layer wins only for edits of one layer.
  let rules: FoldRules
  /// Whether a layer that says this has a say also below the top.
  let speaksBelow: @Sendable (Definition) -> Bool
  /// Whether the topmost layer says all that is in effect, so that nothing has to be folded.
  private let isTopAlone: @Sendable (_ layers: [Layer]) -> Bool
  /// - Parameter layers: what is known, bottom first, not empty; origins are their numbers.
  private let fold: @Sendable (_ layers: [Layer]) -> Document
  /// Properties that are the owner's and take no part in a merge (LY-1302); each kind has its own.
  private let outside: [ManagedProperty]

  init(
    _ name: String,
    _ title: String,
    isElementwise: Bool = false,
    needsBase: Bool = false,
    isUnion: Bool = false,
    rules: FoldRules = FoldRules(),
    speaksBelow: @escaping @Sendable (Definition) -> Bool = { _ in false },
    isTopAlone: @escaping @Sendable (_ layers: [Layer]) -> Bool = { _ in false },
    outside: [ManagedProperty] = [],
    fold: @escaping @Sendable (_ layers: [Layer]) -> Document
  ) {
    self.name = name
    self.title = title
    self.isElementwise = isElementwise
    self.needsBase = needsBase
    self.isUnion = isUnion
    self.rules = rules
    self.speaksBelow = speaksBelow
    self.isTopAlone = isTopAlone
    self.outside = outside
    self.fold = fold
  }

  /// The same for a kind with properties that only owners state.
  func leaving(outside properties: [ManagedProperty]) -> MergeBehavior {
    MergeBehavior(
      name,
      title,
      isElementwise: isElementwise,
      needsBase: needsBase,
      isUnion: isUnion,
      rules: rules,
      speaksBelow: speaksBelow,
      isTopAlone: isTopAlone,
      outside: properties,
      fold: fold
    )
  }

  /// Layers of which all but the managed properties merge.
  ///
  /// - Parameters:
  ///   - stack: all layers, those without a say too.
  ///   - layers: those that have one.
  func folded(_ stack: LayerStack, _ layers: [Layer]) -> Document {
    var document = fold(layers)
    if let owned = ManagedProperties(stack, outside) {
      document.keep(owned.inForce(among: layers))
    }
    return document
  }

  /// Whether a property is only the owner's to state.
  func isOutside(_ path: String) -> Bool { outside.contains { $0.path == path } }

  /// Whether the topmost of some layers says all that is in effect.
  func isTopEnough(_ stack: LayerStack, _ layers: [Layer]) -> Bool {
    guard let top = layers.last, isTopAlone(layers) else { return false }
    guard let owned = ManagedProperties(stack, outside) else { return true }
    return owned.inForce(among: layers).allSatisfy {
      $0.text == nil
        ? top.definition.text(of: $0.property) == nil
        : top.definition.flag($0.property) == $0.isSet
    }
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
