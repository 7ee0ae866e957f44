package import XML

/// Everything Strata knows of one kind of component: one value in a file of its own and one line in `standard`.
package struct ComponentKind: Sendable {
  package let type: ComponentType
  /// As in the platform's list of component types; for framework kinds the table's logical name.
  package let name: String
  /// What people call it.
  package let title: String
  /// Below the root of `customizations.xml`; a leading `^` wraps the definition in its parent's tag.
  package let paths: [String]
  package let identity: @Sendable (XMLElement, Enclosing?) -> Key?
  package let parent: Parent
  package let merge: MergeBehavior
  package let publishing: Publishing
  package let physical: PhysicalEffect
  /// Properties worth a word when a component appears or goes.
  package let headline: [String]
  /// Properties that say what others may change (layers.md §13).
  package let managedProperties: [ManagedProperty]
  package let mention: @Sendable (XMLFragment) -> Mention
  /// Another key by which definitions name the component.
  package let alias: @Sendable (Component) -> String?
  /// The table that the component leads to, and how paths to its columns begin.
  let lead: @Sendable (Component) -> (leader: String, table: String)?
  /// How a definition shows whether its exporter owns the component.
  package let base: Base
  /// What the component goes with, and only with it (lifecycle.md §5); empty for what can go by itself.
  package let wholes: @Sendable (Component) -> [ComponentID]
  /// How the component is switched on; nil for what has no such state.
  package let activation: (@Sendable (Component) -> Activation)?
  /// What a definition names; without merging, as the component states it.
  package let names: @Sendable (Component) -> References
  /// Whether a text in the definition, as JSON, names something: it may turn out not to be readable.
  package let namesInText: Bool
  /// What is asked of each statement of the kind alone.
  private(set) var checks: [Check<Statement>] = []

  init(
    _ number: Int,
    _ name: String,
    _ title: String,
    at paths: [String],
    key identity: @escaping @Sendable (XMLElement, Enclosing?) -> Key?,
    parent: Parent = .none,
    merge: MergeBehavior = .topWins,
    publishing: Publishing = .atOnce,
    physical: PhysicalEffect = .none,
    headline: [String] = [],
    managedProperties: [ManagedProperty] = [.isCustomizable],
    mention: @escaping @Sendable (XMLFragment) -> Mention = { _ in .definition },
    alias: @escaping @Sendable (Component) -> String? = { _ in nil },
    base: Base = .unsaid,
    wholes: @escaping @Sendable (Component) -> [ComponentID] = { _ in [] },
    activation: (@Sendable (Component) -> Activation)? = nil,
    lead: @escaping @Sendable (Component) -> (leader: String, table: String)? = { _ in nil },
    namesInText: Bool = false,
    references: @escaping @Sendable (Component) -> References = { _ in References() }
  ) {
    self.init(
      type: .number(number),
      name,
      title,
      at: paths,
      key: identity,
      parent: parent,
      merge: merge,
      publishing: publishing,
      physical: physical,
      headline: headline,
      managedProperties: managedProperties,
      mention: mention,
      alias: alias,
      base: base,
      wholes: wholes,
      activation: activation,
      lead: lead,
      namesInText: namesInText,
      references: references
    )
  }

  init(
    type: ComponentType,
    _ name: String,
    _ title: String,
    at paths: [String],
    key identity: @escaping @Sendable (XMLElement, Enclosing?) -> Key?,
    parent: Parent = .none,
    merge: MergeBehavior = .topWins,
    publishing: Publishing = .atOnce,
    physical: PhysicalEffect = .none,
    headline: [String] = [],
    managedProperties: [ManagedProperty] = [
      ManagedProperty("iscustomizable", guards: .everything)
    ],
    mention: @escaping @Sendable (XMLFragment) -> Mention = { _ in .definition },
    alias: @escaping @Sendable (Component) -> String? = { _ in nil },
    base: Base = .unsaid,
    wholes: @escaping @Sendable (Component) -> [ComponentID] = { _ in [] },
    activation: (@Sendable (Component) -> Activation)? = nil,
    lead: @escaping @Sendable (Component) -> (leader: String, table: String)? = { _ in nil },
    namesInText: Bool = false,
    references: @escaping @Sendable (Component) -> References = { _ in References() }
  ) {
    self.type = type
    self.name = name
    self.title = title
    self.paths = paths
    self.identity = identity
    self.parent = parent
    self.merge = merge.leaving(outside: managedProperties)
    self.publishing = publishing
    self.physical = physical
    self.headline = headline
    self.managedProperties = managedProperties
    self.mention = mention
    self.alias = alias
    self.base = base
    self.wholes = wholes
    self.activation = activation
    self.lead = lead
    self.namesInText = namesInText
    names = references
  }
}

