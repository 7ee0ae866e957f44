import Solutions
import TestSupport
import Testing

/// Forms and dashboards (LY-550): layouts as text, whole or as differences, and what is in effect.
@Suite("Merge of forms")
struct FormMergeTests {
  private func check(
    _ layers: [(Stack.Place, String)],
    isBaseAssumed: Bool = false,
    _ expected: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let stack = try Stack.of(
      layers.map { ($0, try LayoutText.definition($1)) },
      isBaseAssumed: isBaseAssumed
    )
    let text = LayoutText.spelled(stack.effective(.form).definition)
    #expect(text == expected, sourceLocation: sourceLocation)
  }

  private let base = """
    tab A
      section S
        row F1
        row F2
    """

  @Test("LY-311 a single layer is its own effective definition, byte for byte")
  func single() throws {
    let definition = try LayoutText.definition(base)
    #expect(try Stack.of([(.base, definition)]).effective(.form).definition.hash == definition.hash)
    let difference = try LayoutText.definition("tab +B@1")
    let stack = try Stack.of([(.other(1), difference)], isBaseAssumed: true)
    #expect(stack.effective(.form).definition.hash == difference.hash)
    #expect(!stack.isBaseKnown(.form))
  }

  @Test("LY-521 a patch of the owner with the whole form adds: base F1 F2, patch F1 F3")
  func patch() throws {
    try check(
      [(.base, base), (.patch(1), "tab A\n section S\n row F1\n row F3")],
      """
      tab A
        section S
          row F1
          row F2
          row F3
      """
    )
  }

  @Test(
    "LY-521 a cell has one control: who puts another one into it takes the present one out",
    arguments: [
      (Stack.Place.patch(1), "<control id=\"b\" datafieldname=\"b\"/>"),
      (.other(1), "<control id=\"b\" datafieldname=\"b\"/>"),
      (.other(1), "<control id=\"b\" datafieldname=\"b\" solutionaction=\"Added\"/>"),
    ]
  )
  func oneControl(place: Stack.Place, control: String) throws {
    func form(_ control: String) -> String {
      "<form><tabs><tab id=\"{1}\"><columns><column><sections><section id=\"{2}\"><rows><row><cell id=\"{3}\">"
        + "\(control)</cell></row></rows></section></sections></column></columns></tab></tabs></form>"
    }
    let stack = try Stack.of([
      (.base, try LayoutText.definition(form: form("<control id=\"a\" datafieldname=\"a\"/>"))),
      (place, try LayoutText.definition(form: form(control))),
    ])
    let effective = stack.effective(.form).definition
    #expect(LayoutText.spelled(effective).contains("row b"))
    let whole = try LayoutText.definition(
      form: form("<control id=\"b\" datafieldname=\"b\"/>")
    )
    #expect(effective.hash == whole.hash)
  }

  @Test("LY-522 an upgrade of the owner replaces: elements absent from it disappear")
  func upgrade() throws {
    let upgrade = "tab A\n section S\n row F1\n row F3\n row F4"
    let expected = """
      tab A
        section S
          row F1
          row F3
          row F4
      """
    let patch = "tab A\n section S\n row F1\n row F3"
    // The pending upgrade takes the place of base and patches already.
    try check([(.base, base), (.patch(1), patch), (.holding, upgrade)], expected)
    try check([(.base, upgrade)], expected)
  }

