/// A layer of a stack, counted from the bottom.
package struct Origin: Hashable, Comparable, Sendable {
  package let number: Int32

  package init(_ number: Int) { self.number = Int32(clamping: number) }

  package static func < (left: Origin, right: Origin) -> Bool { left.number < right.number }

  static let bottom = Origin(0)
}

/// An element of a document that can be changed; it knows which layer each of its pieces comes from.
package struct Element: Sendable {
  package struct Attribute: Equatable, Sendable {
    package let name: String
    package internal(set) var value: String
    package internal(set) var origin: Origin

    /// Origins do not count.
    package static func == (left: Attribute, right: Attribute) -> Bool {
      left.name == right.name && left.value == right.value
    }
  }

  /// What a difference does with an element; ancestors of changes, and whole documents, do nothing.
  enum Mark: Sendable {
    case added
    case modified
    case removed
    /// Removed, then added; documents have no word for it.
    case replaced
    /// A setting that a difference states as it is to be, without a word of what it does.
    case stated
    /// Stated whole, in the place where it is: of elements that a layer replaces whole.
    case restated
  }

  /// Where an element stands among its siblings.
  struct Place: Equatable, Sendable {
    /// Of cells: the column of the section, from 1.
    var column: Int32 = 1
    /// nil where nobody says it.
    var number: Int32?
  }

  /// Spelled as in the document; empty for text between elements.
  package let name: String
  package internal(set) var attributes: [Attribute]
  /// Exact text of a leaf.
  package internal(set) var text: String
  package internal(set) var children: [Element] = []
  /// Of its being there.
  package internal(set) var origin: Origin
  /// Of its text, or of its having none.
  package internal(set) var textOrigin: Origin
  var mark: Mark?
  var place: Place?
  /// Counts how siblings came in, those of lower layers first.
  var arrival: Int32 = 0
  /// How cells lie in rows; only of an element `rows`.
  var rows: Rows?

  package init(
    _ name: String,
    _ attributes: [(name: String, value: String)] = [],
    text: String = "",
    children: [Element] = [],
    origin: Origin = Origin(0)
  ) {
    self.name = name
    self.attributes = attributes.map { Attribute(name: $0.name, value: $0.value, origin: origin) }
    self.text = text
    self.children = children
    self.origin = origin
    textOrigin = origin
  }

  package func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The first child of that name.
  func child(_ name: String) -> Element? { children.first { $0.name == name } }

  var isOrdered: Bool { Identity.ordered.contains(name) }

  /// Sets an attribute, where an equal value keeps its origin; nil takes it out.
  mutating func set(_ name: String, _ value: String?, as origin: Origin) {
    guard let at = attributes.firstIndex(where: { $0.name == name }) else {
      if let value { attributes.append(Attribute(name: name, value: value, origin: origin)) }
      return
    }
    guard let value else {
      attributes.remove(at: at)
      return
    }
    guard attributes[at].value != value else { return }
    attributes[at] = Attribute(name: name, value: value, origin: origin)
  }

  /// Takes over what another states of the same element.
  mutating func overlay(_ other: Element, as origin: Origin) {
    for attribute in other.attributes { set(attribute.name, attribute.value, as: origin) }
    if children.isEmpty, other.children.isEmpty, text != other.text {
      text = other.text
      textOrigin = origin
    }
  }

  /// As content that stands on its own, of one layer: what a difference says in it is done.
  func settled(as origin: Origin) -> Element {
    var element = self
    element.mark = nil
    element.origin = origin
    element.textOrigin = origin
    for at in element.attributes.indices { element.attributes[at].origin = origin }
    // Only differences name a column by its position.
    if name == "column" { element.attributes.removeAll { $0.name == "id" } }
    element.children = children.filter { $0.mark != .removed }.map { $0.settled(as: origin) }
    element.number()
    return element
  }

  /// Gives ordered children a place where they have none.
  mutating func number() {
    var next: Int32 = 0
    for at in children.indices where children[at].isOrdered {
      var place = children[at].place ?? Place()
      next = max(next, place.number ?? next)
      place.number = place.number ?? next
      children[at].place = place
      next += 1
    }
  }

  /// Whether something in it is done to an element.
  var hasMarks: Bool { mark != nil || children.contains { $0.hasMarks } }

  /// Orders children by place; for equal places, those that came in first come first.
  mutating func arrange() {
    let slots = children.indices.filter { children[$0].isOrdered }
    let sorted = slots.map { children[$0] }.sorted {
      ($0.place?.number ?? .max, $0.arrival) < ($1.place?.number ?? .max, $1.arrival)
    }
    for (slot, child) in zip(slots, sorted) { children[slot] = child }
  }
}

extension Element: Equatable {
  /// Equality of documents: attributes as a set, ordered children in order, the others by identity; origins and places
  /// do not count.
  package static func == (left: Element, right: Element) -> Bool {
    guard left.name == right.name, left.attributes.count == right.attributes.count,
      left.children.count == right.children.count, left.mark == right.mark,
      !left.children.isEmpty || left.text == right.text, left.hasAttributes(of: right)
    else { return false }
    if left.children.isEmpty { return true }
    guard Rows.isAlike(left, right) else { return false }
    let (mine, yours) = (Identity.keys(of: left.children), Identity.keys(of: right.children))
    if mine == yours {
      return zip(left.children, right.children).allSatisfy { $0 == $1 }
    }
    let places = Dictionary(zip(yours, yours.indices)) { first, _ in first }
    var last = -1
    for (child, key) in zip(left.children, mine) {
      guard let at = places[key], child == right.children[at] else { return false }
      guard child.isOrdered else { continue }
      guard at > last else { return false }
      last = at
    }
    return true
  }

  private func hasAttributes(of other: Element) -> Bool {
    for (number, attribute) in other.attributes.enumerated() {
      let mine = attributes[number]
      if mine.name == attribute.name {
        guard mine.value == attribute.value else { return false }
      } else if self.attribute(attribute.name) != attribute.value {
        return false
      }
    }
    return true
  }
}
