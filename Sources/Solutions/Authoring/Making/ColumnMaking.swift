extension ColumnWord {
  /// What every column can say of itself.
  static let common: [Field] = [
    .displayName, .description,
    .word(
      "required",
      ["RequiredLevel"],
      ["none": "none", "recommended": "recommended", "required": "required"],
      "whether people have to fill it in"
    ),
    .flag("auditing", ["IsAuditEnabled"], "whether changes are recorded"),
    .flag("secured", ["IsSecured"], "whether column security guards it"),
    .flag("globalFilter", ["IsGlobalFilterEnabled"], "whether dashboards filter by it"),
    .flag("sortable", ["IsSortableEnabled"], "whether dashboards sort by it"),
  ]

  /// A column as the platform makes it.
  ///
  /// - Parameters:
  ///   - column: its name as it is written.
  ///   - table: logical name.
  func column(
    _ column: String,
    of table: String,
    displayName: String? = nil,
    _ context: MakingContext
  ) -> Element {
    let name = column.lowercased()
    let label = displayName ?? column
    var element = Element.column(
      column,
      type: type,
      label: label,
      mask: mask,
      imeMode: imeMode,
      settings: settings.map { Element($0.name, text: $0.text) },
      context
    )
    if type == "bit" {
      element.children.insert(
        .localChoice("\(table)_\(name)", "bit", label, [(1, "Yes"), (0, "No")], context),
        at: element.children.firstIndex { $0.name == "displaynames" } ?? 0
      )
    }
    return element
  }
}

extension Element {
  /// What every custom column has.
  static func column(
    _ column: String,
    type: String,
    label: String,
    description: String = "",
    mask: String?,
    imeMode: String = "auto",
    changes: [String: String] = [:],
    settings: [Element],
    _ context: MakingContext
  ) -> Element {
    let facts = [
      ("ImeMode", imeMode), ("ValidForUpdateApi", "1"), ("ValidForReadApi", "1"),
      ("ValidForCreateApi", "1"), ("IsCustomField", "1"), ("IsAuditEnabled", "1"),
      ("IsLogical", nil), ("IsSecured", "0"), ("IntroducedVersion", "1.0.0.0"),
      ("IsCustomizable", "1"), ("IsRenameable", "1"), ("CanModifySearchSettings", "1"),
      ("CanModifyRequirementLevelSettings", "1"), ("CanModifyAdditionalSettings", "1"),
      ("SourceType", "0"), ("IsGlobalFilterEnabled", "0"), ("IsSortableEnabled", "0"),
      ("CanModifyGlobalFilterSettings", "1"), ("CanModifyIsSortableSettings", "1"),
      ("IsDataSourceSecret", "0"), ("AutoNumberFormat", ""), ("IsSearchable", "0"),
      ("IsFilterable", "0"), ("IsRetrievable", "0"), ("IsLocalizable", "0"),
    ]
    let head: [(String, String?)] = [
      ("Type", type), ("Name", column.lowercased()), ("LogicalName", column.lowercased()),
      ("RequiredLevel", "none"), ("DisplayMask", mask),
    ]
    let all = (head + facts).compactMap { name, text in
      (changes[name] ?? text).map { Element(name, text: $0) }
    }
    return Element(
      "attribute",
      [("PhysicalName", column)],
      children: all + settings + [
        .labels("displaynames", "displayname", label, context),
        .labels("Descriptions", "Description", description, context),
      ]
    )
  }

  static func labels(
    _ list: String,
    _ label: String,
    _ text: String,
    _ context: MakingContext
  ) -> Element {
    Element(
      list,
      children: [Element(label, [("description", text), ("languagecode", context.language)])]
    )
  }

  /// The options of a column's own choice.
  static func localChoice(
    _ name: String,
    _ type: String,
    _ label: String,
    _ options: [(value: Int, label: String)],
    _ context: MakingContext
  ) -> Element {
    Element(
      "optionset",
      [("Name", name)],
      children: [
        Element("OptionSetType", text: type), Element("IntroducedVersion", text: "1.0.0.0"),
        Element("IsCustomizable", text: "1"), Element("ExternalTypeName"),
        .labels("displaynames", "displayname", label, context),
        .labels("Descriptions", "Description", "", context),
        Element(
          "options",
          children: options.map { value, label in
            Element(
              "option",
              [("value", String(value)), ("ExternalValue", "")],
              children: [.labels("labels", "label", label, context)]
            )
          }
        ),
      ]
    )
  }

