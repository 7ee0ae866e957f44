package import XML

/// What `solution.xml` says (LC-121, PF-201 …).
package struct SolutionManifest: Sendable {
  package let name: SolutionName
  /// By language code.
  package let displayNames: [Int: String]
  package let version: SolutionVersion
  package let isManaged: Bool
  package let publisher: Publisher
  package let roots: [RootComponent]
  package let missingDependencies: [MissingDependency]
  /// Set on patches (LC-123).
  package let patchOf: SolutionName?
  package let configurationPage: String?
  /// `SolutionPackageVersion`; nil in the oldest format.
  package let packageVersion: String?
  package let platformVersion: String?
  package let languageCode: Int?

  package init(
    name: SolutionName,
    displayNames: [Int: String],
    version: SolutionVersion,
    isManaged: Bool,
    publisher: Publisher,
    roots: [RootComponent] = [],
    missingDependencies: [MissingDependency] = [],
    patchOf: SolutionName? = nil,
    configurationPage: String? = nil,
    packageVersion: String? = nil,
    platformVersion: String? = nil,
    languageCode: Int? = nil
  ) {
    self.name = name
    self.displayNames = displayNames
    self.version = version
    self.isManaged = isManaged
    self.publisher = publisher
    self.roots = roots
    self.missingDependencies = missingDependencies
    self.patchOf = patchOf
    self.configurationPage = configurationPage
    self.packageVersion = packageVersion
    self.platformVersion = platformVersion
    self.languageCode = languageCode
  }

  package func with(
    roots: [RootComponent],
    version: SolutionVersion? = nil
  ) -> SolutionManifest {
    SolutionManifest(
      name: name,
      displayNames: displayNames,
      version: version ?? self.version,
      isManaged: isManaged,
      publisher: publisher,
      roots: roots,
      missingDependencies: missingDependencies,
      patchOf: patchOf,
      configurationPage: configurationPage,
      packageVersion: packageVersion,
      platformVersion: platformVersion,
      languageCode: languageCode
    )
  }

  /// How much of each root comes along.
  package var behaviors: [ComponentID: RootComponent.Behavior] {
    Dictionary(roots.map { ($0.id, $0.behavior) }) { first, _ in first }
  }

  package var displayName: String {
    languageCode.flatMap { displayNames[$0] } ?? displayNames.min { $0.key < $1.key }?.value
      ?? name.text
  }

  /// Solutions outside that the author's environment had needed components from, as `Name (version)`.
  package var providers: [ComponentID: String] {
    var providers: [ComponentID: String] = [:]
    for need in missingDependencies {
      if let id = need.required.id, let provider = need.provider, provider != "Active" {
        providers[id] = provider
      }
    }
    return providers
  }
}

/// A member that the manifest names (PF-210).
package struct RootComponent: Equatable, Sendable {
  /// How much of a table comes along (PF-211).
  package enum Behavior: Int, CaseIterable, Sendable {
    case includeSubcomponents = 0
    case doNotIncludeSubcomponents = 1
    case shell = 2

    /// In words.
    package var words: String {
      switch self {
      case .includeSubcomponents: "all its parts"
      case .doNotIncludeSubcomponents: "its settings and chosen parts"
      case .shell: "chosen parts alone"
      }
    }
  }

  package let id: ComponentID
  package let name: String
  package let behavior: Behavior
  package let at: Location
  /// The entry itself, as it is spelled; nil where none was read.
  package let element: XMLElement?

  package init(
    id: ComponentID,
    name: String,
    behavior: Behavior,
    at: Location,
    element: XMLElement? = nil
  ) {
    self.id = id
    self.name = name
    self.behavior = behavior
    self.at = at
    self.element = element
  }

  /// How it is spelled does not count.
  package static func == (left: RootComponent, right: RootComponent) -> Bool {
    left.id == right.id && left.name == right.name && left.behavior == right.behavior
      && left.at == right.at
  }
}

/// Something that the package needs and its author's environment had from elsewhere (PF-220 …).
package struct MissingDependency: Equatable, Sendable {
  package struct End: Equatable, Sendable {
    /// nil where the entry does not name a component that can be looked up.
    package let id: ComponentID?
    package let kind: String
    package let name: String
    package let displayName: String?
    package let parentName: String?

    package init(
      id: ComponentID?,
      kind: String,
      name: String,
      displayName: String?,
      parentName: String?
    ) {
      self.id = id
      self.kind = kind
      self.name = name
      self.displayName = displayName
      self.parentName = parentName
    }
  }

  package let required: End
  package let dependent: End
  /// `Name (version)`, `Active` or `System` (PF-222).
  package let provider: String?
  package let at: Location
  /// The entry itself, as it is spelled; nil where none was read.
  package let element: XMLElement?

  package init(
    required: End,
    dependent: End,
    provider: String?,
    at: Location,
    element: XMLElement? = nil
  ) {
    self.required = required
    self.dependent = dependent
    self.provider = provider
    self.at = at
    self.element = element
  }

  /// How it is spelled does not count.
  package static func == (left: MissingDependency, right: MissingDependency) -> Bool {
    left.required == right.required && left.dependent == right.dependent
      && left.provider == right.provider && left.at == right.at
  }
}
