internal import Lifecycle
internal import Solutions
internal import XML

/// Choices: those that several columns share, and the one of a column.
extension Definitions {
  /// By their names in lower case.
  typealias SharedChoices = [String: TableModel.Stated]

  /// A choice that several columns share.
  static func choice(_ stated: TableModel.Stated) -> Record {
    let element = stated.element
    let name = element.attribute("Name") ?? stated.id.key
    let options = (element.child("options")?.children("option") ?? []).map { option in
      Cell.record(
        Record(
          [("Value", Cell(option.attribute("value").flatMap { Int($0) }))]
            + self.option(option, title: nil, isManaged: stated.isManaged)
        )
      )
    }
    return Record(
      always: [
        ("@odata.type", .text("#Microsoft.Dynamics.CRM.OptionSetMetadata")),
        ("MetadataId", .guid(id(of: stated.id))),
      ],
      [
        ("Name", .text(name)), ("OptionSetType", .text("Picklist")), ("IsGlobal", .boolean(true)),
        ("IsCustomOptionSet", .boolean(name.contains("_"))),
        ("IsManaged", .boolean(stated.isManaged)),
        ("DisplayName", labels(element, "displaynames", else: name)),
        ("ParentOptionSetName", .null), ("Options", .list(options)),
      ] + common(of: element)
    )
  }

  /// What choices of every kind say.
  private static func common(of choice: XMLElement?) -> [(String, Cell)] {
    [
      ("Description", labels(choice, "Descriptions", else: nil)),
      ("IsCustomizable", managed("iscustomizable", flag(choice, "IsCustomizable", else: true))),
      ("IntroducedVersion", said(choice, "IntroducedVersion")),
      ("ExternalTypeName", said(choice, "ExternalTypeName")), ("HasChanged", .null),
    ]
  }

  /// What an option says beside its value.
  ///
  /// - Parameter title: where it has no label.
  private static func option(
    _ element: XMLElement?,
    title: String?,
    isManaged: Bool
  ) -> [(String, Cell)] {
    [
      ("Label", labels(element, "labels", else: title)),
      ("Description", labels(element, "Descriptions", else: nil)),
      ("Color", Cell(element?.attribute("Color"))), ("IsManaged", .boolean(isManaged)),
      ("ExternalValue", Cell(element?.attribute("ExternalValue"))), ("ParentValues", .list([])),
      ("MetadataId", .null), ("HasChanged", .null),
    ]
  }

  // MARK: Choices of columns

  /// The name of the choice that a column shares with others; nil where it has its own.
  static func sharedChoice(of column: XMLElement?) -> String? {
    column?.text(of: "OptionSetName").flatMap { $0.isEmpty ? nil : $0 }
  }

  static func optionSet(
    _ column: Column,
    of model: TableModel,
    _ kind: ColumnKind,
    _ shared: SharedChoices
  ) -> Record {
    let stated = model.columns[column.name]
    let global = sharedChoice(of: stated?.element)
    let known = global.flatMap { shared[$0.lowercased()] }
    if let known, column.type != .boolean {
      var record = choice(known)
      record.always.removeAll { $0.name == "@odata.type" }
      return record
    }
    let own = known?.element ?? (global == nil ? stated?.element.child("optionset") : nil)
    let name = global ?? own?.attribute("Name") ?? "\(model.name)_\(column.name)"
    let options = options(of: column, own)
    let choice: [(String, Cell)] =
      column.type == .boolean
      ? [("TrueOption", options[1]), ("FalseOption", options[0])]
      : [("ParentOptionSetName", .null), ("Options", .list(options))]
    return Record(
      always: [
        (
          "MetadataId",
          .guid(global.map { id(of: .optionSet($0)) } ?? id("choice", name.lowercased()))
        )
      ],
      [
        ("Name", .text(name)),
        ("OptionSetType", .text(kind.type == "Virtual" ? "Picklist" : kind.type)),
        ("IsGlobal", .boolean(global != nil)), ("IsCustomOptionSet", .boolean(name.contains("_"))),
        ("IsManaged", .boolean(known?.isManaged ?? stated?.isManaged ?? true)),
        ("DisplayName", labels(own, "displaynames", else: global ?? column.displayName)),
      ] + common(of: own) + choice
    )
  }

  /// Of a column, with what its choice says of them; yes and no have names of their own.
  private static func options(of column: Column, _ choice: XMLElement?) -> [Cell] {
    let values: [Int] =
      switch column.type {
      case .choice(let known), .choices(let known): known ?? column.titles.keys.sorted()
      default: [0, 1]
      }
    let lists = ["options", "states", "statuses"].compactMap { choice?.child($0) }
    let elements = lists.flatMap { Array($0.children) }
    return values.map { value in
      let element = elements.first { $0.attribute("value") == String(value) }
      let usual = column.type == .boolean ? (value == 0 ? "No" : "Yes") : nil
      var cells: [(String, Cell)] = [("Value", .integer(value))]
      cells += option(element, title: column.titles[value] ?? usual, isManaged: false)
      if column.name == "statuscode" { cells.append(("State", Cell(column.links[value]))) }
      if column.name == "statecode" {
        cells.append(("DefaultStatus", Cell(column.links[value])))
        cells.append(("InvariantName", Cell(element?.attribute("invariantname"))))
      }
      return .record(Record(cells))
    }
  }
}

extension WebAPI {
  func sharedChoices() async throws -> Definitions.SharedChoices {
    let found = try await ask(GlobalChoicesQuestion())
    return Dictionary(found.map { ($0.id.key.lowercased(), $0) }) { first, _ in first }
  }
}
