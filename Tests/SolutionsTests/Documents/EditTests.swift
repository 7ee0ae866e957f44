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

  @Test(
    "A patch that changes or removes what is not there is refused",
    arguments: ["Modified", "Removed"]
  )
  func nowhere(mark: String) throws {
    let form = "<form><events><event name=\"onload\" solutionaction=\"\(mark)\"/></events></form>"
    #expect(throws: EditError.nothingThere(["form/events/event[onload]"])) {
      _ = try changes(try stack(Self.form), .difference(Array(form.utf8)), .systemForm)
    }
    let ribbon =
      "<CustomActions><CustomAction Id=\"none\" solutionaction=\"\(mark)\"/></CustomActions>"
    #expect(throws: EditError.nothingThere(["CustomActions/CustomAction[none]"])) {
      let stack = try stack(
        "<RibbonDiffXml><CustomActions><CustomAction Id=\"a\"/></CustomActions></RibbonDiffXml>",
        type: 55
      )
      _ = try changes(stack, .difference(Array(ribbon.utf8)), .ribbonDiff)
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

/// What looks alike and is not.
@Suite("Elements that look alike")
struct LookalikeTests {
  private func merged(_ base: String, _ above: String, _ merge: MergeBehavior) throws -> [String] {
    let stack = try Stack.of([
      (.base, try XMLText.definition(base)), (.other(1), try XMLText.definition(above)),
    ])
    return Properties(stack.effective(merge).document).list.map { "\($0.path)=\($0.value)" }
  }

  private func form(_ inside: String) -> String {
    "<systemform><form>\(inside)</form></systemform>"
  }

