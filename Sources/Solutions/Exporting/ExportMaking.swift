internal import XML

/// Decides what an export holds.
struct ExportMaking {
  let solution: InstalledSolution
  let state: InstalledState
  /// Packages of the solution, newest first.
  let own: [SolutionPackage]
  /// Those, and behind them those of the solution that it is a patch of.
  let sources: [SolutionPackage]
  let form: Export.Form
  let kinds: ComponentKinds

  /// How much of its roots comes along.
  let behaviors: [ComponentID: RootComponent.Behavior]
  /// Roots of which another part comes along now than its packages say.
  private let changed: Set<ComponentID>
  /// Tables that the solution lists without their settings (PF-211).
  let shells: Set<ComponentID>
  /// Those that it lists with all their parts.
  private let wholes: Set<ComponentID>

  var entries: [Export.Entry] = []
  var roots: [Export.Root] = []
  var needs: [Export.Need] = []
  private(set) var findings: [Finding] = []

  init(
    of solution: InstalledSolution,
    on state: InstalledState,
    from own: [SolutionPackage],
    patching parents: [SolutionPackage],
    as form: Export.Form,
    kinds: ComponentKinds
  ) {
    self.solution = solution
    self.state = state
    self.own = own
    sources = own + parents
    self.form = form
    self.kinds = kinds
    behaviors = solution.behaviors(reading: own)
    let read = own.behaviors
    changed = Set(
      solution.behaviors.filter { read[$0.key] != nil && read[$0.key] != $0.value }.keys
    )
    let tables = behaviors.filter { $0.key.type == .entity }
    shells = Set(tables.filter { $0.value == .shell }.keys)
    wholes = Set(tables.filter { $0.value == .includeSubcomponents }.keys)
  }

  /// All but what it needs of others.
  ///
  /// - Returns: what it lists, for `listNeeds`.
  mutating func make() -> Set<ComponentID> {
    refuse()
    let members = members
    var baseless: [NamedComponent] = []
    var empty: [NamedComponent] = []
    for id in members.sorted() {
      switch stated(id) {
      case .entry(let entry): entries.append(entry)
      case .nothing: break
      case .unknown: empty.append(named(id))
      case .noBase: baseless.append(named(id))
      }
    }
    addShells(among: members)
    roots = rootsInOrder(of: members)
    let drafts = members.filter { state.drafts[$0] != nil }
    if !drafts.isEmpty {
      tell(DraftsNotExported(solution: solution.name, drafts: drafts.map(named).inOrder))
    }
    let roots = Set(own.flatMap(\.manifest.roots).map(\.id))
    let lost = empty.filter { !roots.contains($0.id) && state.drafts[$0.id] == nil }
    if !lost.isEmpty {
      tell(NotGivenBack(solution: solution.name, components: lost.inOrder))
    }
    if !baseless.isEmpty {
      tell(NoBaseToExport(solution: solution.name, components: baseless.inOrder))
    }
    return members
  }

  mutating func tell(_ content: any FindingContent) { findings.append(Finding(content)) }

  func named(_ id: ComponentID) -> NamedComponent {
    let component = state.standing(id)?.top.component
    return NamedComponent(
      id,
      kinds,
      name: component?.name,
      displayName: component?.displayName
    )
  }

  private mutating func refuse() {
    if solution.isManaged { tell(ManagedExport(solution: solution.name)) }
    let patches = state.patches(of: solution.name)
    if !solution.isManaged, !patches.isEmpty {
      tell(
        LockedByPatches(
          solution: solution.name,
          patches: patches.map { "\($0.name) \($0.version)" }
        )
      )
    }
  }

  // MARK: Members

  /// What it lists, and the unmanaged parts of tables that it has with all their parts (PF-211).
  private var members: Set<ComponentID> {
    let whole = wholes.intersection(solution.members)
    let parts = state.stacks.filter { id, stack in
      stack.layer(of: .active) != nil && !kinds[id.type].isListedAlone
        && stack.top.component.parent.map(whole.contains) == true
    }
    return solution.members.union(parts.keys)
  }

