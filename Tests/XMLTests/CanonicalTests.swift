import TestSupport
import Testing
import XML

@Suite("Canonical XML")
struct CanonicalTests {
  private func canonical(_ text: String) throws -> String {
    let tree = try XMLTree(Array(text.utf8))
    return String(decoding: CanonicalWriter.bytes(of: XMLFragment(tree.root)), as: UTF8.self)
  }

  static let spellings: [(String, String)] = [
    ("<a/>", "<a></a>"),
    ("<a z='1' b=\"2\"/>", "<a b=\"2\" z=\"1\"></a>"),
    ("<a>\r\n  <b/>\r\n</a>", "<a><b></b></a>"),
    ("<a>  </a>", "<a>  </a>"),
    ("<a>x<b/> y </a>", "<a>x<b></b> y </a>"),
    ("<a>1 &lt; 2 &amp; 3 &gt; 2</a>", "<a>1 &lt; 2 &amp; 3 &gt; 2</a>"),
    ("<a>\"'</a>", "<a>\"'</a>"),
    ("<a b='&quot;&amp;&lt;&gt;&#9;&#10;&#13;'/>", "<a b=\"&quot;&amp;&lt;>&#x9;&#xA;&#xD;\"></a>"),
    ("<a>&#13;\r\n</a>", "<a>&#xD;\n</a>"),
    ("<a><![CDATA[<b>]]></a>", "<a>&lt;b&gt;</a>"),
    ("<!-- c --><a><!-- d -->t<?p q?></a>", "<a>t</a>"),
    ("<a>é\u{1F600}</a>", "<a>é\u{1F600}</a>"),
    (
      "<a xmlns:xsi='http://i'><b xsi:nil='true' a='1'/></a>",
      "<a><b xmlns:xsi=\"http://i\" a=\"1\" xsi:nil=\"true\"></b></a>"
    ),
    (
      "<a xmlns='u'><b/><c xmlns=''/></a>",
      "<a xmlns=\"u\"><b></b><c xmlns=\"\"></c></a>"
    ),
    (
      "<p:a xmlns:p='u' xmlns:q='v'><p:b q:x='1'/></p:a>",
      "<p:a xmlns:p=\"u\"><p:b xmlns:q=\"v\" q:x=\"1\"></p:b></p:a>"
    ),
    ("<a xml:space='preserve'/>", "<a xml:space=\"preserve\"></a>"),
  ]

  @Test("A document has one canonical spelling", arguments: spellings)
  func spelling(document: String, expected: String) throws {
    #expect(try canonical(document) == expected)
  }

  @Test("A byte is spelled alike wherever in a value it stands", arguments: 0..<40)
  func place(offset: Int) throws {
    let around = (String(repeating: "aé7", count: 14).prefix(offset), "~\u{7F}@ ! $%'*=?")
    let text = "\(around.0)<>&\r\(around.1)"
    let document = "\(around.0)&lt;&gt;&amp;&#13;\(around.1)"
    let expected = "\(around.0)&lt;&gt;&amp;&#xD;\(around.1)"
    #expect(try canonical("<a>\(document)</a>") == "<a>\(expected)</a>")
    #expect(try XMLTree(Array("<a>\(document)</a>".utf8)).root.text == text)
    #expect(
      try canonical("<a b=\"\(document)&#10;&quot;&#9;\"/>")
        == "<a b=\"\(around.0)&lt;>&amp;&#xD;\(around.1)&#xA;&quot;&#x9;\"></a>"
    )
  }

  @Test("The canonical form of a canonical form is itself", arguments: 0..<200 as Range<UInt64>)
  func stable(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let first = try canonical(RandomXML.element(&random, depth: 5))
    #expect(try canonical(first) == first)
  }
}

/// Small documents with everything that changes its spelling.
enum RandomXML {
  static func element(_ random: inout SeededGenerator, depth: Int) -> String {
    let name = ["a", "b", "c-d", "e.f"].randomElement(using: &random) ?? "a"
    let attributes = ["y", "x", "id"].filter { _ in Bool.random(using: &random) }.map {
      " \($0)='\(text(&random))'"
    }.joined()
    guard depth > 0, Bool.random(using: &random) else {
      return Bool.random(using: &random)
        ? "<\(name)\(attributes)/>" : "<\(name)\(attributes)>\(text(&random))</\(name)>"
    }
    let children = (0..<Int.random(in: 1...3, using: &random)).map { _ in
      element(&random, depth: depth - 1)
    }
    let between = ["", "\r\n  ", "t ", "<!-- c -->"].randomElement(using: &random) ?? ""
    return "<\(name)\(attributes)>\(children.joined(separator: between))</\(name)>"
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...4, using: &random)).map { _ in
      ["x", " ", "&amp;", "&lt;", "\n", "&#13;", "\t", "&quot;", "ü", ">"].randomElement(
        using: &random
      ) ?? ""
    }.joined()
  }
}
