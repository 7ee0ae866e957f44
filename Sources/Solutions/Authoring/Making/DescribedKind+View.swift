extension DescribedKind {
  /// Views of a table: what rows they show, in which order, and what of them.
  static let view = DescribedKind(
    "views",
    title: "a view",
    step: 3,
    fields: [
      .labels("displayName", ["LocalizedNames"], "LocalizedName", "what people see of it"),
      .description,
      .word("type", ["querytype"], types, "where it is used"),
      .flag("default", ["isdefault"], "whether people see it first"),
    ],
    own: [
      ("columns", "its columns in their order: names, or {NAME: WIDTH}"),
      ("order", "columns that rows are sorted by: NAME, or NAME desc"),
      (
        "filter",
        "what holds of its rows: COLUMN = VALUE and so on; {any: [...]} where one is enough"
      ),
      ("file", "a file with FetchXML, in place of order and filter"),
      ("id", "its id, where the name does not give it"),
    ],
    id: { name, table in
      ComponentID(.savedQuery, GUID(from: "made", table?.id.key ?? "", "view \(name)"))
    },
    names: { part in
      let words = ["columns", "order", "filter"].compactMap { part.value($0) }
      return Set(words.flatMap(columns).map { .attribute(part.scope?.id.key ?? "", $0) })
    },
    content: { view in
      (view.element(at: ["fetchxml", "fetch"])?.source).map {
        (".xml", DescribedFiles.Content.bytes($0))
      }
    },
    tell: { telling, view in telling.words(ofView: view) },
    make: { making, part throws(Unsound) in try making.view(part) }
  )

  private static let types: KeyValuePairs = [
    "public": "0", "advancedFind": "1", "associated": "2", "quickFind": "4", "lookup": "64",
  ]

  /// What may be names of columns.
  private static func columns(_ said: Said) -> [String] {
    switch said.content {
    case .text(let text): text.split(separator: " ").prefix(1).map { $0.lowercased() }
    case .list(let items): items.flatMap(columns)
    case .pairs(let pairs): pairs.map { $0.key.lowercased() } + pairs.flatMap { columns($0.value) }
    }
  }
}

extension BlueprintMaking {
  fileprivate mutating func view(_ part: Blueprint.Part) throws(Unsound) {
    guard let table = part.scope?.id else { return }
    try requireTable(table, of: part)
    list(table)
    if !takeUp(part.id, at: part.line) {
      guard part.value("columns") != nil || part.value("file") != nil else {
        throw Unsound(line: part.line, problem: "the view \(part.name) needs columns, or a file")
      }
      let making = TableMaking(
        name: spelled(table),
        primary: Blueprint.Primary(name: primaryName(of: table), said: [], line: part.line),
        context: context
      )
      let label = Said.label("displayName", in: part.said, context) ?? part.name
      put(part.id, making.emptyView(part.id, label), in: table, at: part.line)
    }
    try say(part, .view)
    if let said = part.value("default"), try said.isYes() { standAlone(part.id, of: table) }
    try query(part, table)
    guard let said = part.value("columns") else { return }
    let columns = try said.columns()
    try requireColumns(columns.map { ($0.name, $0.line) }, of: table, at: said.line)
    guard !columns.isEmpty else { throw said.unsound("a view has one column at least") }
    let primary = primaryName(of: table)
    try change(part.id) { view throws(Unsound) in
      let former = view.at(["layoutxml", "grid", "row"])?.cellNames ?? []
      view.change(["layoutxml", "grid", "row"]) { $0.putCells(columns, primary: primary) }
      view.change(["fetchxml", "fetch", "entity"]) {
        $0.putAttributes(columns.map(\.name), leaving: former)
      }
    }
  }

  /// Which rows it shows, and in which order.
  private mutating func query(_ part: Blueprint.Part, _ table: ComponentID) throws(Unsound) {
    if let file = part.value("file") {
      for word in ["order", "filter"] where part.value(word) != nil {
        throw file.unsound("a view with a file of FetchXML has no “\(word)” beside it")
      }
      let fetch = try context.files.document(at: file, named: ["fetch"])
      guard fetch.child("entity")?.attribute("name")?.lowercased() == table.key else {
        throw file.unsound("the FetchXML of \(part.name) asks for no rows of \(table.key)")
      }
      try change(part.id) { view throws(Unsound) in
        view.change(["fetchxml"]) { if $0.children != [fetch] { $0.children = [fetch] } }
      }
    }
    if let said = part.value("order") {
      let order = try said.items().map { item throws(Unsound) in try item.order() }
      try requireColumns(order.map { ($0.name, $0.line) }, of: table, at: said.line)
      try change(part.id) { view throws(Unsound) in
        view.change(["fetchxml", "fetch", "entity"]) { entity in
          entity.put(order.map(\.element), inPlaceOf: { $0.name == "order" })
        }
      }
    }
    if let said = part.value("filter") {
      var names: [(String, Int)] = []
      let filter = try said.filter("and", naming: &names)
      try requireColumns(names, of: table, at: said.line)
      try requireNumbers(in: filter, of: table, at: said)
      try change(part.id) { view throws(Unsound) in
        view.change(["fetchxml", "fetch", "entity"]) { entity in
          entity.put(filter.children.isEmpty ? [] : [filter]) {
            $0.name == "filter" && $0.attribute("isquickfindfields") == nil
          }
        }
      }
    }
  }

