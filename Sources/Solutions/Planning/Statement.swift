/// What a package, or a hand, says of one component, and where it will lie.
struct Statement: Sendable {
  enum Source: Equatable, Sendable {
    /// A package whose publisher has this prefix.
    case package(prefix: String)
    /// An edit of the unmanaged layer.
    case hand
    /// A draft that is published.
    case draft

    var isPackage: Bool { if case .package = self { true } else { false } }
  }

  private(set) var component: Component
  let kind: ComponentKind
  /// Who says so.
  let solution: InstalledSolution
  let source: Source
  /// What lies there before; nil where nothing does.
  let stack: LayerStack?
  /// The layer that it replaces; nil where it is a new one.
  let own: Layer?
  let rank: LayerRank
  /// Where the base is when nothing lies there: elsewhere, by this evidence; nil where the statement makes the component.
  var base: Ownership.Evidence?
  /// Managed properties whose stricter values are passed over.
  private(set) var passedOver: [ManagedProperty] = []

  init(
    _ component: Component,
    kind: ComponentKind,
    by solution: InstalledSolution,
    source: Source,
    over stack: LayerStack?,
    own: Layer?,
    rank: LayerRank,
    base: Ownership.Evidence? = nil
  ) {
    self.component = component
    self.kind = kind
    self.solution = solution
    self.source = source
    self.stack = stack
    self.own = own
    self.rank = rank
    self.base = base
  }

  /// Whether it differs from what the solution said before.
  var isChange: Bool {
    !component.isReference && (own?.definition != component.definition || own?.rank != rank)
  }

  /// What it changes, by what is in effect where the solution said nothing; nil where nothing is known.
  var before: Definition? {
    guard isChange, let stack else { return nil }
    let before = own?.definition ?? stack.effective(kind.merge).definition
    return before == Assumed.definition ? nil : before
  }

  var layer: Layer {
    Layer(
      solution: solution.isManaged ? solution.name : .active,
      publisher: source == .hand || source == .draft
        ? own?.publisher ?? solution.publisher : solution.publisher,
      rank: rank,
      component: component
    )
  }

  /// One of its findings.
  func finding(_ content: any FindingContent) -> Finding {
    Finding(content, at: component.location)
  }
}

// MARK: What alters a statement

extension Statement {
  /// An update takes no options away.
  func keepingOptions() -> Statement {
    guard !component.isReference, kind.merge == .unionOfOptions, let own,
      own.definition != component.definition
    else { return self }
    return with(Choices.keepingOptions(of: own.definition, in: component.definition))
  }

  /// LY-1303: a value of the owner that allows less than the one in force is passed over, and the rest is taken.
  func loosened() -> Statement {
    guard !component.isReference, solution.isManaged, let stack,
      own?.definition != component.definition || stack.layers.count != 1,
      let properties = ManagedProperties(stack, kind.managedProperties),
      properties.owner == solution.publisher
    else { return self }
    let stricter = properties.differing(in: component.definition).filter(\.inForce)
    guard !stricter.isEmpty else { return self }
    var statement = with(
      stricter.reduce(component.definition) { $0.setting($1.property, to: true) }
    )
    statement.passedOver = stricter.map(\.property)
    return statement
  }

  private func with(_ definition: Definition) -> Statement {
    var statement = self
    statement.component = component.with(definition)
    return statement
  }
}
