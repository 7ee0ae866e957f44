/// A difference, or a whole document, being put over another document by one layer.
struct Applying {
  private let rules: FoldRules
  private let origin: Origin
  private(set) var conflicts: Conflicts

  init(_ rules: FoldRules, as origin: Origin, _ conflicts: Conflicts = Conflicts()) {
    self.rules = rules
    self.origin = origin
    self.conflicts = conflicts
  }

  // MARK: Differences

  /// What a difference says below an element, done (LY-553, step 2).
  mutating func apply(_ difference: Element, to element: inout Element) {
    if difference.mark == .replaced {
      element = difference.settled(as: origin).tracing(element).standing(like: element)
      return
    }
    if difference.mark == .modified { modify(&element, by: difference) }
    if difference.isStatedWhole { return }
    var siblings = Siblings(of: element)
    for (child, key) in zip(difference.children, Identity.keys(of: difference.children)) {
      // What is added without what tells it is nobody that is there.
      let isNew = child.mark == .added && Identity.isNameless(key)
      if let at = siblings[key], !isNew {
        change(at, by: child, key, in: &element, &siblings)
      } else {
        add(child, key, to: &element, &siblings)
      }
    }
    siblings.finish(&element, as: origin)
    if let rows = difference.rows, rows.isStated {
      element.rows = rows
      element.rows?.isStated = false
    }
  }

  /// What a difference says of a child that is there.
  private mutating func change(
    _ at: Int,
    by child: Element,
    _ key: Identity.Key,
    in element: inout Element,
    _ siblings: inout Siblings
  ) {
    let former = element.children[at]
    switch child.mark {
    case nil: apply(child, to: &element.children[at])
    case .stated:
      element.children[at].overlay(child, as: origin)
      apply(child, to: &element.children[at])
    case .modified:
      apply(child, to: &element.children[at])
      if former.hasMoved(child.place) { siblings.move(at, key, to: child.place, in: &element) }
    case .added where Identity.opaque.contains(child.name):
      element.children[at] = child.settled(as: origin).tracing(former).standing(like: former)
    case .added: overlay(child.settled(as: origin), onto: &element.children[at])
    case .removed:
      if let rest = rescued(from: former) {
        element.children[at] = rest
      } else {
        siblings.remove(at, key, from: &element)
      }
    case .restated:
      element.children[at] = child.settled(as: origin).tracing(former).standing(like: former)
      if former.hasMoved(child.place) { siblings.move(at, key, to: child.place, in: &element) }
    case .replaced:
      siblings.remove(at, key, from: &element)
      siblings.append(child.settled(as: origin).tracing(former), key, to: &element)
    }
  }

  /// What a difference says of a child that is not there.
  private mutating func add(
    _ child: Element,
    _ key: Identity.Key,
    to element: inout Element,
    _ siblings: inout Siblings
  ) {
    switch child.mark {
    case .removed: break
    case .modified where child.isStatedWhole || (child.children.isEmpty && child.isProperty):
      siblings.append(child.settled(as: origin), key, to: &element)
    case nil, .modified: makeRoom(for: child, key, in: &element, &siblings)
    case .added:
      siblings.leaveRoom(for: child, in: &element)
      siblings.append(child.settled(as: origin), key, to: &element)
    case .stated, .restated, .replaced:
      siblings.append(child.settled(as: origin), key, to: &element)
    }
  }

  private func modify(_ element: inout Element, by change: Element) {
    if change.isStatedWhole {
      var whole = element
      whole.children = change.settled(as: origin).children
      element = whole.tracing(element)
    }
    var change = change
    // Only differences name a column by its position.
    if change.name == "column" { change.attributes.removeAll { $0.name == "id" } }
    element.overlay(change, as: origin)
  }

