internal import XML

extension DescribedKind {
  /// Forms of a table, in words or from a file.
  static let form = DescribedKind(
    "forms",
    title: "a form",
    step: 3,
    fields: [
      .labels("displayName", ["LocalizedNames"], "LocalizedName", "what people see of it"),
      .description, .flag("active", ["FormActivationState"], "whether it can be chosen"),
    ],
    own: [
      ("type", "what it is: main, quick, quickCreate, card; main where that is not said"),
      ("tabs", "its tabs by their labels, each with sections, or a list of fields"),
      ("file", "a file with the XML of the form, in place of tabs"),
      ("id", "its id, where the name does not give it"),
    ],
    id: { name, table in
      ComponentID(.systemForm, GUID(from: "made", table?.id.key ?? "", "form \(name)"))
    },
    names: { part in
      let texts = part.value("tabs").map(texts) ?? []
      return Set(texts.map { .attribute(part.scope?.id.key ?? "", $0.lowercased()) })
    },
    content: { form in
      (form.element(at: ["form"])?.source).map { (".xml", DescribedFiles.Content.bytes($0)) }
    },
    tell: { telling, form in
      let type = form.document.wrapper?.attribute("type") ?? ""
      guard formTypes.contains(type) else { return [] }
      let known = formTypes.contains(form.name) ? form.name : "main"
      let head = form.isNew && type != known ? [Said.Pair("type", text: type)] : []
      let tabs = telling.tabs(of: form).map { [Said.Pair("tabs", Said(.pairs($0)))] }
      return [tabs, telling.file(of: form)].compactMap { $0.map { head + $0 } }
    },
    make: { making, part throws(Unsound) in try making.form(part) }
  )

  fileprivate static let formTypes = ["main", "quick", "quickCreate", "card"]

  private static func texts(_ said: Said) -> [String] {
    switch said.content {
    case .text(let text): [text]
    case .list(let items): items.flatMap(texts)
    case .pairs(let pairs): pairs.flatMap { [$0.key] + texts($0.value) }
    }
  }
}

extension BlueprintMaking {
  fileprivate mutating func form(_ part: Blueprint.Part) throws(Unsound) {
    guard let table = part.scope?.id else { return }
    try requireTable(table, of: part)
    list(table)
    let said = try part.value("type")?.word(DescribedKind.formTypes)
    if !takeUp(part.id, at: part.line) {
      guard part.value("tabs") != nil || part.value("file") != nil else {
        throw Unsound(line: part.line, problem: "the form \(part.name) needs tabs, or a file")
      }
      let known = DescribedKind.formTypes.contains(part.name) ? part.name : "main"
      let label = Said.label("displayName", in: part.said, context) ?? part.name
      put(
        part.id,
        .form(part.id, label, context),
        wrapper: Element("forms", [("type", said ?? known)]),
        in: table,
        at: part.line
      )
    } else if let said, let type = pieces[part.id]?.wrapper?.attribute("type"), type != said {
      throw Unsound(
        line: part.value("type")?.line ?? part.line,
        problem: "the form \(part.name) is a \(type) form, and stays one"
      )
    }
    try say(part, .form)
    if let file = part.value("file") {
      guard part.value("tabs") == nil else {
        throw file.unsound("the form \(part.name) has tabs or a file, and not both")
      }
      let form = try context.files.document(at: file, named: ["form", "systemform", "forms"])
      guard let form = form.form else { throw file.unsound("it holds no form") }
      say(.element([], form), of: part.id, at: file.line)
    }
    guard let tabs = part.value("tabs") else { return settle(part.id) }
    let made = try self.tabs(tabs, FormPlace(part: part, table: table))
    try change(part.id) { form throws(Unsound) in
      form.change(["form"]) { form in form.put([made]) { $0.name == "tabs" } }
    }
    settle(part.id)
  }

  // MARK: Tabs, sections, fields

  private func tabs(_ said: Said, _ place: FormPlace) throws(Unsound) -> Element {
    var tabs: [Element] = []
    for tab in try said.pairs() {
      let place = place.below("tab \(tab.key)")
      var (sections, shows): (Said, Bool) = (tab.value, true)
      if case .pairs(let words) = tab.value.content {
        for word in words {
          switch word.key {
          case "sections": sections = word.value
          case "showLabel": shows = try word.value.isYes()
          default: throw .unknown(word, among: ["sections", "showLabel"], of: "a tab")
          }
        }
      }
      tabs.append(
        try self.tab(tab.key, try self.sections(sections, of: tab.key, place), shows, place)
      )
    }
    guard !tabs.isEmpty else { throw said.unsound("a form has one tab at least") }
    return Element("tabs", children: tabs)
  }

