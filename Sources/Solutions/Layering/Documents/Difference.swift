/// What a layer changes in a document; nothing says nothing.
package struct Difference: Sendable {
  /// Elements that are marked come, change or go, and unmarked ones lead to them.
  let root: Element

  init(root: Element) { self.root = root }

  /// A document that says so itself; around the zones of its kind it states values without a word.
  init(_ document: Document, _ rules: FoldRules) {
    var root = document.root
    if !rules.zones.contains(root.name) { root.stateValues(around: rules.zones) }
    self.root = root
  }

  var isEmpty: Bool { !root.hasMarks && !root.statesRows }

  /// Whether what it changes or removes is there, and what it adds is not.
  func fits(_ base: Element) -> Bool { misfits(base).isEmpty }

  /// Elements that it changes, removes or finds its way by and that are not there, or adds and that are.
  func misfits(_ base: Element) -> [Path] { Self.misfits(root, base, [], isAddingStrict: true) }

  /// Elements that it changes or removes and that are not there; what it adds may be there.
  func missing(in base: Element) -> [Path] { Self.misfits(root, base, [], isAddingStrict: false) }

  private static func misfits(
    _ difference: Element,
    _ base: Element,
    _ path: [Identity.Key],
    isAddingStrict: Bool
  ) -> [Path] {
    guard difference.mark != .replaced, difference.mark != .restated, !difference.isStatedWhole
    else { return [] }
    let keys = Identity.keys(of: base.children)
    let places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    var found: [Path] = []
    for (child, key) in zip(difference.children, Identity.keys(of: difference.children)) {
      let step = path + [key]
      switch (child.mark, places[key]) {
      case (.added, _?): if isAddingStrict { found.append(Path(step)) }
      case (.added, nil), (.stated, nil), (.restated, nil): break
      case (_, nil): found.append(Path(step))
      case (.removed, _?): break
      case (_, let at?):
        found += misfits(child, base.children[at], step, isAddingStrict: isAddingStrict)
      }
    }
    return found
  }
}

extension Difference: Equatable {
  package static func == (left: Difference, right: Difference) -> Bool {
    (left.isEmpty && right.isEmpty) || left.root == right.root
  }
}

extension Element {
  fileprivate mutating func stateValues(around zones: Set<String>) {
    for at in children.indices where children[at].mark == nil {
      if zones.contains(children[at].name) { continue }
      children[at].mark = .stated
      children[at].stateValues(around: zones)
    }
  }

  fileprivate var statesRows: Bool {
    rows?.isStated == true || children.contains { $0.statesRows }
  }

  /// What a difference says, done.
  package func applying(
    _ difference: Difference,
    as origin: Origin,
    _ rules: FoldRules
  ) -> Element {
    var element = self
    var change = Applying(rules, as: origin)
    change.apply(difference.root, to: &element)
    if !change.conflicts.isEmpty { element.addToForm(change.conflicts.tab) }
    return element
  }

  /// All that a whole document says, over this one.
  package func overlaid(
    with whole: Element,
    as origin: Origin,
    _ rules: FoldRules
  ) -> Element {
    var element = self
    var change = Applying(rules, as: origin)
    change.overlay(whole, onto: &element)
    return element
  }
}

// MARK: One after the other

extension Difference {
  /// What this one and then the next do; on a base that both fit, exactly that.
  package func followed(
    by next: Difference,
    _ rules: FoldRules,
    as origin: Origin = .bottom
  ) -> Difference {
    var root = root
    var following = Following(rules: rules, origin: origin)
    following.put(next.root, over: &root)
    return Difference(root: root)
  }
}

/// The table of what two differences come to, one after the other.
private struct Following {
  let rules: FoldRules
  let origin: Origin

  /// What the next says of the children of an element that both lead to.
  mutating func compose(_ next: Element, with element: inout Element) {
    var siblings = Siblings(of: element)
    for (child, key) in zip(next.children, Identity.keys(of: next.children)) {
      let begins = next.rows?.beginning[key]
      guard let at = siblings[key] else {
        siblings.append(asStated: child, key, to: &element)
        if let begins { element.rows?.beginning[key] = begins }
        continue
      }
      switch (element.children[at].mark, child.mark) {
      case (.added, .removed): siblings.remove(at, key, from: &element)
      case (_, .removed): element.children[at] = child
      case (.removed, .added), (.removed, .replaced), (_, .replaced):
        // What comes again comes last.
        var last = child
        last.mark = element.children[at].mark == .added ? .added : .replaced
        siblings.remove(at, key, from: &element)
        siblings.append(asStated: last, key, to: &element)
        if let begins { element.rows?.beginning[key] = begins }
      case (.removed, _): break
      case (.added, _), (.replaced, _), (.restated, _): change(&element.children[at], by: child)
      case (nil, _), (.modified, _), (.stated, _): put(child, over: &element.children[at])
      }
    }
    siblings.finish(&element, as: origin)
    if let rows = next.rows, rows.isStated { element.rows = rows }
  }

  /// What the next changes in an element that this one brings whole.
  private func change(_ element: inout Element, by child: Element) {
    let mark = element.mark
    element.mark = nil
    var change = Applying(rules, as: origin)
    switch child.mark {
    case .restated:
      let place = child.place?.number == nil ? element.place : child.place
      element = child.settled(as: origin)
      element.place = place
    case .added: change.overlay(child.settled(as: origin), onto: &element)
    case .stated:
      element.overlay(child, as: origin)
      change.apply(child, to: &element)
    default:
      change.apply(child, to: &element)
      if child.mark == .modified, let place = child.place, place.number != nil {
        element.place = place
      }
    }
    element.mark = mark
  }

  /// What the next says of an element that this one leads to, modifies or states.
  mutating func put(_ child: Element, over element: inout Element) {
    var child = child
    if child.mark == .replaced || child.mark == .restated {
      let place = child.place?.number == nil ? element.place : child.place
      element = child
      element.place = place
      return
    }
    if child.mark == .added {
      // It is there, it seems: what it brings comes into it.
      child.mark = .modified
      for at in child.children.indices { child.children[at].mark = .added }
    }
    if let mark = child.mark {
      if element.mark == nil {
        // On the way to a change an element says nothing of itself.
        element.attributes = []
        element.place = nil
      }
      element.overlay(child, as: origin)
      if let place = child.place, place.number != nil { element.place = place }
      element.mark = element.mark == .modified ? .modified : mark
    }
    if child.isStatedWhole {
      element.children = child.children
    } else if element.isStatedWhole {
      change(&element, by: child)
    } else {
      compose(child, with: &element)
    }
  }
}
