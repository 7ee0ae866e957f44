internal import XML

extension MergeBehavior {
  /// As top-wins, but a choice's options are the union of all layers' (LY-902).
  package static let unionOfOptions = MergeBehavior(
    "unionOfOptions",
    "top layer wins, options of all layers",
    speaksBelow: { Choices.list(of: $0) != nil },
    fold: { layers in Choices.union(layers.map(\.definition)) }
  )
}

/// Choices: the options of all layers, each as the highest layer says it (LY-902, LY-903).
enum Choices {
  /// - Parameters:
  ///   - layers: bottom first, not empty.
  ///   - keepsLanguages: whether labels in languages that only a lower layer has stay, too.
  static func union(_ layers: [Definition], keepsLanguages: Bool = true) -> Definition {
    guard let top = layers.last, layers.count > 1, list(of: top) != nil else {
      return layers[layers.count - 1]
    }
    let documents = layers.filter { list(of: $0) != nil }.map { MergedElement($0, origin: 0) }
    var root = documents[documents.count - 1]
    let options = documents.map { $0.options?.children ?? [] }
    // LY-904: the order of a layer that names them all is explicit; else base first, then additions.
    let own = options[options.count - 1].compactMap { $0.attribute("value") }
    let named = Set(options.joined().compactMap { $0.attribute("value") })
    var merged: [MergedElement] = []
    var places: [String: Int] = [:]
    let isExplicit = Set(own) == named
    let inOrder = isExplicit ? [options[options.count - 1]] + options : options
    for option in inOrder.joined() {
      guard let value = option.attribute("value") else { continue }
      if let at = places[value] {
        merged[at] = keepsLanguages ? option.keepingLanguages(of: merged[at]) : option
      } else {
        places[value] = merged.count
        merged.append(option)
      }
    }
    root.options?.children = merged
    let definition = Definition(
      merged: root,
      isDifference: false,
      like: top,
      parts: Dictionary(top.parts.map { ($0.path, $0) }) { first, _ in first }
    )
    return definition ?? top
  }

  static func list(of definition: Definition) -> XMLElement? {
    let element = definition.element
    let set = element.name == "optionset" ? element : element.child("optionset")
    return set.flatMap { $0.child("options") ?? $0.child("statuses") ?? $0.child("states") }
  }

  /// An update keeps options that the new version no longer names (LY-906).
  static func keepingOptions(of old: Definition, in new: Definition) -> Definition {
    union([old, new], keepsLanguages: false)
  }
}

extension MergedElement {
  /// The option as it is, with labels of languages that only a lower layer has (layers.md §4, labels).
  fileprivate func keepingLanguages(of lower: MergedElement) -> MergedElement {
    var option = self
    for at in option.children.indices {
      let name = option.children[at].name
      guard ["labels", "Descriptions"].contains(name),
        let below = lower.children.first(where: { $0.name == name })
      else { continue }
      let keys = Set(ElementIdentity.keys(of: option.children[at].children))
      option.children[at].children += zip(below.children, ElementIdentity.keys(of: below.children))
        .filter { !keys.contains($0.1) }.map(\.0)
    }
    return option
  }

  /// The list of options, of a choice or of a column with a choice of its own.
  fileprivate var options: MergedElement? {
    get {
      guard name != "optionset" else { return optionList.map { children[$0] } }
      return children.first { $0.name == "optionset" }?.options
    }
    set {
      if name != "optionset" {
        guard let at = children.firstIndex(where: { $0.name == "optionset" }) else { return }
        children[at].options = newValue
      } else if let at = optionList, let newValue {
        children[at] = newValue
      }
    }
  }

  private var optionList: Int? {
    ["options", "statuses", "states"].lazy
      .compactMap { list in self.children.firstIndex { $0.name == list } }.first
  }
}
