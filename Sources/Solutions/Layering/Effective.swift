internal import XML

extension LayerStack {
  /// What is in effect: the fold of the stack (LY-1404 f).
  package func effective(_ merge: MergeBehavior) -> Definition {
    switch merge {
    case .topWins: top.definition
    case .unionOfOptions: Choices.union(layers.map(\.definition))
    case .elements:
      layers.last { !$0.isAssumed && !$0.definition.isDifference }?.definition ?? top.definition
    }
  }

  /// Whether a layer has a say in what is in effect.
  package func isActive(_ layer: Layer, _ merge: MergeBehavior) -> Bool {
    switch merge {
    case .topWins: layer == top
    case .unionOfOptions: layer == top || Choices.list(of: layer.definition) != nil
    case .elements: !layer.isAssumed
    }
  }

  /// Whether the effective definition rests on a merge that is not computed yet.
  package func isApproximate(_ merge: MergeBehavior) -> Bool {
    guard merge == .elements, layers.count > 1 else { return false }
    return layers.count > 2 || !base.isAssumed || top.definition.isDifference
  }
}

extension Definition {
  /// Forms, site maps and apps may travel as a difference to what lies below (PF-803).
  package var isDifference: Bool {
    fragment.descendants.contains { element in
      !element.isText
        && (element.attribute("solutionaction") != nil || element.attribute("ordinalvalue") != nil)
    }
  }
}

/// Choices: the options of all layers, each as the highest layer says it (LY-902, LY-903).
enum Choices {
  /// - Parameter layers: bottom first, not empty.
  static func union(_ layers: [Definition]) -> Definition {
    guard let top = layers.last, layers.count > 1 else { return layers[0] }
    guard let list = list(of: top) else { return top }
    var order: [String] = []
    var options: [String: [UInt8]] = [:]
    for layer in layers {
      for option in self.list(of: layer).map({ Array($0.children) }) ?? [] {
        guard let value = option.attribute("value") else { continue }
        if options[value] == nil { order.append(value) }
        options[value] = CanonicalWriter.bytes(of: XMLFragment(option))
      }
    }
    // LY-904: the order of a layer that names them all is explicit; else base first, then additions.
    let own = list.children.compactMap { $0.attribute("value") }
    if Set(own) == Set(order) { return top }
    let merged = order.flatMap { options[$0] ?? [] }
    return replacing(list, with: merged, in: top)
  }

  static func list(of definition: Definition) -> XMLElement? {
    let element = definition.element
    let set = element.name == "optionset" ? element : element.child("optionset")
    return set.flatMap { $0.child("options") ?? $0.child("statuses") ?? $0.child("states") }
  }

  /// The definition with other children in one of its elements.
  private static func replacing(
    _ list: XMLElement,
    with children: [UInt8],
    in definition: Definition
  ) -> Definition {
    let bytes = CanonicalWriter.bytes(of: definition.fragment, childrenOf: list, being: children)
    do {
      let root = try XMLTree(bytes).root
      // A wrapped definition stands in its parent's tag.
      let inner = definition.fragment.isWrapped ? root.children.first { !$0.isText } : root
      return Definition(
        XMLFragment(inner ?? root, isWrapped: definition.fragment.isWrapped),
        parts: definition.parts
      )
    } catch {
      preconditionFailure("canonical XML can be read again: \(error)")
    }
  }

  /// An update keeps options that the new version no longer names (LY-906).
  static func keepingOptions(of old: Definition, in new: Definition) -> Definition {
    union([old, new])
  }
}
