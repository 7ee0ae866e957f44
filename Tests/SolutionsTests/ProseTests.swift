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
