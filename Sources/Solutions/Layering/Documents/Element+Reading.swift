internal import XML

/// What the words of a difference are called in documents (PF-803).
enum DifferenceWords {
  static let mark = "solutionaction"
  static let ordinal = "ordinalvalue"

  static let marks: [String: Element.Mark] = [
    "Added": .added, "Modified": .modified, "Removed": .removed,
  ]
}

extension Element.Mark {
  /// As documents spell it; nil where they have no word for it.
  var word: String? {
    switch self {
    case .added, .replaced: "Added"
    case .modified: "Modified"
    case .removed: "Removed"
    case .stated, .restated: nil
    }
  }
}

extension Element {
  /// An element of a fragment with all that belongs to it; ordered children have the places that they state.
  init(_ fragment: XMLFragment, as origin: Origin = .bottom) {
    self.init(fragment.element, of: fragment, as: origin)
  }

  private init(_ element: XMLElement, of fragment: XMLFragment, as origin: Origin) {
    if element.isText {
      self.init("", text: element.text, origin: origin)
      return
    }
    self.init(element.name, element.declarations, text: element.text, origin: origin)
    var ordinal: Int32?
    for attribute in element.attributes {
      switch attribute.name {
      case DifferenceWords.mark: mark = DifferenceWords.marks[attribute.value]
      case DifferenceWords.ordinal:
        ordinal = Int32(attribute.value).flatMap { Self.places.contains($0) ? $0 : nil }
      default:
        attributes.append(Attribute(name: attribute.name, value: attribute.value, origin: origin))
      }
    }
    if isOrdered { place = ordinal.map { Place(number: $0) } }
    children = fragment.children(of: element).map { Element($0, of: fragment, as: origin) }
    if name == "rows" { flattenRows() }
    for at in children.indices { children[at].arrival = Int32(clamping: at) }
  }

  /// What lies outside is nobody's place.
  private static let places: Range<Int32> = 0..<1_000_000_000

  mutating func numberAll() {
    number()
    for at in children.indices { children[at].numberAll() }
  }
}

extension XMLElement {
  /// Whether a difference takes the element away, so that it names nothing that has to be there.
  var isTakenAway: Bool {
    attribute(DifferenceWords.mark).flatMap { DifferenceWords.marks[$0] } == .removed
  }
}

extension Definition {
  /// Forms, site maps and apps may travel as a difference to what lies below (PF-803).
  package var isDifference: Bool {
    let words = [DifferenceWords.mark, DifferenceWords.ordinal].map { element.tree.name($0) }
      .filter(\.isPresent)
    // Most packages hold no difference at all, and say so by their names.
    guard !words.isEmpty else { return false }
    return fragment.descendants.contains { element in
      !element.isText && words.contains { element.attribute($0) != nil }
    }
  }
}
