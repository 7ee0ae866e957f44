internal import Hashing
internal import SQL
internal import Solutions

/// A row of the table of layers, with the hash of what it states.
private struct LayerRow {
  let component: Int
  let solution: String
  let publisher: String
  let block: Int
  let guest: Int
  let hash: SHA256Digest
  let name: String
  let displayName: String?
  let parent: Int?
  let location: Location

  static let query: SQLText = """
    SELECT layer.component, layer.solution, layer.publisher, layer.block, layer.guest,
      statement.definition, layer.name, layer.display_name, layer.parent, layer.file, layer.line
    FROM layer JOIN statement ON statement.id = layer.statement
    """

  init(_ row: SQLRow) throws {
    guard let hash = SHA256Digest(bytes: try row.blob(5)) else {
      throw StoreError.damaged("a definition has no hash")
    }
    component = try row.integer(0)
    solution = try row.text(1)
    publisher = try row.text(2)
    block = try row.integer(3)
    guest = try row.integer(4)
    self.hash = hash
    name = try row.text(6)
    displayName = try row.optionalText(7)
    parent = try row.optionalInteger(8)
    location = Location(file: try row.text(9), line: try row.integer(10))
  }

  /// - Throws: where the solution that it is of is not there.
  func rank(_ solution: InstalledSolution?) throws -> LayerRank {
    switch (builtIn, solution?.rank) {
    case (.system, _): return .system
    case (.active, _), (.draft, _): return .active
    case (_, .managed(_, _, let place)?): return .managed(block: block, guest: guest, place: place)
    default: throw StoreError.damaged("a layer belongs to \(self.solution), which is not there")
    }
  }

  /// What it is of where no solution's row says so.
  var builtIn: SolutionName? {
    [SolutionName.system, .active, .draft].first { $0.sqlKey == solution }
  }
}

extension StoreReader {
  /// - Parameters:
  ///   - numbers: of components; nil for all.
  ///   - solutions: those that layers may be of.
  ///   - known: definitions that need not be read.
  func layers(
    among numbers: Set<Int>?,
    of solutions: [SolutionName: InstalledSolution],
    at moment: Moment,
    known: () throws -> [SHA256Digest: Definition]
  ) throws -> [Layer] {
    let rows = try layerRows(among: numbers, at: moment)
    let ids = try ids(of: Set(rows.flatMap { [$0.component, $0.parent].compactMap { $0 } }))
    let definitions = try definitions(Set(rows.map(\.hash)), known: try known())
    let byKey = Dictionary(solutions.values.map { ($0.name.sqlKey, $0) }) { first, _ in first }
    return try rows.map { row in
      guard let id = ids[row.component], let definition = definitions[row.hash] else {
        throw StoreError.damaged("a layer of component \(row.component) cannot be read")
      }
      let solution = byKey[row.solution]
      return Layer(
        solution: row.builtIn ?? solution?.name ?? .active,
        publisher: PublisherName(row.publisher),
        rank: try row.rank(solution),
        component: Component(
          id: id,
          name: row.name,
          displayName: row.displayName,
          parent: row.parent.flatMap { ids[$0] },
          definition: definition,
          location: row.location
        )
      )
    }
  }

  private func layerRows(among numbers: Set<Int>?, at moment: Moment) throws -> [LayerRow] {
    let query: SQLText = "\(LayerRow.query) WHERE \(moment.condition("layer"))"
    guard let numbers else { return try sql.rows(query) { try LayerRow($0) } }
    var rows: [LayerRow] = []
    try sql.forEachRow(among: numbers.sorted().map { SQLValue($0) }) {
      "\(query) AND layer.component IN \(list: $0)"
    } each: {
      rows.append(try LayerRow($0))
    }
    return rows
  }
}
