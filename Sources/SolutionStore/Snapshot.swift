internal import Hashing
internal import SQL
package import Solutions
internal import XML

extension StoreReader {
  /// The part of the environment that planning needs.
  ///
  /// - Parameters:
  ///   - packages: their definitions are used again where the environment has the same.
  ///   - names: solutions that are to be changed without a package.
  ///   - ids: components that are to be changed by hand.
  ///   - named: what those are to name.
  package func snapshot(
    for packages: [SolutionPackage] = [],
    and names: [SolutionName] = [],
    changing ids: Set<ComponentID> = [],
    among named: Set<ComponentID> = []
  ) throws -> InstalledState {
    let moment = Moment(revision: nil)
    let rows = try solutions(at: moment)
    let index = StoreIndex(reader: self, moment: moment)
    var footprint = try Footprint(
      of: packages,
      and: names,
      changing: ids,
      among: named,
      on: rows,
      index: index,
      kinds: kinds
    )
    if let facts = try facts(at: moment) { try footprint.take(usersToldBy: facts, index) }
    return try state(footprint, rows: rows, at: moment) { packages.definitions }
  }

  /// The part of the environment that an export of a solution looks at.
  ///
  /// - Parameter packages: their definitions are used again where the environment has the same; asked for as late
  ///   as can be.
  package func slice(
    exporting name: SolutionName,
    reusing packages: () throws -> [SolutionPackage]
  ) throws -> InstalledState {
    let moment = Moment(revision: nil)
    let rows = try solutions(at: moment)
    let footprint = try Footprint(
      exporting: name,
      on: rows,
      index: StoreIndex(reader: self, moment: moment)
    )
    return try state(footprint, rows: rows, at: moment) { try packages().definitions }
  }

  /// Everything, now or at a former revision.
  package func whole(at revision: Int? = nil) throws -> InstalledState {
    let moment = Moment(revision: revision)
    let rows = try solutions(at: moment)
    var state = try state(
      among: nil,
      members: Set(rows.map(\.name)),
      rows: rows,
      at: moment
    )
    if let revision { state.revision = revision }
    return state
  }

  /// Some components with all their layers, and the rows of all solutions.
  package func part(_ ids: Set<ComponentID>, at revision: Int? = nil) throws -> InstalledState {
    let moment = Moment(revision: revision)
    return try state(
      among: ids,
      members: [],
      rows: try solutions(at: moment),
      at: moment
    )
  }

  func state(
    _ footprint: Footprint,
    rows: [InstalledSolution],
    at moment: Moment,
    known: () throws -> [SHA256Digest: Definition] = { [:] }
  ) throws -> InstalledState {
    try state(
      among: footprint.components,
      members: footprint.solutions,
      rows: rows,
      at: moment,
      known: known
    )
  }

  // MARK: Solutions

  /// Rows with no members.
  package func solutions(at revision: Int?) throws -> [InstalledSolution] {
    try solutions(at: moment(revision))
  }

  func solutions(at moment: Moment) throws -> [InstalledSolution] {
    try sql.rows(
      """
      SELECT id, name, display_name, version, is_managed, publisher, role, parent, block
      FROM solution WHERE \(moment.condition("solution")) ORDER BY key
      """
    ) { row in
      guard let id = GUID(try row.text(0)), let name = SolutionName(stored: try row.text(1)),
        let version = SolutionVersion(try row.text(3))
      else { throw StoreError.damaged("a solution's row cannot be read") }
      let parent = try row.optionalText(7).flatMap { SolutionName(stored: $0) }
      let role: InstalledSolution.Role =
        switch (try row.text(6), parent) {
        case ("patch", let parent?): .patch(of: parent)
        case ("holding", let parent?): .holding(of: parent)
        case ("ordinary", nil): .ordinary
        default: throw StoreError.damaged("the solution \(name) has a role that there is not")
        }
      return InstalledSolution(
        id: id,
        name: name,
        displayName: try row.text(2),
        version: version,
        isManaged: try row.integer(4) == 1,
        publisher: PublisherName(try row.text(5)),
        role: role,
        block: try row.integer(8),
        members: []
      )
    }
  }

