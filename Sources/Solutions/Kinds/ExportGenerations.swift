/// Properties that one generation of the exporter writes and another leaves out, or spells otherwise.
///
/// Read by comparison of two versions of one layer alone: what is stored, hashed and merged says what the package says, since
/// above another layer an absent property says nothing. Derived from public packages that stand in both generations
/// (docs/decisions/057).
struct ExportGeneration: Sendable {
  enum Meaning: Sendable {
    /// An absent property has this value.
    case absent(String)
    /// Absent and empty are the same; so is a list of empty texts.
    case absentIsEmpty
    /// Upper and lower case are the same.
    case anyCase
    /// No value acts on anything.
    case nothing
    /// Empty has one of these values.
    case empty([String])
  }

  /// nil stands for every kind.
  let kind: ComponentType?
  /// Without the keys of elements.
  let path: String
  let meaning: Meaning
  /// Whether both spellings are known to mean the same; otherwise it is only likely.
  let isSure: Bool
  /// Why, and an example.
  let why: String

  private init(
    _ kind: ComponentType?,
    _ path: String,
    _ meaning: Meaning,
    isSure: Bool = true,
    _ why: String
  ) {
    self.kind = kind
    self.path = path
    self.meaning = meaning
    self.isSure = isSure
    self.why = why
  }

  static let all: [ExportGeneration] = [
    // Columns.
    Self(
      .attribute,
      "ValidForCreateApi",
      .absent("0"),
      "absent up to early 9.1, never 0; createdon: absent → 0"
    ),
    Self(
      .attribute,
      "ValidForUpdateApi",
      .absent("0"),
      "absent up to early 9.1, never 0; statecode: absent → 0"
    ),
    Self(
      .attribute,
      "AutoNumberFormat",
      .absentIsEmpty,
      "absent in 8.2 only; a text column: absent → empty"
    ),
    Self(
      .attribute,
      "IsDataSourceSecret",
      .absent("0"),
      "no other value is known; every column: absent → 0"
    ),
    Self(2, "IsLocalizable", .absent("0"), "no other value is known; every column: absent → 0"),
    Self(2, "ImeMode", .absent("auto"), "35 of 35 in one step; a text column: absent → auto"),
    Self(
      .attribute,
      "LookupTypes",
      .absentIsEmpty,
      "an empty list in both spellings; ownerid: absent → empty"
    ),
    Self(nil, "Descriptions", .absentIsEmpty, "an empty list in both spellings; any column"),
    Self(
      .attribute,
      "Format",
      .empty(["text", "none"]),
      isSure: false,
      "6 times; a text column: empty → text"
    ),
    Self(2, "@PhysicalName", .anyCase, "decision 005; fab_Name → fab_name"),
    // Tables.
    Self(1, "EntityInfo/entity/EntityHelpUrl", .absentIsEmpty, "22 times absent → empty"),
    Self(1, "EntityInfo/entity/EntityColor", .absentIsEmpty, "6 times absent → empty"),
    Self(1, "EntityInfo/entity/IconVectorName", .absentIsEmpty, "4 times absent → empty"),
    Self(1, "EntityInfo/entity/IsRetrieveAuditEnabled", .absent("0"), "0 in all 319 that have it"),
    Self(
      .entity,
      "EntityInfo/entity/IsRetrieveMultipleAuditEnabled",
      .absent("0"),
      "0 in all 319 that have it"
    ),
    Self(1, "EntityInfo/entity/IsSolutionAware", .absent("0"), "0 in all 217 that have it"),
    Self(1, "EntityInfo/entity/AutoCreateAccessTeams", .absent("0"), "0 in all 205 that have it"),
    Self(
      .entity,
      "EntityInfo/entity/IsMSTeamsIntegrationEnabled",
      .absent("0"),
      "46 of 46 from 9.0 to 9.1: 0 → absent"
    ),
    Self(1, "Name", .anyCase, "decision 005; fab_Thing → fab_thing"),
    Self(1, "EntityInfo/entity@Name", .anyCase, "decision 005; fab_Thing → fab_thing"),
    // Relationships: no copy of CascadeDelete, which differs in 162 of 831.
    Self(10, "CascadeArchive", .absent("NoCascade"), "338 of 338 absent → NoCascade"),
    // Choices, global and of a column.
    Self(9, "ExternalTypeName", .absentIsEmpty, "21 times absent → empty"),
    Self(9, "options/option@ExternalValue", .absentIsEmpty, "137 times absent → empty"),
    Self(9, "options/option/Descriptions", .absentIsEmpty, "226 times absent → empty"),
    Self(2, "optionset/ExternalTypeName", .absentIsEmpty, "as of global choices"),
    Self(2, "optionset/options/option@ExternalValue", .absentIsEmpty, "as of global choices"),
    Self(2, "optionset/options/option/Descriptions", .absentIsEmpty, "as of global choices"),
    // Web resources.
    Self(
      .webResource,
      "DependencyXml",
      .absent("<Dependencies><Dependency componentType=\"WebResource\"/></Dependencies>"),
      "all 534 that have this text name nothing"
    ),
    Self(61, "IsAvailableForMobileOffline", .absent("0"), "6 of 6 absent → 0; 1 is real"),
    Self(61, "LanguageCode", .absent("0"), "45 of 45 absent → 0; 1033 is real"),
    // Processes.
    Self(29, "BusinessProcessType", .absent("0"), "7 of 7: 0 → absent"),
    Self(
      .workflow,
      "IsCustomProcessingStepAllowedForOtherPublishers",
      .absent("1"),
      "1 in all 116 that have it"
    ),
    Self(29, "ModernFlowType", .absent("0"), isSure: false, "0 in all 12 that have it"),
    // Roles.
    Self(20, "IsAutoAssigned", .absent("0"), isSure: false, "0 in all 3 that have it"),
    Self(20, "@IsAutoAssigned", .absent("0"), isSure: false, "0 in all 3 that have it"),
    // What an old name was says nothing to anybody.
    Self(1, "Name@OriginalName", .nothing, isSure: false, "EducationAcceleratorCommon 5.0.3.0"),
    // Everything.
    Self(
      nil,
      "IntroducedVersion",
      .nothing,
      isSure: false,
      "nothing acts on it; 1.0.0.0 → 1.0.1.0"
    ),
    Self(
      nil,
      "@IntroducedVersion",
      .nothing,
      isSure: false,
      "nothing acts on it; 1.0.0.0 → 1.0.1.0"
    ),
  ]

