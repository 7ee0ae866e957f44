internal import XML

extension Planner {
  mutating func customize(_ customization: Customization, in name: SolutionName?) {
    var owner = Self.activeRow(newID(of: .active))
    if let name {
      guard let solution = unmanaged(name) else { return }
      owner = owner.with(publisher: solution.publisher)
    }
    switch customization {
    case .set(let id, let edits):
      if let stack = changeable(id) { edit(stack, .properties(edits), by: owner) }
    case .patch(let id, let bytes, let file):
      guard let stack = changeable(id) else { return }
      edit(stack, .difference(bytes), by: owner, at: Location(file: file, line: 0))
    case .addColumn(let column): add(column, by: owner)
    case .remove(let id): remove(id, by: owner)
    case .reset(let ids): for id in ids.sorted() { reset(id, by: owner) }
    }
    keepFallbackForms()
    if let name, let solution = state.solutions[name] {
      let members = solution.members.union(touched.keys.filter { state.standing($0) != nil })
      if members != solution.members { perform(.putSolution(solution.with(members: members))) }
    }
  }

  /// Unmanaged work has no row of its own; this one stands for it where rules ask who changes something.
  static func activeRow(_ id: GUID) -> InstalledSolution {
    InstalledSolution(
      id: id,
      name: .active,
      displayName: SolutionName.active.text,
      version: .none,
      isManaged: false,
      publisher: .default,
      block: 0,
      members: []
    )
  }

  /// A solution that may list unmanaged work.
  mutating func unmanaged(_ name: SolutionName) -> InstalledSolution? {
    guard let solution = state.solutions[name] else {
      notInstalled(name)
      return nil
    }
    guard !solution.isManaged else {
      findings.append(
        Finding(
          .error,
          .restrictedSolution,
          rule: "E-9",
          subject: name.text,
          "\(name) is managed; components cannot be edited inside it",
          remedy: "name an unmanaged solution, or none"
        )
      )
      return nil
    }
    return solution
  }

  /// The stack of a component that unmanaged work may go on, with the draft that is there.
  mutating func changeable(_ id: ComponentID) -> LayerStack? {
    guard isOpenToUnmanaged() else { return nil }
    guard let stack = state.drafted(id) else {
      findings.append(
        Finding(
          .error,
          .missingComponent,
          rule: "LY-101",
          subject: subject(id),
          "the environment has no \(spoken(id))"
        )
      )
      return nil
    }
    guard stack.isKnown else {
      findings.append(
        Finding(
          .error,
          .unknownDefinition,
          rule: "LY-305",
          .inferred,
          subject: subject(id),
          "\(spoken(id)) is taken to be present, and nobody has shown its definition; a first edit copies that",
          remedy: "import a package that holds it first"
        )
      )
      return nil
    }
    return stack
  }

  /// E-6: whether the environment takes unmanaged work at all.
  @discardableResult
  mutating func isOpenToUnmanaged(subject: String = "Active") -> Bool {
    guard state.blocksUnmanaged else { return true }
    findings.append(
      Finding(
        .error,
        .unmanagedBlocked,
        rule: "E-6",
        subject: subject,
        "this environment does not allow unmanaged customizations",
        remedy: "import a managed package, or let them in: strata customize block off"
      )
    )
    return false
  }

  // MARK: Editing

  private mutating func edit(
    _ stack: LayerStack,
    _ edit: ActiveEdit,
    by owner: InstalledSolution,
    at location: Location = Location(file: "active layer", line: 0)
  ) {
    let component = stack.top.component
    let own = stack.layer(of: .active)
    do {
      let after = try stack.active(after: edit, kinds[component.id.type])
      guard after != own?.definition else {
        unchanged += 1
        return
      }
      write(
        component.with(after, at: location),
        over: stack,
        own: own,
        by: owner,
        Reason("customized", rule: "LY-305", .inferred)
      )
    } catch {
      findings.append(refusal(component.id, error, at: location))
    }
  }

  mutating func write(
    _ component: Component,
    over stack: LayerStack?,
    own: Layer?,
    by owner: InstalledSolution,
    _ reason: Reason,
    isPublishing: Bool = false
  ) {
    let kind = kinds[component.id.type]
    let known = Set(missing(stack?.references(kinds) ?? []))
    checkManagedProperties(component, over: stack, own: own, by: owner, isPublishing: isPublishing)
    if let stack { judge(component, over: stack, own: own, kind: kind, solution: owner) }
    put(
      Layer(
        solution: .active,
        publisher: own?.publisher ?? owner.publisher,
        rank: .active,
        component: component
      ),
      isPublished: isPublishing || options.publishes
    )
    touch(component.id, .active, reason)
    let new = missing(kind.references(component)).filter { !known.contains($0) }
    guard !new.isEmpty else { return }
    findings.append(
      missingReference(
        component.id,
        new,
        .error,
        "\(spoken(component.id)) names columns that are not there",
        remedy: "add them first"
      )
    )
  }

  func refusal(_ id: ComponentID, _ error: EditError, at location: Location?) -> Finding {
    let (code, message, because, remedy, line): (Code, String, [String], String, Int) =
      switch error {
      case .noSuchProperty("(state)", _):
        (
          .noSuchProperty, "the state of \(spoken(id)) belongs to the environment and to no layer",
          [], "strata activate or strata deactivate switches it", 0
        )
      case .noSuchProperty(let path, let near):
        (
          .noSuchProperty, "\(spoken(id)) has no property “\(path)”", near.map { "there is \($0)" },
          "strata blame \(subject(id)) lists the paths", 0
        )
      case .ambiguous(let path, let meant):
        (
          .noSuchProperty, "“\(path)” means \(meant.count) properties of \(spoken(id))",
          meant, "write enough of the path", 0
        )
      case .isFile(let path):
        (
          .noSuchProperty, "“\(path)” of \(spoken(id)) is a file and no property", [],
          "import an unmanaged solution with the new file", 0
        )
      case .notRemovable(let path):
        (
          .noSuchProperty,
          "“\(path)” of \(spoken(id)) belongs to other layers and cannot be taken out",
          [], "hide it by an element of your own, or leave it", 0
        )
      case .holdsOthers(let path):
        (
          .noSuchProperty,
          "“\(path)” of \(spoken(id)) holds other properties and has no value itself",
          [], "strata blame \(subject(id)) lists the paths", 0
        )
      case .notXML(let line, let text):
        (.notWellFormed, "the edit of \(spoken(id)) is no XML: \(text)", [], "correct it", line)
      case .nothingThere(let paths):
        (
          .noSuchProperty, "the difference changes what \(spoken(id)) does not have", paths,
          "mark what is new with solutionaction=\"Added\"", 0
        )
      case .otherElement(let name, let expected):
        (
          .noSuchProperty, "the difference begins with “\(name)”",
          ["the definition of \(spoken(id)) is a “\(expected)”"],
          "begin with \(expected), or with an element right below it", 0
        )
      }
    return Finding(
      .error,
      code,
      rule: "LY-305",
      .inferred,
      subject: subject(id),
      message,
      because: because,
      remedy: remedy,
      at: line > 0 ? location.map { Location(file: $0.file, line: line) } : nil
    )
  }
}
