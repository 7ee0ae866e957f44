internal import JSON
internal import Solutions

/// A column as a client describes it, in words of a readable file.
struct ColumnBody: Sendable {
  private let body: MetadataBody
  /// As the platform calls it: `String`, `MultiSelectPicklist`.
  let kind: String
  /// Gives values to options that bring none.
  private let choices: ChoiceBodies

  /// - Parameter kind: of a column that is there; its body is what changes.
  init(_ body: MetadataBody, kind: String? = nil, choices: ChoiceBodies) throws {
    (self.body, self.choices) = (body, choices)
    self.kind = try kind ?? Self.kind(of: body)
  }

  /// The schema name.
  func name() throws -> String { try body.required("SchemaName") }

  var isPrimaryName: Bool { body["IsPrimaryName"]?.boolean == true }

  private static func kind(of body: MetadataBody) throws -> String {
    if let type = body.type, type.hasSuffix("AttributeMetadata"), type != "AttributeMetadata" {
      return String(type.dropLast("AttributeMetadata".count))
    }
    let stated = try body.word("AttributeTypeName") ?? body.word("AttributeType")
    guard var stated else { throw WebError.badBody("the column says no @odata.type") }
    if stated.hasSuffix("Type") { stated = String(stated.dropLast("Type".count)) }
    return stated
  }

  // MARK: Words

  /// What a column that is made says.
  func made(isPrimary: Bool = false) async throws -> [(name: String, value: Described)] {
    guard isPrimary || kind != "Lookup" else {
      throw WebError.badBody("a lookup is made by a relationship: POST RelationshipDefinitions")
    }
    guard let type = try type() else {
      throw WebError.badBody("a column of the kind \(kind.shown(80)) cannot be made")
    }
    if let source = body["SourceType"]?.integer, source != 0 {
      throw WebError(missing: "SourceType \(source): columns that are calculated")
    }
    if try body.text("FormulaDefinition")?.isEmpty == false {
      throw WebError(missing: "FormulaDefinition: columns that are calculated")
    }
    let words = try common() + own() + (try await options())
    try body.requireKnown(Self.known.union(Self.neutral), of: "a column")
    guard !isPrimary else { return words }
    return [("type", .text(type))] + words
  }

  /// What changes of a column that is there.
  func changed() throws -> [(name: String, value: Described)] {
    try body.requireKnown(
      Self.known.union(["OptionSet", "GlobalOptionSet", "SchemaName", "LogicalName"]),
      of: "a column"
    )
    // The type tells which words there are.
    let isNumbered = try body.text("AutoNumberFormat")?.isEmpty == false
    return (isNumbered ? [("type", .text("autonumber"))] : []) + (try common()) + (try own())
  }

  private func type() throws -> String? {
    switch kind {
    case "String":
      return try body.text("AutoNumberFormat")?.isEmpty ?? true ? "text" : "autonumber"
    case "DateTime": return try body.word("Format") == "DateOnly" ? "date" : "datetime"
    default:
      return [
        "Memo": "memo", "Integer": "integer", "BigInt": "biginteger", "Decimal": "decimal",
        "Double": "float", "Money": "money", "Boolean": "boolean", "Picklist": "choice",
        "MultiSelectPicklist": "choices", "File": "file", "Image": "image", "Lookup": "lookup",
        "Customer": "customer",
      ][kind]
    }
  }

  func common() throws -> [(name: String, value: Described)] {
    var words: [(name: String, value: Described)] = []
    for (name, word) in [("DisplayName", "displayName"), ("Description", "description")] {
      if let labels = try body.labels(name) { words.append((word, labels)) }
    }
    if let level = try body.word("RequiredLevel") {
      let levels = [
        "None": "none", "Recommended": "recommended", "ApplicationRequired": "required",
      ]
      guard let word = levels[level] else {
        throw WebError.badBody("\(level.shown(80)) is no RequiredLevel of a column that is made")
      }
      words.append(("required", .text(word)))
    }
    for (name, word) in [
      ("IsAuditEnabled", "auditing"), ("IsSecured", "secured"),
      ("IsGlobalFilterEnabled", "globalFilter"), ("IsSortableEnabled", "sortable"),
    ] {
      if let flag = try body.flag(name) { words.append((word, .yes(flag))) }
    }
    return words
  }

  private func own() throws -> [(name: String, value: Described)] {
    var words: [(name: String, value: Described)] = []
    func numbers(_ names: KeyValuePairs<String, String>) throws {
      for (name, word) in names {
        if let number = try body.number(name) { words.append((word, .text(number))) }
      }
    }
    switch kind {
    case "String", "Memo":
      try numbers(["MaxLength": "maxLength"])
      if let format = try format() { words.append(format) }
      if let numbering = try body.text("AutoNumberFormat"), !numbering.isEmpty {
        words.append(("autoNumber", .text(numbering)))
      }
    case "Integer":
      try numbers(["MinValue": "min", "MaxValue": "max"])
      if let format = try format() { words.append(format) }
    case "Decimal", "Double":
      try numbers(["MinValue": "min", "MaxValue": "max", "Precision": "precision"])
    case "Money":
      try numbers(["MinValue": "min", "MaxValue": "max", "Precision": "precision"])
      if let source = try body.number("PrecisionSource") {
        guard let word = ["0": "column", "1": "organization", "2": "currency"][source] else {
          throw WebError.badBody("PrecisionSource is 0, 1 or 2")
        }
        words.append(("precisionFrom", .text(word)))
      }
    case "DateTime": words += try moment()
    case "Boolean":
      if let flag = try body.flag("DefaultValue") { words.append(("default", .yes(flag))) }
    case "Picklist", "State", "Status": try numbers(["DefaultFormValue": "default"])
    case "File", "Image": try numbers(["MaxSizeInKB": "maxSize"])
    default: break
    }
    return words
  }

