extension TableMaking {
  struct View: Sendable {
    /// As `without` calls it.
    let name: String
    let element: Element
  }

  /// Those that the platform makes with a table.
  var views: [View] {
    [
      view("active", "Active \(pluralName)", type: "0", isDefault: true, filter: "0"),
      view("inactive", "Inactive \(pluralName)", type: "0", isDefault: false, filter: "1"),
      view("advancedFind", "\(displayName) Advanced Find View", type: "1"),
      view("associated", "\(displayName) Associated View", type: "2", filter: "0"),
      view("quickFind", "Quick Find Active \(pluralName)", type: "4", filter: "0"),
      view("lookup", "\(displayName) Lookup View", type: "64", filter: "0"),
    ]
  }

  private func view(
    _ name: String,
    _ label: String,
    type: String,
    isDefault: Bool = true,
    filter state: String? = nil
  ) -> View {
    let element = view(
      id: id("view", name),
      label,
      type: type,
      isDefault: isDefault,
      filter: state
    )
    return View(name: "view \(name)", element: element)
  }

  /// A view of a type, over all rows or those of a state.
  func view(
    id: String,
    _ label: String,
    type: String,
    isDefault: Bool,
    filter state: String? = nil
  ) -> Element {
    let isQuickFind = type == "4"
    let facts = [
      ("IsCustomizable", "1"), ("CanBeDeleted", "0"), ("isquickfindquery", isQuickFind ? "1" : "0"),
      ("isprivate", "0"), ("isdefault", isDefault ? "1" : "0"),
      ("savedqueryid", id),
    ].map { Element($0, text: $1) }
    return Element(
      "savedquery",
      children: facts + [
        layout(type), Element("querytype", text: type),
        Element("fetchxml", children: [fetch(state, type, isQuickFind: isQuickFind)]),
        Element("IntroducedVersion", text: "1.0"),
        .labels("LocalizedNames", "LocalizedName", label, context),
      ]
    )
  }

  private func layout(_ type: String) -> Element {
    let isRelated = type == "2" || type == "64"
    let primary = primaryName.lowercased()
    let cells = [(primary, "300"), ("createdon", "125")].map {
      Element("cell", [("name", $0), ("width", $1)])
    }
    let row = Element(
      "row",
      [("name", isRelated ? logicalName : "result"), ("id", logicalName + "id")],
      children: cells
    )
    let grid = Element(
      "grid",
      [
        ("name", isRelated ? InstalledState.set(of: logicalName) : "resultset"), ("jump", primary),
        ("select", "1"), ("icon", "1"), ("preview", type == "64" ? "0" : "1"),
      ],
      children: [row]
    )
    return Element("layoutxml", children: [grid])
  }

  private func fetch(_ state: String?, _ type: String, isQuickFind: Bool) -> Element {
    let primary = primaryName.lowercased()
    var children = [logicalName + "id", primary, "createdon"].map {
      Element("attribute", [("name", $0)])
    }
    if type != "64" {
      children.append(Element("order", [("attribute", primary), ("descending", "false")]))
    }
    if let state {
      let isState = [("attribute", "statecode"), ("operator", "eq"), ("value", state)]
      children.append(
        Element("filter", [("type", "and")], children: [Element("condition", isState)])
      )
    }
    if isQuickFind {
      let isLike = [("attribute", primary), ("operator", "like"), ("value", "{0}")]
      children.append(
        Element(
          "filter",
          [("type", "or"), ("isquickfindfields", "1")],
          children: [Element("condition", isLike)]
        )
      )
    }
    return Element(
      "fetch",
      [("version", "1.0"), ("mapping", "logical")],
      children: [Element("entity", [("name", logicalName)], children: children)]
    )
  }
}
