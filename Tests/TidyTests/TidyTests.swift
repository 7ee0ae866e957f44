import TestSupport
import Testing

/// What a machine can check of the house's order.
@Suite("Tidy")
struct TidyTests {
  static let sources = Repository.files(below: "Sources").filter { $0.hasSuffix(".swift") }

  /// Arrows point down (ARCHITECTURE.md).
  static let arrows: [String: Set<String>] = [
    "XML": ["CXML"], "Archive": ["Clibarchive", "Czlib", "Dispatch", "Synchronization"],
    "Hashing": ["Clibcrypto"],
    "JSON": [], "SQL": [], "Collation": [], "OData": [],
    "SQLite": [
      "SQL", "Collation", "GRDB", "GRDBSQLite", "FoundationEssentials", "Glibc", "Darwin",
      "Dispatch", "Synchronization",
    ],
    "PostgreSQL": ["SQL", "Collation", "Clibpq", "Dispatch", "Synchronization"],
    "Solutions": ["XML", "JSON", "Hashing", "Collation"],
    "Reading": ["Solutions"],
    "Contract": ["Solutions", "Reading", "JSON", "Hashing", "FoundationEssentials"],
    "Dataverse": [
      "Solutions", "JSON", "OData", "Hashing", "AsyncHTTPClient", "NIOCore", "NIOHTTP1",
    ],
    "SolutionPackages": [
      "Solutions", "XML", "JSON", "Archive", "Hashing", "Yams", "Synchronization",
    ],
    "SolutionStore": [
      "Solutions", "SQL", "XML", "JSON", "Hashing", "Dispatch", "Synchronization",
    ],
    "Lifecycle": [
      "Solutions", "SolutionPackages", "SolutionStore", "SQL", "Hashing", "Glibc", "Darwin",
    ],
    "Faces": [
      "Solutions", "Reading", "Contract", "SolutionPackages", "Lifecycle", "Hashing", "Mustache",
      "FoundationEssentials",
    ],
    "WebAPI": [
      "OData", "JSON", "XML", "Hashing", "Solutions", "Contract", "SolutionPackages", "Lifecycle",
      "Faces", "Synchronization",
    ],
    "Service": [
      "WebAPI",
      "Solutions", "Reading", "Contract", "SolutionPackages", "Lifecycle", "JSON", "Hashing",
      "Faces", "Mustache", "Hummingbird", "HummingbirdCore", "HummingbirdTLS", "NIOSSL",
      "AsyncHTTPClient", "JWTKit", "NIOHTTP1", "HTTPTypes", "Logging", "NIOCore",
      "ServiceLifecycle", "UnixSignals", "Dispatch",
      "FoundationEssentials", "Glibc", "Synchronization",
    ],
    "strata": [
      "Archive", "Solutions", "Reading", "Contract", "SolutionPackages", "Lifecycle", "JSON",
      "Hashing",
      "ArgumentParser", "Faces", "Service", "Yams", "FoundationEssentials", "Glibc",
      "Synchronization",
      "CProgram", "Dataverse", "Dispatch", "Subprocess", "SystemPackage",
    ],
  ]

  /// Where a database is opened and handed to the door; nowhere else does a face know that there is one.
  static let compositionRoot: [String: Set<String>] = [
    "strata/Environment.swift": ["SQL", "SQLite", "SolutionStore"],
    "strata/Database.swift": ["SQL", "SQLite", "PostgreSQL"],
    "strata/Commands/InitCommand.swift": ["SQL"],
    "strata/Commands/Environment/CopyEnvironment.swift": ["SQL"],
    // Names their errors.
    "Faces/Failure+Errors.swift": ["SQL", "SolutionStore"],
  ]

  @Test("A target imports only what stands below it", arguments: sources)
  func imports(file: String) throws {
    let target = String(file.prefix { $0 != "/" })
    let allowed = try #require(Self.arrows[target]).union(Self.compositionRoot[file] ?? [])
    let access: Set<Substring> = ["package", "internal", "public", "private", "fileprivate"]
    for line in try Repository.text("Sources/\(file)").split(separator: "\n") {
      var words = line.split(separator: " ")[...]
      if let first = words.first, access.contains(first) { words = words.dropFirst() }
      guard words.count == 2, words.first == "import", let module = words.last else { continue }
      #expect(allowed.contains(String(module)), "\(file): \(line)")
    }
  }

