internal import XML

/// Decides what an export holds.
struct ExportMaking {
  let solution: InstalledSolution
  let state: InstalledState
  let sources: [SolutionPackage]
  let form: Export.Form
  let kinds: ComponentKinds

  /// Tables that the solution lists without their settings (PF-211).
  private let shells: Set<ComponentID>
  /// Those that it lists with all their parts.
  private let wholes: Set<ComponentID>

  private(set) var entries: [Export.Entry] = []
  private(set) var roots: [Export.Root] = []
  private(set) var needs: [Export.Need] = []
  private(set) var findings: [Finding] = []

  init(
    of solution: InstalledSolution,
    on state: InstalledState,
    from sources: [SolutionPackage],
    as form: Export.Form,
    kinds: ComponentKinds
  ) {
    self.solution = solution
    self.state = state
    self.sources = sources
    self.form = form
    self.kinds = kinds
    var behaviors: [ComponentID: RootComponent.Behavior] = [:]
    for root in sources.flatMap(\.manifest.roots) where behaviors[root.id] == nil {
      behaviors[root.id] = root.behavior
    }
    let tables = behaviors.filter { $0.key.type == .entity }
    shells = Set(tables.filter { $0.value == .shell }.keys)
    wholes = Set(tables.filter { $0.value == .includeSubcomponents }.keys)
  }

  mutating func make() {
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
    addShells()
    roots = rootsInOrder(of: members)
    listNeeds(besides: members)
    let drafts = members.filter { state.drafts[$0] != nil }
    if !drafts.isEmpty {
      tell(DraftsNotExported(solution: solution.name, drafts: drafts.map(named).inOrder))
    }
    let roots = Set(sources.flatMap(\.manifest.roots).map(\.id))
    let lost = empty.filter { !roots.contains($0.id) && state.drafts[$0.id] == nil }
    if !lost.isEmpty {
      tell(NotGivenBack(solution: solution.name, components: lost.inOrder))
    }
    if !baseless.isEmpty {
      tell(NoBaseToExport(solution: solution.name, components: baseless.inOrder))
    }
  }

  private mutating func tell(_ content: any FindingContent) { findings.append(Finding(content)) }

