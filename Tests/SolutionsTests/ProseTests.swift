import Solutions
import Testing

@Suite("Prose")
struct ProseTests {
  @Test("A literal is ours, and what is interpolated is foreign, whatever it is")
  func foreign() {
    let (name, words) = ("a\nb\u{1B}[31m", "ours\n" as Prose)
    #expect(("x\n\(name)" as Prose).text == "x\na⏎b�[31m")
    #expect(("\(words)\(1)" as Prose).text == "ours\n1")
    #expect(("\(words)" + "\(name)").text == "ours\na⏎b�[31m")
    #expect([words, .foreign(name)].joined(separator: "\n").text == "ours\n\na⏎b�[31m")
    struct Named: CustomStringConvertible { let description: String }
    #expect(("\(Named(description: name))" as Prose).text == "a⏎b�[31m")
  }

  @Test("What is foreign can be told from what is ours, however it was put together")
  func pieces() {
    let name = "Größe"
    let many = name.utf8.count
    let prose: Prose = "a \(name)\("b" as Prose) \(many) \(many > 1 ? "are" : "is") \(name + "!")"
    let whole = [prose, "\(name)", "."].joined(separator: "; ")
    func told(_ prose: Prose) -> [String] {
      prose.pieces.map { $0.isForeign ? "[\($0.text)]" : $0.text }
    }
    #expect(told(whole) == ["a ", "[Größe]", "b 7 are ", "[Größe!]", "; ", "[Größe]", "; ."])
    #expect(whole.pieces.map(\.text).joined() == whole.text)
    let halves = whole.cut(at: "b 7")
    #expect(told(halves.before) == ["a ", "[Größe]"])
    #expect(halves.after.map(told) == [" are ", "[Größe!]", "; ", "[Größe]", "; ."])
    // A cut within a name leaves both halves foreign.
    #expect(told(prose.cut(at: "ö").before) == ["a ", "[Gr]"])
    #expect(("\("")" as Prose).pieces.isEmpty)
    #expect(("x" as Prose) == "\("x" as String)")
  }

  @Test(
    "What controls, breaks or turns what is shown becomes a sign; all else stays",
    arguments: [
      ("a\r\nb", "a⏎⏎b"), ("a\u{85}b\u{2028}c\u{2029}d", "a⏎b⏎c⏎d"),
      ("\t\u{0}\u{7F}\u{9B}", "����"),
      ("\u{202E}\u{2066}\u{200F}\u{061C}\u{FEFF}", "�����"), ("\u{E0041}", "�"),
      ("Grün, 東京, שלום, 👩‍👩‍👧, e\u{301}", "Grün, 東京, שלום, 👩‍👩‍👧, e\u{301}"), ("", ""),
    ]
  )
  func visible(text: String, expected: String) {
    #expect(text.visible == expected)
    #expect(text.visible.visible == expected)
    #expect(text.hasInvisible == (text.visible != text))
  }
}
