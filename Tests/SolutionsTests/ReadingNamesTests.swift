import Solutions
import TestSupport
import Testing
import XML

/// Files and texts in which definitions name components: what is read of them, and that nothing is passed over in silence.
@Suite("Sources of references")
struct ReadingNamesTests {
  private func names(
    _ kind: ComponentKind,
    _ xml: String,
    of parent: ComponentID? = nil,
    key: String = "c",
    file: String = "",
    _ content: [UInt8] = []
  ) throws -> References {
    let parts =
      file.isEmpty
      ? []
      : [
        Definition.Part(
          path: file,
          bytes: content.count,
          digest: Definition(XMLFragment(try XMLTree(Array("<a/>".utf8)).root)).hash,
          content: content
        )
      ]
    let component = Component(
      id: ComponentID(kind.type, key),
      name: key,
      displayName: nil,
      parent: parent,
      definition: Definition(XMLFragment(try XMLTree(Array(xml.utf8)).root), parts: parts),
      location: Location(file: "customizations.xml", line: 1)
    )
    return kind.names(component)
  }

  private func flow(_ json: String) throws -> References {
    try names(
      .workflow,
      "<Workflow><Category>5</Category></Workflow>",
      file: "Workflows/f.json",
      Array(json.utf8)
    )
  }

  private func formula(_ yaml: String) throws -> References {
    try names(
      .attribute,
      "<attribute/>",
      of: .entity("t"),
      key: "t.c",
      file: "Formulas/t.yaml",
      Array(yaml.utf8)
    )
  }

  private func targets(_ names: References) -> [String] {
    names.found.map(\.target.key).filter { !$0.hasPrefix("/") }
  }

  // MARK: JSON

  @Test("PF-605 escapes, byte-order marks and blanks of JSON do not hide a name")
  func json() throws {
    let id = PackageText.guid("f")
    let spellings = [
      "{\"workflowReferenceName\":\"\(id)\"}", "\u{FEFF}{ \"workflowReferenceName\" :\n\"\(id)\" }",
      "{\"workflow\\u0052eferenceName\":\"\(id)\"}",
      "[1, -2.5e3, true, null, {\"a\":{\"workflowReferenceName\":\"\(id)\"}}]",
      "{\"a\":\"\\ud83d\\ude00\\\\\",\"workflowReferenceName\":\"\(id)\"}",
    ]
    for spelling in spellings {
      #expect(targets(try flow(spelling)) == [id], "\(spelling)")
      #expect(try flow(spelling).unread == [])
    }
  }

  @Test(
    "DP-201 JSON that cannot be read is told, with its file and its line",
    arguments: [
      "", "{", "{\"a\"}", "{\"a\":1,}", "[1 2]", "{\"a\":\"", "nothing", "{} {}", "{\"a\":\"\\x\"}",
      "{\"a\":\"\\u12\"}", String(repeating: "[", count: 100_000),
      String(repeating: "{\"a\":", count: 100_000),
    ]
  )
  func brokenJSON(text: String) throws {
    let names = try flow(text)
    #expect(names.unread.map(\.place) == ["Workflows/f.json"])
    #expect(names.unread.allSatisfy { !$0.reason.isEmpty })
    // It may name anything: an index has to find it.
    #expect(names.found.map(\.type) == [.untracked])
  }

  @Test("PF-620 a text of a canvas app that cannot be read is told by its element")
  func brokenApp() throws {
    let names = try names(
      .canvasApp,
      "<CanvasApp><CdsDependencies>{\"cdsdependencies\":[</CdsDependencies></CanvasApp>"
    )
    #expect(names.unread.map(\.place) == ["CdsDependencies"])
  }

  @Test("PF-620 what a canvas app names in a text is no component that it needs")
  func textInJSON() throws {
    let names = try names(
      .canvasApp,
      "<CanvasApp><CdsDependencies>{\"cdsdependencies\":[],\"note\":\"\\\"logicalname\\\":\\\"new_t\\\"\"}"
        + "</CdsDependencies></CanvasApp>"
    )
    #expect(names.found == [])
  }

  // MARK: XAML

  @Test("PF-603 a process definition that is not well-formed is told, with its line")
  func brokenXAML() throws {
    let names = try names(
      .workflow,
      "<Workflow><Category>2</Category></Workflow>",
      file: "Workflows/p.xaml",
      Array("<Activity>\n<a></Activity>".utf8)
    )
    #expect(names.unread.map(\.place) == ["Workflows/p.xaml"])
    #expect(names.unread[0].reason.contains("line 2"))
  }

  // MARK: Formulas

  @Test(
    "PF-1000 a formula is found however YAML writes it",
    arguments: [
      "c: =a + b", "c: a + b", "\"c\": '=a + b'", "'c': \"=a + b\"", "c: |\n  =a\n  + b",
      "c: >-\n    =a +\n    b",
      "other: =x\nc: =a +\n  b\nlast: =y", "# words\n---\n\nc: =a + b # and more", "C: =a + b",
      "c: '=a +\n  b'",
      "c: =a + b\r\nd: =x\r\n",
    ]
  )
  func yaml(text: String) throws {
    let names = try formula(text)
    #expect(names.unread == [])
    #expect(targets(names) == ["t.a", "t.b"], "\(text)")
  }

  @Test(
    "DP-201 YAML of another shape is told and not half read",
    arguments: [
      "- c", "c:", "{c: =a}", "c: &x =a", "c: [a, b]", "  c: =a", "c: 'a", "just words", "c =a",
    ]
    .filter { $0 != "c:" }
  )
  func brokenYAML(text: String) throws {
    #expect(try formula(text).unread.map(\.place) == ["Formulas/t.yaml"], "\(text)")
  }

  @Test("PF-1000 names of a formula are those that stand outside of texts, comments and calls")
  func powerFx() throws {
    let formulas: [(String, [String])] = [
      ("=If(a > 1, b, c)", ["t.a", "t.b"]),
      ("=\"a\" & b", ["t.b"]),
      ("=$\"x {a} y\"", ["t.a"]),
      ("=a // b\n  + d", ["t.a", "t.d"]),
      ("=a /* b */ + d", ["t.a", "t.d"]),
      ("='a b' + d", ["t.a b", "t.d"]),
      ("=l.x + l.y.z", ["t.l", "t.l/x", "t.l/y"]),
      ("=ThisRecord.a", ["t.a"]),
      ("=Text(1.5e3, \"#\"\"a\")", []),
      ("=DateAdd(a, 1, TimeUnit.Days)", ["t.a", "t.timeunit", "t.timeunit/days"]),
    ]
    for (formula, wanted) in formulas {
      let names = try self.formula("c: |\n  \(formula)")
      #expect(targets(names) == wanted, "\(formula)")
      // Words may be anything; they are no sign that something is missing.
      #expect(names.found.allSatisfy { !$0.isCertain })
    }
  }
}
