import Contract
import Foundation
import Solutions
import TestSupport
import Testing

/// Files of facts are read as they were written, and hostile ones are refused with words.
@Suite("Files of facts")
struct FactsShapeTests {
  private var facts: Facts {
    get throws {
      var facts = Facts(
        of: try installed([
          "X 1.0 by A\ntable t\ncolumn t.a nvarchar 100\nresource new_/a.js text",
          "Y 2.0 by B\nview v1 t a",
        ])
      )
      facts.rows = ["t": 3204, "u": nil]
      facts.values = [.attribute("t", "a"): 7, .attribute("t", "b"): nil]
      facts.variables = [Facts.Held(name: "v", hasValue: false, hasDefault: true)]
      facts.refusals = [Facts.Refusal(question: "q", status: 403, reason: "no privilege")]
      return facts.canonical
    }
  }

  @Test("What is written is read, and written the same again")
  func roundTrip() throws {
    let facts = try facts
    let text = try ShapeCoder.json(FactsShape(facts))
    let read = try ShapeCoder.shape(FactsShape.self, Array(text.utf8)).facts()
    #expect(read == facts)
    #expect(try ShapeCoder.json(FactsShape(read)) == text)
  }

  @Test(
    "What no environment can say is named by its place",
    arguments: [
      ("\"version\" : \"2.0\"", "\"version\" : \"x\"", "solutions[1].version"),
      ("\"uniqueName\" : \"Y\"", "\"uniqueName\" : \"1\\u0000\"", "solutions[1].uniqueName"),
      ("\"organizationId\" : \"", "\"organizationId\" : \"x", "organizationId"),
      ("\"at\" : \"2025", "\"at\" : \"9025x", "at"),
    ]
  )
  func unsound(text: String, other: String, field: String) throws {
    let whole = try ShapeCoder.json(FactsShape(try facts))
    #expect(whole.contains(text), "\(text)")
    let broken = whole.replacing(text, with: other, maxReplacements: 1)
    let shape = try ShapeCoder.shape(FactsShape.self, Array(broken.utf8))
    let error = #expect(throws: FactsUnsound.self) { try shape.facts() }
    #expect(error?.field == field)
  }

  @Test("Cut at any place, a file is refused")
  func cut() throws {
    let bytes = Array(try ShapeCoder.json(FactsShape(try facts)).utf8)
    for length in stride(from: 0, to: bytes.count - 2, by: 97) {
      #expect(throws: (any Error).self) {
        try ShapeCoder.shape(FactsShape.self, Array(bytes[..<length]))
      }
    }
  }
}
