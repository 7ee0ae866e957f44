/// What a request is about: `accounts(…)/primarycontactid/$ref`.
package struct ResourcePath: Equatable, Sendable {
  package let segments: [Segment]

  package struct Segment: Equatable, Sendable {
    /// A set, a property, a function, a type with its namespace, or a word such as `$count`.
    package let name: String
    package let arguments: Arguments
    package let place: Int

    package init(_ name: String, _ arguments: Arguments = .none, at place: Int = 0) {
      (self.name, self.arguments, self.place) = (name, arguments, place)
    }

    /// Without a namespace.
    package var bareName: String { String(name.split(separator: ".").last ?? "") }
  }

  /// What stands in brackets behind a name.
  package enum Arguments: Equatable, Sendable {
    /// There are no brackets.
    case none
    /// A key by its value.
    case single(Expression)
    /// Alternate keys and parameters of functions; nothing for `()`.
    case named([Named])
  }

  package struct Named: Equatable, Sendable {
    package let name: String
    package let value: Expression

    package init(_ name: String, _ value: Expression) { (self.name, self.value) = (name, value) }
  }

  package init(_ segments: [Segment]) { self.segments = segments }

  /// - Parameter text: below the root of the service, percent signs resolved; slashes around it do not count.
  /// - Throws: `ODataError` for what cannot be read.
  package init(_ text: String) throws(ODataError) {
    var parser = try Parser(text, part: "the path")
    var segments: [Segment] = []
    while try parser.take(.slash) {}
    while parser.token != .end {
      segments.append(try parser.segment())
      guard parser.token != .end else { break }
      try parser.require(.slash)
      while try parser.take(.slash) {}
    }
    self.segments = segments
  }
}

extension Parser {
  fileprivate mutating func segment() throws(ODataError) -> ResourcePath.Segment {
    let start = place
    let name: String
    switch token {
    case .name(let word): name = word
    case .system(let word): name = word
    default: throw unexpected("a name")
    }
    try advance()
    guard token == .open else { return ResourcePath.Segment(name, at: start) }
    let arguments = try self.arguments()
    if arguments.count == 1, arguments[0].name == nil {
      return ResourcePath.Segment(name, .single(arguments[0].value), at: start)
    }
    var named: [ResourcePath.Named] = []
    for argument in arguments {
      guard let name = argument.name else {
        throw ODataError(.malformed, "each of several values needs its name", in: part, at: start)
      }
      named.append(ResourcePath.Named(name, argument.value))
    }
    return ResourcePath.Segment(name, .named(named), at: start)
  }
}
