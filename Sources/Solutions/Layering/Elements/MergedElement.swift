internal import XML

/// An element of documents that are being merged.
struct MergedElement {
  typealias Attribute = (name: String, value: String)

  /// What a difference does with an element; ancestors of changes, and full documents, do nothing.
  enum Action: String {
    case added = "Added"
    case modified = "Modified"
    case removed = "Removed"
  }

  /// Empty for text between elements.
  let name: String
  private(set) var attributes: [Attribute]
  var text: String
  var children: [MergedElement] = []
  var action: Action?
  /// Place among siblings, of cells within the section; nil where nobody states one.
  var place: Int?
  /// Counts how siblings came in, those of lower layers first.
  var arrival = 0
  /// Which layer brought it, counted from the bottom.
  var origin: Int
  /// How cells lie in rows; only of cells and their container.
  var rows: CellRows?

  init(_ name: String, _ attributes: [Attribute] = [], text: String = "", origin: Int) {
    self.name = name
    self.attributes = attributes
    self.text = text
    self.origin = origin
  }

  func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// Takes over what another states of the same element.
  mutating func overlay(_ other: MergedElement) {
    for attribute in other.attributes {
      if let at = attributes.firstIndex(where: { $0.name == attribute.name }) {
        attributes[at] = attribute
      } else {
        attributes.append(attribute)
      }
    }
    if children.isEmpty, other.children.isEmpty { text = other.text }
  }

  /// As content that stands on its own: actions are done.
  func settled(origin: Int) -> MergedElement {
    var element = self
    element.action = nil
    element.origin = origin
    // Only differences name a column by its position.
    if name == "column" { element.attributes.removeAll { $0.name == "id" } }
    element.children = children.filter { $0.action != .removed }.map { $0.settled(origin: origin) }
    element.number()
    return element
  }

  /// Gives ordered children a place where they have none.
  mutating func number() {
    var next = 0
    for at in children.indices where ElementIdentity.ordered.contains(children[at].name) {
      next = max(next, children[at].place ?? next)
      children[at].place = children[at].place ?? next
      next += 1
    }
  }

  /// Whether something in it is done to an element.
  var hasActions: Bool { action != nil || children.contains { $0.hasActions } }

  /// Orders children by place; for equal places, and without one, those that came in first come first.
  mutating func arrange() {
    let slots = children.indices.filter { ElementIdentity.ordered.contains(children[$0].name) }
    let sorted = slots.map { children[$0] }.sorted {
      ($0.place ?? .max, $0.arrival) < ($1.place ?? .max, $1.arrival)
    }
    for (slot, child) in zip(slots, sorted) { children[slot] = child }
  }
}

// MARK: Reading

extension MergedElement {
  init(_ definition: Definition, origin: Int) {
    self.init(definition.element, of: definition.fragment, origin: origin)
    if !definition.isDifference { numberAll() }
  }

  private init(_ element: XMLElement, of fragment: XMLFragment, origin: Int) {
    if element.isText {
      self.init("", text: element.text, origin: origin)
      return
    }
    self.init(element.name, element.declarations, text: element.text, origin: origin)
    var ordinal: Int?
    for attribute in element.attributes {
      switch attribute.name {
      case "solutionaction": action = Action(rawValue: attribute.value)
      case "ordinalvalue": ordinal = Int(attribute.value).flatMap { places.contains($0) ? $0 : nil }
      default: attributes.append(attribute)
      }
    }
    if ElementIdentity.ordered.contains(name) { place = ordinal }
    children = fragment.children(of: element).map {
      MergedElement($0, of: fragment, origin: origin)
    }
    if name == "rows" { flattenRows() }
    for at in children.indices { children[at].arrival = at }
  }

  /// What lies outside is nobody's place.
  private var places: Range<Int> { 0..<1_000_000_000 }

  private mutating func numberAll() {
    number()
    for at in children.indices { children[at].numberAll() }
  }
}

// MARK: Writing

extension MergedElement {
  /// - Parameter isDifference: whether the document says what it does with an element, and where it stands.
  func write(to writer: inout DocumentWriter, isDifference: Bool) {
    guard !name.isEmpty else { return writer.text(text) }
    var attributes = attributes
    if isDifference {
      if let place { attributes.append(("ordinalvalue", String(rows?.ordinal(place) ?? place))) }
      if let action { attributes.append(("solutionaction", action.rawValue)) }
    }
    writer.open(name, attributes)
    if let rows, name == "rows" {
      rows.write(children, to: &writer, isDifference: isDifference)
    } else {
      writer.text(text)
      for child in children { child.write(to: &writer, isDifference: isDifference) }
    }
    writer.close(name)
  }
}
