internal import XML

/// What is asked of components that only say how they differ: whether their base can be there, and whether their ids are
/// their own. Edits by hand are no such statements: the unmanaged layer keeps differences.
extension Checks {
  /// A difference makes no form (LY-504), and turns none managed (LY-533).
  static let formBase = Check<Statement>("base of a form") { statement, context in
    let (form, solution) = (statement.component, statement.solution)
    guard statement.source.isPackage, form.definition.isDifference else { return [] }
    if let stack = statement.stack {
      guard solution.isManaged, !stack.isManaged else { return [] }
      return [
        statement.finding(UnmanagedForm(form: context.named(form), solution: solution.name))
      ]
    }
    // Forms of the platform's own tables, and of tables that are not known here, may well be there.
    guard let table = form.parent, !SystemBaseline.contains(table),
      context.state.stacks[table]?.base.isAssumed == false, !context.options.assumesPresent
    else { return [] }
    let content = FullFormNeeded(
      form: NamedComponent(form, context.kinds),
      table: context.named(table),
      solution: solution.name,
      isStrict: context.options.isStrict
    )
    return [statement.finding(content)]
  }

  /// A site map leads somewhere, and an unmanaged export writes it whole (LY-606).
  static let siteMap = Check<Statement>("site map") { statement, context in
    guard statement.source != .hand else { return [] }
    let map = NamedComponent(statement.component, context.kinds)
    guard statement.component.definition.isDifference else {
      return statement.component.definition.element.descendants("Area").isEmpty
        ? [statement.finding(EmptySiteMap(map: map))] : []
    }
    guard statement.source.isPackage, !statement.solution.isManaged else { return [] }
    return [
      statement.finding(FullSiteMapNeeded(map: map, solution: statement.solution.name))
    ]
  }

  /// Ids of a ribbon's elements are its own, and short (LY-703).
  static let ribbonIDs = Check<Statement>("ids of a ribbon") { statement, context in
    guard statement.source != .hand else { return [] }
    let ribbon = NamedComponent(statement.component, context.kinds)
    var contents: [any FindingContent] = []
    var seen: Set<String> = []
    for id in statement.component.definition.ribbonIDs where !seen.insert(id).inserted {
      contents.append(RibbonIDTwice(ribbon: ribbon, id: id))
    }
    for id in seen.sorted() where id.utf8.count > 128 {
      contents.append(RibbonIDTooLong(ribbon: ribbon, id: id))
    }
    for layer in statement.stack?.layers ?? []
    where layer.publisher != statement.solution.publisher && layer.rank.isManaged {
      let both = Set(layer.definition.ribbonIDs).intersection(seen).sorted()
      guard !both.isEmpty else { continue }
      contents.append(
        RibbonIDShared(
          ribbon: ribbon,
          solution: layer.solution,
          publisher: layer.publisher,
          ids: both
        )
      )
    }
    return contents.map { statement.finding($0) }
  }
}

extension Definition {
  /// `Name id` of a ribbon's elements, in document order; hiding something is nobody's own.
  fileprivate var ribbonIDs: [String] {
    let names: Set<String> = [
      "CustomAction", "CommandDefinition", "TabDisplayRule", "DisplayRule", "EnableRule",
      "LocLabel",
    ]
    let lists: Set<String> = [
      "CustomActions", "CommandDefinitions", "TabDisplayRules", "DisplayRules", "EnableRules",
      "LocLabels",
    ]
    // A command names the rules that it uses by elements of the same names.
    let outer =
      Array(element.children) + (element.child("RuleDefinitions").map { Array($0.children) } ?? [])
    return outer.filter { lists.contains($0.name) }.flatMap { Array($0.children) }
      .filter { names.contains($0.name) }
      .compactMap { child in child.attribute("Id").map { "\(child.name) \($0)" } }
  }
}
