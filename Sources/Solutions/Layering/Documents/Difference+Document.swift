extension Difference {
  /// As a document of its own, as packages write it: plain settings have no difference and are stated in full, among
  /// them what the component is called by.
  ///
  /// What no document can say is not in it: which cells share a row (PF-806), that an attribute goes (PF-804).
  ///
  /// - Parameter base: what it comes to, whose settings are stated.
  package func document(like base: Document, _ rules: FoldRules) -> Document {
    var document = base.header(rules)
    document.isDifference = true
    document.root =
      Difference(document, rules).followed(by: stating(around: rules), rules).root.withoutTrifles
    document.sayIsDifference(like: base, rules)
    document.root.order(like: base.root)
    return document
  }

  /// As documents of a kind spell it: settings around the zones are stated without a word.
  func stating(around rules: FoldRules) -> Difference {
    guard !rules.zones.isEmpty, !rules.zones.contains(root.name) else { return self }
    var root = root
    root.unmark(around: rules.zones)
    return Difference(root: root)
  }
}

extension Document {
  /// What has no difference and is stated in full: plain settings and labels.
  func header(_ rules: FoldRules) -> Document {
    var header = self
    header.root.children.removeAll { !$0.isHeader || rules.zones.contains($0.name) }
    return header
  }

  /// A difference says so somewhere; one that changes plain settings only says it of what it leaves as it is.
  mutating func sayIsDifference(like effective: Document, _ rules: FoldRules) {
    guard !root.saysIsDifference else { return }
    let said = Set(root.children.map(\.name))
    if var container = effective.root.children.first(where: {
      (!$0.isHeader || rules.zones.contains($0.name)) && !said.contains($0.name)
    }) {
      container.children = []
      container.rows = nil
      container.mark = .modified
      root.children.append(container)
    } else if let leaf = root.children.firstIndex(where: { $0.children.isEmpty }) {
      root.children[leaf].mark = .modified
    }
  }
}

extension Element {
  /// Children stand in the order that those of the same names have elsewhere (PF-401); others stay behind those before them.
  fileprivate mutating func order(like other: Element) {
    let places = Dictionary(zip(other.children.map(\.name), other.children.indices)) {
      $1 < $0 ? $1 : $0
    }
    var ranks: [(place: Int, at: Int)] = []
    for (at, child) in children.enumerated() {
      ranks.append((places[child.name] ?? ranks.last?.place ?? -1, at))
    }
    children = ranks.sorted { $0 < $1 }.map { children[$0.at] }
  }

  /// Without ways that lead nowhere any more.
  var withoutTrifles: Element {
    var element = self
    element.children = children.compactMap { child in
      if child.mark != nil { return child }
      let rest = child.withoutTrifles
      return rest.hasMarks ? rest : nil
    }
    return element
  }

  /// A plain setting or a list of labels.
  var isHeader: Bool {
    children.isEmpty
      || ["LocalizedNames", "LocalizedCollectionNames", "displaynames", "Descriptions"].contains(
        name
      )
  }

  fileprivate var saysIsDifference: Bool {
    children.contains { child in
      child.mark?.word != nil || child.place?.number != nil || child.saysIsDifference
    }
  }

  fileprivate mutating func unmark(around zones: Set<String>) {
    for at in children.indices where !zones.contains(children[at].name) {
      if children[at].mark != .removed { children[at].mark = .stated }
      children[at].unmark(around: zones)
    }
  }
}
