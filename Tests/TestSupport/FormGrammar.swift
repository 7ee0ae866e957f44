package import Solutions
internal import XML

/// Which element may stand in which (PF-442, PF-443, PF-613, PF-615), as far as merges touch it.
package enum FormGrammar {
  private static let parents: [String: Set<String>] = [
    "tabs": ["form"], "tab": ["tabs"], "columns": ["tab"], "column": ["columns"],
    "sections": ["column"], "section": ["sections"],
    "rows": ["section", "header", "footer", "tabheader", "tabfooter"],
    "row": ["rows"], "cell": ["row"], "control": ["cell"], "header": ["form"], "footer": ["form"],
    "formLibraries": ["form"], "Library": ["formLibraries"], "controlDescriptions": ["form"],
    "controlDescription": ["controlDescriptions"], "Navigation": ["form"], "NavBar": ["Navigation"],
    "NavBarAreas": ["Navigation"], "DisplayConditions": ["form"], "Area": ["SiteMap"],
    "Group": ["Area"], "SubArea": ["Group"], "AppModuleComponent": ["AppModuleComponents"],
  ]
  private static let single: Set<String> = [
    "tabs", "columns", "sections", "rows", "header", "footer", "formLibraries",
    "controlDescriptions",
    "labels", "Navigation", "DisplayConditions", "form", "AppModuleComponents", "Titles",
  ]

  package static func violations(of definition: Definition) -> [String] {
    var found: [String] = []
    for element in definition.element.descendants where !element.isText {
      let parent = element.parent?.name ?? ""
      if let allowed = parents[element.name], !allowed.contains(parent) {
        found.append("\(element.name) in \(parent)")
      }
      if element.attribute("solutionaction") != nil || element.attribute("ordinalvalue") != nil {
        found.append("\(element.name) says what to do")
      }
      let names = element.children.map(\.name).filter { single.contains($0) }
      if Set(names).count != names.count { found.append("two of a kind in \(element.name)") }
      for kind in ["tab", "section", "cell", "Area", "Group", "SubArea"] {
        let ids = element.children(kind).compactMap { $0.attribute("id") ?? $0.attribute("Id") }
        if Set(ids).count != ids.count { found.append("one id twice in \(element.name)") }
      }
    }
    return found
  }
}