  @Test("LY-524 a second solution adds F3 and removes F2; after its removal F1 F2 again")
  func removalOfALayer() throws {
    let second = "tab A@0\n section S@0\n row -F2@10001\n row +F3@10001"
    var stack = try Stack.of([
      (.base, try LayoutText.definition(base)), (.other(1), try LayoutText.definition(second)),
    ])
    #expect(
      LayoutText.spelled(stack.effective(.form).definition) == """
        tab A
          section S
            row F1
            row F3
        """
    )
    #expect(stack.remove(try #require(SolutionName("Y1"))))
    #expect(stack.effective(.form).definition == (try LayoutText.definition(base)))
  }

  @Test("LY-510 what has no ordinal comes after the elements that were there")
  func additions() throws {
    try check(
      [
        (.base, base),
        (.other(1), "tab A\n section S\n row +F3\n section +T\n row g\ntab +B\n section U\n row h"),
      ],
      """
      tab A
        section S
          row F1
          row F2
          row F3
        section T
          row g
      tab B
        section U
          row h
      """
    )
  }

  @Test(
    "PF-806 ordinals place elements among their siblings; of equal ones the lower layer's comes first"
  )
  func ordinals() throws {
    try check(
      [
        (.base, base), (.other(1), "tab +B@0"), (.other(2), "tab +C@0"),
        (.active, "tab A@0\n section S@0\n row ~F2@10000"),
      ],
      """
      tab A
        section S
          row F1
          row F2
      tab B
      tab C
      """
    )
  }

  @Test(
    "PF-806 rows are made anew where cells come and go: a cell of a column that is taken begins one"
  )
  func rows() throws {
    try check(
      [
        (.base, "tab A\n section S\n row a b\n row c d"),
        (
          .other(1),
          "tab A@0\n section S@0\n row +x@20001\n row ~b@10002\n row ~c@20003\n row ~d@10004"
        ),
      ],
      """
      tab A
        section S
          row a x
          row b c
          row d
      """
    )
  }

  @Test("LY-303 attributes that a difference states are laid over, all others stay")
  func overlay() throws {
    try check(
      [
        (.base, "tab A\n section S\n row a[visible=true][locklevel=1]"),
        (.other(1), "set headerdensity=High\ntab A@0\n section S@0\n row ~a@10000[visible=false]"),
      ],
      """
      set headerdensity=High
      tab A
        section S
          row a[locklevel=1][visible=false]
      """
    )
  }

  @Test("LY-512 what a layer adds to a place that is gone goes to the conflicts tab")
  func conflicts() throws {
    let difference = "tab A@0\n section S@0\n row +F3@10002\n section +T@1\n row g"
    // The owner's next version no longer has the section, then not even the tab.
    try check(
      [(.base, "tab A\n section U\n row F1"), (.other(1), difference)],
      """
      tab A
        section U
          row F1
        section T
          row g
      tab conflicts
        section S
          row F3
      """
    )
    try check(
      [(.base, "tab Z\n section U\n row F1"), (.other(1), difference)],
      """
      tab Z
        section U
          row F1
      tab conflicts
        section S
          row F3
        section T
          row g
      """
    )
  }

  @Test("LY-512 what others put into a section survives its removal by a third")
  func removedUnderContent() throws {
    try check(
      [
        (.base, base), (.other(1), "tab A@0\n section S@0\n row +F3@10002"),
        (.other(2), "tab A@0\n section -S@0"),
      ],
      """
      tab A
      tab conflicts
        section S
          row F3
      """
    )
  }

  @Test("LY-526 a whole form of another publisher takes nothing away")
  func foreignForm() throws {
    try check(
      [(.base, base), (.other(1), "tab A\n section S\n row F1\n row F9")],
      """
      tab A
        section S
          row F1
          row F2
          row F9
      """
    )
  }

  @Test("LY-305 a whole form in the unmanaged layer shows as its author saw it")
  func unmanaged() throws {
    try check(
      [(.base, base), (.other(1), "tab +B@1"), (.active, "tab A\n section S\n row F2")],
      """
      tab A
        section S
          row F2
      """
    )
  }

  @Test("PF-443 ids are compared as GUIDs, without braces and without regard to case")
  func spelling() throws {
    let tab = PackageText.guid("tabA").uppercased()
    let difference = "<form><tabs><tab id=\"\(tab)\" solutionaction=\"Removed\"/></tabs></form>"
    let stack = try Stack.of([
      (.base, try LayoutText.definition(base)),
      (.other(1), try LayoutText.definition(form: difference)),
    ])
    #expect(LayoutText.spelled(stack.effective(.form).definition) == "")
  }

  @Test("Documents that only together are beyond the limits do not crash: the topmost stands")
  func limits() throws {
    func form(_ prefix: String) throws -> Definition {
      let attributes = (0..<700).map { " \(prefix)\($0)=\"\"" }.joined()
      return try LayoutText.definition(
        form: "<form><tabs><tab id=\"x\"\(attributes) solutionaction=\"Modified\"/></tabs></form>"
      )
    }
    let base = try LayoutText.definition(form: "<form><tabs><tab id=\"x\"/></tabs></form>")
    let top = try form("b")
    let stack = try Stack.of([(.base, base), (.other(1), try form("a")), (.other(2), top)])
    #expect(stack.effective(.form).definition == top)
  }

  @Test("Differences to a base that is not known are merged with each other, and stay a difference")
  func withoutBase() throws {
    try check(
      [
        (.other(1), "tab A@0\n section S@0\n row +x@10001\n row -F1@10000"),
        (.other(2), "tab A@0\n section S@0\n row ~x@10005[visible=false]\n row +y@10002"),
      ],
      isBaseAssumed: true,
      """
      tab A@0
        section S@0
          row x[visible=false]@10005 (Added)
          row {\(PackageText.guid("cellF1"))}@10000 (Removed)
          row y@10002 (Added)
      """
    )
  }
}
