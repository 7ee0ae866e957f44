internal import Solutions
internal import XML

extension Definitions {
  static func columns(_ model: TableModel, _ shared: SharedChoices = [:]) -> [Record] {
    model.table.columns.map { column($0, of: model, shared) }
      + model.pictureFacts.map { fact($1, of: $0, in: model) }
  }

  /// What stands beside a picture is never written.
  private static func fact(
    _ fact: PictureFact,
    of picture: Column,
    in model: TableModel
  ) -> Record {
    var record = column(Column(fact.name(of: picture), fact.type), of: model)
    let own: [String: Cell] = [
      "AttributeOf": .text(picture.name), "IsLogical": .boolean(true),
      "IsValidForCreate": .boolean(false), "IsValidForUpdate": .boolean(false),
      "IsCustomAttribute": .boolean(picture.name.contains("_")),
      "IsManaged": .boolean(model.columns[picture.name]?.isManaged ?? true),
    ]
    record.cells = record.cells.map { ($0.name, own[$0.name] ?? $0.cell) }
    return record
  }

  /// - Parameter shared: choices that columns share, as far as they are looked at.
  static func column(
    _ column: Column,
    of model: TableModel,
    _ shared: SharedChoices = [:]
  ) -> Record {
    let element = model.columns[column.name]?.element
    let kind = ColumnKind(column, element)
    let isKey = column.name == model.table.primaryKey
    let isName = column.name == model.table.primaryName
    let schemaName = element?.attribute("PhysicalName") ?? column.name
    let level = element?.text(of: "RequiredLevel")?.lowercased()
    func valid(_ name: String) -> Cell {
      .boolean(flag(element, "ValidFor\(name)Api", else: !(isKey && name == "Update")))
    }
    let common: [(String, Cell)] = [
      ("LogicalName", .text(column.name)), ("SchemaName", .text(schemaName)),
      ("EntityLogicalName", .text(model.name)), ("AttributeType", .text(kind.type)),
      ("AttributeTypeName", named(kind.typeName)),
      ("DisplayName", labels(element, "displaynames", else: column.displayName ?? column.name)),
      ("Description", labels(element, "Descriptions", else: nil)),
      ("RequiredLevel", required(level, isKey || column.isSystemRequired)),
      ("IsPrimaryId", .boolean(isKey)), ("IsPrimaryName", .boolean(isName)),
      ("IsCustomAttribute", .boolean(element != nil && column.name.contains("_"))),
      ("IsManaged", .boolean(model.columns[column.name]?.isManaged ?? true)),
      ("IsValidForRead", valid("Read")), ("IsValidForCreate", valid("Create")),
      ("IsValidForUpdate", valid("Update")),
      ("IsSecured", .boolean(flag(element, "IsSecured", else: false))),
      ("IsLogical", .boolean(flag(element, "IsLogical", else: false))), ("AttributeOf", .null),
      (
        "ColumnNumber",
        .integer((model.table.columns.firstIndex { $0.name == column.name } ?? 0) + 1)
      ),
      ("IntroducedVersion", Cell(element?.text(of: "IntroducedVersion") ?? "5.0.0.0")),
      ("SourceType", .integer(element?.text(of: "SourceType").flatMap { Int($0) } ?? 0)),
      ("IsCustomizable", managed("iscustomizable", flag(element, "IsCustomizable", else: true))),
      ("IsRenameable", managed("isrenameable", flag(element, "IsRenameable", else: true))),
      (
        "IsAuditEnabled",
        managed("canmodifyauditsettings", flag(element, "IsAuditEnabled", else: false))
      ), ("HasChanged", .null),
    ]
    let choice = kind.hasOptions ? optionSet(column, of: model, kind, shared) : nil
    return Record(
      always: [
        ("@odata.type", .text("#Microsoft.Dynamics.CRM.\(kind.metadata)")),
        ("MetadataId", .guid(id(of: .attribute(model.name, column.name)))),
      ],
      common + settings(of: column, element, isKey: isKey) + own(column, of: model, element, kind),
      related: choice.map { choice in
        let isGlobal = sharedChoice(of: element) != nil
        return [
          ("OptionSet", .record(choice)), ("GlobalOptionSet", isGlobal ? .record(choice) : .null),
        ]
      } ?? []
    )
  }

