/// What is decided when a component is made, and what has to fit together.
extension BlueprintMaking {
  /// A relationship connects the tables that it was made for.
  func keepTables(of part: Blueprint.Part) throws(Unsound) {
    guard let said = part.said.first(where: { $0.key == "tables" }),
      let relationship = element(part.id),
      let first = relationship.child("FirstEntityName")?.text, !first.isEmpty,
      let second = relationship.child("SecondEntityName")?.text
    else { return }
    let wanted = try said.value.items().map { item throws(Unsound) in
      try item.name().lowercased()
    }
    guard wanted.sorted() != [first.lowercased(), second.lowercased()].sorted() else { return }
    throw Unsound(
      line: said.line,
      problem: "the relationship \(part.name) connects \(first) and \(second), and goes on to do so"
    )
  }

  /// Rows of a table are named by the column that was made with it.
  func keepPrimaryName(of part: Blueprint.Part, _ primary: Blueprint.Primary) throws(Unsound) {
    guard let known = knownPrimaryName(of: part.id), known != primary.name.lowercased() else {
      return
    }
    throw Unsound(
      line: primary.line,
      problem: "rows of the table \(part.name) are named by \(known), and go on to be"
    )
  }

  /// A column has the options that it was made with, its own or those of a global choice: rows hold their numbers.
  func keepChoice(of part: Blueprint.Part) throws(Unsound) {
    guard let said = part.said.first(where: { $0.key == "choice" }),
      let choice = Said.word("choice", in: part.said), let column = element(part.id)
    else { return }
    let bound = column.child("OptionSetName")?.text ?? ""
    let hasOwn = column.child("optionset") != nil
    guard bound.lowercased() != choice.lowercased(), hasOwn || !bound.isEmpty else { return }
    throw Unsound(
      line: said.line,
      problem:
        "the column \(part.name) has \(hasOwn ? "options of its own" : "those of \(bound)" as Phrase), and keeps them; make another column and carry the values over"
    )
  }

  /// A lookup that was made for one table alone leads to no other: rows hold an id, and not whose it is.
  func keepTarget(of part: Blueprint.Part, in table: String, at line: Int) throws(Unsound) {
    guard let former = pieces[part.id]?.former, former.child("LookupStyle")?.text != "polymorphic"
    else { return }
    let targets = state.standingComponents.filter { $0.type == .entityRelationship }
      .compactMap { element($0) }.filter { $0.leads(from: table, part.name) }
      .compactMap { $0.child("ReferencedEntityName")?.text }
    guard targets.count == 1, let target = targets.first else { return }
    throw Unsound(
      line: line,
      problem:
        "the lookup \(part.name) was made for \(target) alone, and leads to no other table; make another column for both"
    )
  }

  /// What comes with a table is what it is.
  func requireOwnType(of part: Blueprint.Part) throws(Unsound) {
    guard let piece = pieces[part.id], piece.former == nil,
      let type = piece.element.child("Type")?.text
    else { return }
    throw Unsound(
      line: part.said.first { $0.key == "type" }?.line ?? part.line,
      problem:
        "the column \(part.name) comes with the table as \(type), and stays that; take another name"
    )
  }

  /// A setting by its path is one that the platform writes of tables or columns, or one that stands there.
  func requireKnown(_ property: Said.Pair, of id: ComponentID) throws(Unsound) {
    let steps = property.key.split(separator: "/").map { step in
      String(step.prefix { $0 != "[" && $0 != "@" })
    }
    guard let element = element(id), let first = steps.first, !first.isEmpty else { return }
    let isSetting = steps.starts(with: TableMaking.settings) && steps.count > 2
    let (name, parent) = isSetting ? (steps[2], element.at(TableMaking.settings)) : (first, element)
    // Of other kinds not all is known that the platform writes.
    guard let parent, ["attribute", "Entity", "entity"].contains(parent.name),
      !MakingOrder.knows(name, in: parent.name), parent.child(name) == nil,
      ElementOrder.rank(of: name, in: parent.name) == nil
    else { return }
    throw Unsound(
      line: property.line,
      problem: "the platform writes no “\(property.key)” of such a component"
    )
  }

  /// What is said of a column fits together.
  func requireFit(
    of part: Blueprint.Part,
    as word: ColumnWord?,
    in table: String
  ) throws(Unsound) {
    try requireOptions(of: part, in: table)
    try requireRange(of: part, as: word)
    try requireNumbering(of: part)
  }

  /// A number has a smallest and a largest value, within what the platform takes for its type.
  private func requireRange(of part: Blueprint.Part, as word: ColumnWord?) throws(Unsound) {
    guard let word, let column = element(part.id) else { return }
    func number(_ name: String) -> Double? {
      column.child(name).flatMap { Double($0.text) }
    }
    func limit(_ name: String) -> Double? {
      word.settings.first { $0.name == name }.flatMap { Double($0.text) }
    }
    for (key, name) in [("min", "MinValue"), ("max", "MaxValue")] {
      guard let said = part.said.first(where: { $0.key == key }),
        let value = number(name), let least = limit("MinValue"),
        let most = limit("MaxValue"), !(least...most).contains(value)
      else { continue }
      throw Unsound(
        line: said.line,
        problem: "\(key) of the column \(part.name) is beyond what \(word.name) takes"
      )
    }
    guard part.said.contains(where: { $0.key == "min" || $0.key == "max" }),
      let least = number("MinValue"), let most = number("MaxValue"), least > most
    else { return }
    throw Unsound(
      line: part.said.first { $0.key == "min" || $0.key == "max" }?.line ?? part.line,
      problem: "no value of the column \(part.name) is at least its min and at most its max"
    )
  }

  /// What stands in braces is made by the platform, and it makes three things.
  private func requireNumbering(of part: Blueprint.Part) throws(Unsound) {
    guard let said = part.said.first(where: { $0.key == "autoNumber" }),
      let format = element(part.id)?.child("AutoNumberFormat")?.text,
      let unknown = AutoNumber.unknown(in: format)
    else { return }
    throw Unsound(
      line: said.line,
      problem:
        "\(unknown) stands for nothing; there are {SEQNUM:5}, {RANDSTRING:4} and {DATETIMEUTC:yyyyMMdd}"
    )
  }

  /// What new rows have is an option of the column's own list, and each status belongs to a state of the table.
  private func requireOptions(of part: Blueprint.Part, in table: String) throws(Unsound) {
    guard let column = element(part.id) else { return }
    if let value = column.child("AppDefaultValue")?.text, value != "-1", !value.isEmpty,
      part.said.contains(where: { $0.key == "default" }),
      let options = column.at(["optionset", "options"])?.children,
      !options.contains(where: { $0.attribute("value") == value })
    {
      throw Unsound(line: part.line, problem: "\(value) is no option of the column \(part.name)")
    }
    guard let statuses = column.at(["optionset", "statuses"])?.children,
      let states = element(.attribute(table, "statecode"))?.at(["optionset", "states"])?.children
    else { return }
    let known = states.compactMap { $0.attribute("value") }
    for status in statuses {
      guard let state = status.attribute("state"), !known.contains(state) else { continue }
      throw Unsound(
        line: part.line,
        problem:
          "the state \(state) of the status \(status.attribute("value") ?? "") is none of the table’s: \(known.joined(separator: ", "))"
      )
    }
  }
}
