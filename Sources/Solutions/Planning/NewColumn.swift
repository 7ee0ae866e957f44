internal import XML

/// A column that is to be made by hand.
package struct NewColumn: Equatable, Sendable {
  /// As packages spell the types; each has what it needs and nothing else.
  package enum Kind: Equatable, Sendable {
    case text(lengthMax: Int)
    case memo(lengthMax: Int)
    case integer(min: Int?, max: Int?)
    case decimal(places: Int)
    case float
    case money(places: Int)
    case boolean
    case date
    case dateTime
    /// Of a global choice.
    case choice(String)
  }

  package let table: ComponentID
  /// Logical name.
  package let name: String
  package let kind: Kind
  package let label: String?
  package let isRequired: Bool

  package init(
    table: ComponentID,
    name: String,
    kind: Kind,
    label: String? = nil,
    isRequired: Bool = false
  ) {
    self.table = table
    self.name = name
    self.kind = kind
    self.label = label
    self.isRequired = isRequired
  }

  package var id: ComponentID { .attribute(table.key, name) }
}

extension Component {
  /// With the whole set of properties, as packages write a column.
  ///
  /// - Throws: when the label is no text that XML can hold.
  convenience init(_ column: NewColumn, language: String) throws(XMLError) {
    let id = column.id
    let flags = [
      ("ValidForUpdateApi", "1"), ("ValidForReadApi", "1"), ("ValidForCreateApi", "1"),
      ("IsCustomField", "1"), ("IsAuditEnabled", "0"), ("IsSecured", "0"),
      ("IntroducedVersion", "1.0"), ("IsCustomizable", "1"), ("IsRenameable", "1"),
      ("CanModifySearchSettings", "1"), ("CanModifyRequirementLevelSettings", "1"),
      ("CanModifyAdditionalSettings", "1"), ("SourceType", "0"), ("IsGlobalFilterEnabled", "0"),
      ("IsSortableEnabled", "0"), ("CanModifyGlobalFilterSettings", "1"),
      ("CanModifyIsSortableSettings", "1"), ("IsDataSourceSecret", "0"), ("AutoNumberFormat", ""),
      ("IsSearchable", "0"), ("IsFilterable", "0"), ("IsRetrievable", "0"), ("IsLocalizable", "0"),
    ]
    let header = [
      ("Type", column.kind.type), ("Name", column.name), ("LogicalName", column.name),
      ("RequiredLevel", column.isRequired ? "required" : "none"),
      ("DisplayMask", "ValidForAdvancedFind|ValidForForm|ValidForGrid"), ("ImeMode", "auto"),
    ]
    var children = (header + flags + column.kind.settings).map { Element($0, text: $1) }
    if case .boolean = column.kind { children.append(.yesAndNo(id, language: language)) }
    let label = column.label ?? column.name
    children.append(.labels("displaynames", "displayname", label, language: language))
    children.append(.labels("Descriptions", "Description", "", language: language))
    let node = Element("attribute", [("PhysicalName", column.name)], children: children)
    self.init(
      id: id,
      name: "\(column.table.key).\(column.name)",
      displayName: label,
      parent: column.table,
      definition: try Definition(node),
      location: Location(file: "active layer", line: 0)
    )
  }
}

extension NewColumn.Kind {
  fileprivate var type: String {
    switch self {
    case .text: "nvarchar"
    case .memo: "ntext"
    case .integer: "int"
    case .decimal: "decimal"
    case .float: "float"
    case .money: "money"
    case .boolean: "bit"
    case .date, .dateTime: "datetime"
    case .choice: "picklist"
    }
  }

  fileprivate var settings: [(String, String)] {
    switch self {
    case .text(let length):
      [("Format", "text"), ("MaxLength", "\(length)"), ("Length", "\(2 * length)")]
    case .memo(let length): [("Format", "textarea"), ("MaxLength", "\(length)")]
    case .integer(let min, let max):
      [
        ("Format", ""), ("MinValue", "\(min ?? -2_147_483_648)"),
        ("MaxValue", "\(max ?? 2_147_483_647)"),
      ]
    case .decimal(let places):
      [("MinValue", "-100000000000"), ("MaxValue", "100000000000"), ("Accuracy", "\(places)")]
    case .float: [("MinValue", "0"), ("MaxValue", "1000000000"), ("Accuracy", "5")]
    case .money(let places):
      [
        ("MinValue", "-922337203685477"), ("MaxValue", "922337203685477"),
        ("Accuracy", "\(places)"), ("AccuracySource", "0"),
      ]
    case .boolean: [("AppDefaultValue", "0")]
    case .date: [("Format", "date"), ("CanChangeDateTimeBehavior", "1"), ("Behavior", "2")]
    case .dateTime: [("Format", "datetime"), ("CanChangeDateTimeBehavior", "1"), ("Behavior", "1")]
    case .choice(let name): [("AppDefaultValue", "-1"), ("OptionSetName", name)]
    }
  }
}

extension Element {
  fileprivate static func labels(
    _ list: String,
    _ label: String,
    _ text: String,
    language: String
  ) -> Element {
    Element(
      list,
      children: [
        Element(label, [("description", text), ("languagecode", language)])
      ]
    )
  }

  /// The two options of a yes/no column.
  fileprivate static func yesAndNo(_ id: ComponentID, language: String) -> Element {
    let options = [("1", "Yes"), ("0", "No")].map { value, label in
      Element(
        "option",
        [("value", value)],
        children: [.labels("labels", "label", label, language: language)]
      )
    }
    return Element(
      "optionset",
      [("Name", id.key.replacing(".", with: "_"))],
      children: [Element("OptionSetType", text: "bit"), Element("options", children: options)]
    )
  }
}
