internal import XML

/// What is asked of a definition against what is there: changes that the platform refuses, or that people should know of.
extension Checks {
  /// C-3: the managed layer slides under the unmanaged definition, which becomes an active layer over it.
  static let conversion = Check<Statement>("conversion") { statement, context in
    guard statement.isChange, let stack = statement.stack, statement.solution.isManaged,
      !stack.isManaged
    else { return [] }
    let component = context.named(statement.component)
    return [
      statement.finding(
        statement.kind.hasActiveLayer
          ? ConvertedToManaged(component: component) : UnlayeredExists(component: component)
      )
    ]
  }

  // MARK: Columns

  /// A column's type is fixed, and the case of its name means nothing.
  static let columnType = Check<Statement>("type of a column") { statement, context in
    guard let old = statement.before?.element else { return [] }
    let (component, new) = (statement.component, statement.component.definition.element)
    if let oldType = old.text(of: "Type"), let newType = new.text(of: "Type"), oldType != newType {
      let isRemade = old.text(of: "IntroducedVersion") != new.text(of: "IntroducedVersion")
      let content = ColumnTypeChanged(
        column: context.named(component),
        before: oldType,
        after: newType,
        isRemade: isRemade
      )
      return [statement.finding(content)]
    }
    if let (before, after) = movedSource(old, new) {
      let content = ColumnTypeChanged(
        column: context.named(component),
        before: before,
        after: after,
        isRemade: old.text(of: "IntroducedVersion") != new.text(of: "IntroducedVersion")
      )
      return [statement.finding(content)]
    }
    guard let oldName = old.attribute("PhysicalName"),
      let newName = new.attribute("PhysicalName"), oldName != newName
    else { return [] }
    let column = NamedComponent(component, context.kinds)
    return [statement.finding(ColumnCasing(column: column, before: oldName, after: newName))]
  }

  /// Whether people write a column's values or the platform computes them is fixed like its type.
  private static func movedSource(_ old: XMLElement, _ new: XMLElement) -> (String, String)? {
    func source(_ column: XMLElement) -> String? {
      guard column.text(of: "Type") != nil else { return nil }
      let number = column.text(of: "SourceType").flatMap { $0.isEmpty ? nil : $0 } ?? "0"
      let names = ["0": "simple", "1": "calculated", "2": "rollup", "3": "formula"]
      return names[number] ?? "SourceType \(number)"
    }
    guard let before = source(old), let after = source(new), before != after else { return nil }
    return (before, after)
  }

  /// LY-907: a status reason that a state falls back to cannot go.
  static let statusReasons = Check<Statement>("status reasons") { statement, context in
    guard let before = statement.before, let old = Choices.list(of: before),
      old.name == "statuses", let new = Choices.list(of: statement.component.definition),
      let table = statement.component.parent
    else { return [] }
    let kept = Set(new.children.compactMap { $0.attribute("value") })
    let states = context.state.stacks[.attribute(table.key, "statecode")]?.top.definition
    let defaults = states.flatMap { Choices.list(of: $0) }.map { Array($0.children) } ?? []
    return old.children.compactMap { $0.attribute("value") }
      .filter { value in
        !kept.contains(value) && defaults.contains { $0.attribute("defaultstatus") == value }
      }
      .map { value in
        statement.finding(
          DefaultStatusDeleted(column: context.named(statement.component), value: value)
        )
      }
  }

  /// LY-907: the states of a table are those that it was made with, and a column of two options has these two.
  static let fixedOptions = Check<Statement>("fixed options") { statement, context in
    let definition = statement.component.definition
    let isState = Choices.list(of: definition)?.name == "states"
    guard isState || definition.element.text(of: "Type") == "bit" else { return [] }
    let column = context.named(statement.component)
    let change = statement.change
    let (before, after) = (values(change?.before), values(change?.after ?? definition))
    var found: [any FindingContent] = []
    if !isState {
      let others = after.filter { $0 != "0" && $0 != "1" && !before.contains($0) }
      found += others.map { BooleanOptionAdded(column: column, value: $0) }
    }
    guard !before.isEmpty, statement.stack?.isKnown == true else {
      return found.map { statement.finding($0) }
    }
    if isState {
      found += after.filter { !before.contains($0) }
        .map { StateOptionAdded(column: column, value: $0) }
    }
    found += before.filter { !after.contains($0) }
      .map { FixedOptionDeleted(column: column, value: $0, isState: isState) }
    return found.map { statement.finding($0) }
  }

