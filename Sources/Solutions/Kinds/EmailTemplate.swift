internal import XML

extension ComponentType {
  package static let emailTemplate: ComponentType = 36
}

extension ComponentKind {
  /// An email template (PF-618): a part of the table that it is for, as other templates of that table are.
  package static let emailTemplate = ComponentKind(
    .emailTemplate,
    named: "EmailTemplate",
    title: "Email template",
    at: ["Templates/EmailTemplates/emailtemplate"],
    key: { element, _ in .guid(element.text(of: "templateid")) },
    rootKey: .guid,
    isRooted: { _ in true },
    parent: .entity { $0.tableOfTemplate },
    impacts: .interface,
    // Each has an id of its own: who brings it owns it, whoever owns the table.
    base: .marked(by: "templateid"),
    references: { component in
      var references = References()
      let element = component.definition.element
      references.entity(element.tableOfTemplate, via: "templatetypecode")
      for place in ["subject", "subjectpresentationxml", "body", "presentationxml"] {
        for slot in TemplateSlots(element.text(of: place) ?? "").columns {
          references.attribute(slot.table, slot.column, .untracked, via: place)
        }
      }
      return references
    }
  )
}

extension XMLElement {
  /// Tables of the platform may stand by their number, which names nobody.
  fileprivate var tableOfTemplate: String? {
    text(of: "templatetypecode").flatMap { $0.isEmpty || $0.allSatisfy(\.isNumber) ? nil : $0 }
  }
}

/// Columns whose values a template puts into its text: `{!account:name;}`, or `select="account/name"` where it stands as a
/// stylesheet.
struct TemplateSlots {
  private(set) var columns: [(table: String, column: String)] = []

  /// Of a path, in characters: logical names are shorter.
  private static let lengthMax = 300

  init(_ text: String) {
    for (start, ends, separator) in [("{!", ";}", ":"), ("select=\"", "\"", "/")]
      as [(String, String, Character)]
    {
      var rest = text[...]
      while let found = rest.firstRange(of: start) {
        rest = rest[found.upperBound...]
        add(rest.prefix(Self.lengthMax).prefix { !ends.contains($0) }, between: separator)
      }
    }
  }

  /// Only logical names: what people see stands there as well.
  private mutating func add(_ path: Substring, between separator: Character) {
    let names = path.split(separator: separator, omittingEmptySubsequences: false)
    guard names.count > 1 else { return }
    // What stands behind it says how its value is shown: `primarycontactid/@name`.
    let column = names[1].prefix { $0 != "/" }
    guard Self.isName(names[0]), Self.isName(column) else { return }
    columns.append((String(names[0]), String(column)))
  }

  private static func isName(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
      }
  }
}
