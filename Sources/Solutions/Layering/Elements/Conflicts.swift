/// What layers add to places that are gone; shown on a tab of its own, so that nothing disappears (LY-512).
struct Conflicts {
  private var sections: [MergedElement] = []
  private var cells: [MergedElement] = []
  /// Where each stands, by identity.
  private var places: [String: Int] = [:]

  var isEmpty: Bool { sections.isEmpty && cells.isEmpty }

  /// - Parameter rest: what remains of a place of the layout.
  mutating func keep(_ rest: MergedElement) {
    switch rest.name {
    case "cell": put(rest, in: \.cells)
    case "section": put(rest, in: \.sections)
    default:
      for child in rest.children { keep(child) }
    }
  }

  /// What two layers add to one lost section stands in one section.
  private mutating func put(
    _ element: MergedElement,
    in list: WritableKeyPath<Conflicts, [MergedElement]>
  ) {
    let key = ElementIdentity.keys(of: [element])[0]
    if let at = places[key] {
      self[keyPath: list][at].absorb(element)
    } else {
      places[key] = self[keyPath: list].count
      self[keyPath: list].append(element)
    }
  }

  /// The tab; the same conflicts make the same tab.
  var tab: MergedElement {
    var all = sections
    if !cells.isEmpty {
      var rows = MergedElement("rows", origin: 0)
      rows.rows = CellRows(isReflowed: true)
      rows.children = cells.map { cell in
        var cell = cell
        cell.rows = CellRows(begins: [])
        return cell
      }
      var section = MergedElement(
        "section",
        [
          ("name", "conflicts"), ("id", "{00000000-0000-4000-8000-0000c0f11c75}"),
          ("IsUserDefined", "0"), ("showlabel", "false"), ("showbar", "false"), ("columns", "1"),
          ("group", "solutionconflict"),
        ],
        origin: 0
      )
      section.children = [rows]
      all.append(section)
    }
    var tab = MergedElement(
      "tab",
      [
        ("name", "conflicts"), ("id", "{00000000-0000-4000-8000-0000c0f11c7b}"),
        ("IsUserDefined", "0"), ("showlabel", "true"), ("expanded", "true"),
        ("group", "solutionconflict"),
      ],
      origin: 0
    )
    tab.children = [
      MergedElement("labels", origin: 0).holding([
        MergedElement(
          "label",
          [("description", "Conflicts Tab"), ("languagecode", "1033")],
          origin: 0
        )
      ]),
      MergedElement("columns", origin: 0).holding([
        MergedElement("column", [("width", "100%")], origin: 0).holding([
          MergedElement("sections", origin: 0).holding(all)
        ])
      ]),
    ]
    return tab
  }
}

extension MergedElement {
  /// Of a lost element what is to be kept, with the path that leads to it; its own labels go with it.
  func remains(where isKept: (MergedElement) -> Bool) -> MergedElement? {
    if name == "label" || name == "labels" || action == .removed { return nil }
    if isKept(self) { return settled(origin: origin) }
    var rest = self
    rest.action = nil
    rest.children = children.compactMap { $0.remains(where: isKept) }
    return rest.children.isEmpty ? nil : rest
  }

  fileprivate func holding(_ children: [MergedElement]) -> MergedElement {
    var element = self
    element.children = children
    return element
  }

  /// Takes in what another has and this one lacks.
  fileprivate mutating func absorb(_ other: MergedElement) {
    let keys = ElementIdentity.keys(of: children)
    var places = Dictionary(zip(keys, keys.indices)) { first, _ in first }
    for (child, key) in zip(other.children, ElementIdentity.keys(of: other.children)) {
      if let at = places[key] {
        children[at].absorb(child)
      } else {
        places[key] = children.count
        children.append(child)
      }
    }
  }

  /// Puts a tab after all others of the form within.
  mutating func addToForm(_ tab: MergedElement) {
    if name == "form" {
      if let at = children.firstIndex(where: { $0.name == "tabs" }) {
        children[at].children.append(tab)
      } else {
        children.append(MergedElement("tabs", origin: 0).holding([tab]))
      }
      return
    }
    for at in children.indices { children[at].addToForm(tab) }
  }
}
