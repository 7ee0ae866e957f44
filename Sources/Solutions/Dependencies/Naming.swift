internal import XML

/// Which components the names in definitions mean.
///
/// | component | beside its own name |
/// |---|---|
/// | every kind with an alias | its id, the name of its set, the table of its pairs |
/// | column `c` of `t` | `t.cname`, `t.cyominame`, `t.ctype`, where that is no column |
/// | | its label, in formulas (`'Due Date'`) |
/// | | `leader/c`, where the leader leads to `t`: its set, a lookup, a view, a plug-in step |
struct Naming {
  private let ids: [ComponentID: [ComponentID]]
  /// The tables that leaders of paths lead to; a lookup may lead to several.
  private let leads: [String: [String]]

  /// - Parameters:
  ///   - ids: the components that names may mean.
  ///   - state: where they are, and what else is there.
  init(of ids: some Sequence<ComponentID>, in state: InstalledState, kinds: ComponentKinds) {
    var found: [ComponentID: [ComponentID]] = [:]
    var hasColumns = false
    for id in ids {
      found[id, default: []].append(id)
      hasColumns = hasColumns || id.type == .attribute
      for other in Self.others(of: id, in: state, kinds: kinds) where state.standing(other) == nil {
        found[other, default: []].append(id)
      }
    }
    self.ids = found
    leads = hasColumns ? Self.leads(in: state, kinds: kinds) : [:]
  }

  /// What a name means; nothing where it is none of the components.
  subscript(name: ComponentID) -> [ComponentID] {
    guard let (leader, column) = name.pathOfColumn else { return ids[name] ?? [] }
    return (leads[leader] ?? []).flatMap { ids[.attribute($0, column)] ?? [] }
  }

  private static func others(
    of id: ComponentID,
    in state: InstalledState,
    kinds: ComponentKinds
  ) -> [ComponentID] {
    guard let component = state.standing(id)?.top.component else { return [] }
    if id.type == .attribute {
      let shadows = Shadows.has(component.definition) ? Shadows.names(of: id) : []
      guard let table = id.tableAndColumn?.table, let label = component.displayName,
        !label.isLogicalName
      else { return shadows }
      return shadows + [.attribute(table, label)]
    }
    return kinds[id.type].alias(component).map { [$0] } ?? []
  }

  private static func leads(
    in state: InstalledState,
    kinds: ComponentKinds
  ) -> [String: [String]] {
    var leads: [String: [String]] = [:]
    for id in state.standingComponents {
      guard let component = state.standing(id)?.top.component,
        let lead = kinds[id.type].lead(component)
      else { continue }
      leads[lead.leader.lowercased(), default: []].append(lead.table.lowercased())
    }
    return leads.mapValues { $0.sorted() }
  }
}

extension ComponentID {
  /// A column of the table that something leads to: a lookup, a view, the name of a set.
  static func attribute(behind leader: String, _ name: String) -> ComponentID {
    ComponentID(.attribute, "\(leader.lowercased())/\(name.lowercased())")
  }

  var pathOfColumn: (leader: String, column: String)? {
    guard type == .attribute, let slash = key.lastIndex(of: "/") else { return nil }
    return (String(key[..<slash]), String(key[key.index(after: slash)...]))
  }

  /// Names that definitions may have for the component, as far as its own says; an index looks for them, too.
  package var nicknames: [ComponentID] {
    guard let columnName else { return [.anything] }
    return [.anything, .anyLabel, columnName] + Shadows.names(of: self)
  }

  /// By which an index finds whatever names a column by its label.
  static let anyLabel = ComponentID(.attribute, "/'")

  /// By which an index finds whatever names a column of that name on a path.
  var columnName: ComponentID? {
    if let path = pathOfColumn { return ComponentID(.attribute, "/\(path.column)") }
    guard type == .attribute, let column = tableAndColumn?.column else { return nil }
    return ComponentID(.attribute, "/\(column)")
  }
}

extension String {
  /// Of small letters, digits and underscores, a letter first.
  var isLogicalName: Bool {
    guard let first = utf8.first, (0x61...0x7A).contains(first) else { return false }
    return utf8.allSatisfy {
      (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
  }
}

/// Columns that come with a column and stand in no package: the name of a choice, a yes/no, a lookup (PF-426).
enum Shadows {
  private static let endings = ["yominame", "name", "type"]
  private static let types: Set<String> = [
    "picklist", "multiselectpicklist", "bit", "state", "status", "lookup", "customer", "owner",
    "partylist",
  ]

  static func has(_ definition: Definition) -> Bool {
    definition.element.text(of: "Type").map { types.contains($0.lowercased()) } ?? false
  }

  /// `t.kindname` of `t.kind`.
  static func names(of id: ComponentID) -> [ComponentID] {
    endings.map { ComponentID(id.type, id.key + $0) }
  }

  /// `t.kind` of `t.kindname`, the nearest first.
  static func owners(of id: ComponentID) -> [ComponentID] {
    endings.filter { id.key.hasSuffix($0) }
      .map { ComponentID(id.type, String(id.key.dropLast($0.count))) }
  }
}
