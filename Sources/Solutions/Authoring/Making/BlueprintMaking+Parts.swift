extension BlueprintMaking {
  mutating func table(
    _ part: Blueprint.Part,
    _ primary: Blueprint.Primary?,
    _ without: Set<String>
  ) throws(Unsound) {
    list(part.id)
    if !isThere(part.id) {
      try newTable(part, primary, without)
    } else {
      _ = takeUp(part.id, at: part.line)
      if let primary { try keepPrimaryName(of: part, primary) }
    }
    guard !part.said.isEmpty else { return }
    guard takeUp(part.id, at: part.line) else {
      return tell(UnknownDefinition(component: named(part.id)), at: part.line)
    }
    let former = label(of: part.id)
    try say(
      part.said,
      of: part.id,
      TableMaking.fields,
      own: BlueprintReader.wordsOfTables,
      "a table"
    )
    // The name is there in several spellings, which go along where it becomes another one.
    if let label = label(of: part.id), label != former {
      say(.attribute(["Name"], "LocalizedName", label), of: part.id, at: part.line)
    }
  }

  /// What a table is called in the language of the file.
  private func label(of table: ComponentID) -> String? {
    let labels = element(table)?.at(TableMaking.settings + ["LocalizedNames"])?.children
    return labels?.first { $0.attribute("languagecode") == context.language }?
      .attribute("description")
  }

  private mutating func newTable(
    _ part: Blueprint.Part,
    _ primary: Blueprint.Primary?,
    _ without: Set<String>
  ) throws(Unsound) {
    guard let primary else {
      throw Unsound(
        line: part.line,
        problem: "there is no table \(part.name), and one that is made needs its primaryName"
      )
    }
    requirePrefix(part.id, part.name, at: part.line)
    requirePrefix(part.id, primary.name, at: primary.line)
    let making = TableMaking(name: part.name, primary: primary, said: part.said, context: context)
    put(part.id, making.entity, at: part.line)
    put(
      .attribute(making.logicalName, primary.name.lowercased()),
      making.primaryColumn,
      in: part.id,
      at: primary.line
    )
    let kinds = Set(["columns", "relationships", "forms", "views"])
    let known = Set(making.parts.map(\.name)).union(kinds)
    if let unknown = without.subtracting(known).sorted().first {
      throw Unsound(
        line: part.line,
        problem:
          "a table comes with no “\(unknown)”; it comes with \(known.sorted().joined(separator: ", "))"
      )
    }
    for made in making.parts where !without.contains(made.name) && !without.contains(made.group) {
      put(made, in: part.id, at: part.line)
    }
  }

  // MARK: Columns

  mutating func column(_ part: Blueprint.Part, of table: String) throws(Unsound) {
    let whole = ComponentID.entity(table)
    guard isThere(whole) else {
      // Told with the table where the file has it.
      guard !blueprint.parts.contains(where: { $0.id == whole }) else { return }
      throw Unsound(
        line: part.line,
        problem: "there is no table \(table) for the column \(part.name)"
      )
    }
    list(whole)
    let said = Said.word("type", in: part.said)
    let word = said.flatMap { ColumnWord[$0] }
    if let said, word == nil {
      let words = ColumnWord.all.map(\.name).joined(separator: ", ")
      throw Unsound(
        line: part.said.first { $0.key == "type" }?.line ?? part.line,
        problem: "“\(said)” is no type of a column; there are \(words)"
      )
    }
    if !takeUp(part.id, at: part.line) {
      guard state.standing(part.id) == nil else {
        return tell(UnknownDefinition(component: named(part.id)), at: part.line)
      }
      guard let word else {
        let problem: Phrase =
          "there is no column \(part.name), and one that is made needs its type"
        throw Unsound(line: part.line, problem: problem)
      }
      try newColumn(part, of: table, word)
    } else if let word, element(part.id)?.child("Type")?.text != word.type {
      try requireOwnType(of: part)
      say(.text(["Type"], word.type), of: part.id, at: part.line)
    }
    let actual = word ?? element(part.id).flatMap { ColumnWord.word(of: $0) }
    let fields = ColumnWord.common + (actual?.fields ?? Field.ofOptions)
    if let choice = Said.word("choice", in: part.said), !isThere(.optionSet(choice)) {
      tell(
        NoSuchChoice(
          column: named(part.id, as: part.name),
          name: part.name.lowercased(),
          choice: choice
        ),
        at: part.line
      )
    }
    try keepChoice(of: part)
    try say(part.said, of: part.id, fields, own: ["type", "target"], "such a column")
    try requireFit(of: part, as: actual, in: table)
    if let targets = part.said.first(where: { $0.key == "target" }) {
      let lookups = ["lookup", "customer", "owner"]
      guard lookups.contains(element(part.id)?.child("Type")?.text ?? "") else {
        throw Unsound(line: targets.line, problem: "only a lookup has a target")
      }
      let all = try targets.value.items()
      for target in all { try relationship(of: part, in: table, to: target, among: all.count) }
    }
  }

  private mutating func newColumn(
    _ part: Blueprint.Part,
    of table: String,
    _ word: ColumnWord
  ) throws(Unsound) {
    requirePrefix(part.id, part.name, at: part.line)
    let label = Said.label("displayName", in: part.said, context)
    let whole = ComponentID.entity(table)
    var made = word.column(part.name, of: table, displayName: label, context)
    let isChoice = word.fields.contains { $0.name == "choice" }
    if isChoice, !part.said.contains(where: { $0.key == "choice" }) {
      let own = Element.localChoice(
        "\(table)_\(part.name.lowercased())",
        "picklist",
        label ?? part.name,
        [],
        context
      )
      let at = made.children.firstIndex { $0.name == "displaynames" } ?? made.children.endIndex
      made.children.insert(own, at: at)
    }
    if word.name == "lookup", try part.value("target")?.items().count ?? 0 > 1 {
      made.change(["LookupStyle"]) { $0.text = "polymorphic" }
      made.children.removeAll { $0.name == "LookupTypes" }
    }
    put(part.id, made, in: whole, at: part.line)
    let making = TableMaking(name: spelled(whole), primary: nil, context: context)
    switch word.name {
    case "money":
      put(making.baseAmount(of: part.name, made), in: whole, at: part.line)
      for extra in making.currencyParts { put(extra, in: whole, at: part.line) }
    case "image": put(making.imageConfiguration(of: part.name), in: whole, at: part.line)
    case "file":
      put(
        TableMaking.Part(relationship: making.attachment(of: part.name)),
        in: whole,
        at: part.line
      )
    case "lookup" where try part.value("target")?.items().isEmpty ?? true:
      throw Unsound(line: part.line, problem: "the lookup \(part.name) needs a target")
    case "customer" where !part.said.contains(where: { $0.key == "target" }):
      for target in ["account", "contact"] {
        try relationship(of: part, in: table, to: Said(.text(target), line: part.line), among: 2)
      }
    default: break
    }
  }

  /// A table as it is written.
  func spelled(_ table: ComponentID) -> String {
    element(table)?.child("Name")?.text ?? state.standing(table)?.top.component.name ?? table.key
  }

  // MARK: Relationships

  private mutating func relationship(
    of column: Blueprint.Part,
    in table: String,
    to said: Said,
    among targets: Int
  ) throws(Unsound) {
    var (target, name, others): (String?, String?, [Said.Pair]) = (nil, nil, [])
    switch said.content {
    case .text(let text): target = text
    default:
      for pair in try said.pairs() {
        switch pair.key {
        case "table": target = try pair.value.name()
        case "relationship": name = try pair.value.name()
        default: others.append(pair)
        }
      }
    }
    guard let target, !target.isEmpty else { throw said.unsound("a target is a table") }
    let referenced = ComponentID.entity(target.lowercased())
    guard isThere(referenced) else { throw said.unsound("there is no table \(target)") }
    let line = said.line == 0 ? column.line : said.line
    let id: ComponentID
    if let known = relationship(from: table, column.name, to: target) {
      id = known
      _ = takeUp(id, at: line)
    } else {
      try keepTarget(of: column, in: table, at: line)
      let made = name ?? relationshipName(from: table, column.name, to: target)
      id = ComponentID(.entityRelationship, made.lowercased())
      guard !isThere(id) else {
        throw said.unsound("there is a relationship \(made) already; say another by “relationship”")
      }
      requirePrefix(id, made, at: line)
      var making = RelationshipMaking(
        name: made,
        referencing: spelled(.entity(table)),
        column: column.name,
        referenced: spelled(referenced),
        context: context
      )
      if targets > 1 || refers(table, column.name) {
        making.navigation = "\(column.name)_\(referenced.key)"
      }
      put(id, making.lookup, in: .entity(table), at: line)
    }
    try say(
      others,
      of: id,
      RelationshipMaking.cascades,
      own: ["table", "relationship"],
      "a target"
    )
  }

  /// What a relationship is called where nobody says it.
  func relationshipName(from table: String, _ column: String, to target: String) -> String {
    let start = table.hasPrefix("\(prefix)_") || prefix.isEmpty ? "" : "\(prefix)_"
    return "\(start)\(table)_\(column.lowercased())_\(target.lowercased())"
  }

  /// The one that leads from a column to a table.
  private func relationship(from table: String, _ column: String, to target: String) -> ComponentID?
  { relationship { $0.leads(from: table, column) && $0.says("ReferencedEntityName", target) } }

  /// Whether a column leads somewhere already.
  private func refers(_ table: String, _ column: String) -> Bool {
    relationship { $0.leads(from: table, column) } != nil
  }

  private func relationship(where isIt: (Element) -> Bool) -> ComponentID? {
    let made = pieces.first { $0.key.type == .entityRelationship && isIt($0.value.element) }
    guard made == nil else { return made?.key }
    return state.standingComponents.filter { $0.type == .entityRelationship }.sorted().first {
      element($0).map(isIt) ?? false
    }
  }

  mutating func manyToMany(_ part: Blueprint.Part) throws(Unsound) {
    if !takeUp(part.id, at: part.line) {
      requirePrefix(part.id, part.name, at: part.line)
      let tables = part.said.first { $0.key == "tables" }
      let ends = try tables?.value.items().map { item throws(Unsound) in try item.name() } ?? []
      guard ends.count == 2 else {
        throw Unsound(
          line: tables?.line ?? part.line,
          problem: "the relationship \(part.name) needs two tables"
        )
      }
      for end in ends where !isThere(.entity(end.lowercased())) {
        throw Unsound(line: tables?.line ?? part.line, problem: "there is no table \(end)")
      }
      let intersect = Said.word("intersect", in: part.said) ?? part.name.lowercased()
      put(
        part.id,
        RelationshipMaking.manyToMany(
          part.name,
          spelled(.entity(ends[0].lowercased())),
          spelled(.entity(ends[1].lowercased())),
          intersect: intersect,
          context
        ),
        at: part.line
      )
    }
    try keepTables(of: part)
    try say(part.said, of: part.id, [], own: ["tables", "intersect"], "a relationship")
  }

  // MARK: Choices

  mutating func choice(_ part: Blueprint.Part) throws(Unsound) {
    if !takeUp(part.id, at: part.line) {
      requirePrefix(part.id, part.name, at: part.line)
      let label = Said.label("displayName", in: part.said, context) ?? part.name
      put(part.id, .globalChoice(part.name, label, context), at: part.line)
    }
    try say(part.said, of: part.id, [.displayName, .description] + Field.ofOptions, "a choice")
  }
}

