/// Puts documents together from pieces of others, as these are spelled: two blanks for each level, and nothing else about
/// a piece changed but how its lines end.
///
/// Elements that hold no more than elements are laid out; what holds text stays as it is with all that lies in it.
package struct SourceWriter {
  package enum LineEnd: Sendable {
    case lf
    case crlf
  }

  /// What becomes of an element when what lies around it is written.
  package enum Edit {
    case leave
    /// Nothing of it is written.
    case drop
    /// Its tag alone.
    case empty
    /// Itself, and in it what is written here, one level deeper, in place of what lies in it.
    case fill((inout SourceWriter) -> Void)
    /// What is written here, in its place.
    case replace((inout SourceWriter) -> Void)
    /// Itself, and in it a text that needs no escape.
    case text(String)
  }

  package typealias Declarations = [(name: String, bytes: ArraySlice<UInt8>)]

  /// Where a line of the result comes from.
  package struct Mark: Equatable, Sendable {
    /// 1-based.
    package let line: Int
    package let file: Int
    package let sourceLine: Int
  }

  package private(set) var bytes: [UInt8] = []
  package private(set) var marks: [Mark] = []
  private let lineEnd: LineEnd
  private var depth = 0
  private var line = 1
  /// What the root of the result declares already.
  private var declared: Declarations = []

  /// - Parameter bytes: about how many there will be.
  package init(_ lineEnd: LineEnd, expecting bytes: Int = 0) {
    self.lineEnd = lineEnd
    self.bytes.reserveCapacity(bytes)
  }

  /// A mark and a declaration, as files of an unpacked solution have them.
  package mutating func declare() {
    bytes += [0xEF, 0xBB, 0xBF]
    bytes += "<?xml version=\"1.0\" encoding=\"utf-8\"?>".utf8
    breakLine()
  }

  package mutating func breakLine() {
    if lineEnd == .crlf { bytes.append(0x0D) }
    bytes.append(0x0A)
    line += 1
    for _ in 0..<2 * depth { bytes.append(UInt8(ascii: " ")) }
  }

  // MARK: Elements of ours

  /// - Parameters:
  ///   - name: of a section or a wrapper; it needs no escape.
  ///   - spelled: attributes as they stand elsewhere, each with the blank before it.
  package mutating func element(
    _ name: String,
    _ attributes: [(name: String, value: String)] = [],
    spelled: [UInt8] = [],
    _ content: (inout SourceWriter) -> Void
  ) {
    var tag = DocumentWriter()
    tag.open(name, attributes)
    open(tag.bytes.dropLast() + spelled, Array("</\(name)>".utf8), content)
  }

  package mutating func element(_ name: String, text: String) {
    var tag = DocumentWriter()
    tag.open(name)
    tag.text(text)
    tag.close(name)
    bytes += tag.bytes
  }

  /// The root of the result, made here; it declares `xsi` for everything in it.
  package mutating func frame(_ name: String, _ content: (inout SourceWriter) -> Void) {
    declared = [Self.xsi]
    element(name, spelled: Array(Self.xsi.bytes), content)
  }

  private mutating func open(
    _ start: [UInt8],
    _ end: [UInt8],
    _ content: (inout SourceWriter) -> Void
  ) {
    let place = bytes.count
    bytes += start
    line += start.count { $0 == 0x0A }
    bytes.append(UInt8(ascii: ">"))
    depth += 1
    let before = bytes.count
    content(&self)
    depth -= 1
    guard bytes.count > before else {
      bytes.replaceSubrange((place + start.count)..., with: " />".utf8)
      return
    }
    breakLine()
    bytes += end
  }

  // MARK: Elements of documents

  /// The root of a file: an element with everything that is declared around it.
  package mutating func root(
    _ element: XMLElement,
    of document: SourceDocument,
    edit: (XMLElement) -> Edit = { _ in .leave }
  ) {
    let around = SourceWriter.declarations(around: element, of: document)
    write(element, of: document, file: 0, as: edit(element), adding: around, edit)
  }

  /// An element on a line of its own.
  ///
  /// - Parameters:
  ///   - file: a number that marks name it by.
  ///   - isRoot: it was the root of its file, so that it need not declare what is declared around it now.
  package mutating func child(
    _ element: XMLElement,
    of document: SourceDocument,
    file: Int = 0,
    isRoot: Bool = false,
    edit: (XMLElement) -> Edit = { _ in .leave }
  ) {
    let own = edit(element)
    switch own {
    case .drop: return
    case .replace(let content): return content(&self)
    case .leave, .empty, .fill, .text: breakLine()
    }
    write(element, of: document, file: file, as: own, removing: isRoot ? declared : [], edit)
  }

  /// The root of the result, whose declarations hold for everything in it.
  package mutating func frame(
    _ element: XMLElement,
    of document: SourceDocument,
    file: Int = 0,
    _ content: (inout SourceWriter) -> Void
  ) {
    let span = document.spans[document.place(of: element)]
    let tag = SourceTag(document.bytes[span.tag])
    declared = tag.declarations
    mark(element, file)
    open(normal(tag.bytes), Array("</".utf8) + tag.head.dropFirst() + [UInt8(ascii: ">")], content)
  }

  /// Declarations that hold where an element stands, nearest first, and always that of `xsi`.
  package static func declarations(
    around element: XMLElement,
    of document: SourceDocument
  ) -> Declarations {
    var found: Declarations = []
    var at = element.parent
    while let outer = at {
      let span = document.spans[document.place(of: outer)]
      for declaration in SourceTag(document.bytes[span.tag]).declarations
      where !found.contains(where: { $0.name == declaration.name }) {
        found.append(declaration)
      }
      at = outer.parent
    }
    if !found.contains(where: { $0.name == DocumentWriter.xsi.name }) { found.append(xsi) }
    return found
  }

  private static let xsi: (name: String, bytes: ArraySlice<UInt8>) = (
    DocumentWriter.xsi.name,
    Array(" \(DocumentWriter.xsi.name)=\"\(DocumentWriter.xsi.value)\"".utf8)[...]
  )

  private mutating func write(
    _ element: XMLElement,
    of document: SourceDocument,
    file: Int,
    as edit: Edit,
    adding: Declarations = [],
    removing: Declarations = [],
    _ inner: (XMLElement) -> Edit
  ) {
    mark(element, file)
    let span = document.spans[document.place(of: element)]
    var tag: SourceTag?
    if !adding.isEmpty || !removing.isEmpty {
      var changed = SourceTag(document.bytes[span.tag])
      changed.add(adding)
      changed.remove(removing)
      tag = changed
    }
    if case .leave = edit, span.holdsText || !span.holdsElements {
      return write(span, of: document, tag)
    }
    let whole = tag ?? SourceTag(document.bytes[span.tag])
    let start = normal(whole.bytes)
    let end = Array("</".utf8) + whole.head.dropFirst() + [UInt8(ascii: ">")]
    switch edit {
    case .drop, .replace: return
    case .empty: open(start, end) { _ in }
    case .fill(let content): open(start, end, content)
    case .text(let text): bytes += start + Array(">\(text)".utf8) + end
    case .leave:
      open(start, end) { writer in
        writer.children(of: element, of: document, file: file, edit: inner)
      }
    }
  }

  /// An element as it is, but for its tag where there is another.
  private mutating func write(
    _ span: SourceDocument.Span,
    of document: SourceDocument,
    _ tag: SourceTag?
  ) {
    guard let tag else {
      return append(document.bytes[span.tag.lowerBound..<span.end], span.holdsBreaks)
    }
    append(tag.bytes, span.holdsBreaks)
    bytes += (tag.isEmpty ? " />" : ">").utf8
    append(document.bytes[span.tag.upperBound..<span.end], span.holdsBreaks)
  }

  /// Everything that lies in an element which holds no text.
  ///
  /// - Parameter first: is called before each child.
  package mutating func children(
    of element: XMLElement,
    of document: SourceDocument,
    file: Int = 0,
    first: (inout SourceWriter, XMLElement) -> Void = { _, _ in },
    edit: (XMLElement) -> Edit = { _ in .leave }
  ) {
    let span = document.spans[document.place(of: element)]
    guard !span.holdsText else { return }
    var at = span.tag.upperBound
    for child in element.children {
      let inner = document.spans[document.place(of: child)]
      between(document, at..<inner.tag.lowerBound)
      at = inner.end
      first(&self, child)
      self.child(child, of: document, file: file, edit: edit)
    }
    between(document, at..<span.contentEnd)
  }

  /// Comments and instructions between elements, each on a line of its own.
  private mutating func between(_ document: SourceDocument, _ range: Range<Int>) {
    let gap = document.bytes[range]
    guard let first = gap.firstIndex(where: { $0 > 0x20 }),
      let last = gap.lastIndex(where: { $0 > 0x20 })
    else { return }
    breakLine()
    append(document.bytes[first...last], true)
  }

  private mutating func mark(_ element: XMLElement, _ file: Int) {
    let mark = Mark(line: line, file: file, sourceLine: element.line)
    if let last = marks.last, last.file == file,
      last.line - last.sourceLine == line - element.line
    {
      return
    }
    marks.append(mark)
  }

  // MARK: Bytes

  private func normal(_ tag: [UInt8]) -> [UInt8] {
    guard tag.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return tag }
    var writer = SourceWriter(lineEnd)
    writer.append(tag[...], true)
    return writer.bytes
  }

  private mutating func append(_ piece: [UInt8], _ holdsBreaks: Bool) {
    append(piece[...], holdsBreaks)
  }

  /// As it is, but for the ends of its lines, of which XML makes one sign anyway.
  private mutating func append(_ piece: ArraySlice<UInt8>, _ holdsBreaks: Bool) {
    guard holdsBreaks else {
      bytes.append(contentsOf: piece)
      return
    }
    var isAfterReturn = false
    for byte in piece {
      switch byte {
      case 0x0A where isAfterReturn: isAfterReturn = false
      case 0x0A, 0x0D:
        if lineEnd == .crlf { bytes.append(0x0D) }
        bytes.append(0x0A)
        line += 1
        isAfterReturn = byte == 0x0D
      default:
        bytes.append(byte)
        isAfterReturn = false
      }
    }
  }
}