  private static func required(_ level: String?, _ isSystem: Bool) -> Cell {
    let value =
      switch level {
      case "systemrequired": "SystemRequired"
      case "required", "applicationrequired": "ApplicationRequired"
      case "recommended": "Recommended"
      default: isSystem ? "SystemRequired" : "None"
      }
    return .record(
      Record([
        ("Value", .text(value)), ("CanBeChanged", .boolean(true)),
        ("ManagedPropertyLogicalName", .text("canmodifyrequirementlevelsettings")),
      ])
    )
  }

  private static func own(
    _ column: Column,
    of model: TableModel,
    _ element: XMLElement?,
    _ kind: ColumnKind
  ) -> [(String, Cell)] {
    let format = element?.text(of: "Format")
    switch column.type {
    case .text(let most): return text(most, format, element, kind) + calculation(column)
    case .integer(let min, let max):
      return [
        ("MinValue", .integer(min ?? -2_147_483_648)), ("MaxValue", .integer(max ?? 2_147_483_647)),
        ("Format", .text(integerFormats[format?.lowercased() ?? ""] ?? "None")),
      ] + calculation(column)
    case .bigInteger:
      return [
        ("MinValue", .integer(-9_007_199_254_740_991)),
        ("MaxValue", .integer(9_007_199_254_740_991)),
      ]
    case .decimal(let places, let min, let max):
      return [
        ("MinValue", .real(min.flatMap { Double($0) } ?? -100_000_000_000)),
        ("MaxValue", .real(max.flatMap { Double($0) } ?? 100_000_000_000)),
      ] + (kind.type == "Money" ? money(element) : [("Precision", .integer(places))])
        + [imeMode(element)] + calculation(column)
    case .float(let min, let max):
      return [
        ("MinValue", .real(min ?? -100_000_000_000)), ("MaxValue", .real(max ?? 100_000_000_000)),
        ("Precision", .integer(element?.text(of: "Accuracy").flatMap { Int($0) } ?? 5)),
        imeMode(element),
      ]
    case .dateTime(let behavior): return moment(behavior, element) + calculation(column)
    case .boolean:
      return [("DefaultValue", .boolean(column.defaultOption == 1))] + calculation(column)
    case .choice, .choices:
      let value = ("DefaultFormValue", Cell.integer(column.defaultOption ?? -1))
      guard !["State", "Status"].contains(kind.type) else { return [value] }
      let kin: [(String, Cell)] = [
        ("ParentPicklistLogicalName", .null), ("ChildPicklistLogicalNames", .list([])),
      ]
      return [value] + kin + calculation(column)
    case .lookup(let targets):
      return [("Targets", .list(targets.map { .text($0) })), ("Format", .text("None"))]
    case .file, .image:
      let own: [(String, Cell)] = [("MaxSizeInKB", .integer(model.sizeMax(of: column) ?? 32_768))]
      guard column.type == .image else { return own }
      return own + [
        ("MaxHeight", .integer(144)), ("MaxWidth", .integer(144)), ("CanStoreFullImage", .null),
        ("IsPrimaryImage", .null),
      ]
    case .primaryKey, .uniqueIdentifier, .other: return []
    }
  }

  private static let integerFormats = [
    "duration": "Duration", "timezone": "TimeZone", "language": "Language", "locale": "Locale",
  ]

  /// Amounts are kept with four places, whatever is said of how many are shown: as many as the currency has.
  private static func money(_ element: XMLElement?) -> [(String, Cell)] {
    let amount = said(element, "CalculationOf")
    let isBase = if case .text = amount { true } else { false }
    func number(_ name: String) -> Cell {
      .integer(element?.text(of: name).flatMap { Int($0) } ?? 2)
    }
    return [
      ("Precision", number("Accuracy")), ("PrecisionSource", number("AccuracySource")),
      ("CalculationOf", amount),
      ("IsBaseCurrency", .boolean(isBase)),
    ]
  }

  private static func moment(
    _ behavior: ColumnType.DateBehavior,
    _ element: XMLElement?
  ) -> [(String, Cell)] {
    let name =
      switch behavior {
      case .userLocal: "UserLocal"
      case .dateOnly: "DateOnly"
      case .timeZoneIndependent: "TimeZoneIndependent"
      }
    let isDate = behavior == .dateOnly || element?.text(of: "Format")?.lowercased() == "date"
    let guardian = "CanChangeDateTimeBehavior"
    return [
      ("Format", .text(isDate ? "DateOnly" : "DateAndTime")), ("DateTimeBehavior", named(name)),
      imeMode(element), (guardian, managed(guardian, flag(element, guardian, else: false))),
      ("MinSupportedValue", .moment("1753-01-01T00:00:00Z")),
      ("MaxSupportedValue", .moment("9999-12-30T23:59:59Z")),
    ]
  }

