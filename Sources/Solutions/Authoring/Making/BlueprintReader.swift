extension Blueprint {
  /// - Parameters:
  ///   - said: what the file says.
  ///   - file: how it is called in findings.
  ///   - solution: where the file does not name one.
  /// - Throws: a finding where it names no solution, so that nothing can be planned.
  package init(
    _ said: Said,
    file: String,
    solution: SolutionName? = nil
  ) throws(BlueprintError) {
    var reader = BlueprintReader(file: file)
    reader.read(said)
    guard let name = reader.solution ?? solution else {
      let none = DescriptionUnsound.Problem(line: said.line, problem: "the file names no solution")
      let problems = reader.problems.isEmpty ? [none] : reader.problems
      let content = DescriptionUnsound(file: file, problems: problems)
      throw BlueprintError(finding: Finding(content, at: content.location))
    }
    self.file = file
    self.solution = name
    (displayName, version, publisher) = (reader.displayName, reader.version, reader.publisher)
    (context, parts, removed) = (reader.context, reader.parts, reader.removed)
    let contradictions = parts.filter { reader.removed.contains($0.id) }.map { part in
      DescriptionUnsound.Problem(
        line: part.line,
        problem: "\(part.name) is described here, and stands under remove, too"
      )
    }
    problems = reader.problems + contradictions
  }
}

/// A readable file of which nothing can be planned.
package struct BlueprintError: Error, Sendable {
  package let finding: Finding
}

/// Takes a readable file apart; what cannot be meant is kept, and reading goes on.
struct BlueprintReader {
  let file: String
  private(set) var solution: SolutionName?
  private(set) var displayName: String?
  private(set) var version: SolutionVersion?
  private(set) var publisher: Blueprint.PublisherPart?
  private(set) var context = MakingContext(language: "1033")
  private(set) var parts: [Blueprint.Part] = []
  private(set) var removed: [ComponentID] = []
  private(set) var problems: [DescriptionUnsound.Problem] = []

  init(file: String) { self.file = file }

  /// What a file can have, with what is said of it in the reference.
  static let sections =
    [
      "solution", "publisher", "language", "choices", "tables", "relationships",
    ] + DescribedKind.all.map(\.section) + ["remove"]

  mutating func read(_ said: Said) {
    attempt { reader throws(Unsound) in
      let pairs = try said.pairs()
      for pair in pairs where !Self.sections.contains(pair.key) {
        reader.tellUnknown(pair, among: Self.sections, of: "a file")
      }
      // What is meant by the rest depends on these.
      for name in ["language", "publisher", "solution"] {
        for pair in pairs where pair.key == name { reader.head(pair) }
      }
      for pair in pairs { reader.section(pair) }
    }
  }

  private mutating func tell(_ error: Unsound) {
    problems.append(DescriptionUnsound.Problem(line: error.line, problem: error.problem))
  }

  private mutating func tellUnknown(_ pair: Said.Pair, among words: [String], of what: String) {
    tell(.unknown(pair, among: words, of: what))
  }

  private mutating func attempt(_ body: (inout BlueprintReader) throws(Unsound) -> Void) {
    do throws(Unsound) { try body(&self) } catch { tell(error) }
  }

  // MARK: Whose it is

  private mutating func head(_ pair: Said.Pair) {
    attempt { reader throws(Unsound) in
      switch pair.key {
      case "language": reader.context.language = String(try pair.value.whole(1...99_999))
      case "publisher": try reader.publisher(pair.value)
      default: try reader.solution(pair.value)
      }
    }
  }

  private mutating func solution(_ said: Said) throws(Unsound) {
    let pairs = try said.named()
    for pair in pairs {
      switch pair.key {
      case "name":
        let text = try pair.value.name()
        guard let name = SolutionName(text) else {
          throw pair.value.unsound("“\(text)” is no name of a solution")
        }
        solution = name
      case "displayName": displayName = try pair.value.name()
      case "version":
        let text = try pair.value.name()
        guard let version = SolutionVersion(text) else {
          throw pair.value.unsound("“\(text)” is no version, as 1.0.0.0 is")
        }
        self.version = version
      default: tellUnknown(pair, among: ["name", "displayName", "version"], of: "a solution")
      }
    }
  }

  private mutating func publisher(_ said: Said) throws(Unsound) {
    var (name, displayName, prefix, option): (String?, String?, String?, Int?)
    for pair in try said.named() {
      switch pair.key {
      case "name": name = try pair.value.name()
      case "displayName": displayName = try pair.value.name()
      case "prefix": prefix = try pair.value.name().lowercased()
      case "optionValuePrefix": option = try pair.value.whole(10_000...99_999)
      default:
        tellUnknown(
          pair,
          among: ["name", "displayName", "prefix", "optionValuePrefix"],
          of: "a publisher"
        )
      }
    }
    guard let name else { throw said.unsound("the publisher has no name") }
    publisher = Blueprint.PublisherPart(
      name: PublisherName(name),
      displayName: displayName,
      prefix: prefix,
      optionPrefix: option,
      line: said.line
    )
    context.optionPrefix = option ?? prefix.map { Publisher.optionValuePrefix(from: $0) }
  }

  // MARK: Components