extension ComponentKind {
  /// Whether a solution may list it without content, and the target need not have it: a form that is not changed
  /// (PF-215, PF-807), a ribbon that says nothing.
  var mayLackContent: Bool { merge == .form || Assumed.isImplied(self) }

  package func references(_ component: Component) -> [Reference] { names(component).found }

  /// The component around the one that is read.
  package struct Enclosing: Sendable {
    package let id: ComponentID
    package let name: String

    package init(id: ComponentID, name: String) {
      self.id = id
      self.name = name
    }
  }

  package struct Key: Equatable, Sendable {
    /// Normalized, see `ComponentID.key`.
    package let key: String
    /// As people address it.
    package let name: String

    package init(key: String, name: String) {
      self.key = key
      self.name = name
    }
  }

  /// What a component is a part of.
  package enum Parent: Sendable {
    case none
    /// The component whose element stands around this one.
    case enclosing
    /// The table that this gives the name of.
    case entity(@Sendable (XMLElement) -> String?)
  }

  /// How a definition shows whether its exporter owns the component (PF-305).
  package enum Base: Sendable {
    /// It does not.
    case unsaid
    /// Owners write an element with this name in this place, others leave it out.
    case marked(by: String, in: [String] = [])
    /// The platform has one everywhere, and what packages bring are differences (LY-701).
    case implied
    /// It lies over what the platform has, where this is true of it.
    case platform(@Sendable (Component) -> Bool)
    /// What is no custom one is its table's, whoever says so; the others are marked.
    case part(isCustom: @Sendable (Component) -> Bool, by: String)
  }

  /// When unmanaged work takes effect (LC-331).
  package enum Publishing: Sendable {
    case atOnce
    /// It is a draft until it is published.
    case onDemand
    /// The same; there is one pending change, and a managed import discards it (LY-605).
    case pending
  }

  /// What becomes of the database when the component comes or goes (lifecycle.md §5).
  package enum PhysicalEffect: Sendable {
    case none
    case table
    case column
    case relationship
    case key
  }

  /// What an import does to the state of a step or process (lifecycle.md §6.1).
  package enum Activation: Sendable {
    /// On when imports enable.
    case always
    /// On when imports enable and the package says active.
    case asStated(isActive: Bool)
    /// The same, once, and only with connections; later imports leave it as it is.
    case flow(isActive: Bool)
  }

  /// What an element found at a kind's place amounts to.
  package enum Mention: Sendable {
    case definition
    /// A member without a layer of its own.
    case reference
    /// Nothing: an empty skeleton that every export writes.
    case nothing
  }
}

extension ComponentKind.Key {
  /// Compared and shown in lower case.
  package static func lowered(_ text: String?) -> Self? {
    exact(text?.lowercased())
  }

  /// Compared without regard to case, shown as written.
  package static func named(_ text: String?) -> Self? {
    text.flatMap { $0.isEmpty ? nil : Self(key: $0.lowercased(), name: $0) }
  }

  /// Compared and shown as written.
  package static func exact(_ text: String?) -> Self? {
    text.flatMap { $0.isEmpty ? nil : Self(key: $0, name: $0) }
  }

  package static func guid(_ text: String?) -> Self? {
    exact(text.flatMap { GUID($0) }?.description)
  }

  /// Below another component: its name, a dot, and the rest.
  package func under(_ enclosing: ComponentKind.Enclosing?) -> Self {
    guard let enclosing else { return self }
    let full = "\(enclosing.id.key).\(key)"
    let isSpelledAlike = name == key && enclosing.name == enclosing.id.key
    return Self(key: full, name: isSpelledAlike ? full : "\(enclosing.name).\(name)")
  }
}

extension ComponentKind {
  func checked(by checks: Check<Statement>...) -> ComponentKind {
    var kind = self
    kind.checks = checks
    return kind
  }
}
