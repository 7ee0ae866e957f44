import TestSupport
import Testing
import XML

@Suite("Reading XML")
struct ParsingTests {
  private func reason(_ document: [UInt8], limits: XMLLimits = .standard) -> XMLError.Reason? {
    do throws(XMLError) {
      _ = try XMLTree(document, limits: limits)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("Elements know names, attributes, text, children, parents and lines")
  func elements() throws {
    let tree = try XMLTree(Array("<r>\n<a id='1' x='&amp;'>t</a>\r\n<b><c/></b>\n</r>".utf8))
    let root = tree.root
    #expect(root.name == "r")
    #expect(root.children.map(\.name) == ["a", "b"])
    #expect(root.children.map(\.line) == [2, 3])
    let a = try #require(root.child("a"))
    #expect(a.attribute("x") == "&")
    #expect(a.attribute("nosuch") == nil)
    #expect(a.text == "t")
    #expect(a.parent == root)
    #expect(root.descend("b", "c")?.parent?.name == "b")
    #expect(root.descendants.map(\.name) == ["a", "b", "c"])
    #expect(root.text(of: "a") == "t")
  }

  @Test(
    "PF-106 either spelling of the encoding reads alike",
    arguments: [
      Array("<a>é</a>".utf8), [0xEF, 0xBB, 0xBF] + Array("<a>é</a>".utf8),
      [0xEF, 0xBB, 0xBF] + Array("<?xml version=\"1.0\" encoding=\"utf-8\"?><a>é</a>".utf8),
      Array("<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n<a>é</a>".utf8),
      [0xFF, 0xFE]
        + "<?xml version=\"1.0\" encoding=\"utf-16\"?><a>é</a>".utf16.flatMap {
          [UInt8($0 & 0xFF), UInt8($0 >> 8)]
        },
      [0xFE, 0xFF] + "<a>é</a>".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] },
    ] as [[UInt8]]
  )
  func encodings(document: [UInt8]) throws {
    #expect(try XMLTree(document).root.text == "é")
  }

