/// A piece of an option or a path.
enum Token: Equatable {
  /// A name, with dots where it has a namespace.
  case name(String)
  /// `@p1`, without the sign.
  case alias(String)
  /// `$count`, with the sign.
  case system(String)
  case literal(Literal)
  /// One of `(`, `)`, `,`, `:`, `/`, `;`, `=`, `[`, `]`, `*`, `-`.
  case sign(UInt8)
  case end

  /// As a message names it.
  var told: String {
    switch self {
    case .name(let name): "“\(name)”"
    case .alias(let name): "“@\(name)”"
    case .system(let name): "“\(name)”"
    case .literal: "a value"
    case .sign(let byte): "“\(Character(Unicode.Scalar(byte)))”"
    case .end: "the end"
    }
  }
}

extension Token {
  static let open = Token.sign(UInt8(ascii: "("))
  static let close = Token.sign(UInt8(ascii: ")"))
  static let comma = Token.sign(UInt8(ascii: ","))
  static let colon = Token.sign(UInt8(ascii: ":"))
  static let slash = Token.sign(UInt8(ascii: "/"))
  static let semicolon = Token.sign(UInt8(ascii: ";"))
  static let equals = Token.sign(UInt8(ascii: "="))
  static let openList = Token.sign(UInt8(ascii: "["))
  static let closeList = Token.sign(UInt8(ascii: "]"))
  static let star = Token.sign(UInt8(ascii: "*"))
  static let minus = Token.sign(UInt8(ascii: "-"))
}
