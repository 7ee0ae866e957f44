internal import Solutions
internal import XML

extension DatePart {
  /// What of a date rows are put together by; nil where it is all of it.
  static func grouping(_ element: XMLElement, of column: Column) throws -> DatePart? {
    guard let name = element.attribute("dategrouping") else { return nil }
    guard let part = DatePart(rawValue: name) else {
      throw WebError(missing: "dategrouping “\(name.shown(40))” in FetchXML")
    }
    guard case .dateTime = column.type else {
      throw WebError.badQuery("\(column.name) is no date, and has no \(part.rawValue)")
    }
    return part
  }
}