extension Element {
  fileprivate func says(_ setting: String, _ text: String) -> Bool {
    child(setting)?.text.lowercased() == text.lowercased()
  }

  /// Whether it is a relationship of that column.
  func leads(from table: String, _ column: String) -> Bool {
    says("ReferencingEntityName", table) && says("ReferencingAttributeName", column)
  }

  static func key(_ name: String, _ label: String, _ context: MakingContext) -> Element {
    Element(
      "EntityKey",
      children: [
        Element("Name", text: name), Element("LogicalName", text: name.lowercased()),
        Element("IntroducedVersion", text: "1.0.0.0"), Element("IsCustomizable", text: "1"),
        Element("EntityKeyAttributes"),
        .labels("displaynames", "displayname", label, context),
      ]
    )
  }
}

extension TableMaking.Part {
  /// As `without` calls all of the kind.
  var group: String {
    let groups: [ComponentType: String] = [
      .attribute: "columns", .entityRelationship: "relationships", .systemForm: "forms",
    ]
    return groups[id.type] ?? "views"
  }
}

extension TableMaking {
  /// With which a file column refers to what it holds.
  fileprivate func attachment(of column: String) -> Element {
    RelationshipMaking(
      name: "FileAttachment_\(name)_\(column)",
      referencing: name,
      column: column,
      referenced: "FileAttachment",
      context: context
    ).attachment
  }
}