  private func format() throws -> (name: String, value: Described)? {
    guard let format = try body.word("FormatName") ?? body.word("Format") else { return nil }
    let word = format.lowercased()
    // What no word of a file stands for is a setting by its path.
    guard ["phoneticguide", "versionnumber"].contains(word) else { return ("format", .text(word)) }
    return ("properties", .pairs([("Format", .text(word))]))
  }

  /// A day that is not said to be one of its own is a moment at midnight, as on the platform.
  private func moment() throws -> [(name: String, value: Described)] {
    let behaviors = [
      "UserLocal": "userLocal", "DateOnly": "dateOnly",
      "TimeZoneIndependent": "timeZoneIndependent",
    ]
    var words: [(name: String, value: Described)] = []
    let stated = try body.word("DateTimeBehavior")
    if let stated = stated ?? (body.type == nil ? nil : "UserLocal") {
      guard let word = behaviors[stated] else {
        throw WebError.badBody("\(stated.shown(80)) is no DateTimeBehavior")
      }
      words.append(("behavior", .text(word)))
    }
    if body.type == nil, let format = try body.word("Format") {
      let setting = format == "DateOnly" ? "date" : "datetime"
      words.append(("properties", .pairs([("Format", .text(setting))])))
    }
    return words
  }

  /// Those of its own, or the choice that it shares.
  private func options() async throws -> [(name: String, value: Described)] {
    let stated = body["OptionSet"]
    switch kind {
    case "Boolean": return try Self.yesAndNo(stated)
    case "Picklist", "MultiSelectPicklist":
      if let bound = try body.text("GlobalOptionSet@odata.bind") {
        return [("choice", .text(try await choices.name(boundTo: bound)))]
      }
      guard let stated else { return [] }
      if stated["IsGlobal"]?.boolean == true, let name = stated["Name"]?.text {
        return [("choice", .text(name))]
      }
      return try await choices.options(stated["Options"], at: Self.option)
    default: return []
    }
  }

  /// The path of an option, but for its value.
  private static let option = "optionset/options/option"

  private static func yesAndNo(_ stated: JSONValue?) throws -> [(name: String, value: Described)] {
    var pairs: [(name: String, value: Described)] = []
    var settings: [(name: String, value: Described)] = []
    for (name, value) in [("FalseOption", 0), ("TrueOption", 1)] {
      guard let option = stated?[name], option.kind == .object else { continue }
      try ChoiceBodies.requireKnown(option)
      // The platform makes them without one, and a path leads to what is there.
      if try MetadataBody.labels(option["Description"], "Description") != nil {
        throw WebError(missing: "Description of an option of yes and no")
      }
      let said = try ChoiceBodies.option(option)
      if case .pairs(let words) = said, !words.isEmpty { pairs.append((String(value), said)) }
      settings += try ChoiceBodies.settings(option, of: value, at: Self.option)
    }
    return (pairs.isEmpty ? [] : [("options", .pairs(pairs))])
      + (settings.isEmpty ? [] : [("properties", .pairs(settings))])
  }

  private static let known: Set<String> = [
    "DisplayName", "Description", "RequiredLevel", "IsAuditEnabled", "IsSecured",
    "IsGlobalFilterEnabled", "IsSortableEnabled", "MaxLength", "FormatName", "Format",
    "AutoNumberFormat", "MinValue", "MaxValue", "Precision", "PrecisionSource",
    "DateTimeBehavior", "DefaultValue", "DefaultFormValue", "MaxSizeInKB",
  ]

  /// What a new column may say and what then is as the platform makes it.
  private static let neutral: Set<String> = [
    "SchemaName", "LogicalName", "EntityLogicalName", "AttributeType", "AttributeTypeName",
    "IsPrimaryName", "IsPrimaryId", "OptionSet", "GlobalOptionSet", "ImeMode", "SourceType",
    "IsCustomAttribute", "IsCustomizable", "IsRenameable", "IsValidForAdvancedFind",
    "IsValidForCreate", "IsValidForRead", "IsValidForUpdate", "IsValidForForm",
    "IsValidForGrid", "IsSearchable", "IsFilterable", "IsRetrievable", "IsLocalizable",
    "IsLogical", "IsDataSourceSecret", "CanModifyAdditionalSettings", "CanBeSecuredForCreate",
    "CanBeSecuredForRead", "CanBeSecuredForUpdate", "IsRequiredForForm", "CanStoreFullImage",
    "IsPrimaryImage", "IntroducedVersion", "Targets", "ColumnNumber", "ExternalName",
    "DeprecatedVersion", "AttributeOf", "LinkedAttributeId", "FormulaDefinition", "MaxHeight",
    "MaxWidth", "CalculationOf", "IsBaseCurrency", "SourceTypeMask", "YomiOf",
  ]
}
