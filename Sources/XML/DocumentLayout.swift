/// Lays a document out for people, as the platform's exports are: two blanks for each level, CRLF, empty elements in one
/// tag (PF-1104).
///
/// What stands between elements and is no white space stays exactly as it is, with all around it.
package struct DocumentLayout {
  private let input: [UInt8]
  private var output: [UInt8] = []
  /// For each start tag in document order, what its element holds.
  private var contents: [Content] = []

  fileprivate enum Content {
    case nothing
    case text
    case elements
    /// Text beside elements.
    case both
  }

  private static let xsi = Array(
    " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"".utf8
  )

  /// - Parameter canonical: a document in canonical form, in which only the root need declare `xsi`.
  package static func bytes(of canonical: [UInt8]) -> [UInt8] {
    var layout = DocumentLayout(input: canonical)
    layout.look()
    layout.write()
    return layout.output
  }

  private init(input: [UInt8]) {
    self.input = input
    output.reserveCapacity(input.count + input.count / 2)
  }

  private enum Piece {
    case start(Range<Int>)
    case end(Range<Int>)
    case text(Range<Int>)
  }

  /// The piece that begins at a place; canonical documents have no others.
  private func piece(at place: Int) -> Piece {
    let less = UInt8(ascii: "<")
    guard input[place] == less else {
      let end = input[place...].firstIndex(of: less) ?? input.count
      return .text(place..<end)
    }
    // A sign in a value ends no tag.
    var isInValue = false
    let last =
      input[place...].firstIndex { byte in
        if byte == UInt8(ascii: "\"") { isInValue.toggle() }
        return byte == UInt8(ascii: ">") && !isInValue
      } ?? input.count - 1
    let isEnd = place + 1 < input.count && input[place + 1] == UInt8(ascii: "/")
    return isEnd ? .end(place..<last + 1) : .start(place..<last + 1)
  }

  private mutating func look() {
    var open: [Int] = []
    var place = 0
    while place < input.count {
      switch piece(at: place) {
      case .start(let range):
        if let parent = open.last { contents[parent] = contents[parent].withElement }
        open.append(contents.count)
        contents.append(.nothing)
        place = range.upperBound
      case .end(let range):
        open.removeLast()
        place = range.upperBound
      case .text(let range):
        if let parent = open.last { contents[parent] = contents[parent].withText }
        place = range.upperBound
      }
    }
  }

  private mutating func write() {
    var open: [(content: Content, isLaidOut: Bool)] = []
    var number = 0
    var place = 0
    while place < input.count {
      switch piece(at: place) {
      case .start(let range):
        let content = contents[number]
        let isLaidOut = open.last?.isLaidOut ?? true
        if !open.isEmpty, isLaidOut { breakLine(open.count) }
        number += 1
        place = range.upperBound
        append(tag: range, isRoot: open.isEmpty)
        if case .nothing = content {
          output.append(contentsOf: " />".utf8)
          // Its end tag follows at once.
          if case .end(let end) = piece(at: place) { place = end.upperBound }
          continue
        }
        output.append(UInt8(ascii: ">"))
        open.append((content, isLaidOut && content.isElements))
      case .end(let range):
        let element = open.removeLast()
        if element.isLaidOut { breakLine(open.count) }
        output.append(contentsOf: input[range])
        place = range.upperBound
      case .text(let range):
        output.append(contentsOf: input[range])
        place = range.upperBound
      }
    }
  }

  /// Without its end, and without what the root declares already.
  private mutating func append(tag range: Range<Int>, isRoot: Bool) {
    let tag = input[range.lowerBound..<range.upperBound - 1]
    // Declarations stand before attributes.
    guard !isRoot, let blank = tag.firstIndex(of: UInt8(ascii: " ")),
      tag[blank...].starts(with: Self.xsi)
    else {
      output.append(contentsOf: tag)
      return
    }
    output.append(contentsOf: tag[..<blank])
    output.append(contentsOf: tag[(blank + Self.xsi.count)...])
  }

  private mutating func breakLine(_ depth: Int) {
    output.append(contentsOf: "\r\n".utf8)
    for _ in 0..<2 * depth { output.append(UInt8(ascii: " ")) }
  }
}

extension DocumentLayout.Content {
  fileprivate var withElement: Self {
    switch self {
    case .nothing, .elements: .elements
    case .text, .both: .both
    }
  }

  fileprivate var withText: Self {
    switch self {
    case .nothing, .text: .text
    case .elements, .both: .both
    }
  }

  fileprivate var isElements: Bool {
    if case .elements = self { true } else { false }
  }
}
