/// What layers add to places that are gone; shown on a tab of its own, so that nothing disappears (LY-512).
struct Conflicts {
  private var sections: [Element] = []
  private var cells: [Element] = []
  /// Where each stands, by identity.
  private var places: [Identity.Key: Int] = [:]
  /// The layer over which the tab came to be.
  private var origin: Origin?

  var isEmpty: Bool { sections.isEmpty && cells.isEmpty }

  /// - Parameters:
  ///   - rest: what remains of a place of the layout.
  ///   - origin: the layer that took the place away, or found it gone.
  mutating func keep(_ rest: Element, as origin: Origin) {
    self.origin = self.origin ?? origin
    switch rest.name {
    case "cell": put(rest.moved(by: origin), in: \.cells)
    case "section": put(rest.moved(by: origin), in: \.sections)
    default:
      for child in rest.children { keep(child, as: origin) }
    }
  }

  /// What two layers add to one lost section stands in one section.
  private mutating func put(_ element: Element, in list: WritableKeyPath<Conflicts, [Element]>) {
    let key = Identity.keys(of: [element])[0]
    if let at = places[key] {
      self[keyPath: list][at].absorb(element)
    } else {
      places[key] = self[keyPath: list].count
      self[keyPath: list].append(element)
    }
  }

  /// The tab; the same conflicts make the same tab.
  var tab: Element {
    let origin = origin ?? .bottom
    func element(
      _ name: String,
      _ attributes: [(name: String, value: String)] = [],
      _ children: [Element] = []
    ) -> Element {
      Element(name, attributes, children: children, origin: origin)
    }
    var all = sections
    if !cells.isEmpty {
      var rows = element("rows", [], cells)
      var lying = Rows()
      for key in Identity.keys(of: cells) { lying.beginning[key] = [] }
      rows.rows = lying
      all.append(
        element(
          "section",
          [
            ("name", "conflicts"), ("id", "{00000000-0000-4000-8000-0000c0f11c75}"),
            ("IsUserDefined", "0"), ("showlabel", "false"), ("showbar", "false"),
            ("columns", "1"), ("group", "solutionconflict"),
          ],
          [rows]
        )
      )
    }
    let label = element("label", [("description", "Conflicts Tab"), ("languagecode", "1033")])
    let column = element("column", [("width", "100%")], [element("sections", [], all)])
    return element(
      "tab",
      [
        ("name", "conflicts"), ("id", "{00000000-0000-4000-8000-0000c0f11c7b}"),
        ("IsUserDefined", "0"), ("showlabel", "true"), ("expanded", "true"),
        ("group", "solutionconflict"),
      ],
      [element("labels", [], [label]), element("columns", [], [column])]
    )
  }
}

extension Element {
  /// With all that is in it, where it stands now since a layer took its place away.
  fileprivate func moved(by origin: Origin) -> Element {
    var element = self
    element.origin = origin
    element.textOrigin = origin
    for at in element.attributes.indices { element.attributes[at].origin = origin }
    for at in element.children.indices {
      element.children[at] = element.children[at].moved(by: origin)
    }
    return element
  }

  /// Takes in what another has and this one lacks.
  fileprivate mutating func absorb(_ other: Element) {
    let keys = Identity.keys(of: children)
    var places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    for (child, key) in zip(other.children, Identity.keys(of: other.children)) {
      if let at = places[key] {
        children[at].absorb(child)
      } else {
        places[key] = children.count
        children.append(child)
        if let begins = other.rows?.beginning[key] { rows?.beginning[key] = begins }
      }
    }
  }

  /// Puts a tab after all others of the form within.
  mutating func addToForm(_ tab: Element) {
    if name == "form" {
      if let at = children.firstIndex(where: { $0.name == "tabs" }) {
        children[at].children.append(tab)
      } else {
        children.append(Element("tabs", children: [tab], origin: tab.origin))
      }
      return
    }
    for at in children.indices { children[at].addToForm(tab) }
  }
}
