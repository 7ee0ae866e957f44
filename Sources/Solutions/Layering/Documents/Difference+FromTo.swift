extension Difference {
  /// What makes one document of another: as little as there is to say.
  ///
  /// - Parameters:
  ///   - rules: elements that a layer replaces whole are stated whole.
  ///   - isWritable: what no document can say is left out: an attribute that goes stays (PF-804).
  package init(
    from base: Element,
    to target: Element,
    _ rules: FoldRules = FoldRules(),
    isWritable: Bool = false
  ) {
    let comparing = Comparing(rules: rules, isWritable: isWritable)
    let key = Identity.keys(of: [target])[0]
    root = comparing.change(from: base, to: target, key) ?? Element(base.name)
  }
}

private struct Comparing {
  let rules: FoldRules
  let isWritable: Bool

  /// nil where both say the same.
  func change(from base: Element, to target: Element, _ key: Identity.Key) -> Element? {
    if rules.wholes.contains(base.name) { return base == target ? nil : replaced(target) }
    guard let attributes = attributes(from: base, to: target),
      base.children.isEmpty == target.children.isEmpty || (base.text.isEmpty && target.text.isEmpty)
    else { return replaced(target) }
    let isLeaf = base.children.isEmpty && target.children.isEmpty
    var change = Element(base.name, origin: target.origin)
    let telling = Identity.telling(target, key)
    change.attributes = telling.attributes
    if !attributes.isEmpty || (isLeaf && base.text != target.text) {
      change.mark = .modified
      for attribute in attributes
      where !change.attributes.contains(where: { $0.name == attribute.name }) {
        change.attributes.append(attribute)
      }
      change.text = isLeaf ? target.text : ""
    }
    if isLeaf { return change.mark == nil ? nil : change }
    change.children = children(from: base, to: target)
    if Identity.opaque.contains(base.name) {
      if change.mark == nil, change.children.isEmpty { return nil }
      guard !target.children.isEmpty else { return replaced(target) }
      change.mark = .modified
      change.children = target.children
      return change
    }
    if !Rows.isAlike(base, target) || base.rows != nil && !change.children.isEmpty {
      change.rows = target.rows
      change.rows?.isStated = true
      if change.rows == nil { return replaced(target) }
    }
    if change.mark == nil, change.children.isEmpty, change.rows == nil { return nil }
    if let child = telling.child { change.children.insert(child, at: 0) }
    return change
  }

  private func replaced(_ target: Element) -> Element {
    var whole = target
    whole.mark = rules.wholes.contains(target.name) ? .restated : .replaced
    whole.place = nil
    return whole
  }

  /// Those that come or change; nil where one goes, which only replacing the element says.
  private func attributes(from base: Element, to target: Element) -> [Element.Attribute]? {
    if base.attributes == target.attributes { return [] }
    let names = Set(target.attributes.map(\.name))
    guard isWritable || base.attributes.allSatisfy({ names.contains($0.name) }) else { return nil }
    return target.attributes.filter { !base.attributes.contains($0) }
  }

  private func children(from base: Element, to target: Element) -> [Element] {
    let (former, now) = (Identity.keys(of: base.children), Identity.keys(of: target.children))
    let places = Dictionary(zip(former, former.indices)) { first, _ in first }
    var new = zip(target.children, now).map { child, key -> Element? in
      guard let at = places[key] else {
        var added = child
        added.mark = .added
        if child.name == "column" {
          added.attributes = stub(child, key).attributes + child.attributes
        }
        added.place = child.isOrdered ? Element.Place(column: child.place?.column ?? 1) : nil
        return added
      }
      return change(from: base.children[at], to: child, key)
    }
    if new.contains(where: { $0 != nil }) || former != now {
      statePlaces(&new, now, of: target, over: base, former)
    } else {
      movedBetweenColumns(&new, now, target, base)
    }
    // What stays comes as it stood, what comes as it follows, so that the same difference is spelled alike.
    let changed = Dictionary(zip(now, new)) { first, _ in first }
    let staying = zip(base.children, former).compactMap { child, key -> Element? in
      guard let change = changed[key] else { return removed(child, key) }
      return change?.mark == .replaced ? nil : change
    }
    let coming = zip(now, new).filter { places[$0] == nil || $1?.mark == .replaced }
    return staying + coming.filter { !($0.1?.isOrdered ?? false) }.compactMap(\.1)
      + coming.filter { $0.1?.isOrdered ?? false }.compactMap(\.1)
  }

  private func removed(_ child: Element, _ key: Identity.Key) -> Element {
    var gone = stub(child, key)
    gone.mark = .removed
    return gone
  }

  /// No more than what tells an element from others.
  private func stub(_ element: Element, _ key: Identity.Key) -> Element {
    let telling = Identity.telling(element, key)
    var stub = Element(element.name, origin: element.origin)
    stub.attributes = telling.attributes
    if element.children.isEmpty { stub.text = element.text }
    stub.children = telling.child.map { [$0] } ?? []
    return stub
  }

  /// Says where elements stand, but only where they would come to stand otherwise.
  private func statePlaces(
    _ changes: inout [Element?],
    _ keys: [Identity.Key],
    of target: Element,
    over base: Element,
    _ former: [Identity.Key]
  ) {
    let ordered = keys.indices.filter { target.children[$0].isOrdered }
    let places = Dictionary(zip(former, former.indices)) { first, _ in first }
    let staying = ordered.filter { places[keys[$0]] != nil && changes[$0]?.mark != .replaced }
    let coming = ordered.filter { places[keys[$0]] == nil || changes[$0]?.mark == .replaced }
    let byBase = staying.sorted { (places[keys[$0]] ?? 0) < (places[keys[$1]] ?? 0) }
    let isRight = byBase + coming == ordered
    var last = base.children.reduce(Int32(-1)) { max($0, $1.place?.number ?? -1) }
    for (number, at) in ordered.enumerated() {
      let column = target.children[at].place?.column ?? 1
      let own = places[keys[at]].flatMap { base.children[$0].place }
      let isNew = places[keys[at]] == nil || changes[at]?.mark == .replaced
      if isRight {
        if isNew {
          last += 1
          changes[at]?.place = Element.Place(column: column, number: last)
        } else if let own, own.column != column {
          state(
            &changes[at],
            target.children[at],
            keys[at],
            Element.Place(column: column, number: own.number)
          )
        }
        continue
      }
      let place = Element.Place(column: column, number: Int32(clamping: number))
      if isNew || own != place { state(&changes[at], target.children[at], keys[at], place) }
    }
  }

  private func movedBetweenColumns(
    _ changes: inout [Element?],
    _ keys: [Identity.Key],
    _ target: Element,
    _ base: Element
  ) {
    for at in target.children.indices where target.children[at].isOrdered {
      let (own, place) = (base.children[at].place, target.children[at].place)
      guard let own, let place, own.column != place.column else { continue }
      state(
        &changes[at],
        target.children[at],
        keys[at],
        Element.Place(column: place.column, number: own.number)
      )
    }
  }

  private func state(
    _ change: inout Element?,
    _ child: Element,
    _ key: Identity.Key,
    _ place: Element.Place
  ) {
    if change == nil { change = stub(child, key) }
    if change?.mark == nil { change?.mark = .modified }
    change?.place = place
  }
}
