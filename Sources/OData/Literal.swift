/// A value as a request spells it.
package enum Literal: Equatable, Sendable {
  case null
  case boolean(Bool)
  case text(String)
  /// As it is spelled: `1`, `-2.50`, `1E3`.
  case number(String)
  /// In lower case, without braces.
  case guid(String)
  /// `2026-01-31`.
  case date(String)
  /// `2026-01-31T09:30:00Z`, with or without a zone.
  case dateTime(String)
  /// `09:30:00`.
  case time(String)
  /// What stands between the quotation marks of `duration'…'`.
  case duration(String)
  /// What stands between the quotation marks of `binary'…'`.
  case binary(String)
  /// `Namespace.Type'Member'`.
  case enumeration(type: String, member: String)

  /// As a value without its type; nil for null.
  package var plain: String? {
    switch self {
    case .null: nil
    case .boolean(let value): value ? "true" : "false"
    case .text(let text), .number(let text), .guid(let text), .date(let text),
      .dateTime(let text), .time(let text), .duration(let text), .binary(let text):
      text
    case .enumeration(_, let member): member
    }
  }
}
