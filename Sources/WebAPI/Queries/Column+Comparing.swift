internal import Solutions

extension Column {
  /// What stands in a query as the column holds it; options by number.
  ///
  /// - Throws: `WebError` where it is no value of the column.
  func compared(to text: String) throws -> RowValue {
    if case .choice = type {
      guard let number = Int64(text) else {
        throw WebError.badQuery("“\(text.shown(80))” is no option of \(name)")
      }
      return .integer(number)
    }
    if text.isEmpty { return .text("") }
    do throws(RowProblem) {
      return try meaning(of: text)
    } catch {
      throw WebError.badQuery("\(name): \(error.message)")
    }
  }
}
