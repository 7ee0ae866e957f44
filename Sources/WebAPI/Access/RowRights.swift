internal import Solutions
internal import XML

/// What somebody may do with rows: for each privilege how far it reaches, as the security roles say that they have.
struct RowRights: Equatable, Sendable {
  enum Verb: String, Sendable {
    case create = "Create"
    case read = "Read"
    case write = "Write"
    case delete = "Delete"
    case append = "Append"
    case appendTo = "AppendTo"
    case assign = "Assign"
  }

  /// Which rows a privilege is about; each depth holds those before.
  enum Depth: Int, Comparable, Sendable {
    /// Of the user and the user's teams.
    case basic
    /// Of the business unit.
    case local
    /// And of those below it.
    case deep
    case global

    init?(level: String?) {
      switch level {
      case "Basic": self = .basic
      case "Local": self = .local
      case "Deep": self = .deep
      case "Global": self = .global
      default: return nil
      }
    }

    static func < (one: Depth, other: Depth) -> Bool { one.rawValue < other.rawValue }
  }

  /// By the privilege's name in lower case.
  private var depths: [String: Depth] = [:]

  /// Those of a role's definition.
  init(role: XMLElement) {
    for privilege in role.child("RolePrivileges")?.children("RolePrivilege") ?? [] {
      guard let name = privilege.attribute("name")?.lowercased(),
        let depth = Depth(level: privilege.attribute("level"))
      else { continue }
      depths[name] = max(depth, depths[name] ?? depth)
    }
  }

  /// Of somebody who has several roles: the furthest counts.
  init(allOf rights: [RowRights]) {
    for one in rights { depths.merge(one.depths) { max($0, $1) } }
  }

  /// What both may do.
  func shared(with other: RowRights) -> RowRights {
    var shared = self
    shared.depths = depths.reduce(into: [:]) { all, entry in
      if let depth = other.depths[entry.key] { all[entry.key] = min(depth, entry.value) }
    }
    return shared
  }

  /// - Parameter privilege: its whole name.
  func has(_ privilege: String) -> Bool { depths[privilege.lowercased()] != nil }

  func depth(_ verb: Verb, on table: Table) -> Depth? {
    depths[Self.privilege(verb, on: table).lowercased()]
  }

  /// How a privilege on a table is called: after the table, but for a few of the platform's own.
  static func privilege(_ verb: Verb, on table: Table) -> String {
    let names = ["systemuser": "User", "annotation": "Note", "activityparty": "Activity"]
    let name = table.primaryKey == "activityid" ? "Activity" : names[table.name] ?? table.name
    return "prv\(verb.rawValue)\(name)"
  }
}

/// Where a user stands in the organization.
struct Standing: Equatable, Sendable {
  let user: GUID
  /// Those of everybody in the unit; the others are looked up by each query.
  let teams: [GUID]
  let unit: GUID
  /// The unit and all below it.
  let units: [GUID]

  /// Which rows of a table a privilege is about; nil for all of them.
  ///
  /// - Parameter alias: of the table's join; nil for the table itself.
  func rows(of table: Table, within depth: RowRights.Depth, as alias: String?) -> RowQuery.Filter? {
    guard depth != .global else { return nil }
    func among(_ column: String, _ ids: [GUID]) -> RowQuery.Filter {
      .isAmong(RowQuery.ColumnPath(column, of: alias), ids.map { .text($0.description) })
    }
    func ofTeams(_ column: String) -> RowQuery.Filter {
      .isFound(RowQuery.ColumnPath(column, of: alias), memberships)
    }
    let reached = depth == .deep ? units : [unit]
    switch table.name {
    case "businessunit": return among("businessunitid", reached)
    case "systemuser":
      let own = among("systemuserid", [user])
      return depth == .basic ? own : .any([own, among("businessunitid", reached)])
    case "team":
      let own = [among("teamid", teams), ofTeams("teamid")]
      return .any(depth == .basic ? own : own + [among("businessunitid", reached)])
    default: break
    }
    // What belongs to the organization belongs to nobody in it.
    guard table.column("ownerid")?.isLookup == true else { return nil }
    let own = [among("ownerid", [user] + teams), ofTeams("ownerid")]
    guard depth != .basic else { return .any(own) }
    let owners = ["systemuser", "team"].map { owner -> RowQuery.Filter in
      var query = RowQuery(owner)
      query.columns = [RowQuery.ColumnPath("\(owner)id")]
      query.filter = .isAmong(
        RowQuery.ColumnPath("businessunitid"),
        reached.map { .text($0.description) }
      )
      query.isUnordered = true
      return .isFound(RowQuery.ColumnPath("ownerid", of: alias), query)
    }
    return .any(own + owners)
  }

  /// The teams that the user is a member of.
  private var memberships: RowQuery {
    var query = RowQuery("teammembership")
    query.columns = [RowQuery.ColumnPath("teamid")]
    query.filter = .compare(
      RowQuery.ColumnPath("systemuserid"),
      .equal,
      .text(user.description)
    )
    query.isUnordered = true
    return query
  }
}