  /// What layers between the base and this one have put into what goes: it stays in its place or, where that is of a
  /// form's layout, on the conflicts tab.
  private mutating func rescued(from lost: Element) -> Element? {
    guard rules.keepsOthers else { return nil }
    let gone = [.bottom, origin, lost.origin]
    let rest = lost.remains { !gone.contains($0.origin) }
    guard let rest, rules.hasConflictsTab, Identity.layout.contains(lost.name) else { return rest }
    conflicts.keep(rest, as: origin)
    return nil
  }

  /// The parent of a change is not there: a place of the layout is not made again, anything else is.
  private mutating func makeRoom(
    for lost: Element,
    _ key: Identity.Key,
    in element: inout Element,
    _ siblings: inout Siblings
  ) {
    if rules.hasConflictsTab, Identity.layout.contains(lost.name) {
      if let rest = lost.remains(where: { $0.mark == .added }) { conflicts.keep(rest, as: origin) }
      return
    }
    // A place that is gone comes back only for what is put into it.
    guard !lost.isOrdered || lost.bringsPlaces else { return }
    var made = Element(lost.name, text: lost.text, origin: origin)
    made.attributes = lost.attributes
    for at in made.attributes.indices { made.attributes[at].origin = origin }
    made.place = lost.place
    made.rows = lost.rows
    var content = lost
    content.mark = nil
    apply(content, to: &made)
    if !made.children.isEmpty { siblings.append(made, key, to: &element) }
  }

  // MARK: Whole documents

  /// All that a whole document says, over what is there: it adds and changes, and takes nothing away (LY-521).
  mutating func overlay(_ document: Element, onto element: inout Element) {
    element.overlay(document, as: origin)
    var siblings = Siblings(of: element)
    var isBeside = false
    for (child, key) in zip(document.children, Identity.keys(of: document.children)) {
      if let at = siblings[key] {
        if rules.wholes.contains(child.name) || Identity.opaque.contains(child.name) {
          let former = element.children[at]
          var whole = child
          whole.keepLabels(of: former)
          element.children[at] = whole.tracing(former).standing(like: former)
        } else {
          overlay(child, onto: &element.children[at])
        }
        isBeside = false
        continue
      }
      var added = child
      // LY-510: after the elements that were there.
      added.place = child.place.map { Element.Place(column: $0.column) }
      siblings.leaveRoom(for: added, in: &element)
      siblings.append(added, key, to: &element)
      let begins = document.rows?.beginning[key]
      if element.rows != nil, isBeside ? begins != nil : true {
        element.rows?.beginning[key] = begins ?? []
      }
      isBeside = true
    }
    siblings.finish(&element, as: origin)
  }
}

extension Element {
  fileprivate func standing(like other: Element) -> Element {
    var element = self
    (element.place, element.arrival) = (other.place, other.arrival)
    return element
  }

  fileprivate func hasMoved(_ place: Place?) -> Bool {
    guard let place, place.number != nil else { return false }
    return self.place != place
  }

  /// Nothing in it can be told apart, so a change states all of it (PF-804).
  var isStatedWhole: Bool {
    Identity.opaque.contains(name) && !children.isEmpty && !children.contains { $0.hasMarks }
  }

  /// Whether a difference adds something with a place of its own.
  fileprivate var bringsPlaces: Bool {
    (mark == .added && isOrdered) || children.contains { $0.bringsPlaces }
  }

  /// A text, a label or a parameter: it says something of the element around it.
  fileprivate var isProperty: Bool {
    !isOrdered && !Identity.layout.contains(name) && name != "control"
  }

  /// Of a lost element what is to be kept, with the path that leads to it; its own labels go with it.
  func remains(where isKept: (Element) -> Bool) -> Element? {
    if name == "label" || name == "labels" || mark == .removed { return nil }
    if isKept(self) { return hasMarks ? settled(as: origin) : self }
    var rest = self
    rest.mark = nil
    rest.children = children.compactMap { $0.remains(where: isKept) }
    return rest.children.isEmpty ? nil : rest
  }
}