  /// There is one default view of a type for each table.
  private mutating func standAlone(_ id: ComponentID, of table: ComponentID) {
    let type = element(id)?.child("querytype")?.text
    let known = Set(pieces.keys).union(state.standingComponents).filter {
      $0.type == .savedQuery && $0 != id
    }
    for other in known.sorted() {
      let parent = pieces[other]?.parent ?? state.standing(other)?.top.component.parent
      guard parent == table, let view = element(other), view.child("isdefault")?.text == "1",
        view.child("querytype")?.text == type, let line = pieces[id]?.line,
        takeUp(other, at: line)
      else { continue }
      say(.text(["isdefault"], "0"), of: other, at: line)
    }
  }

  func requireTable(_ table: ComponentID, of part: Blueprint.Part) throws(Unsound) {
    guard isThere(table) else {
      throw Unsound(
        line: part.line,
        problem: "there is no table \(part.scope?.name ?? table.key) for \(part.name)"
      )
    }
  }

  /// Names with a dot are those of tables that the query joins.
  func requireColumns(
    _ columns: [(name: String, line: Int)],
    of table: ComponentID,
    at line: Int
  ) throws(Unsound) {
    for (name, own) in columns where !name.contains(".") && name != "\(table.key)id" {
      guard isThere(.attribute(table.key, name)) else {
        throw Unsound(
          line: own > 0 ? own : line,
          problem: "there is no column \(table.key).\(name)"
        )
      }
    }
  }

  /// What compares with a choice or a number names a number.
  private func requireNumbers(
    in filter: Element,
    of table: ComponentID,
    at said: Said
  ) throws(Unsound) {
    let types: Set = [
      "picklist", "state", "status", "bit", "int", "bigint", "decimal", "float", "money",
    ]
    for child in filter.children {
      guard child.name == "condition" else {
        try requireNumbers(in: child, of: table, at: said)
        continue
      }
      guard let name = child.attribute("attribute"), !name.contains("."),
        let sign = child.attribute("operator"),
        ["eq", "ne", "gt", "ge", "lt", "le", "in", "not-in"].contains(sign)
      else { continue }
      let type = element(.attribute(table.key, name))?.child("Type")?.text
      guard name == "statecode" || name == "statuscode" || type.map(types.contains) == true
      else { continue }
      let values = [child.attribute("value")].compactMap(\.self) + child.children.map(\.text)
      if let wrong = values.first(where: { Double($0) == nil }) {
        throw said.unsound("\(table.key).\(name) compares with a number, and “\(wrong)” is none")
      }
    }
  }

  /// The column that names rows of a table; where that is not known, one that every table has.
  func primaryName(of table: ComponentID) -> String {
    knownPrimaryName(of: table) ?? "createdon"
  }

  /// nil where nobody has shown it.
  func knownPrimaryName(of table: ComponentID) -> String? {
    let columns = Set(pieces.keys).union(state.standingComponents).filter {
      $0.type == .attribute && $0.tableAndColumn?.table == table.key
    }
    let primary = columns.sorted().first { id in
      let mask = element(id)?.child("DisplayMask")?.text
      return mask?.split(separator: "|").contains("PrimaryName") ?? false
    }
    return primary?.tableAndColumn?.column ?? SystemBaseline.primaryName(of: table.key)
  }
}

extension TableMaking {
  /// A public view that shows nothing yet.
  fileprivate func emptyView(_ id: ComponentID, _ label: String) -> Element {
    var view = view(id: "{\(id.key)}", label, type: "0", isDefault: false)
    view.change(["CanBeDeleted"]) { $0.text = "1" }
    view.change(["layoutxml", "grid", "row"]) { $0.children = [] }
    view.change(["fetchxml", "fetch", "entity"]) { entity in
      entity.children = [Element("attribute", [("name", logicalName + "id")])]
    }
    return view
  }
}

// MARK: Documents

extension Element {
  /// The columns of a view; what others say of one that stays, stays.
  fileprivate mutating func putCells(_ columns: [Said.ViewColumn], primary: String) {
    let cells = columns.map { column -> Element in
      let former = children.first { $0.name == "cell" && $0.attribute("name") == column.name }
      var cell = former ?? Element("cell", [("name", column.name)])
      let made = former == nil ? Said.width(of: column.name, primary: primary) : nil
      if let width = column.width.map({ String($0) }) ?? made {
        cell.set("width", width, as: .bottom)
      }
      return cell
    }
    put(cells) { $0.name == "cell" }
  }

  /// The columns that a view shows.
  fileprivate var cellNames: Set<String> {
    Set(children.filter { $0.name == "cell" }.compactMap { $0.attribute("name") })
  }

  /// What a view asks for; what it asks for beside its columns stays.
  ///
  /// - Parameter former: the columns that it showed before.
  fileprivate mutating func putAttributes(_ columns: [String], leaving former: Set<String>) {
    let gone = former.subtracting(columns)
    children.removeAll { child in
      child.name == "attribute" && child.attribute("name").map(gone.contains) == true
    }
    let known = Set(children.filter { $0.name == "attribute" }.compactMap { $0.attribute("name") })
    let missing = columns.filter { !known.contains($0) && !$0.contains(".") }
    let at = children.lastIndex { $0.name == "attribute" }.map { $0 + 1 } ?? 0
    children.insert(contentsOf: missing.map { Element("attribute", [("name", $0)]) }, at: at)
  }

  /// Children in place of some, where those stood; behind attributes and order where none did.
  mutating func put(_ new: [Element], inPlaceOf isOld: (Element) -> Bool) {
    guard children.filter(isOld) != new else { return }
    let first = children.firstIndex(where: isOld)
    let behind = children.lastIndex { ["attribute", "order"].contains($0.name) }.map { $0 + 1 }
    let place = first ?? behind ?? children.endIndex
    let before = children[..<place].count { !isOld($0) }
    children.removeAll(where: isOld)
    children.insert(contentsOf: new, at: before)
  }
}
