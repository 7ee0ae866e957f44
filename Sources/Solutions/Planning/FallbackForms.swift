internal import XML

extension Planner {
  /// A table whose forms the step has touched keeps a fallback form.
  ///
  /// A main form becomes it in the unmanaged layer (LY-531); where none would be left, the last cannot go (LY-532). Only
  /// where all main forms of the table are known whole.
  mutating func keepFallbackForms() {
    var tables: [ComponentID: SolutionName] = [:]
    for (id, touch) in step.touched where kinds[id.type].hasFallback {
      let component = (state.stacks[id] ?? step.start.stacks[id])?.top.component
      if let table = component?.parent { tables[table] = touch.solution }
    }
    tables = tables.filter { table, _ in
      !SystemBaseline.contains(table) && state.stacks[table]?.base.isAssumed == false
    }
    guard !tables.isEmpty else { return }
    let (before, after) = (
      step.start.mainForms(of: tables, kinds), state.mainForms(of: tables, kinds)
    )
    for (table, solution) in tables.sorted(by: { $0.key < $1.key }) {
      let (old, new) = (before[table] ?? [], after[table] ?? [])
      keepActive(old, new, of: table)
      guard old.contains(where: { $0.isFallback }), !new.contains(where: { $0.isFallback }),
        (old + new).allSatisfy({ $0.isKnown })
      else { continue }
      let chosen = new.min { left, right in
        left.isActivated == right.isActivated ? left.id < right.id : left.isActivated
      }
      if let chosen { makeFallback(chosen.id, of: table, solution) } else { tellLast(old, table) }
    }
  }

  private mutating func makeFallback(
    _ form: ComponentID,
    of table: ComponentID,
    _ solution: SolutionName
  ) {
    guard let stack = state.stacks[form] else { return }
    let active = stack.layer(of: .active)
    var layer = Layer(
      solution: .active,
      publisher: active?.publisher ?? state.solutions[solution]?.publisher ?? stack.top.publisher,
      rank: .active,
      component: stack.top.component.with(.fallback(form))
    )
    if let active {
      let both = Effective.merged(
        MergeBehavior.form.rules.fold([active, layer]),
        top: layer.definition
      ).definition
      layer = Layer(
        solution: .active,
        publisher: active.publisher,
        rank: .active,
        component: active.component.with(both)
      )
    }
    perform(.putLayer(layer))
    let reason = Reason(
      "\(spoken(table)) is left without a fallback form; this one becomes it in the unmanaged layer",
      rule: "LY-531"
    )
    touch(form, solution, reason)
    tell(FallbackFormChosen(form: named(form), table: named(table)))
  }

  /// LY-532: of the main forms that are left, one stays active.
  private mutating func keepActive(_ old: [MainForm], _ new: [MainForm], of table: ComponentID) {
    let forms = old.filter { form in form.isActivated && new.contains { $0.id == form.id } }
    guard !forms.isEmpty, !new.contains(where: \.isActivated), new.allSatisfy(\.isKnown) else {
      return
    }
    for form in forms {
      tell(LastActiveForm(form: named(form.id), table: named(table)))
    }
  }

  private mutating func tellLast(_ forms: [MainForm], _ table: ComponentID) {
    let last = forms.filter(\.isFallback)
    guard !last.contains(where: { stoodWithout($0.id, table) }) else { return }
    for form in last {
      tell(LastFallbackForm(form: named(form.id), table: named(table)))
    }
  }

  /// Whether the table was there before the solution whose uninstalling takes the form: then it stood without it.
  private func stoodWithout(_ form: ComponentID, _ table: ComponentID) -> Bool {
    guard let owner = state.stacks[table]?.base.solution,
      let bringer = step.start.stacks[form]?.base.solution, state.solutions[bringer] == nil,
      let older = step.start.solutions[owner], let newer = step.start.solutions[bringer]
    else { return false }
    return older.block < newer.block
  }
}

/// What counts of a main form for the choice of a fallback.
private struct MainForm {
  let id: ComponentID
  let isFallback: Bool
  let isActivated: Bool
  /// Whether the form is known whole.
  let isKnown: Bool
}

extension InstalledState {
  fileprivate func mainForms(
    of tables: [ComponentID: SolutionName],
    _ kinds: ComponentKinds
  ) -> [ComponentID: [MainForm]] {
    var forms: [ComponentID: [MainForm]] = [:]
    for (id, stack) in stacks where kinds[id.type].hasFallback {
      guard let table = stack.top.component.parent, tables[table] != nil else { continue }
      let definition = stack.effective(kinds[id.type].merge).definition
      guard definition.fragment.isWrapped, definition.element.parent?.attribute("type") == "main"
      else { continue }
      // A form without conditions is for everyone.
      let conditions = definition.element.descend("form", "DisplayConditions")
      forms[table, default: []].append(
        MainForm(
          id: id,
          isFallback: conditions.map { $0.attribute("FallbackForm") == "true" } ?? true,
          isActivated: definition.element.text(of: "FormActivationState") != "0",
          isKnown: stack.isBaseKnown(kinds[id.type].merge)
        )
      )
    }
    return forms
  }
}

extension Definition {
  /// What makes a main form the fallback, as a difference.
  fileprivate static func fallback(_ form: ComponentID) -> Definition {
    var conditions = Element("DisplayConditions", [("FallbackForm", "true")])
    conditions.mark = .modified
    var document = Document(
      root: Element(
        "systemform",
        children: [
          Element("formid", text: "{\(form.key)}"), Element("form", children: [conditions]),
        ]
      )
    )
    document.wrapper = Element("forms", [("type", "main")])
    document.isDifference = true
    do {
      return try Definition(document, parts: [])
    } catch {
      preconditionFailure("a constant document can be read: \(error)")
    }
  }
}
