/// A statement or a part of one: code that we spell, and beside it names and values, which never become code.
///
/// A `String`, an `Int` or an `SQLValue` that is interpolated is bound, a list of them with `\(list:)`; a name is quoted
/// with `\(name:)`; an `SQLText` is inserted. Nothing else can be interpolated. The driver spells the whole once
/// (`rendered`), and nobody searches it for anything.
package struct SQLText: Equatable, Sendable {
  fileprivate enum Piece: Equatable, Sendable {
    case code(String)
    case name(String)
    case value(SQLValue)
    case list([SQLValue])
    case argument(Int)
  }

  fileprivate var pieces: [Piece]

  package var isEmpty: Bool { pieces.isEmpty }

  package static func + (left: SQLText, right: SQLText) -> SQLText {
    SQLText(pieces: left.pieces + right.pieces)
  }

  package static func += (left: inout SQLText, right: SQLText) { left.pieces += right.pieces }
}

extension SQLText: ExpressibleByStringInterpolation {
  package init(stringLiteral code: String) { pieces = code.isEmpty ? [] : [.code(code)] }

  package init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(2 * interpolationCount + 1)
    }

    package mutating func appendLiteral(_ code: String) {
      if !code.isEmpty { pieces.append(.code(code)) }
    }

    package mutating func appendInterpolation(_ text: SQLText) { pieces += text.pieces }

    package mutating func appendInterpolation(_ value: SQLValue) { pieces.append(.value(value)) }

    package mutating func appendInterpolation(_ value: String?) {
      pieces.append(.value(SQLValue(value)))
    }

    package mutating func appendInterpolation(_ value: Int?) {
      pieces.append(.value(SQLValue(value)))
    }

    /// What a table, a column or an index is called, whatever is in it.
    package mutating func appendInterpolation(name: String) { pieces.append(.name(name)) }

    /// Names with commas between them.
    package mutating func appendInterpolation(names: [String]) {
      for (place, name) in names.enumerated() {
        if place > 0 { pieces.append(.code(", ")) }
        pieces.append(.name(name))
      }
    }

    /// Values with commas between them and brackets around them; none are nothing that anything is among.
    ///
    /// What is `NOT IN` none not every database says: who may have none does not ask.
    package mutating func appendInterpolation(list values: [SQLValue]) {
      pieces.append(.list(values))
    }

    /// What a prepared statement is given when it runs.
    ///
    /// - Parameter argument: which of them, from 0; one may stand in several places.
    package mutating func appendInterpolation(argument: Int) { pieces.append(.argument(argument)) }
  }
}

extension Sequence<SQLText> {
  package func joined(separator: SQLText) -> SQLText {
    var joined: SQLText = ""
    for (place, text) in enumerated() {
      if place > 0 { joined += separator }
      joined += text
    }
    return joined
  }
}

// MARK: For drivers

extension SQLText {
  /// A statement as a database takes it.
  package struct Rendered: Sendable {
    package let text: String
    /// How many parameters are given when it runs; they are the first ones.
    package let argumentCount: Int
    /// Of the parameters after those, in order.
    package let values: [SQLValue]

    package init(_ text: String, argumentCount: Int = 0, values: [SQLValue] = []) {
      self.text = text
      self.argumentCount = argumentCount
      self.values = values
    }
  }

  /// - Parameters:
  ///   - none: how the database spells a list of nothing.
  ///   - parameter: how it spells the parameter with this number, counted from 1, and whether all of them stand in order.
  /// - Throws: where a name or a value is one that no database takes.
  package func rendered(
    none: String = "(SELECT NULL WHERE 1 = 0)",
    _ parameter: (_ number: Int, _ areInOrder: Bool) -> String
  ) throws(SQLError) -> Rendered {
    var text = ""
    var values: [SQLValue] = []
    let arguments = pieces.lazy.map { piece in
      if case .argument(let place) = piece { place + 1 } else { 0 }
    }
    let argumentCount = arguments.max() ?? 0
    func add(_ value: SQLValue) throws(SQLError) {
      try value.requireStorable()
      values.append(value)
      text += parameter(argumentCount + values.count, argumentCount == 0)
    }
    for piece in pieces {
      switch piece {
      case .code(let code): text += code
      case .name(let name):
        try SQLValue.text(name).requireStorable()
        let quote = UInt8(ascii: "\"")
        text += "\""
        text += name.utf8.contains(quote) ? name.replacing("\"", with: "\"\"") : name
        text += "\""
      case .value(let value): try add(value)
      case .list(let list) where list.isEmpty: text += none
      case .list(let list):
        text += "("
        for (place, value) in list.enumerated() {
          if place > 0 { text += ", " }
          try add(value)
        }
        text += ")"
      case .argument(let place): text += parameter(place + 1, false)
      }
    }
    return Rendered(text, argumentCount: argumentCount, values: values)
  }
}

extension SQLValue {
  /// - Throws: for a text with a NUL in it: one database refuses it, and the other ends names there.
  package func requireStorable() throws(SQLError) {
    guard case .text(let text) = self else { return }
    // Rows are written by the million: one look at the bytes where they lie together.
    let hasNUL = text.utf8.withContiguousStorageIfAvailable { $0.contains(0) }
    guard hasNUL ?? text.utf8.contains(0) else { return }
    throw SQLError(
      .unstorable,
      "the text “\(text.replacing("\0", with: "␀"))” holds a NUL, which no database keeps"
    )
  }
}