  private func named(_ id: ComponentID) -> NamedComponent {
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
    let parts = state.stacks.filter { _, stack in
      stack.layer(of: .active) != nil && stack.top.component.parent.map(whole.contains) == true
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

  private func stated(_ id: ComponentID) -> Statement {
    let found = sources.enumerated().lazy.compactMap { number, package in
      package.component(id).map { (number, $0) }
    }.first
    func entry(_ component: Component) -> Statement {
      let placed = placed(component, as: found?.1)
      return .entry(Export.Entry(component: placed, source: found?.1, sourceNumber: found?.0))
    }
    let isMention = found.map { $0.1.isReference || $0.1.isUnmodified }
    let isShell = shells.contains(id) && isMention != false
    guard let stack = state.stacks[id], let own = stack.layer(of: .active), !isShell else {
      // A mention says the same whatever has become of the component; what was not modified is context.
      if let source = found?.1, isMention == true {
        return source.isUnmodified && form == .managed ? .nothing : entry(source)
      }
      guard !isShell else { return .nothing }
      guard let component = unmodified(id) else { return .unknown }
      return form == .managed ? .nothing : entry(component)
    }
    let kind = kinds[id.type]
    let known = stack.layers.contains { !$0.isAssumed && $0.solution != .active }
    if form == .managed, stack.isManaged, kind.merge.isElementwise, !own.definition.isDifference,
      kind.merge.needsBase
    {
      guard known, stack.isBaseKnown(kind.merge) else { return .noBase }
      return difference(own, over: stack, kind).map(entry) ?? .nothing
    }
    guard known, !(kind.merge.isElementwise && own.definition.isDifference && form == .managed)
    else { return entry(own.component) }
    return entry(own.component.with(whole(own, of: stack, kind)))
  }

  /// A component with a file of its own keeps it, whoever has edited it.
  private func placed(_ component: Component, as source: Component?) -> Component {
    let element = component.definition.element
    guard kinds[component.id.type].place(of: element) == nil else { return component }
    let known = [source].compactMap { $0 } + state.layers(of: component.id).map(\.component)
    let place = known.map(\.location).first { $0.file.contains("/") || $0.file == Self.inline }
    let name = component.id.key.split(separator: "/").joined(separator: "_")
    let made = Location(file: "\(element.name)s/\(name)/\(element.name).xml", line: 0)
    return component.with(component.definition, at: place ?? made)
  }

  private static let inline = "customizations.xml"

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
    let left = kind.managedProperties.filter { own.definition.text(of: $0) == nil }
    document.keep(
      left.map { .init(property: $0, text: nil, isSet: nil, origin: .bottom) }
    )
    do {
      return try Definition(document, parts: document.parts.map(\.part))
    } catch {
      return own.definition
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
      let document = difference.document(like: target, kind.merge.rules)
      return own.component.with(try Definition(document, parts: own.definition.parts))
    } catch {
      return own.component
    }
  }

  // MARK: Tables that parts lie in

  /// Parts of tables that the solution does not list stand below a mention of them (PF-402).
  private mutating func addShells() {
    let there = Set(entries.map(\.component.id))
    var missing: [ComponentID: Bool] = [:]
    for component in entries.map(\.component) {
      guard let table = component.parent, table.type == .entity, !there.contains(table),
        let place = kinds[component.id.type].place(of: component.definition.element),
        place.steps.starts(with: ["Entities", "Entity"])
      else { continue }
      missing[table, default: false] = missing[table] == true || place.steps.contains("entity")
    }
    for (table, hasSettings) in missing {
      let known = state.stacks[table]?.layers.last { !$0.isAssumed }?.component
      let component = known ?? state.stacks[table]?.top.component
      let name = known?.definition.element.text(of: "Name") ?? component?.name ?? table.key
      let label = component?.displayName ?? ""
      guard let definition = Self.shell(name, label, hasSettings: hasSettings) else { continue }
      let shell = Component(
        id: table,
        name: component?.name ?? name,
        displayName: component?.displayName,
        parent: nil,
        definition: definition,
        location: Location(file: "customizations.xml", line: 0),
        isReference: true
      )
      entries.append(Export.Entry(component: shell, source: nil, sourceNumber: nil))
    }
    entries.sort { $0.component.id < $1.component.id }
  }

  private static func shell(_ name: String, _ label: String, hasSettings: Bool) -> Definition? {
    var children = [
      Element("Name", [("LocalizedName", label), ("OriginalName", "")], text: name)
    ]
    if hasSettings {
      children.append(Element("EntityInfo", children: [Element("entity", [("Name", name)])]))
    }
    do {
      return try Definition(Element("Entity", children: children))
    } catch {
      // A name that no document can hold came from none.
      return nil
    }
  }

  // MARK: The manifest

  private func rootsInOrder(of members: Set<ComponentID>) -> [Export.Root] {
    var found: [ComponentID: Export.Root] = [:]
    for root in sources.flatMap(\.manifest.roots)
    where members.contains(root.id) && found[root.id] == nil {
      if let element = root.element { found[root.id] = .read(element) }
    }
    for entry in entries where found[entry.component.id] == nil {
      let component = entry.component
      let kind = kinds[component.id.type]
      guard kind.isRooted(component), entry.source == nil, members.contains(component.id),
        component.id.type.number != nil
      else { continue }
      let behavior: RootComponent.Behavior = component.isReference ? .shell : .includeSubcomponents
      found[component.id] = .made(kind.type, kind.root(of: component), behavior)
    }
    return found.values.sorted { $0.order < $1.order }
  }

  /// Entries of its packages that still hold, and what its components name and this environment has (DP-301).
  private mutating func listNeeds(besides members: Set<ComponentID>) {
    var listed: Set<ComponentID> = []
    for need in sources.first?.manifest.missingDependencies ?? [] {
      // What depended on it may have left; what was needed may have become the solution's own (not so PF-226).
      let hasLeft =
        need.dependent.id.map { sources[0].members.contains($0) && !members.contains($0) } ?? false
      let isOwn =
        need.required.id.map { members.contains($0) && !sources[0].members.contains($0) } ?? false
      guard !hasLeft, !isOwn, let element = need.element else { continue }
      if let id = need.required.id { listed.insert(id) }
      needs.append(.read(element))
    }
    var told: [ExportNeeds.Need] = []
    for entry in entries where !entry.component.isReference && !entry.component.isUnmodified {
      let component = entry.component
      for reference in kinds[component.id.type].references(component).sorted(by: {
        $0.target < $1.target
      }) where reference.isCertain && reference.type != .untracked {
        let target = reference.target
        guard !members.contains(target), listed.insert(target).inserted,
          let provider = provider(of: target)
        else { continue }
        told.append(ExportNeeds.Need(component: named(target), provider: provider))
        needs.append(
          .made(
            ExportNeed(
              required: target,
              dependent: component.id,
              requiredComponent: state.stacks[target]?.top.component,
              dependentComponent: component,
              provider: provider
            )
          )
        )
      }
    }
    if !told.isEmpty { tell(ExportNeeds(solution: solution.name, needs: told)) }
  }

  /// Who has a component here; nil where the platform has it, or nobody is known to.
  private func provider(of id: ComponentID) -> String? {
    guard let stack = state.stacks[id], let base = stack.layers.first(where: { !$0.isAssumed })
    else { return nil }
    guard base.rank.isManaged else {
      return base.rank == .active && !stack.isManaged ? "Active" : nil
    }
    guard let provider = state.solutions[base.solution] else { return nil }
    return "\(provider.name) (\(provider.version))"
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

extension Export.Root {
  /// By type, then name or id.
  fileprivate var order: (Int, String) {
    switch self {
    case .read(let element):
      let name = element.attribute("schemaName") ?? element.attribute("id") ?? ""
      return (element.attribute("type").flatMap { Int($0) } ?? .max, name.lowercased())
    case .made(let type, let root, _):
      let name = root.schemaName ?? root.id.map { "{\($0)}" } ?? ""
      return (type.number ?? .max, name.lowercased())
    }
  }
}
