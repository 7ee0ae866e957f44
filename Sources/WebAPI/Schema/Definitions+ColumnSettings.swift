internal import Solutions
internal import XML

/// What a column says of itself beside its names and values, and what the platform gives one that does not say it.
extension Definitions {
  static func settings(of column: Column, _ element: XMLElement?, isKey: Bool) -> [(String, Cell)] {
    // Where people meet a column; those that only the system knows are everywhere.
    let mask = element.map { Set(($0.text(of: "DisplayMask") ?? "").split(separator: "|")) }
    func isShown(_ name: Substring) -> Bool { mask?.contains(name) ?? true }
    func guarded(_ name: String, by guardian: String, _ value: Bool) -> (String, Cell) {
      (name, managed(guardian, value, isOpen: flag(element, guardian, else: true)))
    }
    let canBeSecured = Cell.boolean(!isKey && !unsecured.contains(column.name))
    return [
      ("IsValidForForm", .boolean(isShown("ValidForForm"))),
      ("IsValidForGrid", .boolean(isShown("ValidForGrid"))),
      ("IsRequiredForForm", .boolean(mask?.contains("RequiredForForm") ?? false)),
      guarded(
        "IsValidForAdvancedFind",
        by: "CanModifySearchSettings",
        isShown("ValidForAdvancedFind")
      ),
      guarded(
        "IsGlobalFilterEnabled",
        by: "CanModifyGlobalFilterSettings",
        flag(element, "IsGlobalFilterEnabled", else: false)
      ),
      guarded(
        "IsSortableEnabled",
        by: "CanModifyIsSortableSettings",
        flag(element, "IsSortableEnabled", else: false)
      ),
      guarded(
        "CanModifyAdditionalSettings",
        by: "CanModifyAdditionalSettings",
        flag(element, "CanModifyAdditionalSettings", else: true)
      ), ("IsFilterable", .boolean(flag(element, "IsFilterable", else: element == nil))),
      ("IsSearchable", .boolean(flag(element, "IsSearchable", else: false))),
      ("IsRetrievable", .boolean(flag(element, "IsRetrievable", else: element == nil))),
      ("IsDataSourceSecret", .boolean(flag(element, "IsDataSourceSecret", else: false))),
      ("IsValidODataAttribute", .boolean(true)), ("CanBeSecuredForCreate", canBeSecured),
      ("CanBeSecuredForRead", canBeSecured), ("CanBeSecuredForUpdate", canBeSecured),
      ("AutoNumberFormat", autoNumberFormat(column, element)),
      ("ExternalName", said(element, "ExternalName")), ("LinkedAttributeId", .null),
      ("InheritsFrom", .null), ("DeprecatedVersion", .null), ("CreatedOn", .null),
      ("ModifiedOn", .null),
    ]
  }

  /// Texts that nobody numbers say so.
  private static func autoNumberFormat(_ column: Column, _ element: XMLElement?) -> Cell {
    guard case .text = column.type else { return said(element, "AutoNumberFormat") }
    return Cell(element?.text(of: "AutoNumberFormat"))
  }

  /// What becomes of a row, and who did it, is never secured.
  private static let unsecured: Set<String> = [
    "createdby", "createdon", "createdonbehalfby", "modifiedby", "modifiedon",
    "modifiedonbehalfby", "overriddencreatedon", "ownerid", "owningbusinessunit", "owningteam",
    "owninguser", "statecode", "statuscode", "versionnumber", "importsequencenumber",
    "timezoneruleversionnumber", "utcconversiontimezonecode", "processid", "stageid",
  ]

  /// How a value is calculated; what is not has no formula, and a formula is not kept where it could be read.
  static func calculation(_ column: Column) -> [(String, Cell)] {
    column.isComputed
      ? [("FormulaDefinition", .null), ("SourceTypeMask", .null)]
      : [("FormulaDefinition", .text("")), ("SourceTypeMask", .integer(0))]
  }

  /// `auto` as `Auto`.
  static func imeMode(_ element: XMLElement?) -> (String, Cell) {
    let words = [
      "auto": "Auto", "inactive": "Inactive", "active": "Active", "disabled": "Disabled",
    ]
    let stated = element?.text(of: "ImeMode")?.lowercased() ?? ""
    return ("ImeMode", .text(words[stated] ?? "Auto"))
  }
}
