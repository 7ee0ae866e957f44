package import XML

/// Everything Strata knows of one kind of component: one value in a file of its own and one line in `standard`.
///
/// A class only so that asking for a kind copies nothing: it never changes.
package final class ComponentKind: Sendable {
  package let type: ComponentType
  /// As in the platform's list of component types; for framework kinds the table's logical name.
  package let name: String
  /// What people call it.
  package let title: String
  /// Where it stands in `customizations.xml`.
  package let places: [Place]
  package let identity: @Sendable (XMLElement, Enclosing?) -> Key?
  let rootKey: RootKey
  /// Other numbers under which manifests list such components.
  let rootAliases: [ComponentType]
  /// Whether its definition must be declared as a root; others come with a root or never have one (PF-903).
  let isRooted: @Sendable (Component) -> Bool
  /// Where files of such components lie; nil for what has none.
  package let folder: Folder?
  package let parent: Parent
  /// Path of the element that bears marks of exporters: what was not modified, who owns it; empty for the component's own.
  package let mark: [String]
  package let merge: MergeBehavior
  package let publishing: Publishing
  package let physical: PhysicalEffect
  /// Properties worth a word when a component appears or goes.
  package let headline: [String]
  /// How much its properties weigh, and that one comes or goes.
  private let weights: Impacts
  /// Properties that say what others may change (LY-1350).
  package let managedProperties: [ManagedProperty]
  /// Whether unmanaged work lies in a layer over what is managed; otherwise one excludes the other.
  let hasActiveLayer: Bool
  /// Whether a solution may list one without content, and the target need not have it (PF-215, PF-807).
  let mayLackContent: Bool
  /// Whether one of those of a whole is there for everyone: which one, all of them together decide (LY-531).
  let hasFallback: Bool
  package let mention: @Sendable (XMLFragment) -> Mention
  /// Another name by which definitions mean the component.
  package let alias: @Sendable (Component) -> ComponentID?
  /// The table that the component leads to, and how paths to its columns begin.
  let lead: @Sendable (Component) -> (leader: String, table: String)?
  /// How a definition shows whether its exporter owns the component.
  package let base: Base
  /// What the component goes with, and only with it (LC-500); empty for what can go by itself.
  package let wholes: @Sendable (Component) -> [ComponentID]
  /// How the component is switched on; nil for what has no such state.
  package let activation: (@Sendable (Component) -> Activation)?
  /// What a definition names; without merging, as the component states it.
  package let names: @Sendable (Component) -> References
  /// Whether a text in the definition, as JSON, names something: it may turn out not to be readable.
  package let namesInText: Bool
  /// What is asked of each statement of the kind alone.
  let checks: [Check<Statement>]

  init(
    _ type: ComponentType,
    named name: String,
    title: String,
    at places: [Place] = [],
    key identity: @escaping @Sendable (XMLElement, Enclosing?) -> Key?,
    rootKey: RootKey = .named,
    rootAliases: [ComponentType] = [],
    isRooted: @escaping @Sendable (Component) -> Bool = { _ in false },
    folder: Folder? = nil,
    parent: Parent = .none,
    mark: [String] = [],
    merge: MergeBehavior = .topWins,
    publishing: Publishing = .atOnce,
    physical: PhysicalEffect = .none,
    headline: [String] = [],
    impacts: Impacts = .behavior,
    managedProperties: [ManagedProperty]? = nil,
    hasActiveLayer: Bool = true,
    mayLackContent: Bool = false,
    hasFallback: Bool = false,
    mention: @escaping @Sendable (XMLFragment) -> Mention = { _ in .definition },
    alias: @escaping @Sendable (Component) -> ComponentID? = { _ in nil },
    base: Base = .unsaid,
    wholes: @escaping @Sendable (Component) -> [ComponentID] = { _ in [] },
    activation: (@Sendable (Component) -> Activation)? = nil,
    lead: @escaping @Sendable (Component) -> (leader: String, table: String)? = { _ in nil },
    namesInText: Bool = false,
    references: @escaping @Sendable (Component) -> References = { _ in References() },
    checks: [Check<Statement>] = []
  ) {
    let managed = managedProperties ?? [.isCustomizable(type)]
    self.type = type
    self.name = name
    self.title = title
    self.places = places
    self.identity = identity
    self.rootKey = rootKey
    self.rootAliases = rootAliases
    self.isRooted = isRooted
    self.folder = folder
    self.parent = parent
    self.mark = mark
    self.merge = merge.leaving(outside: managed)
    self.publishing = publishing
    self.physical = physical
    (self.headline, self.managedProperties) = (headline, managed)
    weights = impacts
    self.hasActiveLayer = hasActiveLayer
    self.mayLackContent = mayLackContent
    self.hasFallback = hasFallback
    self.mention = mention
    self.alias = alias
    self.base = base
    self.wholes = wholes
    self.activation = activation
    self.lead = lead
    self.namesInText = namesInText
    (names, self.checks) = (references, checks)
  }
}

