internal import SQL
internal import Solutions

extension SQLValue {
  init(_ value: RowValue) {
    switch value {
    case .null: self = .null
    case .integer(let value): self = .integer(value)
    case .real(let value): self = .real(value)
    case .text(let value): self = .text(value)
    case .bytes(let value): self = .blob(value)
    }
  }
}

extension RowValue {
  init(_ value: SQLValue) {
    switch value {
    case .null: self = .null
    case .integer(let value): self = .integer(value)
    case .real(let value): self = .real(value)
    case .text(let value): self = .text(value)
    case .blob(let value): self = .bytes(value)
    }
  }
}