  // MARK: Statements

  private enum Statement {
    case entry(Export.Entry)
    /// It is listed and has nothing to say.
    case nothing
    /// Nobody knows what it says.
    case unknown
    /// What it changes is somebody else's, of whom nothing is known.
    case noBase
  }

  /// The newest of its packages that says something of a component.
  private func found(_ id: ComponentID) -> (number: Int, component: Component)? {
    for (number, package) in sources.enumerated() {
      if let component = package.component(id) { return (number, component) }
    }
    return nil
  }

  func source(of id: ComponentID) -> Component? { found(id)?.component }

  private func stated(_ id: ComponentID) -> Statement {
    let found = found(id)
    func entry(_ component: Component) -> Statement {
      let placed = placed(component, as: found?.1)
      return .entry(Export.Entry(component: placed, source: found?.1, sourceNumber: found?.0))
    }
    let isMention = found.map { $0.1.isReference || $0.1.isUnmodified }
    let isShell = shells.contains(id) && (isMention != false || changed.contains(id))
    guard let stack = state.stacks[id], let own = stack.layer(of: .active), !isShell else {
      // A mention says the same whatever has become of the component; what was not modified is context.
      if let source = found?.1, isMention == true, !changed.contains(id) {
        // Managed there is no context, and tables are mentioned by their names alone.
        return form == .managed && (source.isUnmodified || id.type == .entity)
          ? .nothing : entry(source)
      }
      guard !isShell else { return .nothing }
      guard let component = unmodified(id) else { return .unknown }
      return form == .managed ? .nothing : entry(component)
    }
    let kind = kinds[id.type]
    guard !stack.hasOpaque || stack.isBaseKnown(kind.merge) else { return .noBase }
    let known = stack.layers.contains { !$0.isAssumed && $0.solution != .active }
    if form == .managed, stack.isManaged, kind.merge.isElementwise, !own.definition.isDifference,
      kind.merge.needsBase
    {
      guard known, stack.isBaseKnown(kind.merge) else { return .noBase }
      return difference(own, over: stack, kind).map(entry) ?? .nothing
    }
    let leavesOwner = stack.isManaged && form == .managed
    func exported(_ component: Component) -> Statement {
      entry(
        leavesOwner ? leavingManagedProperties(asExported(component), kind) : asExported(component)
      )
    }
    guard known, !(kind.merge.isElementwise && own.definition.isDifference && form == .managed)
    else { return exported(own.component) }
    return exported(own.component.with(whole(own, of: stack, kind)))
  }

  /// A component with a file of its own keeps it, whoever has edited it.
  private func placed(_ component: Component, as source: Component?) -> Component {
    let element = component.definition.element
    guard kinds[component.id.type].place(of: element) == nil else { return component }
    let known = [source].compactMap { $0 } + state.layers(of: component.id).map(\.component)
    let place = known.map(\.location).first { $0.file.contains("/") || $0.file == Self.inline }
    let name = component.name.split(separator: "/").joined(separator: "_")
    let made = Location(file: "\(element.name)s/\(name)/\(element.name).xml", line: 0)
    return component.with(component.definition, at: place ?? made)
  }

  private static let inline = "customizations.xml"

  /// Managed, labels of a form's cells that only repeat those of their columns are blank (LY-506).
  private func asExported(_ component: Component) -> Component {
    guard form == .managed, component.id.type == .systemForm, let table = component.parent,
      !component.definition.isDifference,
      let definition = component.definition.blankingLabels(by: {
        labels(of: .attribute(table.key, $0))
      })
    else { return component }
    return component.with(definition)
  }

  /// Of a column, by language.
  private func labels(of column: ComponentID) -> [String: String] {
    let component = state.stacks[column]?.layers.last { !$0.isAssumed }?.component
    let list = component?.definition.element.child("displaynames")
    var labels: [String: String] = [:]
    for label in list?.children("displayname") ?? [] {
      if let language = label.attribute("languagecode") {
        labels[language] = label.attribute("description")
      }
    }
    return labels
  }

