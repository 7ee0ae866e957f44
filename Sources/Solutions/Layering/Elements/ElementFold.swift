internal import XML

/// Folds documents element by element, from the base up (LY-311); linear in the documents.
struct ElementFold {
  /// Elements below which a difference states its changes by action; around them it states values.
  var zones: Set<String> = []
  /// Elements that a higher layer replaces, whole.
  var wholes: Set<String> = []
  /// Whether also an unmanaged layer states only what it adds and changes, as a ribbon does (LY-701).
  var isAlwaysAdditive = false
  /// Whether what has lost its place is kept on a conflicts tab (LY-512).
  var hasConflictsTab = false

  /// - Parameter layers: bottom first, at least two.
  func definition(of layers: [Layer]) -> Definition {
    let first = layers[0].definition
    var result = MergedElement(first, origin: 0)
    var fold = Folding(rules: self, isDifference: first.isDifference)
    for (origin, layer) in layers.enumerated().dropFirst() {
      fold.add(layer, origin: origin, to: &result)
    }
    fold.finish(&result)
    let merged = Definition(
      merged: result,
      isDifference: fold.isDifference,
      like: first,
      parts: layers.reduce(into: [:]) { parts, layer in
        for part in layer.definition.parts { parts[part.path] = part }
      }
    )
    return merged ?? layers[layers.count - 1].definition
  }
}

/// A fold under way.
private struct Folding {
  let rules: ElementFold
  /// Whether the base is still missing: differences are merged with each other.
  private(set) var isDifference: Bool
  private var conflicts = Conflicts()
  private var origin = 0

  init(rules: ElementFold, isDifference: Bool) {
    self.rules = rules
    self.isDifference = isDifference
  }

  mutating func add(_ layer: Layer, origin: Int, to result: inout MergedElement) {
    self.origin = origin
    let document = MergedElement(layer.definition, origin: origin)
    let isZone = rules.zones.contains(document.name)
    switch (layer.definition.isDifference, isDifference) {
    case (true, false): apply(document, to: &result, inZone: isZone)
    case (true, true): compose(document, with: &result, inZone: isZone)
    case (false, _) where layer.rank == .active && !rules.isAlwaysAdditive:
      // The unmanaged layer holds what its author saw, all of it (decision 011).
      result = document
      conflicts = Conflicts()
      isDifference = false
    case (false, let wasDifference):
      // LY-521, LY-526: a whole document over others adds and changes, it takes nothing away.
      if wasDifference { result = result.settled(origin: result.origin) }
      overlay(document, onto: &result)
      isDifference = false
    }
  }

  func finish(_ result: inout MergedElement) {
    if !isDifference, !conflicts.isEmpty { result.addToForm(conflicts.tab) }
  }

  // MARK: Over a base

  /// What a difference says, done (layers.md §5.3, step 2).
  private mutating func apply(
    _ difference: MergedElement,
    to element: inout MergedElement,
    inZone: Bool
  ) {
    var siblings = Siblings(of: element)
    for (child, key) in zip(difference.children, ElementIdentity.keys(of: difference.children)) {
      let at = siblings[key]
      switch child.action {
      case nil where !inZone && !rules.zones.contains(child.name):
        if let at {
          element.children[at].overlay(child)
          apply(child, to: &element.children[at], inZone: false)
        } else {
          siblings.append(child.settled(origin: origin), key, to: &element)
        }
      case nil:
        if let at {
          apply(child, to: &element.children[at], inZone: true)
        } else {
          makeRoom(for: child, key, in: &element, &siblings)
        }
      case .modified:
        if let at {
          modify(&element.children[at], by: child, &siblings)
        } else if child.isStatedWhole || (child.children.isEmpty && child.isProperty) {
          siblings.append(child.settled(origin: origin), key, to: &element)
        } else {
          makeRoom(for: child, key, in: &element, &siblings)
        }
      case .removed:
        guard let at else { continue }
        if let rest = rescued(from: element.children[at]) {
          element.children[at] = rest
        } else {
          siblings.remove(at, key)
        }
      case .added:
        if let at {
          overlay(child.settled(origin: origin), onto: &element.children[at])
        } else {
          siblings.leaveRoom(for: child, in: element)
          siblings.append(child.settled(origin: origin), key, to: &element)
        }
      }
    }
    siblings.finish(&element)
  }

  /// What layers between the base and this one have put into what goes: it stays in its place or, where that is of a
  /// form's layout, on the conflicts tab.
  private mutating func rescued(from lost: MergedElement) -> MergedElement? {
    let gone = [0, origin, lost.origin]
    let rest = lost.remains { !gone.contains($0.origin) }
    guard let rest, rules.hasConflictsTab, ElementIdentity.layout.contains(lost.name) else {
      return rest
    }
    conflicts.keep(rest)
    return nil
  }

  private mutating func modify(
    _ element: inout MergedElement,
    by change: MergedElement,
    _ siblings: inout Siblings
  ) {
    if change.isStatedWhole {
      element.children = change.settled(origin: origin).children
    }
    element.overlay(change)
    if let place = change.place,
      place != element.place || element.rows?.column != change.rows?.column
    {
      element.place = place
      element.rows?.column = change.rows?.column ?? 1
      element.rows?.begins = nil
      siblings.isReordered = true
    }
    apply(change, to: &element, inZone: true)
  }

