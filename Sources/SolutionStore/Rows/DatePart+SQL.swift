internal import SQL
internal import Solutions

extension DatePart {
  /// The part of a date that begins with `YYYY-MM-DD`; moments are taken in UTC, as they are kept.
  func of(_ date: SQLText) -> SQLText {
    let year: SQLText = "CAST(SUBSTR(\(date), 1, 4) AS INTEGER)"
    let month: SQLText = "CAST(SUBSTR(\(date), 6, 2) AS INTEGER)"
    let day: SQLText = "CAST(SUBSTR(\(date), 9, 2) AS INTEGER)"
    switch self {
    case .year: return year
    case .quarter: return "((\(month) + 2) / 3)"
    case .month: return month
    case .day: return day
    case .week:
      // Days of the months before, less what February lacks; by Gauss the weekday on which the year begins, from Sunday on.
      let isLeap: SQLText =
        "(\(year) % 4 = 0 AND (\(year) % 100 <> 0 OR \(year) % 400 = 0))"
      let lack: SQLText = "CASE WHEN \(month) <= 2 THEN 0 WHEN \(isLeap) THEN 1 ELSE 2 END"
      let start: SQLText =
        "((1 + 5 * ((\(year) - 1) % 4) + 4 * ((\(year) - 1) % 100) + 6 * ((\(year) - 1) % 400)) % 7)"
      return
        "(((367 * \(month) - 362) / 12 - \(lack) + \(day) - 1 + \(start)) / 7 + 1)"
    }
  }
}
