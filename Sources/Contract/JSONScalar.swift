package import FoundationEssentials
package import Solutions

/// A value of a row in JSON.
package enum JSONScalar: Codable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case decimal(Decimal)
  case real(Double)
  case text(String)

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = Self.decoded(Bool.self, container) {
      self = .bool(value)
      // Every number: the decoder takes digits behind the point for rounding when it is asked for whole ones.
    } else if let value = Self.decoded(Decimal.self, container) {
      self = .decimal(value)
    } else if let value = Self.decoded(Double.self, container) {
      self = .real(value)
    } else {
      self = .text(try container.decode(String.self))
    }
  }

  /// nil when the value is of another type: trying is how one learns it.
  private static func decoded<Value: Decodable>(
    _ type: Value.Type,
    _ container: any SingleValueDecodingContainer
  ) -> Value? {
    do { return try container.decode(type) } catch { return nil }
  }

  /// As a row has it.
  package init(_ value: RowValue, of column: Column) {
    switch value {
    case .null: self = .null
    case .integer(let value): self = column.type == .boolean ? .bool(value != 0) : .integer(value)
    case .real(let value): self = .real(value)
    case .text(let text):
      if case .decimal = column.type, let number = Decimal(string: text) {
        self = .decimal(number)
      } else {
        self = .text(column.text(of: value))
      }
    case .bytes: self = .text(column.text(of: value))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .integer(let value): try container.encode(value)
    case .decimal(let value): try container.encode(value)
    case .real(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    }
  }
}