  /// A global choice as the platform makes it.
  static func globalChoice(_ name: String, _ label: String, _ context: MakingContext) -> Element {
    Element(
      "optionset",
      [("Name", name), ("localizedName", label)],
      children: [
        Element("OptionSetType", text: "picklist"), Element("IsGlobal", text: "1"),
        Element("IntroducedVersion", text: "1.0.0.0"), Element("IsCustomizable", text: "1"),
        Element("ExternalTypeName"), .labels("displaynames", "displayname", label, context),
        Element("options"),
      ]
    )
  }
}

extension Field {
  /// Options by value, or a list of labels whose values the publisher's numbers give.
  static let ownOptions = Field(
    name: "options",
    about: "the options: {VALUE: LABEL}, {VALUE: {label, color, state}} or a list of labels",
    tell: { element, context in
      guard let list = element.at(element.optionsPath)?.children, !list.isEmpty else { return nil }
      return Said(
        .pairs(
          list.compactMap { option in
            option.attribute("value").map { Said.Pair($0, Said(option: option, context)) }
          }
        )
      )
    },
    read: { said, context throws(Unsound) in [.options(try said.options(context))] }
  )
}

extension Field {
  /// Options go only where they are named.
  static let withoutOptions = Field(
    name: "withoutOptions",
    about: "values of options that are to be gone",
    tell: { _, _ in nil },
    read: { said, _ throws(Unsound) in [.withoutOptions(try said.values())] }
  )

  static let optionOrder = Field(
    name: "optionOrder",
    about: "values of options in the order in which they are shown; others follow",
    tell: { _, _ in nil },
    read: { said, _ throws(Unsound) in [.optionOrder(try said.values())] }
  )

  /// What is said of options.
  static let ofOptions = [ownOptions, withoutOptions, optionOrder]
}

extension Said {
  /// An option of a choice: its label, with what else is said of it.
  fileprivate init(option: Element, _ context: MakingContext) {
    let label = option.child("labels").flatMap { Said(labels: $0.children, context) }
    let others = [("color", "Color"), ("state", "state")].compactMap { word, attribute in
      option.attribute(attribute).map { Pair(word, Said(.text($0))) }
    }
    guard !others.isEmpty else {
      self = label ?? Said(.pairs([]))
      return
    }
    self.init(.pairs((label.map { [Pair("label", $0)] } ?? []) + others))
  }

  fileprivate func values() throws(Unsound) -> [Int] {
    try items().map { item throws(Unsound) in try item.whole(-1...2_147_483_647) }
  }

  fileprivate func options(_ context: MakingContext) throws(Unsound) -> [MadeOption] {
    guard case .list(let items) = content else {
      return try pairs().map { pair throws(Unsound) in
        guard let value = Int(pair.key), (0...2_147_483_647).contains(value) else {
          throw Unsound(
            line: pair.line,
            problem: "“\(pair.key)” is no value of an option: a whole number from 0 on is"
          )
        }
        return try pair.value.option(value, context)
      }
    }
    guard let prefix = context.optionPrefix else {
      throw unsound("options need values where the file does not say the publisher's prefix")
    }
    return try items.enumerated().map { number, item throws(Unsound) in
      try item.option(prefix * 10_000 + number, context)
    }
  }

  private func option(_ value: Int, _ context: MakingContext) throws(Unsound) -> MadeOption {
    guard case .pairs(let pairs) = content, !pairs.allSatisfy({ Int($0.key) != nil }) else {
      return MadeOption(value: value, labels: try labels(context), color: nil, state: nil)
    }
    var (labels, color, state): ([String: String], String?, Int?) = ([:], nil, nil)
    for pair in pairs {
      switch pair.key {
      case "label": labels = try pair.value.labels(context)
      case "color": color = try pair.value.text()
      case "state": state = try pair.value.whole(0...2_147_483_647)
      default:
        throw Unsound(
          line: pair.line,
          problem: "an option has label, color and state, and no “\(pair.key)”"
        )
      }
    }
    return MadeOption(value: value, labels: labels, color: color, state: state)
  }
}
