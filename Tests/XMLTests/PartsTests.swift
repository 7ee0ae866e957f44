import Testing
import XML

/// Documents that are read part by part say what they say as a whole.
@Suite("XML in parts")
struct PartsTests {
  /// What comes when at most so many bytes are given at once.
  private func parts(
    _ document: [UInt8],
    by size: Int,
    within shells: Int = 2,
    _ limits: XMLLimits = .standard
  ) throws -> [String] {
    var rest = document[...]
    var found: [String] = []
    try XMLParts(limits: limits, within: shells).read { memory in
      let count = min(size, memory.count, rest.count)
      memory.copyBytes(from: rest.prefix(count))
      rest = rest.dropFirst(count)
      return count
    } _: { element, depth in
      let below = element.descendants.map { "\($0.name)=\($0.text)@\($0.line)" }
      let own = element.attributes.map { "\($0.name)=\($0.value)" }
      found.append(
        "\(depth) \(element.name)@\(element.line) \((own + below).joined(separator: " "))"
      )
    }
    return found
  }

  private static let text = """
    <?xml version="1.0" encoding="ENCODING"?>
    <r a='1'>dropped<!-- so -->
      <s b='é&amp;'><p id='1'><q>x</q>
        <q>😀 y</q></p>
        <p/>between</s>
      <t/><s><p id='2'><![CDATA[<z>]]></p></s>
    </r>
    """

  private static let expected = [
    "1 r@2 a=1", "2 s@3 b=é&", "3 p@3 id=1 q=x@3 q=😀 y@4", "3 p@5 ", "2 t@6 ", "2 s@6 ",
    "3 p@6 id=2",
  ]

  @Test(
    "RW-80 parts come in order with their lines, wherever pieces end",
    arguments: [1, 2, 7, 64, 9_999]
  )
  func pieces(size: Int) throws {
    let text = Self.text.replacing("ENCODING", with: "utf-8")
    #expect(try parts(Array(text.utf8), by: size) == Self.expected)
    #expect(try parts([0xEF, 0xBB, 0xBF] + text.utf8, by: size) == Self.expected)
    let wide = Self.text.replacing("ENCODING", with: "utf-16").utf16
    let little: [UInt8] = wide.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try parts([0xFF, 0xFE] + little, by: size) == Self.expected)
    let big: [UInt8] = wide.flatMap { unit -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    #expect(try parts([0xFE, 0xFF] + big, by: size) == Self.expected)
  }

  private func reason(
    _ text: String,
    by size: Int = 5,
    _ change: (inout XMLLimits) -> Void = { _ in }
  ) -> XMLError.Reason? {
    var limits = XMLLimits.standard
    change(&limits)
    do {
      _ = try parts(Array(text.utf8), by: size, limits)
      return nil
    } catch let error as XMLError {
      return error.reason
    } catch {
      Issue.record(error)
      return nil
    }
  }

  @Test(
    "RW-80 what a whole document may not hold, one in parts may not hold either",
    arguments: [1, 5, 70_000]
  )
  func refused(size: Int) throws {
    #expect(reason("<r><s><p></s></r>", by: size) == .notWellFormed)
    #expect(reason("<r><s><p/></s>", by: size) == .notWellFormed)
    #expect(reason("", by: size) == .notWellFormed)
    #expect(reason("<r/><r/>", by: size) == .notWellFormed)
    #expect(reason("<!DOCTYPE r><r/>", by: size) == .documentType)
    #expect(reason("<r>\0</r>", by: size) == .nul)
    #expect(reason("<?xml version='1.0' encoding='latin1'?><r/>", by: size) == .encoding)
    #expect(reason("<r><s><p><q/><q/></p></s></r>", by: size) { $0.nodes = 2 } == .tooLarge)
    #expect(reason("<r><s><p><q><q/></q></p></s></r>", by: size) { $0.depth = 4 } == .tooDeep)
    let crowded = "<r><s><p \((0..<40).map { "a\($0)='>='" }.joined(separator: " "))/></s></r>"
    #expect(
      reason(crowded, by: size) { $0.attributesPerElement = 39 } == .tooManyAttributes
    )
    #expect(reason(crowded, by: size) { $0.attributesPerElement = 80 } == nil)
  }

  @Test("RW-80 limits are those of a part, not of the document; names are counted in all of it")
  func bounded() throws {
    let small = String(repeating: "<s><p a='1'><q/><q/></p></s>", count: 5_000)
    #expect(
      reason("<r>\(small)</r>", by: 4_096) {
        ($0.nodes, $0.bytes, $0.names) = (3, 16_384, 64)
      } == nil
    )
    for gap in [
      "<!--\(String(repeating: "x", count: 20_000))-->", String(repeating: " ", count: 20_000),
    ] {
      #expect(reason("<r>\(gap)</r>", by: 4_096) { $0.bytes = 16_384 } == .tooLarge)
    }
    let names = (0..<300).map { "<s><p a\($0)='1'/></s>" }.joined()
    #expect(reason("<r>\(names)</r>", by: 4_096) { $0.names = 200 } == .tooManyNames)
  }

  @Test("RW-80 a value of twenty megabytes is read, as pictures are")
  func long() throws {
    let long = String(repeating: "A", count: 20 << 20)
    let found = try parts(Array("<r><s><p v='\(long)'/></s></r>".utf8), by: 60_000)
    #expect(found.last?.utf8.count == long.utf8.count + 8)
  }

  private struct Ended: Error {}

  @Test("RW-80 whoever takes or gives parts may end it")
  func ended() throws {
    #expect(throws: Ended.self) {
      try XMLParts(within: 1).read { _ in
        throw Ended()
      } _: { _, _ in
      }
    }
    var count = 0
    var rest = Array("<r><p/><p/><p/></r>".utf8)[...]
    #expect(throws: Ended.self) {
      try XMLParts(within: 1).read { memory in
        memory.copyBytes(from: rest)
        defer { rest = [] }
        return rest.count
      } _: { _, _ in
        count += 1
        if count == 2 { throw Ended() }
      }
    }
    #expect(count == 2)
  }
}