extension ComponentKind {
  /// How much the properties of a component weigh, and that it comes or goes.
  package func impacts(_ component: Component) -> Impacts { weights.of(component) }

  /// Whether such components always lie over what the platform has: ribbons are differences (LY-701).
  var isImplied: Bool {
    if case .implied = base { true } else { false }
  }

  /// Where a definition bears the marks of its exporter; nil where it lacks that place.
  package func markedElement(_ element: XMLElement) -> XMLElement? {
    mark.reduce(element as XMLElement?) { $0?.child($1) }
  }

  /// Whether solutions list it without what it is a part of, and not because they list that: values of variables belong
  /// to the environment, and e-mail templates are chosen one by one.
  var isListedAlone: Bool {
    type == ComponentKind.environmentVariableValue.type || type == .emailTemplate
  }

  /// Where an element stands that defines such a component; nil where that is a file of its own.
  package func place(of element: XMLElement) -> Place? {
    places.first { $0.steps.last == element.name }
  }

  package func references(_ component: Component) -> [Reference] { names(component).found }

  /// Where components stand, below the root of `customizations.xml`.
  package struct Place: ExpressibleByStringInterpolation, Sendable {
    let path: String
    /// Whether the tag around the element belongs to the definition.
    let isWrapped: Bool

    /// - Parameter path: names of elements with slashes between them.
    package init(stringLiteral path: String) { self.init(path, isWrapped: false) }

    /// The names on the way, its own last.
    package let steps: [String]

    private init(_ path: String, isWrapped: Bool) {
      (self.path, self.isWrapped) = (path, isWrapped)
      steps = path.split(separator: "/").map(String.init)
    }

    static func wrapped(_ path: String) -> Place { Place(path, isWrapped: true) }
  }

  /// A folder of packages, and which of its files belong to a component (docs/canonical-form.md).
  package enum Folder: Sendable {
    /// Those that the definition names.
    case named(String)
    /// Those, and all that lie beside them.
    case ofFile(String)
    /// Those, and all below a folder in it with which the component's name begins.
    case startOfName(String)

    package var name: String {
      switch self {
      case .named(let name), .ofFile(let name), .startOfName(let name): name
      }
    }
  }

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
    /// Owners write an element with this name among the marks, others leave it out.
    case marked(by: String)
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

  /// What becomes of the database when the component comes or goes (LC-500).
  package enum PhysicalEffect: Sendable {
    case none
    case table
    case column
    case relationship
    case key
  }

  /// What an import does to the state of a step or process (LC-601).
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

extension ManagedProperty {
  /// What says that nobody may change a component, as its kind's packages spell it; kinds that say nothing else have it.
  static func isCustomizable(_ type: ComponentType) -> ManagedProperty {
    type.number == nil ? ManagedProperty("iscustomizable", guards: .everything) : .isCustomizable
  }
}