  private mutating func section(_ section: Said.Pair) {
    attempt { reader throws(Unsound) in
      switch section.key {
      case "choices":
        try reader.each(section.value) { reader, pair throws(Unsound) in
          reader.add(.optionSet(pair.key), .choice, pair)
        }
      case "tables":
        try reader.each(section.value) { reader, pair throws(Unsound) in try reader.table(pair) }
      case "relationships":
        try reader.each(section.value) { reader, pair throws(Unsound) in
          reader.add(ComponentID(.entityRelationship, pair.key.lowercased()), .manyToMany, pair)
        }
      case let word where DescribedKind.all.contains { $0.section == word }:
        for kind in DescribedKind.all where kind.section == word {
          try reader.described(section.value, as: kind, in: nil)
        }
      case "remove":
        for item in try section.value.items() { try reader.remove(item) }
      default: break
      }
    }
  }

  private mutating func each(
    _ said: Said,
    _ body: (inout BlueprintReader, Said.Pair) throws(Unsound) -> Void
  ) throws(Unsound) {
    for pair in try said.pairs() {
      attempt { reader throws(Unsound) in
        guard !pair.key.isEmpty else {
          throw Unsound(line: pair.line, problem: "a name is expected here")
        }
        try body(&reader, pair)
      }
    }
  }

  /// Components of a kind, and those that are described in them.
  private mutating func described(
    _ said: Said,
    as kind: DescribedKind,
    in scope: Blueprint.Scope?
  ) throws(Unsound) {
    try each(said) { reader, pair throws(Unsound) in
      let pairs = try kind.pairs(pair.value)
      let id = try kind.id(pair, pairs, in: scope)
      let whole = Said.Pair(pair.key, line: pair.line, Said(.pairs(pairs), line: pair.value.line))
      let nested = Set(kind.nested.map(\.section))
      reader.add(id, .described(kind), whole, without: nested.union(["id"]), in: scope)
      let inner = Blueprint.Scope(id: id, name: pair.key, said: pairs)
      for part in kind.nested {
        for entry in pairs where entry.key == part.section {
          try reader.described(entry.value, as: part, in: inner)
        }
      }
    }
  }

  private mutating func add(
    _ id: ComponentID,
    _ subject: Blueprint.Part.Subject,
    _ pair: Said.Pair,
    without own: Set<String> = [],
    in scope: Blueprint.Scope? = nil
  ) {
    attempt { reader throws(Unsound) in
      if let other = reader.parts.first(where: { $0.id == id }) {
        throw Unsound(
          line: pair.line,
          problem: "“\(pair.key)” is described twice, here and in line \(other.line)"
        )
      }
      reader.parts.append(
        Blueprint.Part(
          id: id,
          name: pair.key,
          scope: scope,
          subject: subject,
          said: try pair.value.pairs().filter { !own.contains($0.key) },
          line: pair.line
        )
      )
    }
  }

  /// What a table says besides its fields.
  static let wordsOfTables =
    ["primaryName", "without", "columns", "keys"] + DescribedKind.ofTables.map(\.section)

  private mutating func table(_ pair: Said.Pair) throws(Unsound) {
    let pairs = try pair.value.pairs()
    let table = pair.key.lowercased()
    var primary: Blueprint.Primary?
    var without: Set<String> = []
    for entry in pairs {
      switch entry.key {
      case "primaryName":
        let said = try entry.value.named()
        guard let name = try said.first(where: { $0.key == "name" })?.value.name() else {
          throw entry.value.unsound("the primary name column has no name")
        }
        primary = Blueprint.Primary(
          name: name,
          said: said.filter { $0.key != "name" },
          line: entry.line
        )
      case "without":
        without = Set(try entry.value.items().map { item throws(Unsound) in try item.name() })
      default: break
      }
    }
    add(
      .entity(table),
      .table(primary: primary, without: without),
      pair,
      without: Set(Self.wordsOfTables)
    )
    if let primary, !primary.said.isEmpty {
      let said = Said(.pairs(primary.said), line: primary.line)
      add(
        .attribute(table, primary.name.lowercased()),
        .column(table: table),
        Said.Pair(primary.name, line: primary.line, said)
      )
    }
    for entry in pairs {
      switch entry.key {
      case "columns":
        try each(entry.value) { reader, column throws(Unsound) in
          reader.add(.attribute(table, column.key.lowercased()), .column(table: table), column)
        }
      case "keys":
        try each(entry.value) { reader, key throws(Unsound) in
          let id = ComponentID(.entityKey, "\(table).\(key.key.lowercased())")
          reader.add(id, .key(table: table), key)
        }
      case let word:
        let scope = Blueprint.Scope(id: .entity(table), name: pair.key, said: pairs)
        for kind in DescribedKind.ofTables where kind.section == word {
          try described(entry.value, as: kind, in: scope)
        }
      }
    }
  }

  private mutating func remove(_ said: Said) throws(Unsound) {
    let text = try said.name()
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let kind = ComponentKinds.standard[spoken: parts[0]] else {
      throw said.unsound("“\(text)” is no KIND:NAME, as Attribute:new_car.new_color is")
    }
    removed.append(kind.id(named: parts[1]))
  }
}

extension Unsound {
  static func unknown(_ pair: Said.Pair, among words: [String], of what: String) -> Unsound {
    Unsound(
      line: pair.line,
      problem:
        "“\(pair.key)” is no word of \(what); there are \(words.sorted().joined(separator: ", "))"
    )
  }
}

extension Said {
  /// Pairs, or a name alone.
  func named() throws(Unsound) -> [Pair] {
    if case .text = content { return [Pair("name", line: line, self)] }
    return try pairs()
  }
}
