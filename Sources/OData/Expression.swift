/// A condition or a value of a request.
package indirect enum Expression: Equatable, Sendable {
  case literal(Literal)
  /// `@p1`, without the sign.
  case alias(String)
  case path(PropertyPath)
  case all([Expression])
  case any([Expression])
  case not(Expression)
  case compare(Expression, Comparison, Expression)
  /// `x in (1,2)`.
  case among(Expression, [Expression])
  case calculate(Expression, Arithmetic, Expression)
  case negative(Expression)
  /// `contains(name,'x')`.
  case call(Call)
  /// `coll/any(o:o/x eq 1)`; without a condition: whether there is one at all.
  case lambda(PropertyPath, Quantifier, variable: String, Expression?)
  /// `["a","b"]`, or what stands in brackets behind a name.
  case list([Expression])

  package enum Comparison: String, CaseIterable, Sendable {
    case equal = "eq"
    case notEqual = "ne"
    case greater = "gt"
    case greaterOrEqual = "ge"
    case less = "lt"
    case lessOrEqual = "le"
    case has
  }

  package enum Arithmetic: String, CaseIterable, Sendable {
    case add
    case sub
    case mul
    case div
    case divby
    case mod
  }

  package enum Quantifier: String, Sendable {
    case any
    case all
  }

  package struct Call: Equatable, Sendable {
    /// With its namespace, as it is written.
    package let name: String
    /// With their names where they have some.
    package let arguments: [Argument]
    package let place: Int

    package init(name: String, arguments: [Argument], place: Int = 0) {
      (self.name, self.arguments, self.place) = (name, arguments, place)
    }

    /// The argument of a name; nil where there is none.
    package subscript(name: String) -> Expression? {
      arguments.first { $0.name == name }?.value
    }

    /// Without a namespace.
    package var bareName: String { String(name.split(separator: ".").last ?? "") }
  }

  package struct Argument: Equatable, Sendable {
    /// nil where it is told by its place.
    package let name: String?
    package let value: Expression

    package init(name: String?, value: Expression) { (self.name, self.value) = (name, value) }
  }
}

/// `name`, `nav/name`, `coll/$count`, `o/name`.
package struct PropertyPath: Hashable, Sendable {
  package let steps: [String]
  /// Bytes before it.
  package let place: Int

  package init(_ steps: [String], at place: Int = 0) {
    self.steps = steps
    self.place = place
  }

  package var text: String { steps.joined(separator: "/") }

  package static func == (one: Self, other: Self) -> Bool { one.steps == other.steps }
  package func hash(into hasher: inout Hasher) { hasher.combine(steps) }
}