  /// What others bring and nobody here has changed, with the mark that says so (PF-808).
  private func unmodified(_ id: ComponentID) -> Component? {
    guard let stack = state.stacks[id], stack.isKnown else { return nil }
    let kind = kinds[id.type]
    guard stack.isBaseKnown(kind.merge) else { return nil }
    var document = stack.effective(kind.merge).document
    document.isDifference = false
    document.root.set(attribute: "unmodified", "1", at: kind.mark[...])
    let top = stack.top.component
    do {
      return Component(
        id: id,
        name: top.name,
        displayName: top.displayName,
        parent: top.parent,
        definition: try Definition(document, parts: document.parts.map(\.part)),
        location: top.location,
        isUnmodified: true
      )
    } catch {
      return nil
    }
  }

  /// All that is in effect, but for managed properties that the layer leaves to their owner (PF-305).
  private func whole(_ own: Layer, of stack: LayerStack, _ kind: ComponentKind) -> Definition {
    guard kind.merge.needsBase || !kind.merge.isElementwise else { return own.definition }
    let effective = stack.effective(kind.merge)
    if case .stated(let definition) = effective, definition == own.definition { return definition }
    var document = effective.document
    document.isDifference = false
    document.leave(kind.managedProperties.filter { own.definition.text(of: $0) == nil })
    do {
      return try Definition(document, parts: document.parts.map(\.part))
    } catch {
      return own.definition
    }
  }

  /// What others may change is said by who brings the component (PF-305).
  private func leavingManagedProperties(_ component: Component, _ kind: ComponentKind) -> Component
  {
    let stated = kind.managedProperties.filter { component.definition.text(of: $0) != nil }
    guard !stated.isEmpty else { return component }
    var document = Document(component.definition)
    document.leave(stated)
    do {
      return component.with(try Definition(document, parts: document.parts.map(\.part)))
    } catch {
      return component
    }
  }

  /// What the layer changes in what lies below; nil where that is nothing (PF-807).
  private func difference(
    _ own: Layer,
    over stack: LayerStack,
    _ kind: ComponentKind
  ) -> Component? {
    // Unmanaged work lies on top.
    guard stack.top == own, stack.layers.count > 1 else { return own.component }
    let base = stack.through(stack.layers.count - 2).effective(kind.merge).document
    let target = stack.effective(kind.merge).document
    let difference = Difference(from: base.root, to: target.root, kind.merge.rules)
    guard !difference.isEmpty else { return nil }
    do {
      // What others may change is said by who brings the component (PF-305).
      var stated = target
      stated.isDifference = false
      stated.leave(kind.managedProperties)
      let document = difference.document(like: stated, kind.merge.rules)
      return own.component.with(try Definition(document, parts: own.definition.parts))
    } catch {
      return own.component
    }
  }
}

extension Document {
  /// Says nothing of properties, which their owner says.
  fileprivate mutating func leave(_ properties: [ManagedProperty]) {
    keep(properties.map { .init(property: $0, text: nil, isSet: nil, origin: .bottom) })
  }
}

extension InstalledSolution {
  /// How much of its roots comes along: what is known here, else what its packages say, the newest first (LC-110).
  package func behaviors(
    reading packages: [SolutionPackage]
  ) -> [ComponentID: RootComponent.Behavior] {
    behaviors.merging(packages.behaviors) { known, _ in known }
  }
}

extension [SolutionPackage] {
  /// What they say of how much of their roots comes along, the newest first.
  fileprivate var behaviors: [ComponentID: RootComponent.Behavior] {
    reduce([:]) { $0.merging($1.manifest.behaviors) { known, _ in known } }
  }
}

extension Element {
  /// - Parameter path: from here to the element that gets it; nothing happens where that is not there.
  fileprivate mutating func set(
    attribute name: String,
    _ value: String,
    at path: ArraySlice<String>
  ) {
    guard let step = path.first else { return set(name, value, as: .bottom) }
    guard let at = children.firstIndex(where: { $0.name == step }) else { return }
    children[at].set(attribute: name, value, at: path.dropFirst())
  }
}
