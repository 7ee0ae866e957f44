internal import Lifecycle
internal import Solutions
internal import Synchronization

extension WebAPI {
  /// The role that may do everything, by an id that is the same in every environment.
  static let administrator = GUID(from: "role", "strata", "System Administrator")

  /// The same for the user whom a request is made for, and the request as far as that user may make it.
  ///
  /// - Throws: `WebError` where there is no such user, or where whoever asks may not speak for others.
  func acting(for request: WebRequest) async throws -> (api: WebAPI, request: WebRequest) {
    let spokenFor = try request.spokenFor
    guard actor == nil, request.user != nil || spokenFor != nil else { return (self, request) }
    var found: Actor?
    if let user = request.user { found = try await find(user) }
    var caller = request.caller
    if let spokenFor {
      let other = try await find(spokenFor)
      if let own = found, let rights = own.rights {
        guard rights.has("prvActOnBehalfOfAnotherUser") else {
          throw own.denial("is missing prvActOnBehalfOfAnotherUser privilege")
        }
        found = Actor(
          session: other.session,
          standing: other.standing,
          rights: other.rights?.shared(with: rights) ?? rights
        )
      } else {
        found = other
      }
      let name = "\(caller.name) for \(spokenFor)"
      caller = Caller(name, through: caller.face, from: caller.address)
    }
    guard let found else { return (self, request) }
    var api = self
    api.actor = found
    return (api, request.acting(by: caller, isAdministrator: found.rights == nil))
  }

  // MARK: Users

  private func find(_ name: SystemUserName) async throws -> Actor {
    var query = RowQuery("systemuser")
    query.columns = ["systemuserid", "businessunitid", "isdisabled"].map { RowQuery.ColumnPath($0) }
    query.filter = name.filter
    query.rowsMax = 2
    query.isUnordered = true
    let rows = try await catalog.rows(query)
    guard rows.count == 1, let id = rows[0].values[0].text.flatMap({ GUID($0) }),
      rows[0].values[2] != .integer(1)
    else {
      let what = rows.isEmpty ? "no user" : rows.count > 1 ? "several users" : "a disabled user"
      throw WebError(
        403,
        "0x80072560",
        "The user is not a member of the organization: \(what) of this environment is called \(name)"
      )
    }
    let own = try await known.find(in: catalog)
    let unit = rows[0].values[1].text.flatMap { GUID($0) } ?? own.unit
    let everyone = try await catalog.defaultTeams(of: unit)
    let roles = try await roles(of: id, everyone + (try await catalog.memberships(of: id)))
    let isAdministrator = id == own.user || roles.contains(Self.administrator)
    let rights = isAdministrator ? [] : try await rights(of: roles)
    guard isAdministrator || !rights.isEmpty else {
      throw WebError(
        403,
        "0x80042f09",
        "The user with Id=\(id) has no security role; systemuserroles_association gives roles to users"
      )
    }
    return Actor(
      session: Session(user: id, unit: unit, organization: own.organization),
      standing: Standing(
        user: id,
        teams: everyone,
        unit: unit,
        units: [unit] + (try await catalog.below([unit], in: .units))
      ),
      rights: isAdministrator ? nil : RowRights(allOf: rights)
    )
  }

  private func roles(of user: GUID, _ teams: [GUID]) async throws -> Set<GUID> {
    let own = try await catalog.ids("systemuserroles", "roleid", where: "systemuserid", [user])
    return Set(own + (try await catalog.ids("teamroles", "roleid", where: "teamid", teams)))
  }

  // MARK: Roles

  /// What each of them gives; one that is not installed counts for nothing.
  private func rights(of roles: Set<GUID>) async throws -> [RowRights] {
    var known = try await knownRoles.current(catalog)
    let missing = roles.subtracting(known.roles.keys).map { ComponentID(.role, $0) }
    if !missing.isEmpty {
      let state = try await ask(PartQuestion(of: Set(missing)))
      for id in missing {
        let merge = ComponentKinds.standard[id.type].merge
        let element = state.stacks[id]?.effective(merge).definition.element
        guard let role = GUID(id.key) else { continue }
        known.roles[role] = .some(element.map { RowRights(role: $0) })
      }
      knownRoles.keep(known)
    }
    return roles.compactMap { known.roles[$0] ?? nil }
  }
}

/// What roles give, until something else than rows is written.
final class KnownRoles: Sendable {
  struct Known: Sendable {
    fileprivate var revision = -1
    /// nil for what is no role here.
    var roles: [GUID: RowRights?] = [:]
  }

  private let known = Mutex(Known())

  /// - Throws: `StoreError`, `SQLError`.
  func current(_ catalog: Catalog) async throws -> Known {
    let known = known.withLock { $0 }
    let (revision, names) = try await catalog.lifecycle.ask(NamesSinceQuestion(known.revision))
    return names == nil ? known : Known(revision: revision)
  }

  /// Others may know more by now.
  func keep(_ found: Known) {
    known.withLock { if $0.revision <= found.revision { $0 = found } }
  }
}

extension WebRequest {
  /// By which a request says for whom it is made.
  static let userHeaders = ["CallerObjectId", "MSCRMCallerID"]

  /// For whom somebody asks (WA-112); nil for nobody else.
  fileprivate var spokenFor: SystemUserName? {
    get throws {
      for header in Self.userHeaders {
        guard let text = headers[header], !text.isEmpty else { continue }
        guard let id = GUID(text) else {
          throw WebError(400, "0x80040203", "\(header) is no GUID")
        }
        return header == "CallerObjectId" ? .directory(object: id, application: nil) : .id(id)
      }
      return nil
    }
  }
}