  private static let byPath = Dictionary(grouping: all, by: \.path)

  /// What explains that two versions of a layer differ at a path; nil where they mean something else.
  static func explaining(
    _ path: String,
    of kind: ComponentType,
    _ before: String?,
    _ after: String?
  ) -> ExportGeneration? {
    guard let name = path.split(whereSeparator: { "/@".contains($0) }).last, names.contains(name)
    else { return nil }
    return byPath[path.withoutKeys]?.first {
      ($0.kind == nil || $0.kind == kind) && $0.meaning.holds(before, after)
    }
  }

  /// Properties of two versions of one layer, with what only the exporter's generation explains.
  static func marking(
    _ properties: [PropertyChange],
    of kind: ComponentType
  ) -> [PropertyChange] {
    // With a new type, it says that the column was made anew.
    let isRetyped = properties.contains { $0.path == "Type" }
    return properties.map { property in
      let stated = explaining(property.path, of: kind, property.before, property.after)
      let inEffect = explaining(
        property.path,
        of: kind,
        property.effectiveBefore,
        property.effectiveAfter
      )
      guard let stated, property.effectiveBefore == property.effectiveAfter || inEffect != nil,
        stated.isSure || !isRetyped
      else { return property }
      var property = property
      property.generation = stated.isSure ? .same : .likely
      return property
    }
  }

  /// Last steps of the paths.
  private static let names = Set(all.compactMap { $0.path.split { "/@".contains($0) }.last })
}

extension ExportGeneration.Meaning {
  fileprivate func holds(_ before: String?, _ after: String?) -> Bool {
    switch self {
    case .absent(let value): (before ?? value) == value && (after ?? value) == value
    case .absentIsEmpty: before.isEmptyText && after.isEmptyText
    case .anyCase:
      before != nil && after != nil && before?.lowercased() == after?.lowercased()
    case .nothing: true
    case .empty(let values):
      before.isEmptyText && values.contains(after ?? "")
        || after.isEmptyText && values.contains(before ?? "")
    }
  }
}

extension String? {
  /// Absent, empty, or a list of labels that are all empty.
  fileprivate var isEmptyText: Bool {
    guard let text = self, !text.isEmpty else { return true }
    return text.split(separator: ", ", omittingEmptySubsequences: false).allSatisfy { piece in
      piece.hasSuffix("escription=") || piece.contains("@languagecode=")
        || piece.hasPrefix("languagecode=")
    }
  }
}

extension String {
  /// `option[1]/label[1033]@description` as `option/label@description`.
  package var withoutKeys: String {
    guard utf8.contains(UInt8(ascii: "[")) else { return self }
    var (depth, plain) = (0, "")
    for character in self {
      if character == "[" { depth += 1 }
      if depth == 0 { plain.append(character) }
      if character == "]" { depth -= 1 }
    }
    return plain
  }
}
