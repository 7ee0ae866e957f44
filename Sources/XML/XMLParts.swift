internal import CXML

/// Reads a document of any length, of which no more than one part is in memory.
///
/// What is within the first elements comes as parts: an element with all that is in it, as a tree of its own.
package struct XMLParts {
  /// Fills the memory with what comes next of the document; 0 at its end.
  package typealias Fill = (_ memory: UnsafeMutableRawBufferPointer) throws -> Int

  private let limits: XMLLimits
  private let shells: Int

  /// - Parameters:
  ///   - limits: of each part: `bytes` is how much may be read for one, `names` holds for the whole document as well.
  ///   - shells: how deep elements are no parts (the root has depth 1): they are given when they begin, without what is
  ///     in them.
  package init(limits: XMLLimits = .standard, within shells: Int) {
    self.limits = limits
    self.shells = shells
  }

  /// - Parameter take: gets shells and parts in the order of the document, with their depth.
  /// - Throws: `XMLError`; what `fill` and `take` throw.
  package func read(
    _ fill: Fill,
    _ take: (_ element: XMLElement, _ depth: Int) throws -> Void
  ) throws {
    try withoutActuallyEscaping(fill) { fill in
      try withoutActuallyEscaping(take) { take in
        try Passage(try PlainPieces(fill), take).run(limits, shells)
      }
    }
  }
}

/// What the parser asks for and gives while it runs.
private final class Passage {
  private var pieces: PlainPieces
  private let take: (XMLElement, Int) throws -> Void
  /// Of parts that came last: most have the same, and making them takes longer than reading a part.
  private var names: [XMLNames] = []
  private var failure: (any Error)?

  init(_ pieces: PlainPieces, _ take: @escaping (XMLElement, Int) throws -> Void) {
    self.pieces = pieces
    self.take = take
  }

  func run(_ limits: XMLLimits, _ shells: Int) throws {
    var limits = strata_xml_limits(limits)
    var failed = strata_xml_failure()
    // SAFETY: the passage outlives the call, and nobody else is called with it.
    let isRead = strata_xml_stream(
      { context, bytes, capacity in Passage.at(context)?.fill(bytes, capacity) ?? -1 },
      { context, part, depth in Passage.at(context)?.given(part, depth) ?? 0 },
      Unmanaged.passUnretained(self).toOpaque(),
      UInt32(clamping: shells),
      UInt32(clamping: pieces.firstLine),
      &limits,
      &failed
    )
    if let failure { throw failure }
    guard isRead != 0 else { throw XMLError(failed) }
  }

  private static func at(_ context: UnsafeMutableRawPointer?) -> Passage? {
    context.map { Unmanaged<Passage>.fromOpaque($0).takeUnretainedValue() }
  }

  private func fill(_ bytes: UnsafeMutablePointer<UInt8>?, _ capacity: Int) -> Int {
    do {
      return try pieces.fill(UnsafeMutableRawBufferPointer(start: bytes, count: capacity))
    } catch {
      failure = error
      return -1
    }
  }

  private func given(_ part: UnsafeMutablePointer<strata_xml_tree>?, _ depth: UInt32) -> Int32 {
    guard let part else { return 0 }
    let tree = XMLTree(adopting: part, named: known(part.pointee))
    do {
      try take(tree.root, Int(depth))
      return 1
    } catch {
      failure = error
      return 0
    }
  }
}

extension Passage {
  private func known(_ part: strata_xml_tree) -> XMLNames {
    if let place = names.firstIndex(where: { $0.areThose(of: part) }) {
      if place > 0 { names.swapAt(place, place - 1) }
      return names[max(0, place - 1)]
    }
    let made = XMLNames(of: part)
    if names.count >= 8 { names.removeLast() }
    names.append(made)
    return made
  }
}

/// The pieces of a document as UTF-8 without byte-order mark and without XML declaration, as `PlainDocument` is.
private struct PlainPieces {
  let firstLine: Int
  private let next: XMLParts.Fill
  private var utf16: UTF16Pieces?
  /// What was read and not given yet.
  private var rest: ArraySlice<UInt8> = []

  init(_ next: @escaping XMLParts.Fill) throws {
    self.next = next
    // As much as a declaration can take, in UTF-16 as well.
    var head = [UInt8](repeating: 0, count: 2_048)
    var count = 0
    while count < head.count {
      let got = try head.withUnsafeMutableBytes {
        try next(UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      guard got > 0 else { break }
      count += got
    }
    head.removeSubrange(count...)
    var start = 0
    if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) {
      var pieces = UTF16Pieces(isLittle: head[0] == 0xFF)
      head = try pieces.transcoded(head.dropFirst(2))
      utf16 = pieces
    } else if head.starts(with: [0xEF, 0xBB, 0xBF]) {
      start = 3
    }
    let beginning = try PlainDocument.beginning(of: head, start, utf16 != nil)
    firstLine = beginning.firstLine
    rest = head[beginning.start...]
  }

  mutating func fill(_ memory: UnsafeMutableRawBufferPointer) throws -> Int {
    if rest.isEmpty, utf16 == nil { return try next(memory) }
    while rest.isEmpty {
      // A unit of two bytes makes three at most.
      var piece = [UInt8](repeating: 0, count: 1 << 15)
      let got = try piece.withUnsafeMutableBytes { try next($0) }
      guard got > 0 else {
        try utf16?.end()
        return 0
      }
      rest = (try utf16?.transcoded(piece[..<got]) ?? [])[...]
    }
    let count = min(memory.count, rest.count)
    memory.copyBytes(from: rest.prefix(count))
    rest = rest.dropFirst(count)
    return count
  }
}
