/// Reads tokens as expressions; errors name the place.
struct Parser {
  private var lexer: Lexer
  private(set) var token: Token
  /// Where the token begins.
  private(set) var place: Int
  private var depth = 0

  init(_ text: String, part: String) throws(ODataError) {
    var lexer = try Lexer(text, part: part)
    lexer.skipBlanks()
    place = lexer.at
    token = try lexer.next()
    self.lexer = lexer
  }

  var part: String { lexer.part }

  mutating func advance() throws(ODataError) {
    lexer.skipBlanks()
    place = lexer.at
    token = try lexer.next()
  }

  func failure(_ message: String) -> ODataError { lexer.failure(message, at: place) }

  func unexpected(_ wanted: String) -> ODataError {
    failure("\(wanted) is expected, and here is \(token.told)")
  }

  /// Whether it stands here; then it is passed.
  mutating func take(_ wanted: Token) throws(ODataError) -> Bool {
    guard token == wanted else { return false }
    try advance()
    return true
  }

  mutating func require(_ wanted: Token) throws(ODataError) {
    guard try take(wanted) else { throw unexpected(wanted.told) }
  }

  mutating func name() throws(ODataError) -> String {
    guard case .name(let name) = token else { throw unexpected("a name") }
    try advance()
    return name
  }

  func requireEnd() throws(ODataError) {
    guard token == .end else { throw unexpected("the end") }
  }

  /// One level deeper.
  mutating func deeper<Value>(
    _ body: (inout Parser) throws(ODataError) -> Value
  ) throws(ODataError) -> Value {
    depth += 1
    guard depth <= ODataLimits.depth else {
      throw ODataError(.tooLarge, "more than \(ODataLimits.depth) levels", in: part, at: place)
    }
    let value = try body(&self)
    depth -= 1
    return value
  }

  // MARK: Expressions

  mutating func expression() throws(ODataError) -> Expression {
    try deeper { parser throws(ODataError) in try parser.disjunction() }
  }

  private func isWord(_ word: String) -> Bool { token == .name(word) }

  private mutating func disjunction() throws(ODataError) -> Expression {
    var terms = [try conjunction()]
    while isWord("or") {
      try advance()
      terms.append(try conjunction())
    }
    return terms.count == 1 ? terms[0] : .any(terms)
  }

  private mutating func conjunction() throws(ODataError) -> Expression {
    var terms = [try negation()]
    while isWord("and") {
      try advance()
      terms.append(try negation())
    }
    return terms.count == 1 ? terms[0] : .all(terms)
  }

  /// `not` reaches over a comparison: of a yes/no column both readings are the same.
  private mutating func negation() throws(ODataError) -> Expression {
    guard isWord("not") else { return try comparison() }
    try advance()
    return .not(try deeper { parser throws(ODataError) in try parser.negation() })
  }

  private mutating func comparison() throws(ODataError) -> Expression {
    let left = try sum()
    guard case .name(let word) = token else { return left }
    if word == "in" {
      try advance()
      return .among(left, try list())
    }
    guard let sign = Expression.Comparison(rawValue: word) else { return left }
    try advance()
    return .compare(left, sign, try sum())
  }

  private mutating func list() throws(ODataError) -> [Expression] {
    try require(.open)
    var values = [try sum()]
    while try take(.comma) { values.append(try sum()) }
    try require(.close)
    return values
  }

  private mutating func sum() throws(ODataError) -> Expression {
    try chain([.add, .sub]) { parser throws(ODataError) in
      try parser.chain([.mul, .div, .divby, .mod]) { parser throws(ODataError) in
        try parser.unary()
      }
    }
  }

  /// Terms with operators of one rank between them, from the left.
  private mutating func chain(
    _ signs: [Expression.Arithmetic],
    _ term: (inout Parser) throws(ODataError) -> Expression
  ) throws(ODataError) -> Expression {
    var left = try term(&self)
    var count = 0
    while case .name(let word) = token, let sign = Expression.Arithmetic(rawValue: word),
      signs.contains(sign)
    {
      count += 1
      guard count < ODataLimits.depth else {
        throw ODataError(.tooLarge, "more than \(count) calculations", in: part, at: place)
      }
      try advance()
      left = .calculate(left, sign, try term(&self))
    }
    return left
  }

  private mutating func unary() throws(ODataError) -> Expression {
    guard try take(.minus) else { return try primary() }
    return .negative(try deeper { parser throws(ODataError) in try parser.unary() })
  }

  private mutating func primary() throws(ODataError) -> Expression {
    switch token {
    case .literal(let literal):
      try advance()
      return .literal(literal)
    case .alias(let name):
      try advance()
      return .alias(name)
    case .open:
      try advance()
      let inner = try expression()
      try require(.close)
      return inner
    case .openList: return try bracketed()
    case .name, .system: return try named()
    default: throw unexpected("a value")
    }
  }

  private mutating func bracketed() throws(ODataError) -> Expression {
    try require(.openList)
    guard try !take(.closeList) else { return .list([]) }
    var values = [try expression()]
    while try take(.comma) { values.append(try expression()) }
    try require(.closeList)
    return .list(values)
  }

  /// A path, a function, or a path with a condition on what it leads to.
  private mutating func named() throws(ODataError) -> Expression {
    let start = place
    var steps: [String] = []
    repeat {
      let at = place
      let step: String
      switch token {
      case .name(let name): step = name
      case .system(let name) where name == "$count" || name == "$it": step = name
      default: throw unexpected("a name")
      }
      try advance()
      guard token == .open else {
        if step != "$it" { steps.append(step) }
        continue
      }
      if !steps.isEmpty, let quantifier = Expression.Quantifier(rawValue: step) {
        return try lambda(PropertyPath(steps, at: start), quantifier)
      }
      guard steps.isEmpty else { throw lexer.failure("\(step) is no function of a path", at: at) }
      return .call(Expression.Call(name: step, arguments: try arguments(), place: start))
    } while try take(.slash)
    return .path(PropertyPath(steps, at: start))
  }

  private mutating func lambda(
    _ path: PropertyPath,
    _ quantifier: Expression.Quantifier
  ) throws(ODataError) -> Expression {
    try require(.open)
    if quantifier == .any, try take(.close) {
      return .lambda(path, .any, variable: "", nil)
    }
    let variable = try name()
    try require(.colon)
    let condition = try expression()
    try require(.close)
    return .lambda(path, quantifier, variable: variable, condition)
  }

  /// What stands between brackets behind a name.
  mutating func arguments() throws(ODataError) -> [Expression.Argument] {
    try require(.open)
    guard try !take(.close) else { return [] }
    var arguments: [Expression.Argument] = []
    repeat {
      let value = try expression()
      if case .path(let path) = value, path.steps.count == 1, try take(.equals) {
        arguments.append(Expression.Argument(name: path.steps[0], value: try expression()))
      } else {
        arguments.append(Expression.Argument(name: nil, value: value))
      }
    } while try take(.comma)
    try require(.close)
    return arguments
  }
}

extension Expression {
  /// A whole text as an expression.
  package init(_ text: String, part: String = "$filter") throws(ODataError) {
    var parser = try Parser(text, part: part)
    self = try parser.expression()
    try parser.requireEnd()
  }
}
