/// What `$apply` consists of.
extension Parser {
  mutating func transformations() throws(ODataError) -> [Transformation] {
    var steps: [Transformation] = []
    repeat {
      let start = place
      let word = try name()
      try require(.open)
      switch word {
      case "filter": steps.append(.filter(try expression()))
      case "aggregate": steps.append(.group(by: [], try aggregates()))
      case "groupby": steps.append(try grouping())
      default:
        throw ODataError(
          .unsupported,
          "“\(word)” is no transformation that is read",
          in: part,
          at: start
        )
      }
      try require(.close)
    } while try take(.slash)
    return steps
  }

  private mutating func grouping() throws(ODataError) -> Transformation {
    try require(.open)
    let groups = try paths()
    try require(.close)
    guard try take(.comma) else { return .group(by: groups, []) }
    guard try name() == "aggregate" else { throw unexpected("“aggregate”") }
    try require(.open)
    let made = try aggregates()
    try require(.close)
    return .group(by: groups, made)
  }

  private mutating func aggregates() throws(ODataError) -> [Transformation.Aggregate] {
    var all: [Transformation.Aggregate] = []
    repeat {
      var path: PropertyPath?
      var method = "count"
      if token == .system("$count") {
        try advance()
      } else {
        path = try self.path()
        try requireWord("with")
        method = try name()
      }
      try requireWord("as")
      all.append(Transformation.Aggregate(path: path, method: method, alias: try name()))
    } while try take(.comma)
    return all
  }

  private mutating func requireWord(_ word: String) throws(ODataError) {
    guard try take(.name(word)) else { throw unexpected("“\(word)”") }
  }
}