  /// Of the options that a definition lists, in its order.
  private static func values(_ definition: Definition?) -> [String] {
    let list = definition.flatMap { Choices.list(of: $0) }
    return list?.children.compactMap { $0.attribute("value") } ?? []
  }

  /// The columns of a key are fixed (LY-450).
  static let keyColumns = Check<Statement>("columns of a key") { statement, context in
    guard let before = statement.before else { return [] }
    func columns(_ definition: Definition) -> Set<String> {
      Set(definition.element.descendants("AttributeName").map { $0.text.lowercased() })
    }
    let (old, new) = (columns(before), columns(statement.component.definition))
    guard old != new else { return [] }
    let key = context.named(statement.component)
    return [
      statement.finding(
        KeyColumnsChanged(key: key, before: old.sorted(), after: new.sorted())
      )
    ]
  }

  /// What a key is made of (LY-450).
  static let keyParts = Check<Statement>("parts of a key") { statement, context in
    guard let table = statement.component.parent?.key else { return [] }
    let key = context.named(statement.component)
    var seen: Set<String> = []
    return statement.component.definition.element.descendants("AttributeName").compactMap { name in
      let column = name.text.lowercased()
      guard seen.insert(column).inserted else {
        return statement.finding(KeyColumnUnfit(key: key, column: column, fault: .twice))
      }
      let known = context.state.stacks[.attribute(table, column)]?.top.definition.element
      if let type = known?.text(of: "Type"), noKeys.contains(type) {
        return statement.finding(KeyColumnUnfit(key: key, column: column, fault: .type(type)))
      }
      guard known?.text(of: "IsSecured") == "1" else { return nil }
      return statement.finding(KeyColumnUnfit(key: key, column: column, fault: .secured))
    }
  }

  /// Types of columns over which there is no key: it takes numbers without rounding, short texts, moments, lookups and choices.
  private static let noKeys: Set<String> = [
    "ntext", "file", "image", "multiselectpicklist", "bit", "float", "money",
  ]

  // MARK: Relationships and forms

  /// What a relationship connects is fixed (PF-950).
  static let redirection = Check<Statement>("ends of a relationship") { statement, context in
    guard let old = statement.before?.element else { return [] }
    let new = statement.component.definition.element
    let fixed = [
      "EntityRelationshipType", "ReferencingEntityName", "ReferencedEntityName",
      "ReferencingAttributeName", "FirstEntityName", "SecondEntityName", "IntersectEntityName",
    ]
    let moved = fixed.filter {
      old.text(of: $0)?.lowercased() != new.text(of: $0)?.lowercased()
    }
    guard !moved.isEmpty else { return [] }
    let content = RelationshipRedirected(
      relationship: context.named(statement.component),
      moved: moved.map {
        "\($0): \(old.text(of: $0) ?? "none") → \(new.text(of: $0) ?? "none")"
      }
    )
    return [statement.finding(content)]
  }

  /// LY-526: a full form from someone who does not own it cannot take anything away.
  static let wholeForm = Check<Statement>("whole form") { statement, context in
    guard statement.before != nil, let stack = statement.stack, statement.own == nil,
      statement.solution.isManaged, stack.base.rank.isManaged,
      stack.base.publisher != statement.solution.publisher,
      !statement.component.definition.isDifference
    else { return [] }
    let content = FullFormFromOther(
      form: NamedComponent(statement.component, context.kinds),
      solution: statement.solution.name,
      owner: stack.base.publisher
    )
    return [statement.finding(content)]
  }
}

extension Statement {
  /// What is in effect before and after it; nil where nobody has stated the component before.
  fileprivate var change: (before: Definition, after: Definition)? {
    guard let stack else { return nil }
    var after = stack
    after.put(
      Layer(
        solution: layer.solution,
        publisher: solution.publisher,
        rank: rank,
        component: component
      )
    )
    return (stack.effective(kind.merge).definition, after.effective(kind.merge).definition)
  }
}
