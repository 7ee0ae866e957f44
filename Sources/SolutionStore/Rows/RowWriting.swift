internal import SQL
package import Solutions

extension RowStore {
  /// Writes all rows of a source, or none (`BadRows`).
  ///
  /// - Parameters:
  ///   - operation: stands in `versionnumber` of what was written.
  ///   - report: told the number of rows so far.
  /// - Returns: how many.
  package func write<Source: RowSource>(
    _ source: inout Source,
    as writing: RowWriting,
    in operation: Int,
    at moment: Timestamp,
    report: (Int) -> Void = { _ in }
  ) throws -> Int {
    let stored = try reader.requireTable(writing.table)
    let plan = try FieldPlan(source.header, of: stored.table) { try reader.table($0) }
    var writer = try RowWriter(
      plan,
      stored,
      writing,
      in: transaction,
      operation: operation,
      moment: moment
    )
    var fields = [String](repeating: "", count: source.header.count)
    var count = 0
    while let line = try source.next(&fields) {
      if count % 500 == 0 { try reader.checkpoint() }
      try writer.write(fields, line: line)
      count += 1
      if count % 20_000 == 0 { report(count) }
    }
    try writer.writeGathered()
    onStep("rows-written")
    try reader.checkpoint()
    let lookups = plan.fields.compactMap { field in
      if case .value(let column) = field { (column: column, forms: Set<Int32>?.none) } else { nil }
    }
    try writer.finish(
      LookupCheck(lookups: lookups, stored: stored, reader: reader, operation: operation)
    )
    report(writer.count)
    return writer.count
  }
}
