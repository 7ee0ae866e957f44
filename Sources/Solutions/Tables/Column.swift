package import XML

/// A column of a table of rows, as its definition in effect says.
package struct Column: Equatable, Sendable {
  /// Logical name.
  package let name: String
  package let displayName: String?
  package let type: ColumnType
  /// The platform itself insists on a value; other levels advise (lifecycle.md, `RequiredLevel`).
  package let isSystemRequired: Bool
  /// Declared, and computed by the platform only.
  package let isComputed: Bool
  /// Labels of its options, lower case, for writing them by label.
  package let labels: [String: Int]
  /// The first label of each option, as it is written.
  package let titles: [Int: String]
  /// Of a state the status that it begins with, of a status the state that it belongs to (PF-431).
  package let links: [Int: Int]
  /// The option of new rows where nobody says one (PF-424).
  package let defaultOption: Int?
  /// How it numbers new rows that bring no value.
  package let autoNumber: AutoNumber?

  package init(
    _ name: String,
    _ type: ColumnType,
    displayName: String? = nil,
    isSystemRequired: Bool = false,
    isComputed: Bool = false,
    labels: [String: Int] = [:],
    titles: [Int: String] = [:],
    links: [Int: Int] = [:],
    defaultOption: Int? = nil,
    autoNumber: AutoNumber? = nil
  ) {
    self.name = name
    self.displayName = displayName
    self.type = type
    self.isSystemRequired = isSystemRequired
    self.isComputed = isComputed
    self.labels = labels
    self.titles = titles
    self.links = links
    self.defaultOption = defaultOption
    self.autoNumber = autoNumber
  }

  /// - Parameters:
  ///   - options: of the choice, wherever it stands: `option`, `state` or `status` elements.
  ///   - targets: tables that its relationships lead to.
  package init(
    _ name: String,
    definition: Definition,
    displayName: String?,
    options: [XMLElement]?,
    targets: [String]
  ) {
    let element = definition.element
    self.name = name
    self.displayName = displayName
    isSystemRequired = element.text(of: "RequiredLevel") == "systemrequired"
    isComputed = !["", "0"].contains(element.text(of: "SourceType") ?? "")
    let choice = Options(options ?? [])
    (labels, titles, links) = (choice.labels, choice.titles, choice.links)
    let values = options?.compactMap { $0.attribute("value").flatMap { Int($0) } }
    type = ColumnType(element, values: values, targets: targets.sorted())
    // -1 is none.
    let option = element.text(of: "AppDefaultValue").flatMap { Int($0) }
    switch type {
    case .boolean: defaultOption = option.flatMap { (0...1).contains($0) ? $0 : nil }
    case .choice(let values):
      defaultOption = option.flatMap { values?.contains($0) ?? ($0 >= 0) ? $0 : nil }
    default: defaultOption = nil
    }
    if case .text = type {
      autoNumber = element.text(of: "AutoNumberFormat").flatMap { AutoNumber($0) }
    } else {
      autoNumber = nil
    }
  }
}

/// What the options of a choice say beside their numbers.
private struct Options {
  var labels: [String: Int] = [:]
  var titles: [Int: String] = [:]
  var links: [Int: Int] = [:]

  init(_ elements: [XMLElement]) {
    for option in elements {
      guard let value = option.attribute("value").flatMap({ Int($0) }) else { continue }
      for label in option.child("labels")?.children("label") ?? [] {
        guard let text = label.attribute("description"), !text.isEmpty else { continue }
        if titles[value] == nil { titles[value] = text }
        if labels[text.lowercased()] == nil { labels[text.lowercased()] = value }
      }
      let link = option.attribute("defaultstatus") ?? option.attribute("state")
      if let link = link.flatMap({ Int($0) }) { links[value] = link }
    }
  }
}

extension ColumnType {
  fileprivate init(_ element: XMLElement, values: [Int]?, targets: [String]) {
    func integer(_ name: String) -> Int? { element.text(of: name).flatMap { Int($0) } }
    func number(_ name: String) -> Double? { element.text(of: name).flatMap { Double($0) } }
    switch element.text(of: "Type")?.lowercased() ?? "nvarchar" {
    case "primarykey": self = .primaryKey
    case "uniqueidentifier": self = .uniqueIdentifier
    case "nvarchar", "ntext", "varchar", "char", "nchar", "entityname":
      self = .text(lengthMax: integer("MaxLength"))
    case "int", "smallint", "tinyint":
      self = .integer(min: integer("MinValue"), max: integer("MaxValue"))
    case "bigint", "timestamp": self = .bigInteger
    case "decimal", "money":
      self = .decimal(
        places: element.text(of: "Type") == "money" ? 4 : integer("Accuracy") ?? 10,
        min: element.text(of: "MinValue"),
        max: element.text(of: "MaxValue")
      )
    case "float": self = .float(min: number("MinValue"), max: number("MaxValue"))
    case "bit": self = .boolean
    case "picklist", "state", "status": self = .choice(values)
    case "multiselectpicklist": self = .choices(values)
    case "datetime":
      switch integer("Behavior") {
      case 2: self = .dateTime(.dateOnly)
      case 3: self = .dateTime(.timeZoneIndependent)
      default: self = .dateTime(.userLocal)
      }
    case "lookup", "owner", "customer":
      self = .lookup(Self.targets(of: element, targets))
    case "file": self = .file
    case "image": self = .image
    case let name: self = .other(name)
    }
  }

  /// Owners and customers lead to tables of the platform without a relationship of their own in the package.
  private static func targets(of element: XMLElement, _ targets: [String]) -> [String] {
    switch element.text(of: "Type")?.lowercased() {
    case "owner": ["systemuser", "team"]
    case "customer": Set(targets + ["account", "contact"]).sorted()
    default: targets
    }
  }
}
