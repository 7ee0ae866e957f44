import Solutions
import TestSupport
import Testing

/// Components by what people call them.
@Suite("Finding components")
struct ComponentSearchTests {
  private func hits(
    _ text: String,
    _ type: ComponentType? = nil,
    table: String? = nil
  ) throws -> String {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.priority nvarchar 100 Priority\ncolumn t.prio_old nvarchar 100 Before",
      "Y 1.0 by A\ntable u\ncolumn u.a nvarchar 100 Top_priority\nview v1 u a",
    ])
    return state.hits(ComponentSearch(text, type: type, table: table)).map {
      "\($0.component.name) \($0.match)\($0.label.map { " \($0)" } ?? "") \($0.solutions.map(\.text).joined(separator: ","))\($0.whole.map { " of \($0)" } ?? "")"
    }.joined(separator: "\n")
  }

  @Test("Whole names come first, then beginnings, then what is within; case has no meaning")
  func order() throws {
    let begun = try hits("PRIO")
    #expect(
      begun
        == "t.prio_old beginning X of t\nt.priority beginning X of t\nu.a within Y of u"
    )
    let whole = try hits("priority")
    #expect(whole == "t.priority whole X of t\nu.a within Y of u")
    #expect(try hits("nothing of it") == "")
  }

  @Test("A kind and a table leave the others out")
  func filters() throws {
    let tables = try hits("t", .entity)
    #expect(tables == "t whole X")
    let parts = try hits("prio", table: "u")
    #expect(parts == "u.a within Y of u")
  }
}
