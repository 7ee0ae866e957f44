internal import Hashing
package import Solutions

extension RowQuery.Cookie {
  /// Values with a letter for their type, in base64, so that a shell leaves them alone.
  ///
  /// - Throws: `EncodingError`, which texts do not cause.
  package func text() throws -> String {
    let parts = values.map { value in
      switch value {
      case .null: "n"
      case .integer(let value): "i\(value)"
      case .real(let value): "r\(value)"
      case .text(let value): "t\(value)"
      case .bytes(let value): "b\(Base64.encode(value))"
      }
    }
    return Base64.encode(Array(try ShapeCoder.line(parts).utf8))
  }

  /// - Throws: `QueryError` for a text that is no page.
  package init(text: String) throws {
    let unknown = QueryError(description: "“\(text)” is no page")
    guard let bytes = Base64.decode(text) else { throw unknown }
    let parts: [String]
    do { parts = try ShapeCoder.decode([String].self, bytes) } catch { throw unknown }
    self.init(
      values: try parts.map { part in
        // By units: a value may begin with a mark that joins the letter before it.
        let rest = String(part.unicodeScalars.dropFirst())
        let value: RowValue? =
          switch part.unicodeScalars.first {
          case "n": .null
          case "i": Int64(rest).map { .integer($0) }
          case "r": Double(rest).map { .real($0) }
          case "t": .text(rest)
          case "b": Base64.decode(rest).map { .bytes($0) }
          default: nil
          }
        guard let value else { throw unknown }
        return value
      }
    )
  }
}
