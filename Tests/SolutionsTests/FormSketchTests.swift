import Solutions
import TestSupport
import Testing

/// A form as it is laid out, with who brought what.
@Suite("Form sketch")
struct FormSketchTests {
  private func sketch(_ layers: [(Stack.Place, String)]) throws -> FormSketch? {
    let stack = try Stack.of(layers.map { ($0, try LayoutText.definition($1)) })
    return FormSketch(stack, merge: .form)
  }

  private let base = """
    tab A
      section S
        row F1 F2
        row F3
    """

  /// Rows as controls with the layers that brought them.
  private func lines(_ sketch: FormSketch) -> [[String]] {
    sketch.tabs.flatMap(\.columns).flatMap(\.sections).flatMap(\.rows).map { row in
      row.map { "\($0.control) \($0.layer)" }
    }
  }

  @Test("One layer is laid out as it says")
  func single() throws {
    let sketch = try #require(try sketch([(.base, base)]))
    #expect(sketch.tabs.count == 1)
    #expect(sketch.layers.count == 1)
    let controls = lines(sketch).map { $0.map { $0.split(separator: " ")[0].lowercased() } }
    #expect(controls == [["f1", "f2"], ["f3"]])
  }

  @Test("LY-521 what a patch adds is there, and is the patch's; the rest stays the base's")
  func patched() throws {
    let sketch = try #require(
      try sketch([(.base, base), (.patch(1), "tab A\n section S\n row F1 F2\n row F4")])
    )
    #expect(sketch.layers.count == 2)
    let all = sketch.tabs.flatMap(\.columns).flatMap(\.sections).flatMap(\.rows).flatMap { $0 }
    let added = try #require(all.first { $0.control.lowercased() == "f4" })
    #expect(added.layer == sketch.layers[1])
    #expect(all.filter { $0.layer == sketch.layers[0] }.count == 3)
  }

  @Test(
    "A component without tabs has no sketch; widths and spans from outside stay in their bounds"
  )
  func bounds() throws {
    let bare = try Stack.of([(.base, try LayoutText.definition(form: "<form/>"))])
    #expect(FormSketch(bare, merge: .form) == nil)
    let wide = """
      <form><tabs><tab id="{1}" visible="false"><labels><label description="" languagecode="1031"/>\
      <label description="General" languagecode="1033"/></labels><columns><column width="900%"><sections>\
      <section id="{2}" showlabel="false"><rows><row><cell id="{3}" colspan="99999999999999999999"/>\
      <cell id="{4}" colspan="40"/></row></rows></section></sections></column></columns></tab></tabs></form>
      """
    let stack = try Stack.of([(.base, try LayoutText.definition(form: wide))])
    let sketch = try #require(FormSketch(stack, merge: .form))
    let tab = sketch.tabs[0]
    #expect(tab.label == "General" && !tab.isVisible)
    #expect(tab.columns[0].width == nil)
    #expect(tab.columns[0].sections[0].rows[0].map(\.span) == [1, 12])
  }
}
