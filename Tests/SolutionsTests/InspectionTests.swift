import Solutions
import TestSupport
import Testing

/// What can be seen of layers (layers.md §14).
@Suite("Inspection")
struct InspectionTests {
  private let a = ComponentID.attribute("t", "a")

  private func customized(_ state: InstalledState, _ path: String, _ value: String)
    -> InstalledState
  {
    state.applying(Plan.customizing(.set(a, [PropertyEdit(path, value)]), on: state))
  }

  private func importing(_ text: String, on state: InstalledState) throws -> InstalledState {
    state.applying(Plan.importing([try PackageText(text).read()], on: state))
  }

  @Test(
    "LY-1402 labels, options and privileges are added, updated, removed or unchanged in effect by a layer"
  )
  func children() throws {
    let state = try installed([
      "X 1.0 by A\ntable t\ncolumn t.a picklist 1 2 3",
      "U 1.0 by A unmanaged\nshell t\ncolumn t.a picklist 1 3 4",
    ])
    let edited = customized(
      state,
      "optionset/options/option[1]/labels/label@description",
      "One"
    )
    let children = try #require(edited.stacks[a]).updates(.unionOfOptions).map(\.children)
    let options = children.map { $0.filter { $0.list == "AttributePicklistValues" } }
    #expect(
      options[0].map { "\($0.key) \($0.status.rawValue)" } == ["1 Added", "2 Added", "3 Added"]
    )
    #expect(
      options[1].map { "\($0.key) \($0.status.rawValue)" } == [
        "1 Updated", "2 Unchanged", "3 Unchanged", "4 Added",
      ]
    )
    let label = children[1].first { $0.path == "optionset/options/option[1]/labels" }
    #expect(label?.key == "1033")
    #expect(label?.status == .updated)
  }

  @Test("LY-305 the active layer masks what managed layers have changed since it came")
  func masking() throws {
    let first = try installed(["X 1.0 by A\ntable t\ncolumn t.a nvarchar 10 Label"])
    let edited = customized(first, "displaynames/displayname@description", "Mine")
    func masking(_ text: String) throws -> Masking? {
      let now = try importing(text, on: edited)
      return Masking(
        of: try #require(now.stacks[a]),
        since: edited.stacks[a],
        merge: .unionOfOptions
      )
    }
    #expect(try masking("X 1.1 by A\ntable t\ncolumn t.a nvarchar 10 Label") == nil)
    #expect(try masking("X 1.1 by A\ntable t\ncolumn t.a nvarchar 10 Mine") == nil)
    let found = try #require(try masking("X 1.1 by A\ntable t\ncolumn t.a nvarchar 20 Label"))
    #expect(found.properties.map(\.path) == ["MaxLength"])
    #expect(found.properties.map(\.before) == ["10"])
    #expect(found.properties.map(\.after) == ["20"])
    #expect(found.properties.map(\.inEffect) == ["10"])
    // Where nothing was managed when it came, all that differs is hidden.
    let unmanaged = try installed([
      "U 1.0 by A unmanaged\ntable t\ncolumn t.a nvarchar 5",
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 10",
    ])
    let all = Masking(of: try #require(unmanaged.stacks[a]), since: nil, merge: .unionOfOptions)
    #expect(all?.properties.map(\.path) == ["MaxLength"])
    #expect(
      Masking(
        of: try #require(unmanaged.stacks[a]),
        since: nil,
        merge: ComponentKind.systemForm.merge
      ) == nil
    )
  }

  @Test("A property is as old as its value, not as the layer's last statement")
  func origins() throws {
    let texts = ["10 A", "10 B", "20 B", "10 B"]
    let statements = try texts.enumerated().map { number, text in
      let state = try installed(["X 1.0 by A\ntable t\ncolumn t.a nvarchar \(text)"])
      return LayerHistory.Statement(
        definition: try #require(state.stacks[a]).top.definition,
        operation: number + 1,
        version: "1.\(number)"
      )
    }
    let paths = ["MaxLength", "displaynames/displayname[1033]@description", "Type", "nowhere"]
    let origins = LayerHistory(statements).origins(of: paths)
    #expect(paths.map { origins[$0]?.operation } == [4, 2, 1, 1])
    #expect(LayerHistory([]).origins(of: paths).isEmpty)
  }

  @Test("Two states differ in what is in effect, whoever says it")
  func difference() throws {
    let packages = try installed(["X 1.0 by A\ntable t\ncolumn t.a nvarchar 10\ncolumn t.b"])
    let there = try importing(
      "U 1.0 by A unmanaged\nshell t\nforeign t.a nvarchar 20\ncolumn t.u",
      on: packages
    )
    let all = StateDifference(from: packages, to: there, kinds: .standard)
    #expect(
      all.entries.map { "\($0.action.word) \($0.component.name)" } == ["add t.u", "change t.a"]
    )
    #expect(all.entries.map(\.after) == [.active, .active])
    #expect(all.solutions.map(\.name.text) == ["U"])
    #expect(all.equal == 2)
    let back = StateDifference(from: there, to: packages, among: [a], of: [], kinds: .standard)
    #expect(back.entries.map(\.before) == [.active])
    #expect(
      back.entries.flatMap(\.properties).contains { $0.path == "MaxLength" && $0.after == "10" }
    )
    #expect(StateDifference(from: there, to: there, kinds: .standard).isEmpty)
  }
}