  /// The parent of a change is not there: a place of the layout is not made again, anything else is.
  private mutating func makeRoom(
    for lost: MergedElement,
    _ key: String,
    in element: inout MergedElement,
    _ siblings: inout Siblings
  ) {
    if rules.hasConflictsTab, ElementIdentity.layout.contains(lost.name) {
      if let rest = lost.remains(where: { $0.action == .added }) { conflicts.keep(rest) }
      return
    }
    // A place that is gone comes back only for what is put into it.
    guard !ElementIdentity.ordered.contains(lost.name) || lost.bringsPlaces else { return }
    var made = MergedElement(lost.name, lost.attributes, text: lost.text, origin: origin)
    made.place = lost.place
    made.rows = lost.rows
    apply(lost, to: &made, inZone: true)
    if !made.children.isEmpty { siblings.append(made, key, to: &element) }
  }

  // MARK: Whole documents

  private func overlay(_ document: MergedElement, onto element: inout MergedElement) {
    element.overlay(document)
    var siblings = Siblings(of: element)
    var isBeside = false
    for (child, key) in zip(document.children, ElementIdentity.keys(of: document.children)) {
      if let at = siblings[key] {
        if rules.wholes.contains(child.name) || ElementIdentity.opaque.contains(child.name) {
          let place = element.children[at].place
          element.children[at] = child
          element.children[at].place = place
        } else {
          overlay(child, onto: &element.children[at])
        }
        isBeside = false
        continue
      }
      var added = child
      // LY-510: after the elements that were there.
      added.place = nil
      if !isBeside, added.rows != nil, added.name == "cell" {
        added.rows?.begins = child.rows?.begins ?? []
      }
      siblings.leaveRoom(for: added, in: element)
      siblings.append(added, key, to: &element)
      isBeside = true
    }
    siblings.finish(&element)
  }

  // MARK: Without a base

  /// Two differences as one: on any base, it does what both do.
  private func compose(
    _ difference: MergedElement,
    with element: inout MergedElement,
    inZone: Bool
  ) {
    var siblings = Siblings(of: element)
    for (child, key) in zip(difference.children, ElementIdentity.keys(of: difference.children)) {
      guard let at = siblings[key] else {
        siblings.append(child, key, to: &element)
        continue
      }
      let before = element.children[at].action
      let isZone = inZone || rules.zones.contains(child.name)
      switch child.action {
      case nil where isZone:
        if before != .removed { compose(child, with: &element.children[at], inZone: true) }
      case nil:
        element.children[at].overlay(child)
        compose(child, with: &element.children[at], inZone: false)
      case .modified:
        guard before != .removed else { continue }
        if child.isStatedWhole {
          element.children[at].children = child.children
        } else {
          compose(child, with: &element.children[at], inZone: true)
        }
        element.children[at].overlay(child)
        element.children[at].place = child.place ?? element.children[at].place
        if let column = child.rows?.column { element.children[at].rows?.column = column }
        element.children[at].action = before ?? .modified
        siblings.isReordered = true
      case .removed where before == .added: siblings.remove(at, key)
      case .added where before != .removed:
        overlay(child.settled(origin: origin), onto: &element.children[at])
        element.children[at].action = before == .added ? .added : .modified
      case .removed, .added:
        let arrival = element.children[at].arrival
        element.children[at] = child
        element.children[at].arrival = arrival
      }
    }
    siblings.finish(&element)
  }
}

/// Children of an element by identity while some come and go.
private struct Siblings {
  private var places: [String: Int]
  private var gone: Set<Int> = []
  private var isGrown = false
  var isReordered = false
  private var last: Int
  private var arrivals: Int

  init(of element: MergedElement) {
    let keys = ElementIdentity.keys(of: element.children)
    places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    last = element.children.reduce(-1) { max($0, $1.place ?? -1) }
    arrivals = element.children.reduce(0) { max($0, $1.arrival + 1) }
  }

  subscript(key: String) -> Int? { places[key] }

  /// At its place or, where it states none, after those that are there.
  mutating func append(_ child: MergedElement, _ key: String, to element: inout MergedElement) {
    var child = child
    if child.place == nil, ElementIdentity.ordered.contains(child.name) { child.place = last + 1 }
    last = max(last, child.place ?? -1)
    child.arrival = arrivals
    arrivals += 1
    places[key] = element.children.count
    element.children.append(child)
    isGrown = true
  }

  mutating func remove(_ at: Int, _ key: String) {
    places[key] = nil
    gone.insert(at)
  }

  /// A cell has one control (LY-521 ends there): who puts another one into it takes the present one out.
  mutating func leaveRoom(for child: MergedElement, in element: MergedElement) {
    guard element.name == "cell", child.name == "control" else { return }
    for (key, at) in places where element.children[at].name == "control" { remove(at, key) }
  }

  func finish(_ element: inout MergedElement) {
    guard isGrown || isReordered || !gone.isEmpty else { return }
    if element.rows != nil, element.name == "rows" { element.rows?.isReflowed = true }
    if !gone.isEmpty {
      element.children = element.children.indices.filter { !gone.contains($0) }
        .map { element.children[$0] }
    }
    if isGrown || isReordered { element.arrange() }
  }
}

extension MergedElement {
  /// Nothing in it can be told apart, so a change states all of it (PF-804).
  fileprivate var isStatedWhole: Bool {
    ElementIdentity.opaque.contains(name) && !children.isEmpty
      && !children.contains { $0.hasActions }
  }

  /// Whether a difference adds something with a place of its own.
  fileprivate var bringsPlaces: Bool {
    (action == .added && ElementIdentity.ordered.contains(name))
      || children.contains { $0.bringsPlaces }
  }

  /// A text, a label or a parameter: it says something of the element around it.
  fileprivate var isProperty: Bool {
    !ElementIdentity.ordered.contains(name) && !ElementIdentity.layout.contains(name)
      && name != "control"
  }
}
