/// What of a date rows are put together by, as a number.
package enum DatePart: String, Sendable {
  case year
  /// From 1 to 4.
  case quarter
  case month
  /// Of the year, from 1: weeks begin on Sunday, and the first one has the first of January.
  case week
  /// Of the month.
  case day
}
