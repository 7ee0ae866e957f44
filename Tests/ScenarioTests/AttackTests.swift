import EnvironmentSupport
import FoundationEssentials
import Solutions
import TestSupport
import Testing

/// What comes from outside reaches people only as text (docs/decisions/080).
@Suite("Attacks by text")
struct AttackTests {
  /// A text that would do something, and a word in it that shows where it went.
  struct Attack: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String

    init(_ name: String, _ text: String) {
      testDescription = name
      self.text = text
    }
  }

  static let word = "EVIL"

  /// What a document of XML can hold.
  static let inPackages = [
    Attack("a line of its own", "a\n\(word) Nothing would change."),
    Attack("a line of its own, Unicode's", "a\u{2028}\(word)\u{2029}\(word)\u{85}\(word)"),
    Attack("a carriage return", "a\r\(word)"),
    Attack("a command of GitHub", "a\n::error::\(word)"),
    Attack("a command of Azure", "##vso[task.setvariable variable=\(word)]x ##[error]\(word)"),
    Attack("control sequences of C1", "\u{9B}2J\u{9D}52;c;\(word)\u{9C}"),
    Attack("turned direction", "\u{202E}\(word)\u{202C}\u{2066}\u{2069}\u{200F}\u{061C}"),
    Attack(
      "mentions and links",
      "@\(word) https://\(word).example \(word)/repo#1 \(word)@x.example"
    ),
    Attack("marks of Markdown", "`\(word)` **\(word)** | # - [\(word)](x) ``` ~~~ \(word)`"),
    Attack("marks of HTML", "<b>\(word)</b><script>\(word)</script>&lt;\(word) \"'\(word)"),
  ]

  /// What a file's name or an argument can hold, too.
  static let inNames =
    inPackages + [
      Attack("control sequences", "\u{1B}]52;c;\(word)\u{07}\u{1B}[31m\(word)\u{08}\u{7F}"),
      Attack("a line that looks like a way on", "a\n  → \(word)"),
    ]

  private func strata(_ words: [String]) throws -> Program.Result {
    let program = try #require(Program.strata)
    return try #require(Program.run(program, words))
  }

  private func expectPlain(_ output: String, _ attack: Attack, _ words: [String]) {
    for line in output.split(separator: "\n", omittingEmptySubsequences: false) {
      let text = line.drop { $0 == " " }
      #expect(!String(line).hasInvisible, "\(words): \(line)")
      #expect(!text.hasPrefix(Self.word), "\(words): \(line)")
      #expect(!text.hasPrefix("→ \(Self.word)"), "\(words): \(line)")
      #expect(!text.hasPrefix("::"), "\(words): \(line)")
      #expect(!line.lowercased().contains(/##([a-z]+)?\[/), "\(words): \(line)")
    }
  }

  private func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "&", "<", "\"", "\n", "\r": "&#\(scalar.value);"
      default: String(scalar)
      }
    }.joined()
  }

  private func package(_ version: String, _ attack: Attack) throws -> TestFile {
    let (text, isOld) = (escaped(attack.text), version == "1.0")
    func column(_ name: String, _ length: Int) -> String {
      """
      <attribute PhysicalName="\(name)"><Type>nvarchar</Type><LogicalName>\(name)</LogicalName><MaxLength>\(length)</MaxLength>
      <Format>\(text)</Format><IsCustomizable>1</IsCustomizable>
      <displaynames><displayname description="\(text) \(version)" languagecode="1033"/></displaynames></attribute>
      """
    }
    var zip = ZipWriter()
    zip.add(
      "customizations.xml",
      Array(
        """
        <ImportExportXml><Entities><Entity><Name LocalizedName="\(text)">t</Name><EntityInfo><entity Name="t">
        <LocalizedNames><LocalizedName description="\(text)" languagecode="1033"/></LocalizedNames>
        <attributes>\(column("a", isOld ? 10 : 20))\(isOld ? column("b", 10) : column("c", 10))</attributes>
        <IsCustomizable>1</IsCustomizable></entity></EntityInfo></Entity></Entities></ImportExportXml>
        """.utf8
      )
    )
    zip.add(
      "solution.xml",
      Array(
        """
        <ImportExportXml version="9.2.0.0" SolutionPackageVersion="9.2" languagecode="1033"><SolutionManifest>
        <UniqueName>X</UniqueName><LocalizedNames><LocalizedName description="\(text)" languagecode="1033"/></LocalizedNames>
        <Version>\(version)</Version><Managed>1</Managed><Publisher><UniqueName>pub</UniqueName>
        <LocalizedNames><LocalizedName description="\(text)" languagecode="1033"/></LocalizedNames>
        <CustomizationPrefix>new</CustomizationPrefix><CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix>
        </Publisher><RootComponents><RootComponent type="1" schemaName="t" behavior="0"/></RootComponents>
        <MissingDependencies><MissingDependency><Required type="2" schemaName="z" displayName="\(text)" solution="\(text)"
        parentSchemaName="y" parentDisplayName="\(text)"/><Dependent type="2" schemaName="a" displayName="\(text)"
        parentSchemaName="t" parentDisplayName="\(text)"/></MissingDependency></MissingDependencies>
        </SolutionManifest></ImportExportXml>
        """.utf8
      )
    )
    zip.add("[Content_Types].xml", Array("<Types></Types>".utf8))
    let file = TestFile()
    try Data(zip.bytes()).write(to: URL(filePath: file.path))
    return file
  }

  @Test("T3, T19, T20 text of a package is text in every command and medium", arguments: inPackages)
  func packages(attack: Attack) throws {
    let (old, new, environment) = (
      try package("1.0", attack), try package("1.1", attack), TestFile()
    )
    let (markdown, html, plan) = (TestFile(), TestFile(), TestFile())
    let (env, against) = (["--env", environment.path], ["--against", old.path])
    var printed = 0
    func expect(_ words: [String], _ statuses: [Int32] = [0, 2, 3]) throws {
      let result = try strata(words)
      #expect(statuses.contains(result.status), "\(words): \(result.errors)")
      expectPlain(result.output + result.errors, attack, words)
      if result.output.contains(Self.word) { printed += 1 }
    }
    let reports = ["--markdown", markdown.path, "--html", html.path, "--out", plan.path]
    try expect(["plan", new.path] + against + reports)
    try expect(["show", plan.path])
    try expect(["diff", old.path, new.path])
    try expect(["inspect", new.path, "--components"])
    for command in ["layers", "blame", "deps"] { try expect([command, "Attribute:t.a"] + against) }
    try expect(["init"] + env)
    let assumed = ["--assume-present"]
    try expect(["import", old.path] + assumed + env)
    try expect(["plan", new.path] + env, [4])
    try expect(["import", new.path] + assumed + env, [3])
    try expect(["import", new.path, "--allow-destroy", "all"] + assumed + env)
    for words in [
      ["list"], ["show-solution", "X"], ["components", "X"], ["history"], ["history", "2"],
      ["history", "--attempts"], ["status"], ["layers", "Attribute:t.a", "--all"],
      ["blame", "Attribute:t.a"], ["deps", "Attribute:t.a"], ["rollback", "--plan"], ["trash"],
      ["verify"], ["uninstall", "X"],
    ] { try expect(words + env) }
    #expect(printed > 10)
    try expectMarkdown(try Repository.text(markdown.path))
    try expectHTML(try Repository.text(html.path))
    // What programs read is exact.
    for words in [["plan", new.path, "--json"] + against, ["show", plan.path, "--json"]] {
      let result = try strata(words)
      let shape = try JSONDecoder().decode(Names.self, from: Data(result.output.utf8))
      #expect(shape.changes.contains { $0.component.displayName == "\(attack.text) 1.1" })
    }
  }

  private struct Names: Decodable {
    struct Change: Decodable {
      struct Component: Decodable { let displayName: String? }
      let component: Component
    }
    let changes: [Change]
  }

  /// Foreign text stands in code spans alone, each on one line.
  private func expectMarkdown(_ text: String) throws {
    #expect(text.contains(Self.word))
    for line in text.split(separator: "\n") {
      #expect(!String(line).hasInvisible)
      var rest = line[...]
      var outside = ""
      while let start = rest.firstIndex(of: "`") {
        outside += rest[..<start]
        let fence = rest[start...].prefix { $0 == "`" }
        rest = rest[fence.endIndex...]
        // The next run of as many.
        var end: Substring.Index?
        var at = rest.startIndex
        while at < rest.endIndex {
          let run = rest[at...].prefix { $0 == "`" }
          if run.count == fence.count {
            end = at
            break
          }
          at = run.isEmpty ? rest.index(after: at) : run.endIndex
        }
        let close = try #require(end, "\(line)")
        rest = rest[rest.index(close, offsetBy: fence.count)...]
      }
      outside += rest
      #expect(!outside.contains(Self.word), "\(line)")
      #expect(!line.hasPrefix("- - ") && !line.hasPrefix("- + "), "\(line)")
    }
  }

  /// Foreign text is escaped and keeps its direction to itself.
  private func expectHTML(_ text: String) throws {
    let body = try #require(text.split(separator: "<body>", maxSplits: 1).last)
    #expect(body.contains(Self.word))
    #expect(!text.split(separator: "\n").contains { String($0).hasInvisible })
    #expect(text.ranges(of: "<script").count == 1 && !text.contains("<b>\(Self.word)"))
    let outside = body.replacing(/<bdi>[^<]*<\/bdi>/, with: "")
    #expect(!outside.contains(Self.word), "\(outside.ranges(of: Self.word).count)")
  }

  @Test(
    "T19 names of files and words of the command line are text, in errors too",
    arguments: inNames
  )
  func names(attack: Attack) throws {
    let (environment, folder) = (TestFile(), TestFile())
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    defer { _ = Program.run("rm", ["-r", folder.path]) }
    let name = attack.text.replacing("/", with: "-")
    let path = "\(folder.path)/\(name)"
    #expect(try strata(["init", "--env", environment.path]).status == 0)
    let env = ["--env", environment.path]
    let table = try package("1.0", Attack("none", "x"))
    #expect(try strata(["import", table.path, "--assume-present"] + env).status == 0)
    let csv = TestFile()
    try Data("\"\(attack.text.replacing("\"", with: "\"\""))\"\n1\n".utf8)
      .write(to: URL(filePath: csv.path))
    for words in [
      ["inspect", path], ["plan", path], ["diff", path, path], ["show", path],
      ["list", "--env", path],
      ["import", path] + env, ["layers", attack.text] + env,
      ["layers", "Attribute:\(attack.text)"] + env,
      ["blame", "Attribute:t.a", attack.text] + env, ["show-solution", attack.text] + env,
      ["uninstall", attack.text] + env, ["history", attack.text] + env, [attack.text],
      ["list", "--\(attack.text)"], ["list", "--as-of=\(attack.text)"] + env,
      ["rows", "import", "t", csv.path] + env, ["rows", "list", attack.text] + env,
      ["rows", "list", "t", "--where", attack.text] + env,
      ["rows", "list", "t", "--select", attack.text] + env,
      ["plan", table.path, "--action", attack.text],
      ["activate", attack.text] + env, ["customize", "set", "Attribute:t.a", attack.text] + env,
    ] {
      let result = try strata(words)
      #expect(result.status != 0, "\(words)")
      expectPlain(result.output + result.errors, attack, words)
    }
  }

  @Test(
    "LC-101 a publisher whose name or prefix cannot be seen whole is an error",
    arguments: ["name", "prefix"]
  )
  func publisher(field: String) throws {
    for text in ["a\u{202E}b", "a\u{9B}2Jb", "a\nb"] {
      let escaped = escaped(text)
      let manifest = """
        <ImportExportXml version="9.2.0.0" SolutionPackageVersion="9.2" languagecode="1033"><SolutionManifest>
        <UniqueName>X</UniqueName><Version>1.0</Version><Managed>1</Managed><Publisher>
        <UniqueName>\(field == "name" ? escaped : "pub")</UniqueName>
        <CustomizationPrefix>\(field == "prefix" ? escaped : "new")</CustomizationPrefix></Publisher>
        <RootComponents/><MissingDependencies/></SolutionManifest></ImportExportXml>
        """
      var zip = ZipWriter()
      zip.add("customizations.xml", Array("<ImportExportXml></ImportExportXml>".utf8))
      zip.add("solution.xml", Array(manifest.utf8))
      zip.add("[Content_Types].xml", Array("<Types></Types>".utf8))
      let file = TestFile()
      try Data(zip.bytes()).write(to: URL(filePath: file.path))
      let result = try strata(["plan", file.path])
      #expect(result.status == 4, "\(result.errors)")
      #expect(result.output.contains("error strata.publisher-name"))
      expectPlain(result.output, Attack("publisher", text), ["plan"])
    }
  }
}
