extension TableMaking {
  /// - Parameters:
  ///   - primary: what the file says of the column that names rows.
  ///   - said: what it says of the table.
  init(
    name: String,
    primary: Blueprint.Primary?,
    said: [Said.Pair] = [],
    context: MakingContext
  ) {
    let label = Said.label("displayName", in: said, context) ?? name
    self.init(
      name: name,
      isUserOwned: Said.word("ownership", in: said) != "organization",
      displayName: label,
      pluralName: Said.label("pluralName", in: said, context) ?? label + "s",
      primaryName: primary?.name ?? name + "_name",
      primaryLabel: primary.flatMap { Said.label("displayName", in: $0.said, context) } ?? "Name",
      context: context
    )
  }

  /// What comes with a table.
  struct Part: Sendable {
    let id: ComponentID
    /// As `without` calls it.
    let name: String
    let element: Element
    /// The tag around it, where that belongs to it.
    var wrapper: Element?
  }

  /// All but the table itself and the column that names rows.
  var parts: [Part] {
    let columns = systemColumns.map { column in
      Part(
        id: .attribute(logicalName, column.name),
        name: column.name,
        element: column.column
      )
    }
    return columns + systemRelationships.map { Part(relationship: $0) }
      + forms.map { form in
        Part(
          id: ComponentID(.systemForm, guid(in: form.element, "formid")),
          name: form.name,
          element: form.element,
          wrapper: Element("forms", [("type", form.type)])
        )
      }
      + views.map { view in
        Part(
          id: ComponentID(.savedQuery, guid(in: view.element, "savedqueryid")),
          name: view.name,
          element: view.element
        )
      }
  }

  /// As ids of components spell it.
  private func guid(in element: Element, _ name: String) -> String {
    (element.child(name)?.text ?? "").filter { $0 != "{" && $0 != "}" }
  }

  /// What a table with amounts has beside them.
  var currencyParts: [Part] {
    let relationship = RelationshipMaking(
      name: "TransactionCurrency_\(name)",
      referencing: name,
      column: "TransactionCurrencyId",
      referenced: "TransactionCurrency",
      description: SystemColumn.currency[0].description,
      context: context
    )
    return SystemColumn.currency.map { column in
      let name = column.name.lowercased()
      return Part(id: .attribute(logicalName, name), name: name, element: self.column(column))
    } + [Part(relationship: relationship.currency)]
  }

  /// The amount in the base currency beside an amount.
  func baseAmount(of column: String, _ amount: Element) -> Part {
    let label = amount.child("displaynames")?.children.first?.attribute("description") ?? column
    let settings = ["MinValue", "MaxValue", "Accuracy", "AccuracySource"].compactMap {
      amount.child($0)
    }
    let name = "\(column)_Base"
    let element = Element.column(
      name,
      type: "money",
      label: "\(label) (Base)",
      description: "Value of the \(label) in base currency.",
      mask: ColumnWord.standardMask,
      imeMode: "disabled",
      changes: ["ValidForUpdateApi": "0", "ValidForCreateApi": "0"],
      settings: settings + [Element("CalculationOf", text: column)],
      context
    )
    return Part(
      id: .attribute(logicalName, name.lowercased()),
      name: name.lowercased(),
      element: element
    )
  }

  /// How an image column stores its pictures.
  func imageConfiguration(of column: String) -> Part {
    let element = Element(
      "AttributeImageConfig",
      children: [
        Element("attributelogicalname", text: column.lowercased()),
        Element("parententitylogicalname", text: logicalName),
        Element("canstorefullimage", text: "1"),
      ]
    )
    let key = "\(logicalName) \(column.lowercased())"
    return Part(
      id: ComponentID(ComponentKind.attributeImageConfiguration.type, key),
      name: key,
      element: element
    )
  }
}

extension TableMaking.Part {
  init(relationship: Element) {
    let name = relationship.attribute("Name") ?? ""
    self.init(
      id: ComponentID(.entityRelationship, name.lowercased()),
      name: name.lowercased(),
      element: relationship
    )
  }
}

extension Said {
  /// What a file says of something in its own language; nil where it says nothing that can be meant.
  static func label(_ key: String, in said: [Pair], _ context: MakingContext) -> String? {
    guard let value = said.first(where: { $0.key == key })?.value else { return nil }
    switch value.content {
    case .text(let text): return text.isEmpty ? nil : text
    case .pairs(let pairs):
      guard
        case .text(let text)? = pairs.first(where: { $0.key == context.language })?.value.content
      else { return nil }
      return text
    case .list: return nil
    }
  }

  static func word(_ key: String, in said: [Pair]) -> String? {
    guard case .text(let text)? = said.first(where: { $0.key == key })?.value.content else {
      return nil
    }
    return text
  }
}
