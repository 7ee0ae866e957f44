internal import Hashing
internal import SolutionStore
package import Solutions

/// One verb of the lifecycle with what it is about.
package enum Request: Sendable {
  case importing([Archive], PlanOptions)
  case applyUpgrade(SolutionName)
  case discardUpgrade(SolutionName)
  case uninstall(SolutionName)
  /// Work on the unmanaged layer; what changes is listed in the solution, if one is named, and is a draft unless it is
  /// published at once.
  case customizing(Customization, in: SolutionName?, publishes: Bool = false)
  case publishing(Publishing)
  /// Steps and processes are switched on or off.
  case switching([ComponentID], on: Bool)
  /// Whether unmanaged work is refused.
  case blocking(Bool)
  /// Undoes this operation and everything after it.
  case rollback(Int)
  /// Gives a component the values that lie in the trash under this number.
  case restoreTrash(Incarnation.ID)
  case purgeTrash([Incarnation.ID])
  /// Makes the index of an alternate key that failed.
  case activateKey(ComponentID)

  /// A package with the bytes it was read from.
  package struct Archive: Sendable {
    package let package: SolutionPackage
    package let bytes: [UInt8]

    package init(package: SolutionPackage, bytes: [UInt8]) {
      self.package = package
      self.bytes = bytes
    }
  }
}

extension Request {
  /// As the history names it.
  package var verb: String {
    switch self {
    case .importing(_, let options): options.allowsLowerVersion ? "downgrade" : "import"
    case .applyUpgrade: "apply-upgrade"
    case .discardUpgrade: "discard-upgrade"
    case .uninstall: "uninstall"
    case .customizing: "customize"
    case .publishing: "publish"
    case .switching(_, let isOn): isOn ? "activate" : "deactivate"
    case .blocking: "block"
    case .rollback: "rollback"
    case .restoreTrash: "trash-restore"
    case .purgeTrash: "trash-purge"
    case .activateKey: "activate-key"
    }
  }

  package var title: String {
    switch self {
    case .importing(let archives, let options):
      (options.allowsLowerVersion ? "downgrade to " : "import ")
        + archives.map { "\($0.package.name) \($0.package.manifest.version)" }
        .joined(separator: ", ")
    case .applyUpgrade(let name): "apply upgrade of \(name)"
    case .discardUpgrade(let name): "discard upgrade of \(name)"
    case .uninstall(let name): "uninstall \(name)"
    case .customizing(let customization, _, _): customization.title
    case .publishing(.all): "publish all customizations"
    case .publishing(.components(let ids)): "publish \(ids.listed)"
    case .publishing(.solution(let name)): "publish what \(name) lists"
    case .switching(let ids, let isOn): "\(isOn ? "activate" : "deactivate") \(Set(ids).listed)"
    case .blocking(let isBlocked): "\(isBlocked ? "block" : "allow") unmanaged customizations"
    case .rollback(let number): "rollback of operation \(number)"
    case .restoreTrash(let id): "restore trash \(id)"
    case .purgeTrash(let ids):
      "purge trash \(ids.sorted().map(String.init).joined(separator: ", "))"
    case .activateKey(let id): "activate the key \(id.key)"
    }
  }

  var archives: [Archive] {
    if case .importing(let archives, _) = self { return archives }
    return []
  }

  /// The first operation that it undoes.
  var undone: Int? {
    if case .rollback(let number) = self { return number }
    return nil
  }

  /// The state that it leads back to, where it says so.
  func promise(_ session: StoreSession) throws -> StatePromise? {
    switch self {
    case .rollback(let number): .all(of: number - 1)
    case .discardUpgrade(let name): try session.promise(ofDiscarding: name)
    default: nil
    }
  }

