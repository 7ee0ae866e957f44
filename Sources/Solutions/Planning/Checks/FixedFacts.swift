internal import XML

/// What is fixed when a component is created, and cannot change under the same name or id.
extension Checks {
  /// A table's kind, its ownership, and whether it is an activity; facts of creation like the type of a column.
  static let tableFacts = Check<Statement>("facts of a table") { statement, context in
    guard let before = statement.before else { return [] }
    let moved = Fact.ofTables.compactMap { fact -> String? in
      guard let old = fact.value(in: before),
        let new = fact.value(in: statement.component.definition),
        old.lowercased() != new.lowercased()
      else { return nil }
      return "\(fact.name): \(old) → \(new)"
    }
    guard !moved.isEmpty else { return [] }
    let table = context.named(statement.component)
    return [statement.finding(TableFactsChanged(table: table, moved: moved))]
  }

  /// The column that names a table's rows is chosen when the table is created, too.
  static let primaryName = Check<Statement>("primary name") { statement, context in
    let column = statement.component
    guard column.definition.isPrimaryName, let table = column.parent,
      context.stepStart.stacks[table]?.isKnown == true,
      context.stepStart.stacks[column.id]?.top.definition.isPrimaryName != true
    else { return [] }
    let former = context.stepStart.stacks.first { id, stack in
      id.tableAndColumn?.table == table.key && id.type == .attribute
        && stack.top.definition.isPrimaryName
    }
    guard let former else { return [] }
    let moved = "primary name: \(former.value.top.component.name) → \(column.name)"
    return [
      statement.finding(TableFactsChanged(table: context.named(table), moved: [moved]))
    ]
  }

  /// errors.md D: the id of a process is that of one process; another solution that states it says the same of it.
  static let processIdentity = Check<Statement>("identity of a process") { statement, context in
    guard statement.own == nil, let before = statement.before, let stack = statement.stack else {
      return []
    }
    let process = statement.component
    let moved = ["Category", "PrimaryEntity"].compactMap { name -> String? in
      guard let old = before.element.text(of: name),
        let new = process.definition.element.text(of: name),
        old.lowercased() != new.lowercased()
      else { return nil }
      return "\(name): \(old) → \(new)"
    }
    guard !moved.isEmpty else { return [] }
    let content = ProcessTaken(
      process: context.named(process),
      name: process.displayName ?? process.name,
      owner: stack.base.solution,
      moved: moved
    )
    return [statement.finding(content)]
  }

  /// A code component that a package brings first is named with its publisher's prefix (LC-103).
  static let controlPrefix = Check<Statement>("prefix of a code component") { statement, context in
    let control = statement.component
    guard statement.stack == nil, statement.base == nil,
      case .package(let prefix) = statement.source,
      let end = control.name.firstIndex(where: { "_.".contains($0) }),
      control.name[end] == "_", !prefix.isEmpty,
      control.name[..<end].lowercased() != prefix.lowercased()
    else { return [] }
    let content = ControlPrefix(
      control: context.named(control),
      prefix: String(control.name[..<end]),
      publisherPrefix: prefix
    )
    return [statement.finding(content)]
  }
}

private struct Fact {
  let name: String
  /// What a definition means that leaves it out; nil where that says nothing.
  let absent: String?

  static let ofTables = [
    Fact(name: "TableType", absent: "Standard"),
    Fact(name: "OwnershipTypeMask", absent: nil),
    Fact(name: "IsActivity", absent: "0"),
    Fact(name: "DataProviderId", absent: "none"),
  ]

  func value(in table: Definition) -> String? {
    // A mention states none of them.
    guard let settings = table.element.descend("EntityInfo", "entity"),
      settings.child("OwnershipTypeMask") != nil
    else { return nil }
    return settings.text(of: name).flatMap { $0.isEmpty ? nil : $0 } ?? absent
  }
}