  private static func text(
    _ most: Int?,
    _ format: String?,
    _ element: XMLElement?,
    _ kind: ColumnKind
  ) -> [(String, Cell)] {
    let names = [
      "textarea": "TextArea", "email": "Email", "url": "Url", "phone": "Phone",
      "tickersymbol": "TickerSymbol", "json": "Json", "richtext": "RichText",
      "phoneticguide": "PhoneticGuide", "versionnumber": "VersionNumber",
    ]
    let isMemo = kind.type == "Memo"
    let name = names[format?.lowercased() ?? ""] ?? (isMemo ? "TextArea" : "Text")
    let own: [(String, Cell)] = [
      ("MaxLength", Cell(most)), ("FormatName", named(name)), ("Format", .text(name)),
      imeMode(element), ("IsLocalizable", .boolean(flag(element, "IsLocalizable", else: false))),
    ]
    guard !isMemo else { return own }
    return own + [
      ("DatabaseLength", Cell(element?.text(of: "Length").flatMap { Int($0) })),
      ("YomiOf", said(element, "YomiOf")),
    ]
  }
}

/// What the platform calls the type of a column.
struct ColumnKind {
  /// `String`.
  let type: String
  /// `StringType`.
  let typeName: String
  /// `StringAttributeMetadata`.
  let metadata: String
  /// What a path may say that a column is.
  static let known: Set<String> = Set(
    [
      "", "String", "Memo", "Integer", "BigInt", "Decimal", "Money", "Double", "Boolean", "Enum",
      "Picklist", "MultiSelectPicklist", "State", "Status", "DateTime", "Lookup", "File", "Image",
      "UniqueIdentifier", "EntityName", "ManagedProperty",
    ].map { "\($0)AttributeMetadata" }
  )
  var hasOptions: Bool {
    ["Picklist", "State", "Status", "Boolean"].contains(type)
      || metadata == "MultiSelectPicklistAttributeMetadata"
  }

  init(_ column: Column, _ element: XMLElement?) {
    let stated = element?.text(of: "Type")?.lowercased()
    let name: String
    switch column.type {
    case .primaryKey, .uniqueIdentifier:
      (type, typeName, metadata) = (
        "Uniqueidentifier", "UniqueidentifierType", "UniqueIdentifierAttributeMetadata"
      )
      return
    case .lookup(let targets):
      let isOwner = stated == "owner" || column.name == "ownerid"
      let isCustomer =
        stated == "customer"
        || stated == nil && targets == ["account", "contact"]
          && column.name != "regardingobjectid"
      type = isOwner ? "Owner" : isCustomer ? "Customer" : "Lookup"
      (typeName, metadata) = ("\(type)Type", "LookupAttributeMetadata")
      return
    case .choices:
      (type, typeName, metadata) = (
        "Virtual", "MultiSelectPicklistType", "MultiSelectPicklistAttributeMetadata"
      )
      return
    case .file:
      (type, typeName, metadata) = ("Virtual", "FileType", "FileAttributeMetadata")
      return
    case .image:
      (type, typeName, metadata) = ("Virtual", "ImageType", "ImageAttributeMetadata")
      return
    case .other:
      (type, typeName, metadata) = ("Virtual", "VirtualType", "AttributeMetadata")
      return
    case .text(let most):
      name = stated == "ntext" || stated == nil && (most ?? 0) >= 2000 ? "Memo" : "String"
    case .integer: name = "Integer"
    case .bigInteger: name = "BigInt"
    // Of the platform's own columns amounts alone have four places.
    case .decimal(let places, _, _):
      name = stated == "money" || stated == nil && places == 4 ? "Money" : "Decimal"
    case .float: name = "Double"
    case .boolean: name = "Boolean"
    case .choice:
      name =
        column.name == "statecode" ? "State" : column.name == "statuscode" ? "Status" : "Picklist"
    case .dateTime: name = "DateTime"
    }
    (type, typeName, metadata) = (name, "\(name)Type", "\(name)AttributeMetadata")
  }
}
