/// Looks at the rows of a table, one at a time, for what its columns do not hold.
///
/// It keeps counts and the first ids, however many rows there are.
package struct RowAudit {
  /// What is wrong with a column in some rows.
  package struct Fault: Equatable, Sendable {
    package let column: Column
    package let fault: ValueFault
    /// A definition of before allowed it, so an upgrade has left it.
    package let isLeft: Bool
    package fileprivate(set) var count: Int
    /// Of the first rows.
    package fileprivate(set) var ids: [String]
  }

  private struct Key: Hashable {
    let column: Int
    let fault: ValueFault
    let isLeft: Bool
  }

  /// What is looked at, in the order in which values come; the primary key is among them.
  package let columns: [Column]
  /// How many rows it has seen.
  package private(set) var rows = 0
  private let revision: Int
  private let former: (Column) throws -> [Column]
  private let id: Int
  private let version: Int?
  private let state: (state: Int, status: Int)?
  private let statuses: Statuses
  private var known: [Int: [Column]] = [:]
  private var faults: [Key: Fault] = [:]

  /// - Parameters:
  ///   - columns: those of the table that are looked at.
  ///   - revision: the newest operation.
  ///   - former: what a column was by earlier definitions; asked once for each where something is wrong.
  package init(
    _ table: Table,
    columns: [Column],
    revision: Int,
    former: @escaping (Column) throws -> [Column]
  ) {
    func place(_ name: String) -> Int? { columns.firstIndex { $0.name == name } }
    self.columns = columns
    self.revision = revision
    self.former = former
    id = place(table.primaryKey) ?? 0
    version = place("versionnumber")
    statuses = table.statuses
    state = place("statecode").flatMap { state in place("statuscode").map { (state, $0) } }
  }

  /// - Parameter values: of a row, one for each column.
  /// - Throws: what `former` throws.
  package mutating func take(_ values: [RowValue]) throws {
    rows += 1
    for (place, column) in columns.enumerated() {
      guard let fault = column.fault(of: values[place]) else { continue }
      let isLeft = try former(place).contains { $0.fault(of: values[place]) == nil }
      note(fault, place, isLeft, values)
    }
    if let version, case .integer(let number) = values[version], number > revision {
      note(.future, version, false, values)
    }
    if let state, case .integer(let owner) = values[state.state],
      case .integer(let status) = values[state.status],
      let fitting = statuses.states[Int(status)], fitting != Int(owner)
    {
      let isLeft = try former(state.status).contains { $0.links[Int(status)] == Int(owner) }
      note(.state, state.status, isLeft, values)
    }
  }

  /// Sorted by column, worst first.
  package var found: [Fault] {
    faults.sorted {
      ($0.key.column, $0.key.fault, $0.key.isLeft ? 1 : 0)
        < ($1.key.column, $1.key.fault, $1.key.isLeft ? 1 : 0)
    }.map(\.value)
  }

  private mutating func former(_ place: Int) throws -> [Column] {
    if let columns = known[place] { return columns }
    let columns = try former(columns[place])
    known[place] = columns
    return columns
  }

  private mutating func note(
    _ fault: ValueFault,
    _ place: Int,
    _ isLeft: Bool,
    _ values: [RowValue]
  ) {
    let key = Key(column: place, fault: fault, isLeft: isLeft)
    var found =
      faults[key]
      ?? Fault(column: columns[place], fault: fault, isLeft: isLeft, count: 0, ids: [])
    found.count += 1
    if found.ids.count < Self.idsMax { found.ids.append(columns[id].text(of: values[id])) }
    faults[key] = found
  }

  /// How many rows are named.
  package static let idsMax = 3
}

extension RowAudit.Fault {
  /// As in “3 values are no option: id, id, id”.
  package var words: String {
    let isOne = count == 1
    let values = count.counted("value")
    let what =
      switch fault {
      case .kind: "\(values) \(isOne ? "is" : "are") no \(column.type.title)"
      case .spelling:
        "\(values) \(isOne ? "is" : "are") not spelled as a \(column.type.title) is kept"
      case .option: "\(values) \(isOne ? "is" : "are") no option"
      case .length: "\(values) \(isOne ? "is" : "are") too long"
      case .range: "\(values) \(isOne ? "is" : "are") out of range"
      case .missing:
        "\(count.counted("row")) \(isOne ? "has" : "have") no value, and the system requires one"
      case .future:
        "\(count.counted("row")) \(isOne ? "is" : "are") of operations that are yet to come"
      case .state:
        "\(values) \(isOne ? "belongs" : "belong") to another state than the row's"
      }
    return "\(what)\(isLeft ? " any more" : ""): \(Self.listed(ids, of: count))"
  }

  /// The first of some ids.
  package static func listed(_ ids: [String], of count: Int) -> String {
    ids.map { RowProblem.shown($0) }.joined(separator: ", ") + (count > ids.count ? ", …" : "")
  }
}