  // MARK: Components

  private func state(
    among ids: Set<ComponentID>?,
    members whole: Set<SolutionName>,
    rows: [InstalledSolution],
    at moment: Moment,
    known: () throws -> [SHA256Digest: Definition] = { [:] }
  ) throws -> InstalledState {
    let environment = try environment()
    var state = InstalledState(environment: environment.id, revision: environment.revision)
    let numbers = try ids.map { try Set(self.numbers(of: $0).values) }
    let memberships = try memberships(of: rows, whole: whole, among: numbers, at: moment)
    let behaviors = try behaviors(of: rows, at: moment)
    for row in rows {
      state.solutions[row.name] = row.with(
        members: memberships[row.name] ?? [],
        behaviors: behaviors[row.name] ?? [:]
      )
    }
    for publisher in try publishers(at: moment) { state.publishers[publisher.name] = publisher }
    for layer in try layers(among: numbers, of: state.solutions, at: moment, known: known) {
      state.put(layer)
    }
    state.settings = try settings(among: numbers, at: moment)
    state.blocksUnmanaged = try blocksUnmanaged(at: moment)
    state.seal = try seal()
    state.facts = try facts(at: moment)
    return state
  }

  private func memberships(
    of rows: [InstalledSolution],
    whole: Set<SolutionName>,
    among numbers: Set<Int>?,
    at moment: Moment
  ) throws -> [SolutionName: Set<ComponentID>] {
    let names = Dictionary(rows.map { ($0.name.sqlKey, $0.name) }) { first, _ in first }
    var found: [SolutionName: Set<Int>] = [:]
    func note(_ row: SQLRow) throws {
      if let name = names[try row.text(0)] { found[name, default: []].insert(try row.integer(1)) }
    }
    let condition = moment.condition("membership")
    try sql.forEachRow(
      among: whole.map { .text($0.sqlKey) },
      {
        "SELECT solution, component FROM membership WHERE solution IN \(list: $0) AND \(condition)"
      },
      each: note
    )
    if let numbers, rows.contains(where: { !whole.contains($0.name) }) {
      try sql.forEachRow(
        among: numbers.sorted().map { SQLValue($0) },
        {
          "SELECT solution, component FROM membership WHERE component IN \(list: $0) AND \(condition)"
        },
        each: note
      )
    }
    let ids = try ids(of: found.values.reduce(into: []) { $0.formUnion($1) })
    return found.mapValues { Set($0.compactMap { ids[$0] }) }
  }

  func publishers(at moment: Moment) throws -> [Publisher] {
    try sql.rows(
      """
      SELECT name, display_name, prefix, option_value_prefix FROM publisher
      WHERE \(moment.condition("publisher"))
      """
    ) { row in
      Publisher(
        name: PublisherName(try row.text(0)),
        displayName: try row.text(1),
        prefix: try row.text(2),
        optionValuePrefix: try row.optionalInteger(3)
      )
    }
  }

  func blocksUnmanaged(at moment: Moment) throws -> Bool {
    let condition = moment.condition("unmanaged_block")
    return try sql.row("SELECT COUNT(*) FROM unmanaged_block WHERE \(condition)") {
      try $0.integer(0) > 0
    } ?? false
  }

