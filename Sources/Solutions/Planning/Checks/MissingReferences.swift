internal import XML

/// A package of which all is put, and what checks of it share.
struct WrittenPackage: Sendable {
  let package: SolutionPackage
  /// Components that it has changed.
  let touched: Set<ComponentID>
  /// Whether there may be unmanaged components.
  let mayMeetUnmanaged: Bool
  fileprivate let presence: Presence
  /// What it has changed and says itself.
  fileprivate let stated: [Component]

  init(
    _ package: SolutionPackage,
    touched: Set<ComponentID>,
    mayMeetUnmanaged: Bool,
    _ context: PlanContext
  ) {
    self.package = package
    self.touched = touched
    self.mayMeetUnmanaged = mayMeetUnmanaged
    let presence = Presence(of: package, in: context.state, kinds: context.kinds)
    self.presence = presence
    stated = package.components.filter { touched.contains($0.id) && !presence.isElsewhere($0) }
  }
}

extension Checks {
  /// DP-307: what a package writes may not name what is nowhere.
  ///
  /// Only what is known whole can tell: columns of tables that somebody has shown, and names with the publisher's own
  /// prefix, which cannot be the platform's. What the package itself lists as needed is told by DP-304.
  /// A warning: genuine packages do so in places that do no harm (docs/decisions/006).
  static let names = Check<WrittenPackage>("names of a package") { written, context in
    written.stated.compactMap { component in
      let references = context.kinds[component.id.type].references(component)
      let columns = context.missing(references, of: component, written.presence)
      let others = written.presence.missing(references, of: component, context.kinds)
      guard !columns.isEmpty || !others.isEmpty else { return nil }
      let content = NamesMissing(
        component: context.named(component.id),
        missing: (columns + others).sorted(),
        areColumns: others.isEmpty
      )
      return Finding(content, at: context.location(of: component.id))
    }
  }

  /// PF-601: a role cannot be given privileges of a table that is nowhere.
  static let privileges = Check<WrittenPackage>("privileges of roles") { written, context in
    guard !context.options.assumesPresent else { return [] }
    return written.stated.filter { $0.id.type == ComponentKind.role.type }.compactMap { role in
      let tables = context.kinds[role.id.type].references(role).map(\.target).filter {
        !SystemBaseline.mayHold($0) && written.presence.isMissing($0)
      }
      guard !tables.isEmpty else { return nil }
      let content = RolePrivileges(
        role: context.named(role),
        tables: tables.map { "\(context.kinds[$0.type].name) \($0.key)" }.sorted(),
        isStrict: context.options.isStrict
      )
      return Finding(content, at: role.location)
    }
  }

  /// PF-709: a current value is one of a variable.
  static let variables = Check<WrittenPackage>("variables of values") { written, context in
    guard !context.options.assumesPresent else { return [] }
    return written.package.components.compactMap { value in
      guard value.id.type == ComponentKind.environmentVariableValue.type,
        let variable = value.parent, written.presence.isMissing(variable)
      else { return nil }
      let content = ValueWithoutVariable(
        value: context.named(value),
        name: value.name,
        isStrict: context.options.isStrict
      )
      return Finding(content, at: value.location)
    }
  }

  /// PF-604: an active process flow keeps its instances in a table of its own.
  static let processFlows = Check<WrittenPackage>("tables of process flows") { written, context in
    guard !context.options.assumesPresent else { return [] }
    let presence = written.presence
    return written.stated.filter { $0.id.type == ComponentKind.workflow.type }.compactMap { flow in
      let element = flow.definition.element
      guard element.text(of: "Category") == "4", element.text(of: "StateCode") == "1",
        let name = element.text(of: "UniqueName"), presence.isOwn(.entity(name)),
        presence.isMissing(.entity(name))
      else { return nil }
      let content = ProcessFlowTable(process: context.named(flow), table: name.lowercased())
      return Finding(content, at: flow.location)
    }
  }

  /// What an edit names has to be there.
  static let namesOfEdit = Check<Statement>("names of an edit") { statement, context in
    guard statement.source == .hand || statement.source == .draft else { return [] }
    let component = statement.component
    let known = Set(
      context.missing(statement.stack?.references(context.kinds) ?? [], of: component)
    )
    let new = context.missing(statement.kind.references(component), of: component)
      .filter { !known.contains($0) }
    guard !new.isEmpty else { return [] }
    return [
      statement.finding(EditNamesMissing(component: context.named(component), missing: new))
    ]
  }
}

extension PlanContext {
  /// Where the topmost definition stands.
  func location(of id: ComponentID) -> Location? { state.stacks[id]?.top.component.location }

  // MARK: Columns

  /// Columns with a prefix, of tables that somebody has shown whole.
  func missing(
    _ references: [Reference],
    of component: Component,
    _ presence: Presence? = nil
  ) -> [String] {
    var missing: [ComponentID: Set<String>] = [:]
    for reference in references where reference.type == .published && reference.isCertain {
      let target = reference.target
      guard target.type == .attribute, state.stacks[target] == nil,
        let (table, column) = target.tableAndColumn, column.utf8.contains(UInt8(ascii: "_")),
        !isThere(column, of: table), presence?.isNeeded(target) != true,
        isKnownWhole(table)
      else { continue }
      if table == component.parent?.key, !isMissingFromStages(column, ofFlow: table) { continue }
      missing[target, default: []].insert(reference.via)
    }
    return listed(missing, kinds)
  }

