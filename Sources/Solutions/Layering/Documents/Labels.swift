internal import XML

// Labels merge by language in every kind: a layer that does not carry a language leaves the one beneath (LY-401,
// decision 072).

extension [Layer] {
  /// Whether the topmost layer has a label for each list and language that any layer has one for.
  ///
  /// Asked of what was read, so that stacks without such labels cost no tree.
  var carriesAllLanguages: Bool {
    guard let top = last else { return true }
    let lower = dropLast().filter { $0.definition != top.definition }
    let below = lower.reduce(into: Set<LabelPlace>()) { $0.formUnion($1.definition.labels) }
    return below.isEmpty || below.isSubset(of: top.definition.labels)
  }
}

/// A label by the list in which it stands and its language.
private struct LabelPlace: Hashable {
  /// The elements around it, from the top, with what tells them apart.
  let list: [String]
  let name: String
  let language: String
}

extension Definition {
  fileprivate var labels: Set<LabelPlace> {
    var found: Set<LabelPlace> = []
    for element in fragment.descendants where Identity.languages.contains(element.name) {
      guard let language = element.attribute("languagecode") ?? element.attribute("LCID") else {
        continue
      }
      var list: [String] = []
      var at = element.parent
      while let around = at, around != self.element {
        let id = around.attribute("id") ?? around.attribute("value") ?? ""
        list.append("\(around.name) \(id)")
        at = around.parent
      }
      found.insert(LabelPlace(list: list, name: element.name, language: language))
    }
    return found
  }
}

extension Element {
  /// Takes in labels in languages that only another has; a list of labels that it lacks, too.
  mutating func keepLabels(of below: Element) {
    guard !below.children.isEmpty, !(children.isEmpty && !text.isEmpty) else { return }
    let keys = Identity.keys(of: children)
    let places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    for (child, key) in zip(below.children, Identity.keys(of: below.children)) {
      if let at = places[key] {
        children[at].keepLabels(of: child)
      } else if child.isLabel || child.isLabelList {
        children.append(child)
      }
    }
  }

  private var isLabel: Bool {
    Identity.languages.contains(name)
      && (attribute("languagecode") ?? attribute("LCID")) != nil
  }

  private var isLabelList: Bool { !children.isEmpty && children.allSatisfy(\.isLabel) }
}
