import Solutions
import TestSupport
import Testing

/// Choices (layers.md §9): global ones, and those of a column.
@Suite("Merge of options")
struct OptionsMergeTests {
  private func choice(_ options: String...) -> String {
    "<optionset Name=\"c\"><OptionSetType>picklist</OptionSetType><options>\(options.joined())</options></optionset>"
  }

  private func option(_ value: Int, _ labels: (String, Int)...) -> String {
    "<option value=\"\(value)\"><labels>"
      + labels.map { "<label description=\"\($0)\" languagecode=\"\($1)\"/>" }.joined()
      + "</labels></option>"
  }

  private func effective(_ layers: [(Stack.Place, String)]) throws -> Definition {
    try Stack.of(layers.map { ($0, try XMLText.definition($1)) }, type: 9).effective(
      .unionOfOptions
    ).definition
  }

  @Test("LY-902 options of all layers; LY-903 each as the highest says it; LY-904 base first")
  func union() throws {
    let merged = try effective([
      (.base, choice(option(2, ("two", 1033)), option(1, ("one", 1033)))),
      (.other(1), choice(option(3, ("three", 1033)), option(1, ("uno", 1033)))),
    ])
    #expect(
      XMLText.spelled(merged) == """
        optionset Name=c
          OptionSetType: picklist
          options
            option value=2
              labels
                label description=two languagecode=1033
            option value=1
              labels
                label description=uno languagecode=1033
            option value=3
              labels
                label description=three languagecode=1033
        """
    )
  }

  @Test("LY-904 a layer that names all options gives their order")
  func order() throws {
    let top = choice(option(3), option(1), option(2))
    let merged = try effective([(.base, choice(option(1), option(2))), (.other(1), top)])
    #expect(merged == (try XMLText.definition(top)))
  }

  @Test("A label of a language that only a lower layer has stays")
  func languages() throws {
    let merged = try effective([
      (.base, choice(option(1, ("one", 1033), ("eins", 1031)))),
      (.active, choice(option(1, ("first", 1033)))),
    ])
    #expect(
      Properties(merged).list.filter { $0.path.hasSuffix("@description") }.map(\.value) == [
        "first", "eins",
      ]
    )
  }

  @Test("LY-905 without the layer its options are gone; the choice of a column alike")
  func removal() throws {
    let column = { (options: String) in
      "<attribute PhysicalName=\"a\"><Type>picklist</Type>\(options)</attribute>"
    }
    var stack = try Stack.of(
      [
        (.base, try XMLText.definition(column(choice(option(1), option(2))))),
        (.other(1), try XMLText.definition(column(choice(option(3))))),
      ],
      type: 2
    )
    let path = "optionset/options/option"
    let all = Properties(stack.effective(.unionOfOptions).definition)
    for value in ["1", "2", "3"] { #expect(all.value(at: "\(path)[\(value)]@value") == value) }
    #expect(stack.remove(try #require(SolutionName("Y1"))))
    #expect(
      Properties(stack.effective(.unionOfOptions).definition).value(at: "\(path)[3]@value") == nil
    )
  }

  @Test("Blame names for each option the layer that says it so, and the one that brought it")
  func blame() throws {
    let stack = try Stack.of(
      [
        (.base, try XMLText.definition(choice(option(1, ("one", 1033)), option(2, ("two", 1033))))),
        (
          .other(1),
          try XMLText.definition(choice(option(2, ("zwei", 1033)), option(3, ("three", 1033))))
        ),
      ],
      type: 9
    )
    let lines = Blame(stack, merge: .unionOfOptions).lines.filter {
      $0.path.hasSuffix("@description")
    }
    #expect(
      lines.map { "\($0.value) \($0.layer.solution.text)" } == ["one X", "zwei Y1", "three Y1"]
    )
  }
}