  @Test("PF-443 an edit reaches every column of a tab")
  func columns() throws {
    func column(_ section: String) -> String {
      "<column width=\"50%\"><sections><section id=\"{\(section)}\" showlabel=\"true\"/></sections></column>"
    }
    let base = form(
      "<tabs><tab id=\"{t}\"><columns>\(column("s1"))\(column("s2"))</columns></tab></tabs>"
    )
    for place in [Stack.Place.base, .active] {
      let stack = try Stack.of([(place, try XMLText.definition(base))])
      let edit = PropertyEdit("section[{s2}]@showlabel", "false")
      let after = try stack.active(after: .properties([edit]), .systemForm)
      var edited = stack
      edited.put(
        Layer(
          solution: .active,
          publisher: stack.top.publisher,
          rank: .active,
          component: stack.top.component.with(after, at: stack.top.component.location)
        )
      )
      let changes = PropertyChanges.between(stack.effective(.form), edited.effective(.form))
      #expect(
        changes.map(\.path) == ["form/tab[{t}]/column[1]/section[{s2}]@showlabel"]
      )
    }
  }

  @Test("PF-443 a property can be named in the words in which it is told; each has its own")
  func words() throws {
    let column =
      "<column width=\"50%\"><sections><section id=\"{s}\" name=\"s\"/></sections></column>"
    let base = try XMLText.definition(
      form("<tabs><tab id=\"{t}\" name=\"t\"><columns>\(column)</columns></tab></tabs>")
    )
    let stack = try Stack.of([(.base, base)])
    let told = Properties(base).list.map { $0.words ?? $0.path }
    #expect(
      told == [
        "tab “t” @id", "tab “t” @name", "tab “t” › column 1 @width",
        "tab “t” › section “s” @id", "tab “t” › section “s” @name",
      ]
    )
    let edit = PropertyEdit("tab “t” › column 1 @width", "40%")
    let after = try stack.active(after: .properties([edit]), .systemForm)
    #expect(XMLText.spelled(after).contains("width=40%"))
  }

  @Test(
    "PF-803 of two elements that nothing tells apart the second cannot be edited, and is told so"
  )
  func doubles() throws {
    let handler = "<Handler functionName=\"a\" libraryName=\"l\" enabled=\"true\"/>"
    let base = try XMLText.definition(
      form(
        "<events><event name=\"onload\"><Handlers>\(handler)\(handler)</Handlers></event></events>"
      )
    )
    let second = try #require(
      Properties(base).list.map(\.path).last { $0.contains("#2") && $0.hasSuffix("@enabled") }
    )
    let edit = ActiveEdit.properties([PropertyEdit(second, "false")])
    #expect(throws: EditError.notSayable(second)) {
      _ = try Stack.of([(.base, base)]).active(after: edit, .systemForm)
    }
  }

  @Test("LY-510, LY-603 what is added without an identity stands beside what is there")
  func nameless() throws {
    let handlers =
      "<events><event name=\"onload\"><Handlers><Handler functionName=\"a\"/></Handlers></event></events>"
    let added = handlers.replacing(
      "functionName=\"a\"",
      with: "functionName=\"n\" solutionaction=\"Added\" ordinalvalue=\"1\""
    )
    let functions = try merged(form(handlers), form(added), .form)
      .filter { $0.contains("@functionName") }
    #expect(functions.map { $0.suffix(2) } == ["=a", "=n"])
  }

  @Test("PF-443 an event of a control is none of a column of its name")
  func events() throws {
    let base = form("<events><event name=\"onchange\" attribute=\"a\" active=\"true\"/></events>")
    let control =
      "<events><event name=\"onchange\" control=\"a\" active=\"false\" solutionaction=\"Added\"/></events>"
    let added = try merged(base, form(control), .form).filter { $0.contains("@active") }
    #expect(
      added == [
        "form/events/event[onchange a]@active=true",
        "form/events/event[onchange control=a]@active=false",
      ]
    )
    let removed = form(control.replacing("Added", with: "Removed"))
    #expect(
      try merged(base, removed, .form) == merged(base, form("<x ordinalvalue=\"0\"/>"), .form)
    )
  }

  @Test("LY-401 labels of ribbons and relationships merge by language, too")
  func labels() throws {
    func ribbon(_ titles: String) -> String {
      "<RibbonDiffXml><LocLabels><LocLabel Id=\"x\"><Titles>\(titles)</Titles></LocLabel></LocLabels></RibbonDiffXml>"
    }
    func title(_ text: String, _ language: Int) -> String {
      "<Title description=\"\(text)\" languagecode=\"\(language)\"/>"
    }
    let titles = try merged(
      ribbon(title("En", 1033) + title("De", 1031)),
      ribbon(title("DeN", 1031)),
      .ribbon
    ).filter { $0.contains("@description") }
    #expect(Set(titles.map { $0.suffix(3) }) == ["DeN", "=En"])
    func relationship(_ labels: String) -> String {
      "<EntityRelationship><CustomLabels>\(labels)</CustomLabels></EntityRelationship>"
    }
    func label(_ text: String, _ language: Int) -> String {
      "<CustomLabel description=\"\(text)\" languagecode=\"\(language)\"/>"
    }
    let labels = try merged(
      relationship(label("Things", 1033) + label("Dinge", 1031)),
      relationship(label("Sachen", 1031)),
      .topWins
    ).filter { $0.contains("@description") }
    #expect(
      Set(labels) == [
        "CustomLabels/CustomLabel[1031]@description=Sachen",
        "CustomLabels/CustomLabel[1033]@description=Things",
      ]
    )
  }

  @Test("What is inside a side of a relationship can be edited")
  func sides() throws {
    func side(_ type: Int) -> String {
      "<EntityRelationshipRole><NavPaneOrder>1</NavPaneOrder><RelationshipRoleType>\(type)</RelationshipRoleType></EntityRelationshipRole>"
    }
    let xml =
      "<EntityRelationship><EntityRelationshipRoles>\(side(0))\(side(1))</EntityRelationshipRoles></EntityRelationship>"
    let stack = try Stack.of([(.active, try XMLText.definition(xml))], type: 10)
    let path = "EntityRelationshipRoles/EntityRelationshipRole[1]/NavPaneOrder"
    let after = try stack.active(
      after: .properties([PropertyEdit(path, "2")]),
      .entityRelationship
    )
    #expect(Properties(after)[path] == "2")
  }
}
