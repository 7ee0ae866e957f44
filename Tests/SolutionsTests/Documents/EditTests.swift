import TestSupport
import Testing

@testable import Solutions

/// Edits of what has an identity beside others of its name, and values that layers share.
@Suite("Edits of elements among their like")
struct EditTests {
  private func stack(_ layers: String..., type: Int = 60, isUnmanaged: Bool = false) throws
    -> LayerStack
  {
    try Stack.of(
      layers.enumerated().map { number, xml in
        (
          isUnmanaged ? .active : number == 0 ? .base : .other(number),
          try XMLText.definition(xml)
        )
      },
      type: type
    )
  }

  /// What is in effect after an edit, against before.
  private func changes(
    _ stack: LayerStack,
    _ edit: ActiveEdit,
    _ kind: ComponentKind
  ) throws -> [String] {
    var after = stack
    let definition = try stack.active(after: edit, kind)
    after.put(
      Layer(
        solution: .active,
        publisher: stack.top.publisher,
        rank: .active,
        component: stack.top.component.with(definition, at: stack.top.component.location)
      )
    )
    return PropertyChanges.between(stack.effective(kind.merge), after.effective(kind.merge)).map {
      "\($0.path): \($0.before ?? "∅") → \($0.after ?? "∅")"
    }
  }

  private static let form = """
    <systemform><formid>{f}</formid><form><events>\
    <event name="onchange" attribute="a" active="true"><Handlers><Handler handlerUniqueId="{1}" enabled="true"/></Handlers></event>\
    <event name="onchange" attribute="b" active="true"><Handlers><Handler handlerUniqueId="{2}" enabled="true"/></Handlers></event>\
    </events><formLibraries><Library name="x.js" libraryUniqueId="{l}"/></formLibraries>\
    <controlDescriptions>\
    <controlDescription forControl="{A}"><customControl formFactor="0" name="N"/><customControl formFactor="2" name="N"/></controlDescription>\
    <controlDescription forControl="{B}"><customControl formFactor="0" name="N"/></controlDescription>\
    </controlDescriptions></form></systemform>
    """

  @Test(
    "PF-443 of several like elements, the one that is named changes, on managed and unmanaged forms",
    arguments: [
      ("event[a]@active=false", "form/events/event[onchange a]@active: true → false"),
      ("event[onchange B]@active=false", "form/events/event[onchange b]@active: true → false"),
      (
        "Handler[2]@enabled=false",
        "form/events/event[onchange b]/Handlers/Handler[{2}]@enabled: true → false"
      ),
      (
        "controlDescription[{b}]/customControl[0 N]@name=M",
        "form/controlDescriptions/controlDescription[{B}]/customControl[0 N]: formFactor=0, name=N → ∅"
      ),
      (
        "Library[x.js]@libraryUniqueId={m}",
        "form/formLibraries/Library[x.js]@libraryUniqueId: {l} → {m}"
      ),
    ],
    [false, true]
  )
  func elements(edit: (path: String, line: String), isUnmanaged: Bool) throws {
    let cut = try #require(edit.path.lastIndex(of: "="))
    let property = PropertyEdit(
      String(edit.path[..<cut]).replacing("[2]", with: "[{2}]"),
      String(edit.path[edit.path.index(after: cut)...])
    )
    let stack = try stack(Self.form, isUnmanaged: isUnmanaged)
    let changes = try changes(stack, .properties([property]), .systemForm)
    #expect(changes.first == edit.line)
    #expect(changes.count == (edit.line.hasSuffix("∅") ? 2 : 1), "\(changes)")
  }

  @Test("An edit that could mean several elements is refused, with what it could mean")
  func ambiguous() throws {
    let stack = try stack(Self.form)
    for path in ["event@active", "form/events/event@active", "Handler@enabled"] {
      #expect(throws: EditError.self) {
        _ = try changes(stack, .properties([PropertyEdit(path, "x")]), .systemForm)
      }
    }
  }

  @Test(
    "LY-702 what a patch marks as removed goes from an unmanaged ribbon, and marks stay nowhere"
  )
  func ribbon() throws {
    let ribbon = """
      <RibbonDiffXml><CustomActions><CustomAction Id="a" Location="l"/><CustomAction Id="b" Location="l"/>\
      </CustomActions></RibbonDiffXml>
      """
    let patch = """
      <RibbonDiffXml><CustomActions><CustomAction Id="a" solutionaction="Removed"/></CustomActions></RibbonDiffXml>
      """
    let lines = try changes(
      try stack(ribbon, type: 55, isUnmanaged: true),
      .difference(Array(patch.utf8)),
      .ribbonDiff
    )
    #expect(lines == ["CustomActions/CustomAction[a]: Id=a, Location=l → ∅"])
    // Below another layer it stays, so nobody is told that it goes.
    #expect(throws: EditError.notRemovable("CustomActions/CustomAction[a]")) {
      _ = try changes(try stack(ribbon, type: 55), .difference(Array(patch.utf8)), .ribbonDiff)
    }
  }

  private func column(_ labels: String, _ more: String = "") -> String {
    "<attribute PhysicalName=\"a\">\(more)<displaynames>\(labels)</displaynames></attribute>"
  }

  private func label(_ text: String, _ language: Int) -> String {
    "<displayname description=\"\(text)\" languagecode=\"\(language)\"/>"
  }

  @Test(
    "LY-401 a label in a language that no higher layer has stays, and cannot be taken out above"
  )
  func labels() throws {
    let stack = try stack(
      column(label("Color", 1033) + label("Farbe", 1031)),
      column(label("Farbton", 1031)),
      type: 2
    )
    let shown = Properties(stack.effective(ComponentKind.attribute.merge).document)
    #expect(shown.value(at: "displayname[1033]@description") == "Color")
    #expect(shown.value(at: "displayname[1031]@description") == "Farbton")
    #expect(throws: EditError.notRemovable("displaynames/displayname[1033]")) {
      let edit = PropertyEdit("displaynames/displayname[1033]", nil)
      _ = try changes(stack, .properties([edit]), .attribute)
    }
    let mine = PropertyEdit("displayname[1033]@description", "Mine")
    #expect(
      try changes(stack, .properties([mine]), .attribute) == [
        "displaynames/displayname[1033]@description: Color → Mine"
      ]
    )
  }

  @Test(
    "LY-1302 managed properties are the owner's in effect: not hidden, not taken away, not blamed on others"
  )
  func managed() throws {
    let merge = ComponentKind.attribute.merge
    func flags(_ over: String) throws -> [String] {
      let owner = column("", "<IsCustomizable>1</IsCustomizable><IsRenameable>0</IsRenameable>")
      return Blame(try stack(owner, over, type: 2), merge: merge).lines
        .filter { $0.path.hasPrefix("Is") }.map { "\($0.path)=\($0.value) \($0.layer.solution)" }
        .sorted()
    }
    let owners = ["IsCustomizable=1 X", "IsRenameable=0 X"]
    #expect(try flags(column("")) == owners)
    #expect(try flags(column("", "<IsCustomizable>0</IsCustomizable>")) == owners)
    #expect(
      try flags(column("", "<CanBeDeleted>0</CanBeDeleted><IsRenameable>1</IsRenameable>"))
        == owners
    )
  }
}