  @Test(
    "PF-106 a document has one declaration, of XML 1.0",
    arguments: [
      "<?xml version=\"1.0\"?><?xml version=\"1.0\"?><a/>", "<?xml version=\"1.1\"?><a/>",
      "<?xml version='2'?><a/>", "<?xml encoding=\"utf-8\"?><a/>",
      "<?xml version=\"1.0\"?>\n<?xml version=\"1.0\"?><a/>",
    ]
  )
  func declarations(document: String) throws {
    #expect(reason(Array(document.utf8)) == .notWellFormed)
    // A text that was taken for a file declares nothing.
    let isText = document.contains("1.1") || document.contains("'2'")
    if isText { #expect(try XMLTree(Array(document.utf8), isText: true).root.name == "a") }
    #expect(try XMLTree(Array("<?xml version = '1.0' ?><a/>".utf8)).root.name == "a")
  }

  /// Shown by name: a log of documents would be megabytes long.
  struct Refused: CustomTestStringConvertible {
    let testDescription: String
    let document: [UInt8]
    let reason: XMLError.Reason

    init(_ name: String, _ document: [UInt8], _ reason: XMLError.Reason) {
      testDescription = name
      self.document = document
      self.reason = reason
    }
  }

  private static let tooDeep: [UInt8] = {
    let (open, close) = (
      String(repeating: "<a>", count: 300), String(repeating: "</a>", count: 300)
    )
    return Array((open + close).utf8)
  }()

  private static let tooManyAttributes: [UInt8] = {
    let attributes = (0..<100_000).map { "a\($0)=''" }
    return Array("<a \(attributes.joined(separator: " "))/>".utf8)
  }()

  static let refused: [Refused] = [
    Refused("nothing", [], .notWellFormed),
    Refused("blank", Array("  ".utf8), .notWellFormed),
    Refused("open", Array("<a>".utf8), .notWellFormed),
    Refused("two roots", Array("<a/><b/>".utf8), .notWellFormed),
    Refused("same attribute twice", Array("<a x='1' x='2'/>".utf8), .notWellFormed),
    Refused("unknown entity", Array("<a>&nbsp;</a>".utf8), .notWellFormed),
    Refused("unbound prefix", Array("<p:a/>".utf8), .notWellFormed),
    Refused("bad UTF-8", Array("<a>".utf8) + [0xC3, 0x28] + Array("</a>".utf8), .notWellFormed),
    Refused("NUL", Array("<a>x".utf8) + [0] + Array("</a>".utf8), .nul),
    Refused("NUL behind", Array("<a/>".utf8) + [0] + Array("<b>".utf8), .nul),
    Refused("DOCTYPE", Array("<!DOCTYPE a><a/>".utf8), .documentType),
    Refused(
      "entities in entities",
      Array("<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>".utf8),
      .documentType
    ),
    Refused(
      "external entity",
      Array("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>".utf8),
      .documentType
    ),
    Refused("Latin-1", Array("<?xml version='1.0' encoding='ISO-8859-1'?><a/>".utf8), .encoding),
    Refused(
      "UTF-16 by word only",
      Array("<?xml version='1.0' encoding='UTF-16'?><a/>".utf8),
      .encoding
    ),
    Refused("odd UTF-16", [0xFF, 0xFE, 0x3C], .encoding),
    Refused("lone surrogate", [0xFF, 0xFE, 0x3C, 0x00, 0x00, 0xD8], .encoding),
    Refused(
      "too deep",
      tooDeep,
      .tooDeep
    ),
    Refused(
      "too many attributes",
      tooManyAttributes,
      .tooManyAttributes
    ),
  ]

  @Test("What is not allowed is refused", arguments: refused)
  func refusals(refused: Refused) {
    #expect(reason(refused.document) == refused.reason)
  }

  @Test("Limits are inclusive")
  func limits() {
    var limits = XMLLimits.standard
    limits.nodes = 3
    #expect(reason(Array("<a><b/><c/></a>".utf8), limits: limits) == nil)
    #expect(reason(Array("<a><b/><c/><d/></a>".utf8), limits: limits) == .tooLarge)
    limits = .standard
    limits.depth = 2
    #expect(reason(Array("<a><b/></a>".utf8), limits: limits) == nil)
    #expect(reason(Array("<a><b><c/></b></a>".utf8), limits: limits) == .tooDeep)
    limits = .standard
    limits.bytes = 7
    #expect(reason(Array("<a></a>".utf8), limits: limits) == nil)
    #expect(reason(Array("<ab></ab>".utf8), limits: limits) == .tooLarge)
    limits = .standard
    limits.names = 3
    #expect(reason(Array("<a><b/></a>".utf8), limits: limits) == nil)
    #expect(reason(Array("<a><b/><c/></a>".utf8), limits: limits) == .tooManyNames)
    limits = .standard
    limits.attributesPerElement = 2
    #expect(reason(Array("<a x='' y=''/>".utf8), limits: limits) == nil)
    #expect(reason(Array("<a x='' y='' z=''/>".utf8), limits: limits) == .tooManyAttributes)
  }

  @Test("Text may hold any number of equals signs")
  func equalsSigns() {
    let text = String(repeating: "a=b ", count: 50_000)
    #expect(reason(Array("<a b='\(text)'>\(text)</a>".utf8)) == nil)
  }

  @Test("A document cut short is refused at every byte")
  func truncated() throws {
    let document = try Repository.bytes(
      "Tests/Fixtures/Packages/FieldService_Patch_0a1b2c3d_1_0_1_0_managed/solution.xml"
    )
    let whole = document.lastIndex(of: UInt8(ascii: ">")) ?? 0
    for length in stride(from: 0, through: whole, by: 7) {
      #expect(reason(Array(document.prefix(length))) != nil)
    }
    #expect(reason(document) == nil)
  }

  @Test("A refusal names its line")
  func line() {
    let document = Array("<?xml version='1.0'?>\n<a>\n<b>\n</a>".utf8)
    let error = #expect(throws: XMLError.self) { try XMLTree(document) }
    #expect(error?.line == 4)
  }
}

@Suite("Finding by path")
struct PathMatcherTests {
  private func found(_ text: String, _ paths: [String]) throws -> [String] {
    let tree = try XMLTree(Array(text.utf8))
    let matches = PathMatcher(paths).matches(in: tree)
    let lines = matches.found.map { match in
      let bytes = String(
        decoding: CanonicalWriter.bytes(of: match.fragment),
        as: UTF8.self
      )
      return "\(match.path) in \(match.enclosing.map { String($0) } ?? "-"): \(bytes)"
    }
    return lines + matches.leftovers.map { "left: \($0.name)" }
  }

  @Test("Nested matches are cut out with the containers that they leave empty")
  func nested() throws {
    let paths = ["Es/E", "Es/E/i/As/A"]
    #expect(
      try found("<r><Es><E><n>1</n><i k='1'><As><A>x</A><A/></As></i></E></Es></r>", paths) == [
        "0 in -: <E><n>1</n></E>", "1 in 0: <A>x</A>", "1 in 0: <A></A>",
      ]
    )
    // A container that keeps something stays, without what was taken out.
    #expect(
      try found("<r><Es><E><i k='1'><As><A/></As><o/></i></E></Es></r>", paths) == [
        "0 in -: <E><i k=\"1\"><o></o></i></E>", "1 in 0: <A></A>",
      ]
    )
    #expect(
      try found("<r><Es><E><i><As><A/><B/></As></i></E></Es></r>", paths) == [
        "0 in -: <E><i><As><B></B></As></i></E>", "1 in 0: <A></A>",
      ]
    )
  }

  @Test("What no path leads to is left over")
  func leftovers() throws {
    #expect(
      try found("<r><Es><X/><E/></Es><Y><E/></Y></r>", ["Es/E"]) == [
        "0 in -: <E></E>", "left: X", "left: Y",
      ]
    )
  }

  @Test("A wrapped fragment has its parent's tag around it")
  func wrapped() throws {
    let tree = try XMLTree(Array("<r><fs type='main'><f/><f/></fs></r>".utf8))
    let match = try #require(PathMatcher(["fs/f"]).matches(in: tree).found.first)
    let bytes = CanonicalWriter.bytes(of: match.fragment.wrapped())
    #expect(String(decoding: bytes, as: UTF8.self) == "<fs type=\"main\"><f></f></fs>")
  }
}