  func settings(
    among numbers: Set<Int>?,
    at moment: Moment
  ) throws -> [ComponentID: Setting] {
    let query: SQLText =
      "SELECT component, kind, value FROM setting WHERE \(moment.condition("setting"))"
    let seal = try seal()
    var found: [Int: Setting] = [:]
    func note(_ row: SQLRow) throws {
      found[try row.integer(0)] = Setting(
        kind: try row.text(1),
        value: try row.text(2),
        seal: seal
      )
    }
    if let numbers {
      let values = numbers.sorted().map { SQLValue($0) }
      try sql.forEachRow(among: values, { "\(query) AND component IN \(list: $0)" }, each: note)
    } else {
      try sql.forEachRow(query, note)
    }
    let ids = try ids(of: Set(found.keys))
    return Dictionary(
      found.compactMap { number, setting in ids[number].map { ($0, setting) } }
    ) { first, _ in first }
  }

  // MARK: Definitions

  func definitions(
    _ hashes: Set<SHA256Digest>,
    known: [SHA256Digest: Definition]
  ) throws -> [SHA256Digest: Definition] {
    var found = known.filter { hashes.contains($0.key) }
    let wanted = hashes.filter { found[$0] == nil }.sorted().map { SQLValue.blob($0.bytes) }
    var parts: [SHA256Digest: [Definition.Part]] = [:]
    try sql.forEachRow(among: wanted) {
      """
      SELECT definition, path, bytes, digest, content FROM definition_part
      WHERE definition IN \(list: $0)
      """
    } each: { row in
      guard let hash = SHA256Digest(bytes: try row.blob(0)),
        let digest = SHA256Digest(bytes: try row.blob(3))
      else { throw StoreError.damaged("a file of a definition has no hash") }
      parts[hash, default: []].append(
        Definition.Part(
          path: try row.text(1),
          bytes: try row.integer(2),
          digest: digest,
          content: row.isNull(4) ? nil : try row.blob(4)
        )
      )
    }
    try sql.forEachRow(among: wanted) {
      "SELECT hash, content, is_wrapped FROM definition WHERE hash IN \(list: $0)"
    } each: { row in
      guard let hash = SHA256Digest(bytes: try row.blob(0)) else {
        throw StoreError.damaged("a definition has no hash")
      }
      found[hash] = Definition(
        hash: hash,
        fragment: try XMLFragment(
          stored: try row.blob(1),
          isWrapped: try row.integer(2) == 1
        ),
        parts: (parts[hash] ?? []).sorted {
          $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
        }
      )
    }
    return found
  }
}

extension XMLFragment {
  init(stored content: [UInt8], isWrapped: Bool) throws {
    do {
      let root = try XMLTree(content).root
      let inner = isWrapped ? root.children.first { !$0.isText } : root
      self.init(inner ?? root, isWrapped: isWrapped)
    } catch {
      throw StoreError.damaged("a definition cannot be read: \(error.message)")
    }
  }
}

extension SolutionName {
  /// Solutions are found without regard to case.
  var sqlKey: String { text.lowercased() }

  init?(stored text: String) {
    if text == SolutionName.draft.text {
      self = .draft
    } else if text.hasSuffix("_Upgrade"), let base = SolutionName(String(text.dropLast(8))) {
      self = base.holding
    } else {
      guard let name = SolutionName(text) else { return nil }
      self = name
    }
  }
}

extension Setting {
  var kind: String {
    switch self {
    case .isOn: "on"
    case .value: "value"
    case .secret: "secret"
    case .connection: "connection"
    }
  }

  var stored: String { secret?.revealed ?? text }

  fileprivate init(kind: String, value: String, seal: Seal?) {
    switch kind {
    case "on": self = .isOn(value == "on")
    case "connection": self = .connection(Secret(value, seal: seal))
    case "secret": self = .secret(Secret(value, seal: seal))
    default: self = .value(value)
    }
  }

  /// What `kind` may be.
  static let kinds = ["on", "value", "secret", "connection"]
}

extension [SolutionPackage] {
  fileprivate var definitions: [SHA256Digest: Definition] {
    var definitions: [SHA256Digest: Definition] = [:]
    for package in self {
      for component in package.components {
        definitions[component.definition.hash] = component.definition
      }
    }
    return definitions
  }
}