  @Test("A kind has a file in Kinds and a line in Standard.swift")
  func kinds() throws {
    let standard = try Repository.text("Sources/Solutions/Kinds/Standard.swift")
    var defined: Set<String> = []
    for file in Repository.files(below: "Sources/Solutions/Kinds") {
      let text = try Repository.text("Sources/Solutions/Kinds/\(file)")
      for piece in text.split(separator: "package static let ").dropFirst() {
        let name = String(piece.prefix { $0.isLetter || $0.isNumber })
        guard name != "standard" else { continue }
        defined.insert(name)
        #expect(standard.contains(".\(name),") || standard.contains(".\(name)\n"), "\(name)")
      }
    }
    let listed = standard.split { !$0.isLetter && !$0.isNumber && $0 != "." }
      .filter { $0.hasPrefix(".") && $0.count > 1 }.map { String($0.dropFirst()) }
    #expect(Set(listed) == defined)
  }

  @Test(
    "What is special about a kind is said in Kinds: nobody else knows its number",
    arguments: sources.filter { !$0.hasPrefix("Solutions/Kinds/") }
  )
  func numbers(file: String) throws {
    for piece in try Repository.text("Sources/\(file)").split(separator: ".number(").dropFirst() {
      #expect(
        piece.first?.isNumber != true,
        "\(file) names a kind by number: .number(\(piece.prefix(4))"
      )
    }
  }

  @Test(
    "What is special about a kind is no branch elsewhere",
    arguments: sources.filter { !$0.hasPrefix("Solutions/Kinds/") }
  )
  func branches(file: String) throws {
    let text = try Repository.text("Sources/\(file)")
    for subject in ["kind.type", "id.type", "target.type"] {
      #expect(!text.contains("switch \(subject) {"), "\(file) branches over kinds")
    }
  }

  @Test(
    "What differences are spelled with, and what tells siblings apart, is known to documents alone",
    arguments: sources.filter { !$0.hasPrefix("Solutions/Layering/Documents/") }
  )
  func words(file: String) throws {
    let text = try Repository.text("Sources/\(file)")
    for word in ["\"solutionaction\"", "\"ordinalvalue\"", "\"handlerUniqueId\""] {
      #expect(!text.contains(word), "\(file) spells \(word)")
    }
  }

  @Test("A merge has a file in Merges, a line in MergeBehavior.all and tests")
  func merges() throws {
    let list = try Repository.text("Sources/Solutions/Layering/MergeBehavior.swift")
    let all = try #require(list.split(separator: "static let all: [MergeBehavior] = [").last)
    let listed = all.prefix { $0 != "]" }.split { !$0.isLetter }.map(String.init)
    var defined: [String] = []
    for file in Repository.files(below: "Sources/Solutions/Layering/Merges") {
      let text = try Repository.text("Sources/Solutions/Layering/Merges/\(file)")
      let names = text.split(separator: "package static let ").dropFirst()
        .map { String($0.prefix { $0.isLetter }) }
      #expect(names.count == 1, "\(file) defines \(names)")
      defined += names
      let tests = "Tests/SolutionsTests/Merges/\(file.split(separator: ".")[0])Tests.swift"
      #expect(try Repository.text(tests).contains("@Test("), "\(tests)")
    }
    #expect(listed.sorted() == defined.sorted())
  }

  @Test("A question has a file of its own and a test that asks it")
  func questions() throws {
    let asking = try Repository.files(below: "Tests/LifecycleTests").map {
      try Repository.text("Tests/LifecycleTests/\($0)")
    }.joined()
    var count = 0
    for file in Self.sources where file.hasPrefix("Lifecycle/") {
      let text = try Repository.text("Sources/\(file)")
      for line in text.split(separator: "\n") where line.hasSuffix(": Question {") {
        let name = line.split(separator: " ").dropLast(2).last.map { $0.filter { $0 != ":" } } ?? ""
        #expect(file == "Lifecycle/Questions/\(name).swift", "\(line)")
        #expect(asking.contains("\(name)("), "no test asks \(name)")
        count += 1
      }
    }
    #expect(count == Repository.files(below: "Sources/Lifecycle/Questions").count - 1)
  }

  @Test("What throws across targets says what, or its type says it for all", arguments: sources)
  func throwing(file: String) throws {
    guard !file.hasPrefix("strata/") else { return }
    let lines = try Repository.text("Sources/\(file)")
      .split(separator: "\n", omittingEmptySubsequences: false)
    // Witnesses of protocols that say it for all.
    let witnesses = ["func answer(from", "init(from decoder", "func encode(to"]
    for (place, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      guard
        ["package func", "package static func", "package mutating func", "package init"].contains(
          where: text.hasPrefix
        ),
        !witnesses.contains(where: text.contains)
      else { continue }
      // Behind the parentheses of the parameters.
      var depth = 0
      let behind = lines[place...].joined(separator: "\n").drop { $0 != "(" }.drop { character in
        depth += character == "(" ? 1 : character == ")" ? -1 : 0
        return depth > 0
      }
      let words = behind.prefix { $0 != "{" }
      guard words.contains("throws"), !words.contains("throws("),
        !words.contains("rethrows")
      else { continue }
      let owner = lines[..<place].last {
        $0.first.map { $0.isLetter } ?? false && $0.hasSuffix("{")
      }
      let type = owner.map { Self.typeName($0) } ?? ""
      #expect(
        Self.saysThrows(above: place, in: lines) || Self.typesThatSay.contains(type),
        "\(file): \(text)"
      )
    }
  }

  private static func saysThrows(above place: Int, in lines: [Substring]) -> Bool {
    lines[..<place].reversed().prefix { line in
      let text = line.drop { $0 == " " }
      return text.hasPrefix("///") || text.hasPrefix("@")
    }.contains { $0.contains("- Throws:") }
  }

  /// Types whose own comment says what their functions throw.
  private static let typesThatSay: Set<String> = {
    var names: Set<String> = []
    for file in sources {
      let lines = (try? Repository.text("Sources/\(file)"))?
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (place, line) in (lines ?? []).enumerated()
      where line.first.map({ $0.isLetter }) ?? false && line.hasSuffix("{") {
        if saysThrows(above: place, in: lines ?? []) { names.insert(typeName(line)) }
      }
    }
    return names
  }()

  /// The name behind `struct`, `extension` and their like.
  private static func typeName(_ line: Substring) -> String {
    let words = line.split(separator: " ")
    let place = words.firstIndex {
      ["struct", "class", "enum", "protocol", "extension", "actor"].contains($0)
    }
    guard let place, place + 1 < words.count else { return "" }
    return String(words[place + 1].prefix { $0.isLetter || $0.isNumber })
  }

  @Test("What is declared for others is used, or tested")
  func dead() throws {
    var counts: [Substring: Int] = [:]
    var declared: [(file: String, name: Substring)] = []
    let texts =
      try Self.sources.map { ($0, try Repository.text("Sources/\($0)")) }
      + Repository.files(below: "Tests").filter { $0.hasSuffix(".swift") }.map {
        ("", try Repository.text("Tests/\($0)"))
      }
    for (file, text) in texts {
      for line in text.split(separator: "\n") {
        let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
        for word in words { counts[word, default: 0] += 1 }
        guard !file.isEmpty, words.first == "package" else { continue }
        let place = words.firstIndex {
          ["func", "var", "let", "struct", "class", "enum", "protocol", "typealias"].contains($0)
        }
        if let place, place + 1 < words.count { declared.append((file, words[place + 1])) }
      }
    }
    #expect(declared.count > 1_000)
    // What protocols of the language ask for by these names.
    let witnesses: Set<Substring> = ["debugDescription", "customMirror", "errorDescription"]
    for (file, name) in declared where !witnesses.contains(name) {
      #expect(counts[name, default: 0] > 1, "\(file) declares \(name), and nobody names it")
    }
  }

  @Test("A verb has a file of its own and a test that asks for it")
  func verbs() throws {
    let asking = try Repository.files(below: "Tests/LifecycleTests").map {
      try Repository.text("Tests/LifecycleTests/\($0)")
    }.joined()
    for file in Repository.files(below: "Sources/Lifecycle/Verbs") where file != "Verb.swift" {
      let text = try Repository.text("Sources/Lifecycle/Verbs/\(file)")
      let name = try #require(file.split(separator: ".").first)
      #expect(text.contains("private struct \(name): Verb {"), "\(file)")
      let request = text.split(separator: "package static func ").dropFirst().map {
        String($0.prefix { $0.isLetter })
      }
      #expect(request.count == 1, "\(file) defines \(request)")
      #expect(request.allSatisfy { asking.contains(".\($0)(") }, "no test asks for \(request)")
    }
  }

  @Test("A shape has a file of its name and a format of its own, and leaves it to the envelope")
  func shapes() throws {
    var formats: [String] = []
    for file in Self.sources where file.hasPrefix("Contract/") || file.hasPrefix("strata/") {
      let text = try Repository.text("Sources/\(file)")
      for piece in text.split(separator: "struct ").dropFirst() where piece.contains(": Shape {") {
        guard piece.prefix(while: { $0 != "\n" }).hasSuffix(": Shape {") else { continue }
        let name = piece.prefix { $0.isLetter }
        #expect(file == "Contract/\(name).swift")
        let format = piece.split(separator: "static let format = \"", maxSplits: 1).last
        formats.append(String((format ?? "").prefix { $0 != "\"" }))
      }
      let isEnvelope = file == "Contract/Shape.swift"
      #expect(isEnvelope || !text.contains("let formatVersion"), "\(file) writes its version")
    }
    #expect(formats.count > 15)
    #expect(Set(formats).count == formats.count)
    #expect(formats.allSatisfy { $0.hasPrefix("strata.") }, "\(formats)")
  }

  @Test("A file has at most 400 lines, or its reason", arguments: sources)
  func sizes(file: String) throws {
    let lines = try Repository.text("Sources/\(file)").split(
      separator: "\n",
      omittingEmptySubsequences: false
    ).count
    #expect(lines <= 400 || Exceptions.files[file] != nil, "\(file) has \(lines) lines")
  }

  @Test("A function has at most 60 lines, or its reason; a reason that is needed no more goes")
  func functions() throws {
    var long: [String: Int] = [:]
    for file in Self.sources {
      for function in Self.functions(in: try Repository.text("Sources/\(file)"))
      where function.lines > 60 {
        long["\(file) \(function.name)"] = function.lines
      }
    }
    #expect(Set(long.keys) == Set(Exceptions.functions.keys), "\(long)")
  }

  /// Functions and inits whose last line is a brace below their first letter.
  private static func functions(in text: String) -> [(name: String, lines: Int)] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.indices.compactMap { start in
      let line = lines[start]
      let words = line.split(separator: " ").prefix { $0 != "//" && $0 != "=" }
      guard
        let word = words.first(where: {
          $0 == "func" || $0.hasPrefix("init(") || $0.hasPrefix("init<") || $0.hasPrefix("init?")
        }),
        words.first.map({ !$0.hasPrefix("//") }) ?? false
      else { return nil }
      let indent = line.prefix { $0 == " " }
      let rest = lines[(start + 1)...]
      guard !(line.hasSuffix("}") && line.contains("{")),
        let end = rest.firstIndex(where: {
          $0.prefix { $0 == " " } == indent && $0.hasSuffix("}") && !$0.contains("{")
        })
      else { return nil }
      let name =
        word == "func" ? words[words.index(after: words.firstIndex(of: word) ?? 0)] : "init"
      return (String(name.prefix { $0 != "(" && $0 != "<" }), end - start + 1)
    }
  }

  @Test(
    "The core awaits nothing, reads no clock and makes no random ids",
    arguments: sources.filter { $0.hasPrefix("Solutions/") }
  )
  func pure(file: String) throws {
    let text = try Repository.text("Sources/\(file)")
    for word in ["await ", "async ", "Foundation", "Date(", "UUID(", ".random(", "print("] {
      #expect(!text.contains(word), "\(file) holds \(word)")
    }
  }

  @Test(
    "Only faces spell commands and options",
    arguments: sources.filter { file in
      ["Solutions", "SolutionPackages", "SolutionStore", "Lifecycle"].contains {
        file.hasPrefix("\($0)/")
      }
    }
  )
  func noCommands(file: String) throws {
    for line in try Repository.text("Sources/\(file)").split(separator: "\n") {
      guard line.contains("\""), !line.drop(while: { $0 == " " }).hasPrefix("//") else { continue }
      let literals = line.split(separator: "\"", omittingEmptySubsequences: false)
      for literal in zip(0..., literals).filter({ $0.0 % 2 == 1 }).map(\.1) {
        #expect(literal.firstMatch(of: /strata [a-z]|--[a-z]/) == nil, "\(file): \(line)")
      }
    }
  }

  @Test("Each rule that sources cite has a row in docs/rules.md, and each row is cited")
  func rules() throws {
    let rows = try Repository.text("docs/rules.md").split(separator: "\n").compactMap { line in
      line.split(separator: "|").first.map { $0.split(separator: " ").joined(separator: " ") }
    }
    let described = Set(rows.filter { $0.contains("-") || $0.contains(".") })
    var cited: Set<String> = []
    for file in Self.sources {
      let text = try Repository.text("Sources/\(file)")
      for match in text.matches(of: /\b(?:LC|LY|DP|PF|CK|E|C)-[AB]?[0-9]+\b/) {
        cited.insert(String(match.output))
      }
      // A section of a paper that nobody has is no citation.
      for match in text.matches(of: /\b([a-zA-Z0-9.-]+)\)?(?:\s|\/\/\/|\()+§[0-9]/) {
        #expect(match.output.1.contains(/^[0-9]+$/), "\(file): \(match.output.0)")
      }
      for match in text.matches(of: /(?:rule: |inferred\()"(strata\.[a-z]+)"/) {
        cited.insert(String(match.output.1))
      }
    }
    for rule in cited.sorted() { #expect(described.contains(rule), "\(rule) has no row") }
    let ids = described.filter { !$0.contains("`") && $0.contains(/[0-9]|^strata\./) }
    for rule in ids.sorted() { #expect(cited.contains(rule), "\(rule) is cited nowhere") }
  }

  @Test("No text that came from anywhere becomes the code of a statement", arguments: sources)
  func statements(file: String) throws {
    let text = try Repository.text("Sources/\(file)")
    let makes =
      text.contains("SQLText(stringLiteral:") || text.contains("SQLText(stringInterpolation:")
    #expect(!makes, "\(file) makes a statement of a string")
  }

  @Test("A number from outside has a range", arguments: sources)
  func ranges(file: String) throws {
    let text = try Repository.text("Sources/\(file)")
    // What is decoded holds counts and no plain numbers; a kind's number is nothing to count with.
    let decoded = ["PlanShape", "RowCountsShape", "FindingShape"].map { "Contract/\($0).swift" }
    if decoded.contains(file) {
      let fields = text.matches(of: /(?:let|var) (\w+): (?:\[String: )?Int\b/).map { $0.output.0 }
      #expect(fields.isEmpty, "\(file): \(fields)")
    }
    // On the command line they are read by `Numbers`.
    guard file.hasPrefix("strata/") else { return }
    for piece in text.split(separator: /@(?:Option|Argument)\b/).dropFirst() {
      guard let end = piece.firstRange(of: /\n *var \w+[^\n]*/) else { continue }
      let property = piece[end]
      guard property.contains(/: \[?Int\b|= -?\d/) else { continue }
      #expect(piece[..<end.lowerBound].contains("transform: Numbers."), "\(file):\(property)")
    }
  }

  @Test("No force, no dropped error", arguments: sources)
  func noForce(file: String) throws {
    let text = try Repository.text("Sources/\(file)")
    for word in ["try!", "fatalError(", "as!", "try? "] {
      let isExcused = Exceptions.words[file]?.contains(word) ?? false
      #expect(!text.contains(word) || isExcused, "\(file) holds \(word)")
    }
  }

  @Test(
    "The examples are the fixtures, zipped",
    arguments: [
      "FieldServiceDev_1_0_0_0", "FieldService_1_0_0_0_managed", "FieldService_1_1_0_0_managed",
      "FieldService_2_0_0_0_managed", "NorthwindDispatch_1_0_0_0_managed",
    ]
  )
  func examples(name: String) throws {
    let program = try #require(Program.strata)
    let example = try #require(
      Program.run(program, ["inspect", "Examples/\(name).zip", "--inventory"])
    )
    #expect(example.status == 0)
    let zipped = try #require(
      Program.run(
        "/usr/bin/env",
        [
          "python3", "scripts/zip-fixtures", "-o", "/tmp/strata-examples",
          "Tests/Fixtures/Packages/\(name)",
        ]
      )
    )
    #expect(zipped.status == 0)
    #expect(
      try Repository.bytes("Examples/\(name).zip")
        == Repository.bytes("/tmp/strata-examples/\(name).zip")
    )
  }
}
