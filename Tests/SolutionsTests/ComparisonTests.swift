import Solutions
import Testing

/// By what values compare (docs/decisions/088).
@Suite("Comparison")
struct ComparisonTests {
  private static func folded(_ text: String) -> String {
    guard case .text(let folded) = ValueComparison.folded.compared(.text(text)) else { return "?" }
    return folded
  }

  @Test(
    "RW-11 neither case nor accents tell texts apart, however they are composed",
    arguments: [
      ("CAFE", "cafe"), ("Caf\u{E9}", "cafe"), ("Cafe\u{301}", "cafe"), ("Stra\u{DF}e", "STRASSE"),
      ("\u{1EA8}", "a"), ("\u{C6}ther", "aether"), ("\u{FF21}\u{FF11}", "a1"), ("\u{130}", "i"),
      ("\u{3A3}\u{3C2}\u{3C3}", "\u{3C3}\u{3C3}\u{3C3}"), ("\u{30AB}", "\u{304B}"),
      ("\u{FB01}t", "FIT"),
      ("\u{AC01}", "\u{1100}\u{1161}\u{11A8}"), ("\u{427}\u{451}", "\u{447}\u{435}"), ("a  ", "A"),
      ("  ", ""),
    ]
  )
  func equal(left: String, right: String) {
    #expect(Array(Self.folded(left).unicodeScalars) == Array(Self.folded(right).unicodeScalars))
  }

  @Test(
    "RW-11 letters, signs and blanks in front are what they are",
    arguments: [
      ("\u{F8}", "o"), ("\u{142}", "l"), ("\u{131}", "i"), ("\u{2260}", "="), (" a", "a"),
      ("a b", "ab"),
      ("\u{304C}", "\u{304B}"), ("1", "\u{BD}"),
    ]
  )
  func different(left: String, right: String) { #expect(Self.folded(left) != Self.folded(right)) }

  @Test("RW-11 the table is the one of `scripts/fold-table`, and folding twice is folding once")
  func table() {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for value in UInt32(0x80)...0x10FFFF where !(0xAC00...0xD7A3).contains(value) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      // A letter behind it, since blanks at the end do not count.
      let folded = Self.folded("\(Character(scalar))x").unicodeScalars.dropLast()
      guard !folded.elementsEqual([scalar]) else { continue }
      for number in [value] + folded.map(\.value) + [0] {
        hash = (hash ^ UInt64(number)) &* 0x100_0000_01b3
      }
      let text = String(String.UnicodeScalarView(folded)) + "x"
      if Self.folded(text) != text { Issue.record("\(value) is not folded at once") }
    }
    #expect(hash == 0x718b_c7ad_fb18_d213)
  }

  @Test(
    "RW-11 a pattern is folded, and what stands for others stays what it is",
    arguments: [
      ("CAF%", "caf%"), ("\u{C9}_\\%\\_", "e_\\%\\_"), ("\u{FF05}", "\\%"), ("A\\\\B", "a\\\\b"),
      ("a ", "a "),
    ]
  )
  func patterns(pattern: String, expected: String) {
    #expect(ValueComparison.folded.compared(pattern: pattern) == expected)
  }

  @Test("RW-12 a moment is a day where the column has days, and has its zone or none as it says")
  func moments() {
    func shown(_ behavior: ColumnType.DateBehavior, _ text: String) -> String {
      Column("c", .dateTime(behavior)).text(of: .text(text))
    }
    for text in ["2026-01-31", "2026-01-31T12:00:00Z", "2026-01-31T12:00:00"] {
      #expect(shown(.dateOnly, text) == "2026-01-31")
      #expect(ValueComparison.day.compared(.text(text)) == .text("2026-01-31"))
    }
    #expect(shown(.userLocal, "2026-01-31T12:00:00") == "2026-01-31T12:00:00Z")
    #expect(shown(.userLocal, "2026-01-31") == "2026-01-31T00:00:00Z")
    #expect(shown(.timeZoneIndependent, "2026-01-31T12:00:00Z") == "2026-01-31T12:00:00")
    let moments = ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00"].map {
      ValueComparison.moment.compared(.text($0))
    }
    #expect(Set(moments).count == 1)
  }
}
