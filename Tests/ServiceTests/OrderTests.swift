import TestSupport
import Testing

@testable import Service

@Suite("Orders of the API")
struct OrderTests {
  @Test(
    "The page names every verb, and no other",
    arguments: [
      ("`plans` takes", PlanOrder.Verb.allCases.map(\.rawValue)),
      ("`rows-plans` takes", RowOrder.Verb.allCases.map(\.rawValue)),
    ]
  )
  func page(head: String, verbs: [String]) throws {
    let page = try Repository.text("docs/serve.md")
    let table = try #require(page.rest(after: "| \(head) | fields |\n|---|---|\n"))
    let named = table.split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { $0.hasPrefix("| `") }
      .flatMap { line in
        (line.split(separator: "|").first ?? "").matches(of: /`([a-z-]+)`/).map { String($0.1) }
      }
    #expect(named.sorted() == verbs.sorted())
  }
}

extension String {
  /// What stands behind something; nil where it does not stand there.
  fileprivate func rest(after text: String) -> Substring? {
    firstRange(of: text).map { self[$0.upperBound...] }
  }
}
