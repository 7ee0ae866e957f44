import Testing

@testable import Contract

@Suite("Digests of shapes")
struct ShapeDigestTests {
  private struct Pair: Encodable {
    var first: String?
    var second: String?
    var list: [String] = []
    var count: Int?
    var inner: Inner?
  }

  private struct Inner: Encodable {
    var first: String?
    var isSet: Bool?
    var part: Double?
  }

  @Test("Values that encode differently have different digests")
  func different() throws {
    let values = [
      Pair(), Pair(first: ""), Pair(first: "a"), Pair(second: "a"), Pair(first: "a", second: "a"),
      Pair(first: "a\u{0}second"), Pair(first: "1"), Pair(count: 1), Pair(count: -1),
      Pair(count: 0),
      Pair(list: [""]), Pair(list: ["", ""]), Pair(list: ["a", "b"]), Pair(list: ["ab"]),
      Pair(list: ["b", "a"]), Pair(first: "a", inner: Inner()), Pair(inner: Inner(first: "a")),
      Pair(inner: Inner()), Pair(inner: Inner(isSet: true)), Pair(inner: Inner(isSet: false)),
      Pair(inner: Inner(part: 1)), Pair(inner: Inner(part: 1.5)),
    ]
    let digests = try values.map { try ShapeDigest.digest(of: $0, tag: "pair") }
    #expect(Set(digests).count == values.count)
  }

  @Test("The same value has the same digest, and another tag another one")
  func same() throws {
    let value = Pair(first: "a", list: ["b"], inner: Inner(isSet: true))
    let digest = try ShapeDigest.digest(of: value, tag: "pair")
    #expect(try ShapeDigest.digest(of: value, tag: "pair") == digest)
    #expect(try ShapeDigest.digest(of: value, tag: "pai") != digest)
  }

  @Test("Lists of lists and keys that repeat a list are told apart")
  func nesting() throws {
    let values: [[[String]]] = [
      [], [[]], [[], []], [["a"]], [["a"], []], [[], ["a"]], [["a", "b"]],
    ]
    let digests = try values.map { try ShapeDigest.digest(of: $0, tag: "") }
    #expect(Set(digests).count == values.count)
  }
}
