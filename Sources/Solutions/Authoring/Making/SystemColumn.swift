/// A column that the platform gives every table.
struct SystemColumn: Sendable {
  /// As it is written.
  let name: String
  let type: String
  let label: String
  let description: String
  let mask: String?
  let imeMode: String
  /// What differs from what columns of people have.
  let changes: [String: String]
  let settings: [(name: String, text: String)]
  /// Whether only tables whose rows users own have it, or only those whose rows they do not own.
  let ownership: Bool?

  init(
    _ name: String,
    _ type: String,
    label: String,
    _ description: String,
    mask: String? = ColumnWord.standardMask,
    imeMode: String = "auto",
    _ changes: [String: String] = [:],
    settings: [(name: String, text: String)] = [],
    isUserOwned ownership: Bool? = nil
  ) {
    (self.name, self.type, self.label, self.description) = (name, type, label, description)
    (self.mask, self.imeMode, self.changes, self.settings) = (mask, imeMode, changes, settings)
    self.ownership = ownership
  }

  /// Whether a column of that name is the platform's, in whatever spelling.
  static func isOne(_ name: String) -> Bool { names.contains(name.lowercased()) }

  private static let names = Set((all + currency).map { $0.name.lowercased() })

  static let all: [SystemColumn] = [
    lookup("CreatedBy", "Created By", "Unique identifier of the user who created the record."),
    moment("CreatedOn", "Created On", "Date and time when the record was created."),
    lookup(
      "CreatedOnBehalfBy",
      "Created By (Delegate)",
      "Unique identifier of the delegate user who created the record."
    ),
    SystemColumn(
      "ImportSequenceNumber",
      "int",
      label: "Import Sequence Number",
      "Sequence number of the import that created this record.",
      mask: "ValidForAdvancedFind",
      imeMode: "disabled",
      ["ValidForCreateApi": "1", "IsAuditEnabled": "1"],
      settings: [("Format", ""), ("MinValue", "-2147483648"), ("MaxValue", "2147483647")]
    ),
    lookup("ModifiedBy", "Modified By", "Unique identifier of the user who modified the record."),
    moment("ModifiedOn", "Modified On", "Date and time when the record was modified."),
    lookup(
      "ModifiedOnBehalfBy",
      "Modified By (Delegate)",
      "Unique identifier of the delegate user who modified the record."
    ),
    SystemColumn(
      "OrganizationId",
      "lookup",
      label: "Organization Id",
      "Unique identifier for the organization",
      mask: nil,
      ["IsAuditEnabled": "1"],
      settings: [("LookupTypes", "")],
      isUserOwned: false
    ),
    SystemColumn(
      "OverriddenCreatedOn",
      "datetime",
      label: "Record Created On",
      "Date and time that the record was migrated.",
      mask: "ValidForAdvancedFind|ValidForGrid",
      imeMode: "inactive",
      ["ValidForCreateApi": "1", "IsAuditEnabled": "1"],
      settings: [("Format", "date"), ("CanChangeDateTimeBehavior", "0"), ("Behavior", "1")]
    ),
    SystemColumn(
      "OwnerId",
      "owner",
      label: "Owner",
      "Owner Id",
      mask: "\(ColumnWord.standardMask)|RequiredForForm",
      [
        "RequiredLevel": "systemrequired", "ValidForUpdateApi": "1", "ValidForCreateApi": "1",
        "IsAuditEnabled": "1", "IsFilterable": "1",
      ],
      settings: [("LookupStyle", "single")],
      isUserOwned: true
    ),
    lookup(
      "OwningBusinessUnit",
      "Owning Business Unit",
      "Unique identifier for the business unit that owns the record",
      ["IsFilterable": "1"],
      isUserOwned: true
    ),
    lookup(
      "OwningTeam",
      "Owning Team",
      "Unique identifier for the team that owns the record.",
      ["IsLogical": "1"],
      mask: nil,
      isUserOwned: true
    ),
    lookup(
      "OwningUser",
      "Owning User",
      "Unique identifier for the user that owns the record.",
      ["IsLogical": "1"],
      mask: nil,
      isUserOwned: true
    ),
    SystemColumn(
      "statecode",
      "state",
      label: "Status",
      "Status of the ",
      [
        "RequiredLevel": "systemrequired", "ValidForUpdateApi": "1", "IsAuditEnabled": "1",
        "IsFilterable": "1",
      ]
    ),
    SystemColumn(
      "statuscode",
      "status",
      label: "Status Reason",
      "Reason for the status of the ",
      ["ValidForUpdateApi": "1", "ValidForCreateApi": "1", "IsAuditEnabled": "1"]
    ),
    number("TimeZoneRuleVersionNumber", "Time Zone Rule Version Number", "For internal use only."),
    number(
      "UTCConversionTimeZoneCode",
      "UTC Conversion Time Zone Code",
      "Time zone code that was in use when the record was created."
    ),
  ]

  /// What a table with amounts has (LC-103 does not concern it).
  static let currency: [SystemColumn] = [
    lookup(
      "TransactionCurrencyId",
      "Currency",
      "Unique identifier of the currency associated with the entity.",
      ["ValidForUpdateApi": "1", "ValidForCreateApi": "1", "IsAuditEnabled": "1"]
    ),
    SystemColumn(
      "ExchangeRate",
      "decimal",
      label: "Exchange Rate",
      "Exchange rate for the currency associated with the entity with respect to the base currency.",
      imeMode: "disabled",
      ["IsAuditEnabled": "1"],
      settings: [("MinValue", "1E-10"), ("MaxValue", "100000000000"), ("Accuracy", "10")]
    ),
  ]

  private static func lookup(
    _ name: String,
    _ label: String,
    _ description: String,
    _ changes: [String: String] = [:],
    mask: String? = ColumnWord.standardMask,
    isUserOwned: Bool? = nil
  ) -> SystemColumn {
    SystemColumn(
      name,
      "lookup",
      label: label,
      description,
      mask: mask,
      changes,
      settings: [("LookupStyle", "single"), ("LookupTypes", "")],
      isUserOwned: isUserOwned
    )
  }

  private static func moment(
    _ name: String,
    _ label: String,
    _ description: String
  ) -> SystemColumn {
    SystemColumn(
      name,
      "datetime",
      label: label,
      description,
      imeMode: "inactive",
      ["IsFilterable": "1", "IsRetrievable": "1"],
      settings: [("Format", "datetime"), ("CanChangeDateTimeBehavior", "0"), ("Behavior", "1")]
    )
  }

  private static func number(
    _ name: String,
    _ label: String,
    _ description: String
  ) -> SystemColumn {
    SystemColumn(
      name,
      "int",
      label: label,
      description,
      mask: nil,
      ["ValidForUpdateApi": "1", "ValidForCreateApi": "1"],
      settings: [("Format", ""), ("MinValue", "-1"), ("MaxValue", "2147483647")]
    )
  }
}
