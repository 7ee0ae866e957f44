/// How texts compare (docs/decisions/088): neither case nor accents count, as in environments whose base language is English.
///
/// The tables are those of Unicode 14 and our own, so that texts which are equal are equal on every machine and database.
package enum Collation {
  /// What texts that are equal have in common, and what orders them; blanks at the end do not count.
  package static func folded(_ text: String) -> String {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return trimmed(scalars(of: text)) }
    guard text.utf8.contains(where: { (0x41...0x5A).contains($0) }) || text.utf8.last == 0x20 else {
      return text
    }
    var bytes = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    while bytes.last == 0x20 { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether it can be told at once that a text in UTF-8 folds to itself.
  package static func isFolded(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.last != 0x20 else { return false }
    // Eight bytes at a time: the highest bit of a byte is set where it is no ASCII, or was put there by one addition of
    // two, which only capitals do.
    var odd: UInt64 = 0
    var place = 0
    while place + 8 <= text.count {
      let word = text.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      odd |= word | ((word &+ 0x3F3F_3F3F_3F3F_3F3F) ^ (word &+ 0x2525_2525_2525_2525))
      place += 8
    }
    guard odd & 0x8080_8080_8080_8080 == 0 else { return false }
    return text[place...].allSatisfy { $0 < 0x80 && !(0x41...0x5A).contains($0) }
  }

  /// A pattern for texts that are folded: `%`, `_` and what follows `\` stay what they are.
  package static func folded(pattern: String) -> String {
    var result = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      let isWild = scalar == "%" || scalar == "_"
      if isEscaped || isWild || scalar == "\\" {
        result.append(contentsOf: isEscaped ? folded(scalar) : [scalar])
        isEscaped = !isEscaped && scalar == "\\"
        continue
      }
      for one in folded(scalar) {
        // A wide percent sign is one and stands for nothing else.
        if one == "%" || one == "_" || one == "\\" { result.append("\\") }
        result.append(one)
      }
    }
    return String(result)
  }

  /// What becomes of each character beyond ASCII that does not stay itself, but for Korean syllables: for a database that
  /// has to do it by itself.
  package static var table: [(scalar: Unicode.Scalar, folded: String)] {
    FoldTable.standard.all.compactMap { value, folded in
      Unicode.Scalar(value).map { ($0, String(String.UnicodeScalarView(folded))) }
    }
  }

  private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
    var scalars = scalars
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }

  private static func scalars(of text: String) -> String.UnicodeScalarView {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { result.append(contentsOf: folded(scalar)) }
    return result
  }

  private static func folded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    let value = scalar.value
    if value < 0x80 {
      return (0x41...0x5A).contains(value) ? [Unicode.Scalar(UInt8(value) | 0x20)] : [scalar]
    }
    if let found = FoldTable.standard[value] { return found }
    guard (0xAC00...0xD7A3).contains(value) else { return [scalar] }
    // A Korean syllable is its letters.
    let index = value - 0xAC00
    let letters = [0x1100 + index / 588, 0x1161 + index % 588 / 28, 0x11A7 + index % 28]
    return letters.filter { $0 != 0x11A7 }.compactMap { Unicode.Scalar($0) }
  }
}
