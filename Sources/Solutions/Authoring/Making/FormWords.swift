extension Telling {
  /// Tabs of a form as words say them; nil where it has more than they can say.
  func tabs(of form: DescribedSubject) -> [Said.Pair]? {
    let tabs = form.document.root.at(["form", "tabs"])?.children ?? []
    let said = tabs.map { tab -> Said.Pair? in
      guard let label = label(of: tab), let sections = sections(of: tab, label, form.parent) else {
        return nil
      }
      guard tab.attribute("showlabel") == "false" else { return Said.Pair(label, sections) }
      let words = [Said.Pair("sections", sections), Said.Pair("showLabel", text: "no")]
      return Said.Pair(label, Said(.pairs(words)))
    }
    return said.isEmpty ? nil : Said.apart(said)
  }

  /// By their labels; the fields alone of a single one that shows no label.
  private func sections(of tab: Element, _ label: String, _ table: ComponentID?) -> Said? {
    let columns = tab.child("columns")?.children ?? []
    guard columns.count == 1, let sections = columns[0].child("sections")?.children else {
      return nil
    }
    let said = sections.map { section -> Said.Pair? in
      guard let name = self.label(of: section), let fields = fields(of: section, table) else {
        return nil
      }
      let count = section.attribute("columns")?.count ?? 1
      let isShown = section.attribute("showlabel") != "false"
      guard count > 1 || !isShown else { return Said.Pair(name, fields) }
      let words =
        [Said.Pair("fields", fields)]
        + (count > 1 ? [Said.Pair("columns", text: String(count))] : [])
        + (isShown ? [] : [Said.Pair("showLabel", text: "no")])
      return Said.Pair(name, Said(.pairs(words)))
    }
    guard let all = Said.apart(said) else { return nil }
    let alone = all.count == 1 && all[0].key == label && sections[0].attribute("columns") == nil
    if alone, case .pairs(let words) = all[0].value.content, words.count == 2 {
      return words[0].value
    }
    return Said(.pairs(all))
  }

  private func fields(of section: Element, _ table: ComponentID?) -> Said? {
    guard let table else { return nil }
    var fields: [Said] = []
    for cell in section.child("rows")?.children ?? [] {
      guard let field = field(cell, of: table) else { return nil }
      fields.append(field)
    }
    return Said(.list(fields))
  }

  private func field(_ cell: Element, of table: ComponentID) -> Said? {
    guard let control = cell.child("control"), let name = control.attribute("datafieldname") else {
      return nil
    }
    let column = making.element(.attribute(table.key, name))
    let known = column?.child("displaynames").flatMap { label(in: $0.children) }
    var words: [Said.Pair] = []
    if let label = cell.child("labels").flatMap({ Said(labels: $0.children, making.context) }),
      known.map({ Said(.text($0)) }) != label
    {
      words.append(Said.Pair("label", label))
    }
    for (word, attribute) in [("showLabel", "showlabel"), ("visible", "visible")] {
      guard let value = cell.attribute(attribute) else { continue }
      words.append(Said.Pair(word, text: value == "true" ? "yes" : "no"))
    }
    if control.attribute("disabled") == "true" { words.append(Said.Pair("readOnly", text: "yes")) }
    return words.isEmpty ? Said(.text(name)) : Said(.pairs([Said.Pair(name, Said(.pairs(words)))]))
  }

  private func label(of element: Element) -> String? {
    element.child("labels").flatMap { label(in: $0.children) }
  }

  private func label(in labels: [Element]) -> String? {
    labels.first { $0.attribute("languagecode") == making.context.language }?
      .attribute("description")
  }
}
