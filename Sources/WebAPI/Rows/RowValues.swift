internal import JSON
internal import OData
internal import Solutions

extension Column {
  /// A value of a body as row files have it.
  ///
  /// - Throws: `WebError` for what the column does not take.
  func text(of value: JSONValue, in table: String) throws -> String {
    if value.kind == .null { return "" }
    if type == .file { throw WebError(missing: "file columns") }
    let text: String?
    switch type {
    case .integer, .bigInteger, .decimal, .float, .choice:
      text = value.kind == .number ? value.lexeme : nil
    case .boolean: text = value.kind == .boolean ? value.lexeme : nil
    case .choices: text = value.text?.replacing(",", with: ";")
    default: text = value.text
    }
    guard var text else {
      throw WebError.badBody(
        "Cannot convert the value of '\(name)' to the expected type of \(type.title)."
      )
    }
    guard !text.isEmpty else { return "" }
    // Places that the column does not have are no fault: the platform rounds.
    if case .decimal(let places, _, _) = type, let number = DecimalText(text),
      number.places > places
    {
      text = number.rounded(to: places).description
    }
    if case .text(let most?) = type, text.utf16.count > most {
      throw WebError(
        400,
        "0x80044331",
        "A validation error occurred. The length of the '\(name)' attribute of the '\(table)' entity "
          + "exceeded the maximum allowed length of '\(most)'."
      )
    }
    do throws(RowProblem) {
      _ = try self.value(of: text)
    } catch {
      let code =
        switch type {
        case .integer, .bigInteger, .decimal, .float: "0x80044330"
        case .choice, .choices: "0x8004431a"
        default: "0x80048d19"
        }
      throw WebError(400, code, "\(name): \(error.message)")
    }
    return text
  }
}