  /// The system's tables, and those taken for granted, may have more columns.
  private func isKnownWhole(_ table: String) -> Bool {
    state.stacks[.entity(table)].map { $0.base.rank != .system } ?? false
  }

  /// As a column, or as what comes with one (PF-426).
  private func isThere(_ column: String, of table: String) -> Bool {
    let id = ComponentID.attribute(table, column)
    if state.stacks[id] != nil { return true }
    return Shadows.owners(of: id).contains { owner in
      state.stacks[owner].map { Shadows.has($0.top.definition) } ?? false
    }
  }

  /// Forms of a process flow's table show columns of the tables of its stages (docs/decisions/006).
  ///
  /// - Returns: true for every other table, and where all tables of the stages are known and none has the column.
  private func isMissingFromStages(_ column: String, ofFlow table: String) -> Bool {
    let settings = state.stacks[.entity(table)]?.top.definition.element
      .descend("EntityInfo", "entity")
    guard settings?.text(of: "IsBPFEntity") == "1" else { return true }
    let flows = state.stacks.values.map(\.top.component).filter { process in
      process.id.type == ComponentKind.workflow.type
        && process.definition.element.text(of: "UniqueName")?.lowercased() == table
    }
    let stages = Set(
      flows.flatMap { kinds[$0.id.type].references($0) }.filter { $0.via == "process definition" }
        .map(\.target).filter { $0.type == .entity && $0.key != table }
    )
    return !stages.isEmpty
      && stages.allSatisfy { isKnownWhole($0.key) && !isThere(column, of: $0.key) }
  }
}

/// What is there, or is known to be elsewhere, for the components of one package.
struct Presence {
  private let state: InstalledState
  private let members: Set<ComponentID>
  private let needs: Set<ComponentID>
  private let publisher: Publisher
  private let kinds: ComponentKinds

  init(of package: SolutionPackage, in state: InstalledState, kinds: ComponentKinds) {
    self.state = state
    self.kinds = kinds
    members = package.members
    needs = Set(package.manifest.missingDependencies.compactMap(\.required.id))
    publisher = package.manifest.publisher
  }

  /// The package lists it as something that is elsewhere.
  func isNeeded(_ id: ComponentID) -> Bool { needs.contains(id) }

  /// What lies over another's base names what that one has (PF-305).
  func isElsewhere(_ component: Component) -> Bool {
    if needs.contains(component.id) { return true }
    // A difference says only what is its own.
    return !component.definition.isDifference
      && state.standing(component.id)?.base.isAssumed == true
  }

  /// Named with the publisher's prefix: the platform has nothing of that name.
  func isOwn(_ id: ComponentID) -> Bool { publisher.names(id) }

  func isMissing(_ id: ComponentID) -> Bool {
    !members.contains(id) && !needs.contains(id) && state.isNowhere(id, kinds)
  }

  /// Kinds of which a package lists everything that it has from elsewhere.
  ///
  /// Not so relationships, which the platform makes for tables, and choices, which have a check of their own.
  static let judged: Set<ComponentType> = [
    .entity, .workflow, .webResource, .customControl, .canvasApp, .connector,
    .environmentVariableDefinition, .connectionReference, .pluginType,
  ]

  /// What a component names beside columns and is nowhere.
  func missing(
    _ references: [Reference],
    of component: Component,
    _ kinds: ComponentKinds,
    judging judged: Set<ComponentType> = Self.judged
  ) -> [String] {
    // Which tables a connection role may stand for is not listed.
    guard component.id.type != .connectionRole else { return [] }
    var missing: [ComponentID: Set<String>] = [:]
    for reference in references where reference.isJudged {
      let target = Self.judgeable(reference.target, of: component)
      guard judged.contains(target.type), isOwn(target) || target.isAlwaysBrought,
        isMissing(target)
      else { continue }
      missing[target, default: []].insert(reference.via)
    }
    return listed(missing, kinds)
  }

  /// Of a column of another table that table: where it is nowhere, nobody has shown its columns.
  private static func judgeable(_ target: ComponentID, of component: Component) -> ComponentID {
    guard target.type == .attribute, let table = target.tableAndColumn?.table,
      component.parent != .entity(table)
    else { return target }
    return .entity(table)
  }
}

extension InstalledState {
  /// Neither there by this name, nor by another one.
  func isNowhere(_ id: ComponentID, _ kinds: ComponentKinds) -> Bool {
    standing(id) == nil
      && !standingComponents.contains { other in
        guard let component = standing(other)?.top.component else { return false }
        return kinds[other.type].alias(component) == id
      }
  }
}

extension Reference {
  /// Whether it can only be right where its target is; a process flow's own table has a code of its own.
  var isJudged: Bool { type == .published && isCertain && via != "UniqueName" }
}

func listed(
  _ missing: [ComponentID: Set<String>],
  _ kinds: ComponentKinds
) -> [String] {
  missing.map {
    "\(kinds[$0.key.type].name) \($0.key.key): \($0.value.sorted().joined(separator: ", "))"
  }
  .sorted()
}
