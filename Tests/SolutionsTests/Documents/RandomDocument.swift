import TestSupport
import Testing

@testable import Solutions

/// Documents of one kind over a vocabulary so small that two of them share much.
enum RandomDocument: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case form, siteMap, app, choice, ribbon

  var testDescription: String { rawValue }

  var merge: MergeBehavior {
    switch self {
    case .form: .form
    case .siteMap: .siteMap
    case .app: .app
    case .choice: .unionOfOptions
    case .ribbon: .ribbon
    }
  }

  /// Nothing but what differences say: what layers between have put in is not rescued.
  var lawful: FoldRules {
    var rules = merge.rules
    rules.hasConflictsTab = false
    rules.keepsOthers = false
    return rules
  }

  /// What a document of the kind is made of: for each element its children, each with the attribute that tells it.
  private var grammar: [String: [Part]] {
    switch self {
    case .form:
      [
        "systemform": [
          Part("FormPresentation", text: true), Part("LocalizedNames"), Part("form", 1),
        ],
        "LocalizedNames": [Part("LocalizedName", by: "languagecode", ["1031", "1033"])],
        "form": [
          Part("tabs", 1), Part("events"), Part("formLibraries"), Part("controlDescriptions"),
        ],
        "tabs": [Part("tab", by: "id", ["{T1}", "{T2}", "{T3}"])],
        "tab": [Part("labels"), Part("columns", 1)],
        "labels": [Part("label", by: "languagecode", ["1031", "1033"])],
        "columns": [Part("column", 1), Part("column")], "column": [Part("sections", 1)],
        "sections": [Part("section", by: "id", ["{S1}", "{S2}"])],
        "section": [Part("labels"), Part("rows", 1)],
        "events": [Part("event", by: "attribute", ["a", "b", "c"])],
        "event": [Part("Handlers", 1)],
        "Handlers": [Part("Handler", by: "handlerUniqueId", ["{H1}", "{H2}", "{H3}"])],
        "formLibraries": [Part("Library", by: "name", ["x.js", "y.js"])],
        "controlDescriptions": [Part("controlDescription", by: "forControl", ["{K1}", "{K2}"])],
        "controlDescription": [Part("customControl", by: "formFactor", ["0", "1", "2"])],
        "customControl": [Part("parameters")],
        "parameters": [Part("value", text: true), Part("more", text: true)],
      ]
    case .siteMap:
      [
        "AppModuleSiteMap": [Part("SiteMap", 1)],
        "SiteMap": [Part("Area", by: "Id", ["A1", "A2", "A3"])],
        "Area": [Part("Titles"), Part("Group", by: "Id", ["G1", "G2"])],
        "Titles": [Part("Title", by: "LCID", ["1031", "1033"])],
        "Group": [Part("SubArea", by: "Id", ["s1", "s2", "s3", "s4"])],
        "SubArea": [Part("Privilege", by: "Entity", ["account", "contact"])],
      ]
    case .app:
      [
        "AppModule": [
          Part("statecode", text: true), Part("AppModuleComponents", 1), Part("AppModuleRoleMaps"),
        ],
        "AppModuleComponents": [
          Part("AppModuleComponent", by: "schemaName", ["account", "contact", "a", "b", "c"])
        ],
        "AppModuleRoleMaps": [Part("Role", by: "id", ["{R1}", "{R2}"])],
      ]
    case .choice:
      [
        "optionset": [Part("OptionSetType", text: true), Part("displaynames"), Part("options", 1)],
        "displaynames": [Part("displayname", by: "languagecode", ["1031", "1033"])],
        "options": [Part("option", by: "value", ["1", "2", "3", "4"])],
        "option": [Part("labels")],
        "labels": [Part("label", by: "languagecode", ["1031", "1033"])],
      ]
    case .ribbon:
      [
        "RibbonDiffXml": [Part("CustomActions", 1), Part("RuleDefinitions", 1)],
        "CustomActions": [Part("CustomAction", by: "Id", ["c1", "c2", "c3"])],
        "CustomAction": [Part("CommandUIDefinition")],
        "CommandUIDefinition": [Part("Button", by: "Id", ["b1", "b2"])],
        "RuleDefinitions": [Part("DisplayRules")],
        "DisplayRules": [Part("DisplayRule", by: "Id", ["d1", "d2"])],
        "DisplayRule": [Part("EntityRule", by: "AppliesTo", ["Form", "Grid"])],
      ]
    }
  }

  private struct Part {
    let name: String
    let attribute: String?
    let values: [String]
    let isText: Bool
    let isAlways: Bool

    init(_ name: String, _ least: Int = 0, text: Bool = false) {
      (self.name, attribute, values, isText, isAlways) = (name, nil, [], text, least > 0)
    }

    init(_ name: String, by attribute: String, _ values: [String]) {
      (self.name, self.attribute, self.values, isText, isAlways) = (
        name, attribute, values, false, true
      )
    }
  }

  private var root: String {
    switch self {
    case .form: "systemform"
    case .siteMap: "AppModuleSiteMap"
    case .app: "AppModule"
    case .choice: "optionset"
    case .ribbon: "RibbonDiffXml"
    }
  }

  /// A document as it is read.
  ///
  /// - Parameter keepsAttributes: whether elements of one identity have the same attributes everywhere, as no
  ///   difference document can take one away (PF-804).
  func make(_ random: inout SeededGenerator, keepsAttributes: Bool = false) throws -> Document {
    let element = element(root, nil, &random, keepsAttributes)
    return Document(try Definition(Document(root: element), parts: []))
  }

  private func element(
    _ name: String,
    _ identity: (name: String, value: String)?,
    _ random: inout SeededGenerator,
    _ keepsAttributes: Bool
  ) -> Element {
    var attributes = identity.map { [$0] } ?? []
    if identity != nil {
      for attribute in ["u", "v"] where keepsAttributes || Bool.random(using: &random) {
        attributes.append((attribute, String(Int.random(in: 0...2, using: &random))))
      }
    }
    if name == "rows" { return rows(&random, keepsAttributes) }
    var children: [Element] = []
    for part in grammar[name] ?? [] {
      if part.values.isEmpty {
        guard part.isAlways || Bool.random(using: &random) else { continue }
        if part.isText {
          let text = ["", "x", "y & <z>"].randomElement(using: &random) ?? ""
          children.append(Element(part.name, text: text))
        } else {
          children.append(element(part.name, nil, &random, keepsAttributes))
        }
        continue
      }
      for value in part.values.shuffled(using: &random)
      where Int.random(in: 0..<3, using: &random) > 0 {
        let identity = (part.attribute ?? "id", value)
        children.append(element(part.name, identity, &random, keepsAttributes))
      }
    }
    return Element(name, attributes, children: children)
  }

  private func rows(_ random: inout SeededGenerator, _ keepsAttributes: Bool) -> Element {
    var rows: [Element] = []
    for cell in ["{C1}", "{C2}", "{C3}", "{C4}"].shuffled(using: &random)
    where Bool.random(using: &random) {
      let control = Element(
        "control",
        [("id", cell), ("u", String(Int.random(in: 0...1, using: &random)))]
      )
      let cell = element("cell", ("id", cell), &random, keepsAttributes)
      let whole = Element(
        "cell",
        cell.attributes.map { ($0.name, $0.value) },
        children: [control]
      )
      if rows.isEmpty || Bool.random(using: &random) { rows.append(Element("row")) }
      rows[rows.count - 1] = Element("row", children: rows[rows.count - 1].children + [whole])
    }
    return Element("rows", children: rows)
  }
}
