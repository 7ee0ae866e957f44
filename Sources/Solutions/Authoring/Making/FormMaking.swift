extension TableMaking {
  /// A form with the tag around it that says of what kind it is.
  struct Form: Sendable {
    /// As `without` calls it.
    let name: String
    let type: String
    let element: Element
  }

  /// Those that the platform makes with a table.
  var forms: [Form] {
    let classes = FormClass.self
    let name = (column: primaryName.lowercased(), label: primaryLabel, class: classes.text)
    let owner = (column: "ownerid", label: "Owner", class: classes.lookup)
    let cells = isUserOwned ? [name, owner] : [name]
    return [
      form("main", "A form for this entity.", tab("main", "General", "General", cells)),
      form("quick", nil, tab("quick", "", "GENERAL", cells)),
      form("card", "A card form for this entity.", card(name, owner)),
    ]
  }

  private enum FormClass {
    static let text = "{4273EDBD-AC1D-40d3-9FB2-095C621B552D}"
    static let lookup = "{270BD3DB-D9AF-4782-9025-509E298DEC0A}"
    static let status = "{5D68B988-0661-4db2-BC3E-17598AD3BE6C}"
  }

  private typealias Cell = (column: String, label: String, class: String)

  /// The same for the same table in every environment.
  func id(_ parts: String...) -> String {
    "{\(GUID(from: "made", logicalName, parts.joined(separator: " ")))}"
  }

  private func form(_ type: String, _ about: String?, _ tab: Element) -> Form {
    let element = Element(
      "systemform",
      children: [
        Element("formid", text: id("form", type)), Element("IntroducedVersion", text: "1.0"),
        Element("FormPresentation", text: "1"), Element("FormActivationState", text: "1"),
        Element("form", children: [Element("tabs", children: [tab])]),
        Element("IsCustomizable", text: "1"), Element("CanBeDeleted", text: "1"),
        .labels("LocalizedNames", "LocalizedName", "Information", context),
      ] + (about.map { [.labels("Descriptions", "Description", $0, context)] } ?? [])
    )
    return Form(name: "form \(type)", type: type, element: element)
  }

  private func tab(_ form: String, _ label: String, _ section: String, _ cells: [Cell]) -> Element {
    let rows = cells.map { cell in
      Element(
        "row",
        children: [
          Element(
            "cell",
            [("id", id(form, "cell", cell.column))],
            children: [
              .labels("labels", "label", cell.label, context),
              Element(
                "control",
                [
                  ("id", cell.column), ("classid", cell.class), ("datafieldname", cell.column),
                ]
              ),
            ]
          )
        ]
      )
    }
    let section = Element(
      "section",
      [
        ("showlabel", "false"), ("showbar", "false"), ("IsUserDefined", "0"),
        ("id", id(form, "section")),
      ],
      children: [
        .labels("labels", "label", section, context), Element("rows", children: rows),
      ]
    )
    return Element(
      "tab",
      [("verticallayout", "true"), ("id", id(form, "tab")), ("IsUserDefined", "1")],
      children: [.labels("labels", "label", label, context), columns([("100%", [section])])]
    )
  }

  private func columns(_ columns: [(width: String, sections: [Element])]) -> Element {
    Element(
      "columns",
      children: columns.map { width, sections in
        Element(
          "column",
          [("width", width)],
          children: [Element("sections", children: sections)]
        )
      }
    )
  }

  // MARK: Cards

  private func card(_ name: Cell, _ owner: Cell) -> Element {
    let strip = section("ColorStrip", "ColorStrip", columns: "1", [])
    let status: Cell = ("statuscode", "Status Reason", FormClass.status)
    let created: Cell = ("createdon", "Created On", FormClass.lookup)
    let sections = [
      section("CardHeader", "Header", columns: "111", [status, nil, nil]),
      section("CardDetails", "Details", columns: "1", [name]),
      section(
        "CardFooter",
        "Footer",
        columns: "1111",
        (isUserOwned ? [owner] : []) + [created, nil, nil]
      ),
    ]
    return Element(
      "tab",
      [
        ("name", "general"), ("verticallayout", "true"), ("id", id("card", "tab")),
        ("IsUserDefined", "0"),
      ],
      children: [
        .labels("labels", "label", "", context), columns([("25%", [strip]), ("75%", sections)]),
      ]
    )
  }

  private func section(
    _ name: String,
    _ label: String,
    columns: String,
    _ cells: [Cell?]
  ) -> Element {
    let made = cells.enumerated().map { number, cell in
      let control = cell.map {
        Element(
          "control",
          [
            ("id", $0.column), ("classid", $0.class), ("datafieldname", $0.column),
            ("disabled", "false"),
          ]
        )
      }
      return Element(
        "cell",
        [
          ("id", id("card", name, String(number))), ("showlabel", "true"), ("locklevel", "0"),
        ],
        children: [.labels("labels", "label", cell?.label ?? "", context)]
          + [control].compactMap { $0 }
      )
    }
    let rows =
      made.isEmpty ? [] : [Element("rows", children: [Element("row", children: made)])]
    return Element(
      "section",
      [
        ("name", name), ("showlabel", "false"), ("showbar", "false"), ("columns", columns),
        ("IsUserDefined", "0"), ("id", id("card", name)),
      ],
      children: [.labels("labels", "label", label, context)] + rows
    )
  }
}