  private func tab(
    _ label: String,
    _ sections: [Element],
    _ shows: Bool,
    _ place: FormPlace
  ) throws(Unsound) -> Element {
    let column = Element(
      "column",
      [("width", "100%")],
      children: [Element("sections", children: sections)]
    )
    let hidden = shows ? [] : [("showlabel", "false")]
    return Element(
      "tab",
      [("verticallayout", "true"), ("id", place.id), ("IsUserDefined", "1")] + hidden,
      children: [
        .labels("labels", "label", label, context), Element("columns", children: [column]),
      ]
    )
  }

  /// Sections by their labels, or the fields of a single one.
  private func sections(
    _ said: Said,
    of tab: String,
    _ place: FormPlace
  ) throws(Unsound) -> [Element] {
    guard case .pairs(let pairs) = said.content else {
      return [try section(tab, said, columns: 1, shows: false, place.below("section"))]
    }
    return try pairs.map { pair throws(Unsound) in
      var (fields, columns, shows): (Said, Int, Bool) = (pair.value, 1, true)
      if case .pairs(let words) = pair.value.content {
        fields = Said(.list([]), line: pair.line)
        for word in words {
          switch word.key {
          case "fields": fields = word.value
          case "columns": columns = try word.value.whole(1...4)
          case "showLabel": shows = try word.value.isYes()
          default: throw .unknown(word, among: ["fields", "columns", "showLabel"], of: "a section")
          }
        }
      }
      let place = place.below("section \(pair.key)")
      return try section(pair.key, fields, columns: columns, shows: shows, place)
    }
  }

  private func section(
    _ label: String,
    _ fields: Said,
    columns: Int,
    shows: Bool,
    _ place: FormPlace
  ) throws(Unsound) -> Element {
    let cells = try fields.fields().map { field throws(Unsound) in try cell(field, place) }
    let rows = stride(from: 0, to: cells.count, by: columns).map { start in
      Element("row", children: Array(cells[start..<min(start + columns, cells.count)]))
    }
    let width = columns > 1 ? [("columns", String(repeating: "1", count: columns))] : []
    return Element(
      "section",
      [("showlabel", shows ? "true" : "false"), ("showbar", "false")] + width
        + [("IsUserDefined", "0"), ("id", place.id)],
      children: [.labels("labels", "label", label, context), Element("rows", children: rows)]
    )
  }

  private func cell(_ field: Said.Pair, _ place: FormPlace) throws(Unsound) -> Element {
    let column = field.key.lowercased()
    let id = ComponentID.attribute(place.table.key, column)
    try requireColumns([(column, field.line)], of: place.table, at: field.line)
    let known = element(id)
    var labels = Element.labels("labels", "label", known.flatMap(label) ?? field.key, context)
    var attributes = [("id", place.below("cell \(column)").id)]
    var isReadOnly = false
    for word in try field.value.pairs() {
      switch word.key {
      case "label":
        labels = Element("labels")
        try labels.label("label", word.value.labels(context))
      case "showLabel": attributes.append(("showlabel", try word.value.isYes() ? "true" : "false"))
      case "visible": attributes.append(("visible", try word.value.isYes() ? "true" : "false"))
      case "readOnly": isReadOnly = try word.value.isYes()
      default:
        throw .unknown(word, among: ["label", "showLabel", "visible", "readOnly"], of: "a field")
      }
    }
    let control = Element(
      "control",
      [
        ("id", column), ("classid", FormClass.of(known)), ("datafieldname", column),
        ("disabled", isReadOnly ? "true" : "false"),
      ]
    )
    return Element("cell", attributes, children: [labels, control])
  }

  private func label(of column: Element) -> String? {
    column.child("displaynames")?.children.first {
      $0.attribute("languagecode") == context.language
    }?.attribute("description")
  }
}

/// Where in a form something stands, by which it has its id.
private struct FormPlace {
  let part: Blueprint.Part
  let table: ComponentID
  var path: [String] = []

  init(part: Blueprint.Part, table: ComponentID) { (self.part, self.table) = (part, table) }

