import Testing

@testable import JSON

@Suite("JSON documents")
struct JSONDocumentTests {
  private func written(_ text: String) throws -> String {
    var out = JSONText()
    out.write(try JSONDocument(Array(text.utf8)).root)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  private func refusal(_ bytes: [UInt8], limits: JSONLimits = .standard) -> JSONError? {
    do {
      _ = try JSONDocument(bytes, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  private func refusal(_ text: String) -> JSONError? { refusal(Array(text.utf8)) }

  @Test(
    "What is read is written in one way",
    arguments: [
      ("null", "null"), (" [ ] ", "[]"), ("{ }", "{}"), ("[[],{}]", "[[],{}]"),
      ("[true,\nfalse , null]", "[true,false,null]"),
      (#"{"b":1,"a":{"d":[],"c":""}}"#, #"{"a":{"c":"","d":[]},"b":1}"#),
      (#""\u00e9\/\n\u0001\"\\""#, #""é/\u000a\u0001\"\\""#),
      (#""\ud83d\ude00""#, #""😀""#), (#""\ufffe""#, #""\ufffe""#),
    ]
  )
  func oneWay(text: String, canonical: String) throws {
    #expect(try written(text) == canonical)
    #expect(try written(canonical) == canonical)
  }

  @Test(
    "Numbers keep their spelling",
    arguments: [
      "0", "-0", "1", "1.0", "1e0", "1E+5", "9007199254740993", "0.10000000000000000001", "1e999",
      "123456789012345678901234567890",
    ]
  )
  func numbers(text: String) throws {
    let value = try JSONDocument(Array(text.utf8)).root
    #expect(value.kind == .number)
    #expect(value.lexeme == text)
    #expect(value.text == nil)
  }

  @Test(
    "What RFC 8259 does not know is refused",
    arguments: [
      "", " ", "nul", "nullx", "tru", "01", "1.", ".5", "+1", "-", "1e", "0x1", "NaN", "Infinity",
      "[1,]", "[,1]", "[1 2]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "{\"a\":}", "{\"a\"}", "{,}",
      "[", "{", "[}", "{]", "]", "}", "\"", "\"a", "\"\\", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"",
      "\"\u{0}\"", "\"\u{9}\"", "1 1", "[] []", "// a\n1", "'a'", "{\"a\":1 \"b\":2}", "[1]\u{0}",
    ]
  )
  func refused(text: String) {
    #expect(refusal(text)?.reason == .notWellFormed, "\(text)")
  }

  @Test(
    "Half a surrogate pair is refused",
    arguments: [#""\ud800""#, #""\udc00""#, #""\ud800a""#, #""\ud800\n""#, #""\ud800\ud800""#]
  )
  func surrogates(text: String) {
    #expect(refusal(text)?.reason == .encoding)
  }

  @Test("Text is UTF-8, or UTF-16 with its mark")
  func encodings() throws {
    #expect(refusal([0x22, 0xFF, 0x22])?.reason == .encoding)
    #expect(refusal([0x22, 0xC0, 0x80, 0x22])?.reason == .encoding)
    #expect(refusal([0x22, 0xED, 0xA0, 0x80, 0x22])?.reason == .encoding)
    let little: [UInt8] =
      [0xFF, 0xFE] + "[\"é\"]".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] =
      [0xFE, 0xFF] + "[\"é\"]".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let marked: [UInt8] = [0xEF, 0xBB, 0xBF] + "[\"é\"]".utf8
    for bytes in [little, big, marked] {
      #expect(try JSONDocument(bytes).root.elements.map { $0.text } == ["é"])
    }
    #expect(refusal(Array(little.dropLast()))?.reason == .encoding)
    #expect(refusal([0xFF, 0xFE, 0x00, 0xD8])?.reason == .encoding)
  }

  @Test(
    "A name stands once in an object, however it is escaped",
    arguments: [
      (#"{"list":1,"list":2}"#, 1, 11), ("{\"a\":1,\n \"b\":2,\n \"b\":3}", 3, 2),
      (#"{"a":1,"\u0061":2}"#, 1, 8), (#"[{"":{}},{"x":{"":1,"":1}}]"#, 1, 21),
      (#"{"a":1,"b":2,"a":3,"b":4}"#, 1, 14),
    ]
  )
  func repetitions(text: String, line: Int, column: Int) throws {
    let error = try #require(refusal(text))
    #expect(error.reason == .repeatedName)
    #expect([error.line, error.column] == [line, column])
  }

  @Test("Names that only look alike are two; the same name in two objects is none too many")
  func names() throws {
    let value = try JSONDocument(Array("{\"é\":1,\"e\u{301}\":2,\"E\":{\"é\":3}}".utf8)).root
    #expect(value["é"]?.lexeme == "1")
    #expect(value["e\u{301}"]?.lexeme == "2")
    #expect(value.member("e")?.members.map(\.key) == ["é"])
  }

  @Test("A place is a line and a column of characters")
  func places() throws {
    let error = try #require(refusal("[1,\n \"éé\" x]"))
    #expect([error.line, error.column] == [2, 7])
    #expect(error.description == "line 2: not valid JSON")
  }

  @Test("Each limit holds to the one")
  func limits() {
    let limits = JSONLimits(bytes: 20, values: 4, depth: 3)
    func reason(_ text: String) -> JSONError.Reason? {
      refusal(Array(text.utf8), limits: limits)?.reason
    }
    #expect(reason(String(repeating: " ", count: 19) + "1") == nil)
    #expect(reason(String(repeating: " ", count: 20) + "1") == .tooLarge)
    #expect(reason("[1,2,3]") == nil)
    #expect(reason("[1,2,3,4]") == .tooManyValues)
    #expect(reason("{\"a\":1,\"b\":2}") == .tooManyValues)
    #expect(reason("[[[]]]") == nil)
    #expect(reason("[[[[]]]]") == .tooDeep)
    #expect(reason("[[[1]]]") == nil)
    #expect(refusal(Array(repeating: UInt8(ascii: "["), count: 100_000))?.reason == .tooDeep)
  }

  @Test("A text cut at any byte is refused, and nothing else happens")
  func cuts() {
    let text = Array(#"{"a":[1.5e3,true,"\ud83d\ude00é"],"b":{"c":null}}"#.utf8)
    #expect(refusal(text) == nil)
    for length in 0..<text.count { #expect(refusal(Array(text[..<length])) != nil, "\(length)") }
  }

  @Test("Members and elements are given in order, and what has none gives none")
  func walking() throws {
    let value = try JSONDocument(Array(#"{"a":[[1],{"x":2}],"b":"t","c":true}"#.utf8)).root
    #expect(value.members.map(\.key) == ["a", "b", "c"])
    #expect(value["a"]?.elements.map(\.kind) == [.array, .object])
    #expect(value["b"]?.text == "t")
    #expect(value["c"]?.boolean == true)
    #expect(value["b"]?.members.map(\.key) == [])
    #expect(value["b"]?.elements.count { _ in true } == 0)
    #expect(value["nowhere"] == nil)
  }
}