  /// The plan, and the slice of the environment that it was made from.
  func plan(_ session: StoreSession) throws -> (plan: Plan, before: InstalledState) {
    let kinds = session.kinds
    switch self {
    case .importing(let archives, let options):
      let packages = archives.map(\.package)
      let drafts = options.publishes ? try session.drafts() : []
      let state = try session.snapshot(for: packages, changing: drafts)
      let plan = Plan.importing(packages, on: state, kinds: kinds, options: options)
      guard options.dropped != .unasked, let trashed = try session.trashed(plan.given) else {
        return (plan, state)
      }
      var informed = options
      informed.dropped = options.dropped.with(trashed)
      return (Plan.importing(packages, on: state, kinds: kinds, options: informed), state)
    case .applyUpgrade(let name):
      let state = try session.snapshot(and: [name])
      return (Plan.applyingUpgrade(of: name, on: state, kinds: kinds), state)
    case .discardUpgrade(let name):
      let state = try session.snapshot(and: [name])
      return (Plan.discardingUpgrade(of: name, on: state, kinds: kinds), state)
    case .uninstall(let name):
      let state = try session.snapshot(and: [name])
      return (Plan.uninstalling(name, on: state, kinds: kinds), state)
    case .customizing(let customization, let name, let publishes):
      let options = PlanOptions(publishes: publishes)
      return try Self.plan(changing: customization.components, session) { state in
        Plan.customizing(customization, in: name, on: state, kinds: kinds, options: options)
      }
    case .publishing(let publishing):
      let ids = try session.drafts(publishing)
      let former = try session.stacksBeforeDrafts(of: ids)
      return try Self.plan(changing: ids, session) { state in
        Plan.publishing(publishing, on: state, since: former, kinds: kinds)
      }
    case .switching(let ids, let isOn):
      let state = try session.surroundings(of: Set(ids))
      return (Plan.switching(Set(ids), on: isOn, state: state, kinds: kinds), state)
    case .blocking(let isBlocked):
      let state = try session.part([])
      return (Plan.blocking(isBlocked, on: state, kinds: kinds), state)
    case .rollback(let number):
      var touched = try session.touched(after: number - 1)
      touched.formUnion(try session.rewritten(after: number - 1))
      // Columns and keys are nothing without their tables.
      touched.formUnion(touched.compactMap { $0.tableAndColumn.map { .entity($0.table) } })
      var state = try session.part(touched)
      state.incarnations = try session.incarnations(of: touched)
      guard (1...max(1, state.revision)).contains(number), state.revision > 0 else {
        throw LifecycleError.noSuchOperation(number, newest: state.revision)
      }
      var former = try session.part(touched, at: number - 1)
      former.incarnations = try session.incarnations(of: touched, at: number - 1)
      let plan = Plan.restoring(
        former,
        on: state,
        undoing: number,
        rowOperations: try session.rowOperations(since: number),
        undone: try session.undone(by: number),
        kinds: kinds
      )
      return (plan, state)
    case .restoreTrash(let id):
      let entry = try session.trashRow(id)
      let table = entry.component.tableAndColumn.map { .entity($0.table) } ?? entry.component
      let components = try session.parts(of: table).union([table, entry.component])
      let state = try session.part(components)
      var former = try session.part(components, at: entry.operation - 1)
      former.incarnations = try session.incarnations(of: components, at: entry.operation - 1)
      let plan = Plan.restoringTrash(of: entry.component, former: former, on: state, kinds: kinds)
      return (plan, state)
    case .purgeTrash(let ids):
      let rows = try session.trash()
      for id in ids where !rows.contains(where: { $0.id == id }) {
        throw StoreError.noSuchTrash(id)
      }
      // A column that lies in one of the tables goes with it.
      let alone = rows.filter { row in
        ids.contains(row.id) && !(row.place.map { ids.contains($0) } ?? false)
      }
      let state = try session.part([])
      return (Plan.purgingTrash(alone.map(\.id), on: state, kinds: kinds), state)
    case .activateKey(let id):
      let table = id.tableAndColumn.map { ComponentID.entity($0.table) }
      let state = try session.part(Set([id, table].compactMap { $0 }))
      return (Plan.activatingKey(id, on: state, kinds: kinds), state)
    }
  }
}

extension Request {
  /// What changes by hand names is known when it has been planned once.
  private static func plan(
    changing ids: Set<ComponentID>,
    _ session: StoreSession,
    _ plan: (InstalledState) -> Plan
  ) throws -> (plan: Plan, before: InstalledState) {
    let named = plan(try session.snapshot(changing: ids)).named(by: session.kinds)
    let state = try session.snapshot(changing: ids, among: named)
    return (plan(state), state)
  }
}

extension StoreSession {
  fileprivate func drafts(_ publishing: Publishing) throws -> Set<ComponentID> {
    switch publishing {
    case .all: try drafts()
    case .components(let ids): try drafts(of: ids).union(ids)
    case .solution(let name): try drafts().intersection(members(of: name).map(\.id))
    }
  }
}

extension Customization {
  fileprivate var title: String {
    switch self {
    case .set, .patch: "customize \(components.listed)"
    case .addColumn(let column): "add column \(column.table.key).\(column.name)"
    case .remove: "remove \(components.listed)"
    case .reset: "remove the unmanaged layer of \(components.listed)"
    }
  }
}

extension Set<ComponentID> {
  fileprivate var listed: String {
    let kinds = ComponentKinds.standard
    return sorted().map { "\(kinds[$0.type].name):\($0.key)" }.joined(separator: ", ")
  }
}