  func below(_ step: String) -> FormPlace {
    var place = self
    place.path.append(step)
    return place
  }

  var id: String { "{\(GUID(from: "made", part.id.key, path.joined(separator: "\n")))}" }
}

/// With which control a form shows a column.
private enum FormClass {
  static func of(_ column: Element?) -> String {
    guard let type = column?.child("Type")?.text else { return text }
    switch (type, column?.child("Format")?.text) {
    case ("nvarchar", "textarea"), ("ntext", _): return "{E0DECE4B-6FC8-4A8F-A065-082708572369}"
    case ("nvarchar", "url"), ("nvarchar", "email"): return "{71716B6C-711E-476C-8AB8-5D11542BFB47}"
    default: return types[type] ?? text
    }
  }

  private static let text = "{4273EDBD-AC1D-40D3-9FB2-095C621B552D}"

  private static let types = [
    "bit": "{67FAC785-CD58-4F9F-ABB3-4B7DDC6ED5ED}",
    "datetime": "{5B773807-9FB2-42DB-97C3-7A91EFF8ADFF}",
    "decimal": "{C3EFE0C3-0EC6-42BE-8349-CBD9079DFD8E}",
    "float": "{0D2C745A-E5A8-4C8F-BA63-C6D3BB604660}",
    "int": "{C6D124CA-7EDA-4A60-AEA9-7FB8D318B68F}",
    "lookup": "{270BD3DB-D9AF-4782-9025-509E298DEC0A}",
    "owner": "{270BD3DB-D9AF-4782-9025-509E298DEC0A}",
    "customer": "{270BD3DB-D9AF-4782-9025-509E298DEC0A}",
    "money": "{533B9E00-756B-4312-95A0-DC888637AC78}",
    "multiselectpicklist": "{4AA28AB7-9C13-4F57-A73D-AD894D048B5F}",
    "picklist": "{3EF39988-22BB-4F0B-BBBE-64B5A3748AEE}",
    "state": "{3EF39988-22BB-4F0B-BBBE-64B5A3748AEE}",
    "status": "{5D68B988-0661-4DB2-BC3E-17598AD3BE6C}",
    "image": "{7E548B0D-209C-477B-9DCD-F0F44472381D}",
    "file": "{0A7FF475-B016-4687-9CE5-042BFDBD6519}",
  ]
}

extension Said {
  /// Names, or names with words.
  fileprivate func fields() throws(Unsound) -> [Pair] {
    if case .pairs(let pairs) = content { return pairs }
    var found: [Pair] = []
    for item in try items() {
      if case .pairs(let pairs) = item.content {
        found += pairs
      } else {
        found.append(Pair(try item.name(), line: item.line, Said(.text(""), line: item.line)))
      }
    }
    return found
  }
}

extension Element {
  fileprivate static func form(
    _ id: ComponentID,
    _ label: String,
    _ context: MakingContext
  ) -> Element {
    let head = [
      ("formid", "{\(id.key)}"), ("IntroducedVersion", "1.0.0.0"), ("FormPresentation", "1"),
      ("FormActivationState", "1"),
    ]
    return Element(
      "systemform",
      children: head.map { Element($0, text: $1) } + [
        Element("form"), Element("IsCustomizable", text: "1"), Element("CanBeDeleted", text: "1"),
        .labels("LocalizedNames", "LocalizedName", label, context),
      ]
    )
  }

  /// The form in a document that may have more around it.
  fileprivate var form: Element? {
    if name == "form" { return self }
    return child("form") ?? child("systemform")?.child("form")
  }
}

extension DescribedFiles {
  /// A document of XML with one of some roots, stated whole.
  func document(at said: Said, named names: [String]) throws(Unsound) -> Element {
    let bytes = try bytes(at: said)
    let tree: XMLTree
    do throws(XMLError) {
      tree = try XMLTree(bytes)
    } catch {
      throw said.unsound("\(try said.name()), line \(error.line): \(error.message)")
    }
    let element = Element(XMLFragment(tree.root))
    guard names.contains(element.name) else {
      throw said.unsound(
        "\(try said.name()) begins with \(element.name), and not with \(names.joined(separator: " or "))"
      )
    }
    guard !element.hasMarks else {
      throw said.unsound("\(try said.name()) says a difference; it is to be stated whole")
    }
    return element
  }
}
