internal import XML

extension MergeBehavior {
  /// As top-wins, but a choice's options are the union of all layers' (LY-902).
  package static let unionOfOptions = MergeBehavior(
    "unionOfOptions",
    "top layer wins, options of all layers",
    isUnion: true,
    rules: FoldRules(wholes: ["option", "status", "state"]),
    speaksBelow: { Choices.list(of: $0) != nil },
    isTopAlone: { layers in
      layers.allSatisfy { Choices.list(of: $0.definition) == nil } && layers.carriesAllLanguages
    },
    fold: { layers in
      Choices.union(
        layers.enumerated().map { Document($1.definition, as: Origin($0)) },
        keepsLabels: true
      )
    }
  )
}

/// Choices: the options of all layers, each as the highest layer says it (LY-902, LY-903).
enum Choices {
  /// - Parameters:
  ///   - layers: bottom first, not empty.
  ///   - keepsLabels: whether labels in languages that only a lower layer has stay, too.
  static func union(_ layers: [Document], keepsLabels: Bool) -> Document {
    var below = layers[0]
    // A layer without a list says nothing of options.
    var list = below.root.optionList.map { below.root[$0[...]] }
    for layer in layers.dropFirst() {
      var document = layer
      if keepsLabels { document.root.keepLabels(of: below.root) }
      if let place = document.root.optionList {
        if let list { document.root.change(at: place[...]) { $0.unite(list) } }
        list = document.root[place[...]]
      }
      below = document.tracing(below)
    }
    return below
  }

  static func list(of definition: Definition) -> XMLElement? {
    let element = definition.element
    let set = element.name == "optionset" ? element : element.child("optionset")
    return set.flatMap { $0.child("options") ?? $0.child("statuses") ?? $0.child("states") }
  }

  /// An update keeps options that the new version no longer names (LY-906).
  static func keepingOptions(of old: Definition, in new: Definition) -> Definition {
    func values(_ definition: Definition) -> Set<String> {
      Set(list(of: definition)?.children.compactMap { $0.attribute("value") } ?? [])
    }
    guard list(of: new) != nil, !values(old).isSubset(of: values(new)) else { return new }
    let united = union([Document(old), Document(new)], keepsLabels: false)
    return Effective.merged(united, top: new).definition
  }
}

extension Element {
  private static let optionLists = ["options", "statuses", "states"]

  /// Where the list of options stands, of a choice or of a column with a choice of its own.
  fileprivate var optionList: [Int]? {
    guard name == "optionset" else {
      return children.firstIndex { $0.name == "optionset" }.flatMap { at in
        children[at].optionList.map { [at] + $0 }
      }
    }
    return Self.optionLists.lazy
      .compactMap { list in self.children.firstIndex { $0.name == list } }.first.map { [$0] }
  }

  /// Takes in what only the list below has.
  ///
  /// The order of a list that names them all is explicit; else what is below comes first, and then what is added
  /// (LY-904).
  fileprivate mutating func unite(_ below: Element) {
    let (own, lower) = (Identity.keys(of: children), Identity.keys(of: below.children))
    let kept = Set(own)
    guard !lower.allSatisfy(kept.contains) else { return }
    let mine = Dictionary(zip(own, children)) { first, _ in first }
    let former = Set(lower)
    children =
      zip(lower, below.children).map { key, option in mine[key] ?? option }
      + zip(own, children).filter { !former.contains($0.0) }.map(\.1)
    for at in children.indices { children[at].place = nil }
    number()
  }
}
