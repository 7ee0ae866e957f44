internal import SQL
internal import Solutions

/// The side that a copy arrives at.
struct Receiving: Sendable {
  /// What is there of it already.
  let left: ArrivedCopy
  /// Of where it comes from.
  let location: String
  let portion: CopyPortion
  let kinds: ComponentKinds
  let report: @Sendable (CopyProgress) -> Void

  /// How far it has come between two transactions.
  struct Standing: Sendable {
    fileprivate var inventory: Inventory?
    /// What the rows of each table add up to where they come from, of those that have come.
    fileprivate var sums: [RowSum] = []
    fileprivate var done = 0
    /// Rows that were there before.
    fileprivate var kept = 0
  }

  /// Takes what one transaction takes.
  ///
  /// - Returns: how far it has come, and what was copied when that was the last one.
  func portion(
    after standing: Standing,
    from handover: Handover<CopiedPortion>,
    _ session: any SQLSession
  ) throws -> (Standing, Copied?) {
    var standing = standing
    let inventory = try standing.inventory ?? begin(handover, session)
    standing.inventory = inventory
    let arriving = Arriving(copy: self, inventory: inventory, session: session)
    var room = portion
    while standing.sums.count < inventory.tables.count {
      if standing.sums.count == inventory.largeCount {
        try Schema.make(at: inventory.version, in: session)
      }
      guard try arriving.take(&standing, &room, from: handover) else { return (standing, nil) }
    }
    try ArrivedCopy.end(in: session)
    try arriving.makeKeys()
    try arriving.compare(standing.sums)
    return (standing, try arriving.prove(of: location, standing))
  }

  private func begin(
    _ handover: Handover<CopiedPortion>,
    _ session: any SQLSession
  ) throws -> Inventory {
    guard case .inventory(let inventory) = try handover.take() else {
      preconditionFailure("what is to come is said first")
    }
    let large = Set(inventory.tables.prefix(inventory.largeCount).map(\.name))
    for name in left.tables.keys.sorted() where !large.contains(name) {
      try ArrivedCopy.drop(name, in: session)
    }
    return inventory
  }
}

/// One transaction of a copy that arrives.
private struct Arriving {
  let copy: Receiving
  let inventory: Inventory
  let session: any SQLSession

  private var reader: StoreReader { StoreReader(session, kinds: copy.kinds) }

  private func tell(_ table: CopiedTable, _ standing: Receiving.Standing) {
    let rowsMax = inventory.rowsMax
    let progress = CountingProgress(
      table: table.name,
      rows: min(standing.done, rowsMax),
      rowsMax: rowsMax
    )
    copy.report(.copying(progress))
  }

  private func make(_ table: CopiedTable) throws {
    if let design = table.design { try session.create(design) }
    let (there, wanted) = (Set(try session.columns(of: table.name)), Set(table.columns))
    guard there == wanted else {
      let odd = wanted.symmetricDifference(there).sorted().joined(separator: ", ")
      throw StoreError.damaged("the table \(table.source) has other columns than it should: \(odd)")
    }
  }

  /// The next table; of a large one as much as there is room for.
  ///
  /// - Returns: whether all of it has come.
  func take(
    _ standing: inout Receiving.Standing,
    _ room: inout CopyPortion,
    from handover: Handover<CopiedPortion>
  ) throws -> Bool {
    let table = inventory.tables[standing.sums.count]
    let isLarge = standing.sums.count < inventory.largeCount
    tell(table, standing)
    while true {
      try session.checkpoint()
      switch try handover.take() {
      case .begin(isNew: true):
        if isLarge { try ArrivedCopy.drop(table.name, in: session) }
        try make(table)
      case .begin(isNew: false):
        let there = copy.left.tables[table.name]?.sum.rows ?? 0
        standing.kept += there
        standing.done += there
        tell(table, standing)
      case .rows(let rows, let sum):
        try session.insert(rows, into: table.name, .refused)
        standing.done += rows.count
        tell(table, standing)
        guard isLarge else { continue }
        room = CopyPortion(rows: room.rows - rows.count, bytes: room.bytes - rows.bytes)
        guard room.rows > 0, room.bytes > 0 else {
          try note(table, sum)
          return false
        }
      case .end(let sum):
        if isLarge { try note(table, sum) }
        standing.sums.append(sum)
        return true
      case .inventory: preconditionFailure("it is said once what is to come")
      }
    }
  }

  private func note(_ table: CopiedTable, _ sum: RowSum) throws {
    let arrived = ArrivedCopy.Arrived(design: table.design?.text ?? "", sum: sum)
    try copy.left.note(table.name, arrived, in: session)
  }

  /// Indexes of alternate keys; those of tables in the trash are made when the tables come back.
  func makeKeys() throws {
    let reader = reader
    for name in Set(try reader.placedTables() + reader.systemTables()).sorted() {
      guard let place = try reader.place(named: name), let stored = try reader.storedTable(name)
      else { continue }
      for key in stored.table.keys where stored.inactiveKeys[key.name] == nil {
        let columns = key.columns.map { stored.foldedName($0) ?? stored.stored($0) }
        let index = place.index(of: .entityKey(name, key.name), session.dialect)
        try session.execute(
          "CREATE UNIQUE INDEX \(name: index) ON \(name: place.name) (\(names: columns))"
        )
      }
    }
  }

  /// Reads again what was written.
  func compare(_ sums: [RowSum]) throws {
    let rowsMax = sums.map(\.rows).reduce(0, +)
    var (differences, done): ([String], Int) = ([], 0)
    for (table, wanted) in zip(inventory.tables, sums) {
      var sum = RowSum()
      var hasher = RowHasher()
      try session.forEachRowOfMany("SELECT \(names: table.columns) FROM \(name: table.name)") {
        row in
        sum.add(row.values.map(\.comparable), &hasher)
        done += 1
        guard done % 5_000 == 0 else { return }
        try session.checkpoint()
        copy.report(.comparing(CountingProgress(table: table.name, rows: done, rowsMax: rowsMax)))
      }
      guard sum != wanted else { continue }
      differences.append(
        sum.rows == wanted.rows
          ? "rows of \(table.source) hold other values"
          : "\(table.source) has \(wanted.rows) rows, and \(sum.rows) arrived"
      )
    }
    copy.report(.comparing(CountingProgress(table: "", rows: rowsMax, rowsMax: rowsMax)))
    guard differences.isEmpty else { throw CopyError.differs(differences) }
  }

  /// The state and the history: what is odd now was odd before.
  ///
  /// - Parameter location: of where it comes from.
  func prove(of location: String, _ standing: Receiving.Standing) throws -> Copied {
    copy.report(.proving)
    let reader = reader
    let proof = try reader.verified(.whole)
    guard proof.broken.isEmpty else { throw CopyError.broken(location, proof.broken) }
    guard let state = proof.state, state.fingerprint == inventory.fingerprint else {
      throw CopyError.differs(["the state has another fingerprint"])
    }
    return Copied(
      environment: try reader.environment(),
      fingerprint: state.fingerprint,
      tables: inventory.tables.count,
      rows: standing.sums.map(\.rows).reduce(0, +),
      rowsKept: standing.kept
    )
  }
}
