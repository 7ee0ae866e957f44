internal import XML

/// A package as its authors look at it: with the texts in it, and the packages that go with it.
package struct AuthoredPackage: Sendable {
  package let package: SolutionPackage
  package let kinds: ComponentKinds
  /// Contents of its text files, by path.
  let texts: [String: [UInt8]]
  /// Where it was read from.
  package let source: Source
  /// Packages that are looked at in the same run.
  let beside: [SolutionPackage]
  /// What every component names, in the order of components.
  let references: [(component: Component, references: [Reference])]
  private let owned: Set<ComponentID>

  /// - Parameters:
  ///   - texts: what `textFiles` asks for.
  ///   - source: what the places of its components mean.
  ///   - beside: without the package itself.
  package init(
    _ package: SolutionPackage,
    texts: [String: [UInt8]] = [:],
    source: Source = .archive,
    beside: [SolutionPackage] = [],
    kinds: ComponentKinds = .standard
  ) {
    self.package = package
    self.texts = texts
    self.source = source
    self.beside = beside
    self.kinds = kinds
    references = package.components.map { ($0, kinds[$0.id.type].references($0)) }
    let owners = Owners(of: package, kinds: kinds)
    owned = Set(
      package.components.filter {
        !$0.isUnmodified && !$0.isReference && !owners.ownership(of: $0).isElsewhere
      }.map(\.id)
    )
  }

  /// What a package was read from.
  package enum Source: Sendable {
    case archive
    /// Files in a folder, and where a place of the package is among them.
    case folder(@Sendable (Location) -> Location)

    func place(_ location: Location) -> Location {
      switch self {
      case .archive: location
      case .folder(let origin): origin(location)
      }
    }

    package var isFolder: Bool {
      if case .folder = self { true } else { false }
    }
  }

  /// Files of a package in which rules read and which are not kept when it is read.
  package static func textFiles(of package: SolutionPackage) -> Set<String> {
    Set(
      package.components.filter { ScriptKind($0) != nil }.flatMap {
        $0.definition.parts.map(\.path)
      }
    )
  }

  var manifest: SolutionManifest { package.manifest }

  /// Whether the package brings the component itself: no context, no difference, nothing of others.
  func owns(_ id: ComponentID) -> Bool { owned.contains(id) }

  func named(_ component: Component) -> NamedComponent { NamedComponent(component, kinds) }

  /// A component of this package, as it is called here.
  func named(_ id: ComponentID, as name: String? = nil) -> NamedComponent {
    package.component(id).map { named($0) } ?? NamedComponent(id, kinds, name: name ?? id.key)
  }

  /// In which file and line the manifest stands.
  var manifestPlace: Location { Location(file: "solution.xml", line: 0) }
}

/// What a web resource holds, where that is text.
enum ScriptKind: String {
  case page = "1"
  case style = "2"
  case script = "3"
  case data = "4"
  case styleSheet = "9"
  case drawing = "11"
  case texts = "12"

  /// nil for what is no web resource, or holds pictures.
  init?(_ component: Component) {
    guard component.id.type == .webResource,
      let number = component.definition.element.text(of: "WebResourceType")
    else { return nil }
    self.init(rawValue: number)
  }

  var hasScript: Bool { self == .page || self == .script }
}

/// A text somewhere in a package, and whose it is.
struct AuthoredText {
  let component: Component
  /// The file and its first line.
  let start: Location
  let bytes: [UInt8]

  /// - Parameter offset: into the bytes.
  func location(at offset: Int) -> Location {
    // What stands in an element has one line, which is known; files are counted.
    guard start.line == 0 else { return start }
    return Location(
      file: start.file,
      line: 1 + bytes[..<offset].count { $0 == UInt8(ascii: "\n") }
    )
  }
}

extension AuthoredPackage {
  /// Scripts, pages, flows and processes, formulas.
  var textFiles: [AuthoredText] {
    package.components.flatMap { component in
      component.definition.parts.compactMap { part in
        (part.content ?? texts[part.path]).map {
          AuthoredText(
            component: component,
            start: Location(file: part.path, line: 0),
            bytes: $0
          )
        }
      }
    }
  }

  /// Texts that stand in definitions and are meant for programs: values of variables, configurations of steps.
  var configurations: [AuthoredText] {
    package.components.compactMap { component in
      guard let names = Self.configuring[component.id.type] else { return nil }
      let element = component.definition.element
      guard let text = names.lazy.compactMap({ element.text(of: $0) }).first, !text.isEmpty else {
        return nil
      }
      let start = component.location
      return AuthoredText(
        component: component,
        start: Location(file: start.file, line: max(start.line, 1)),
        bytes: Array(text.utf8)
      )
    }
  }

  /// Which elements hold such texts.
  private static let configuring: [ComponentType: [String]] = [
    .environmentVariableDefinition: ["defaultvalue", "DefaultValue"],
    ComponentKind.environmentVariableValue.type: ["value", "Value"],
    ComponentKind.sdkMessageProcessingStep.type: ["Configuration"],
  ]
}
