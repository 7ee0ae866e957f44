internal import XML

extension Planner {
  /// LY-105: what is made here has only the active layer.
  mutating func add(_ column: NewColumn, by owner: InstalledSolution) {
    guard isOpenToUnmanaged() else { return }
    guard state.stacks[column.table] != nil || SystemBaseline.contains(column.table) else {
      _ = changeable(column.table)
      return
    }
    guard state.stacks[column.id] == nil else {
      findings.append(
        Finding(
          .error,
          .duplicateComponent,
          rule: "LY-101",
          subject: subject(column.id),
          "\(spoken(column.id)) is there already",
          remedy: "strata customize set \(subject(column.id)) PATH=VALUE changes it"
        )
      )
      return
    }
    guard let prefix = column.name.firstIndex(of: "_"), prefix > column.name.startIndex,
      column.name.utf8.allSatisfy({
        $0 == 0x5F || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
      })
    else {
      findings.append(
        Finding(
          .error,
          .columnNamePrefix,
          rule: "LC-103",
          subject: subject(column.id),
          "“\(column.name)” is no name for a column: it begins with a publisher's prefix and holds small letters, digits and _",
          remedy: "call it new_\(column.name.lowercased()), for instance"
        )
      )
      return
    }
    if case .choice(let name) = column.kind, state.stacks[.optionSet(name)] == nil {
      findings.append(
        Finding(
          .error,
          .missingReference,
          rule: "DP-204",
          subject: subject(column.id),
          "there is no choice \(name) for the column \(column.name)"
        )
      )
    }
    do {
      write(
        try Component(column, language: language(of: column.table)),
        over: nil,
        own: nil,
        by: owner,
        Reason("added by hand", rule: "LY-105")
      )
    } catch {
      findings.append(refusal(column.id, .notXML(line: 0, error.message), at: nil))
    }
  }

  /// That of the table's own label; English where nobody has shown one.
  private func language(of table: ComponentID) -> String {
    let labels = state.stacks[table]?.top.definition.element
      .descend("EntityInfo", "entity", "LocalizedNames")
    return labels?.children.lazy.compactMap { $0.attribute("languagecode") }.first ?? "1033"
  }

  /// LY-1308: only what is unmanaged can be deleted on its own.
  mutating func remove(_ id: ComponentID, by owner: InstalledSolution) {
    guard let stack = changeable(id) else { return }
    guard !stack.isManaged else {
      let base = stack.base.solution
      findings.append(
        Finding(
          .error,
          .protectedDelete,
          rule: "LY-1308",
          subject: subject(id),
          "\(spoken(id)) is managed and cannot be deleted on its own",
          because: ["its base layer is \(base == .system ? "the system's" : "that of \(base)")"],
          remedy: stack.layer(of: .active) == nil
            ? "upgrade \(base) to a version without it, or uninstall \(base)"
            : "strata customize reset \(subject(id)) takes only your changes back"
        )
      )
      return
    }
    if outlives(stack, []) {
      findings.append(
        Finding(
          .error,
          .primaryColumn,
          rule: "lifecycle §5",
          subject: subject(id),
          "\(spoken(id)) goes with its table only"
        )
      )
      return
    }
    drop(
      [id],
      of: Dropping(
        solution: .active,
        owners: [.active],
        publisher: owner.publisher,
        operation: .removal
      )
    )
  }

  /// LY-1101: allowed also where unmanaged work is blocked (LY-1106).
  mutating func reset(_ id: ComponentID, by owner: InstalledSolution) {
    let draft = state.drafts[id]
    guard let stack = state.drafted(id), stack.layer(of: .active) != nil else {
      findings.append(
        Finding(
          .error,
          .noActiveLayer,
          rule: "LY-1101",
          subject: subject(id),
          "\(spoken(id)) has no unmanaged layer"
        )
      )
      return
    }
    guard stack.isManaged else {
      findings.append(
        Finding(
          .error,
          .noActiveLayer,
          rule: "LY-1102",
          .inferred,
          subject: subject(id),
          state.stacks[id] == nil
            ? "\(spoken(id)) is only a draft; without it nothing would be left"
            : "\(spoken(id)) has only an unmanaged layer; without it nothing would be left",
          remedy: "strata customize remove \(subject(id)) deletes it"
        )
      )
      return
    }
    if draft != nil { perform(.removeLayer(id, .draft)) }
    guard state.stacks[id]?.layer(of: .active) != nil else {
      return touch(id, .active, Reason("the draft is taken back", rule: "LY-1101", .inferred))
    }
    perform(.removeLayer(id, .active))
    guard let left = state.stacks[id] else { return }
    touch(
      id,
      .active,
      Reason(
        "the unmanaged layer is removed\(draft == nil ? "" : " with its draft"); \(left.top.solution) comes up",
        rule: "LY-1101"
      )
    )
    checkSurfacing(
      [id],
      Dropping(
        solution: .active,
        owners: [.active],
        publisher: owner.publisher,
        operation: .removal
      )
    )
  }
}
