package import XML

/// A solution as a package is to hold it (LC-412): decided, and not written yet.
package struct Export: Sendable {
  package enum Form: Sendable {
    case unmanaged
    case managed
  }

  /// A component as it is to stand in the package.
  package struct Entry: Sendable {
    package let component: Component
    /// The same as it stood in the package that it came in, with what stands around its parts; nil where none is kept.
    package let source: Component?
    /// In which of the sources that was.
    package let sourceNumber: Int?

    /// Whether it is stated as it was.
    package var isAsRead: Bool {
      source?.definition == component.definition
        && source?.location.file == component.location.file
    }
  }

  /// What the manifest lists.
  package enum Root: Sendable {
    /// As a package has spelled it.
    case read(XMLElement)
    case made(ComponentType, ComponentKind.Root, RootComponent.Behavior)
  }

  /// What the package needs and does not hold.
  package enum Need: Sendable {
    /// As a package has spelled it.
    case read(XMLElement)
    case made(ExportNeed)
  }

  package let solution: InstalledSolution
  package let version: SolutionVersion
  package let form: Form
  package let publisher: Publisher
  /// In order of identity.
  package let entries: [Entry]
  /// By type, then name (PF-213).
  package let roots: [Root]
  package private(set) var needs: [Need] = []
  /// Packages of the solution that are kept, newest first, and those of a patch's parent behind them.
  package let sources: [SolutionPackage]
  private let ownCount: Int
  /// What there is to say about it; an error refuses it.
  package private(set) var findings: [Finding]

  package var isManaged: Bool { form == .managed }

  /// What stands around components in the newest of its packages.
  package var frame: PackageFrame? { ownCount > 0 ? sources.first?.frame : nil }

  /// Root and publisher of the newest package that speaks of them.
  package var manifestFrame: PackageFrame? { sources.first?.frame }

  /// Whether the solution gets the version of the package (LC-219).
  package var storesVersion: Bool { version.text != solution.version.text }

  /// `<unique name>_<version with _>[_managed].zip`.
  package static func fileName(
    of name: SolutionName,
    _ version: SolutionVersion,
    isManaged: Bool
  ) -> String {
    let digits = version.text.map { $0 == "." ? "_" : $0 }
    return "\(name)_\(String(digits))\(isManaged ? "_managed" : "").zip"
  }

  /// - Parameters:
  ///   - sources: what is kept of its packages, newest first.
  ///   - parents: the same of the solution that it is a patch of.
  ///   - version: another one than it has.
  ///   - refusals: what was found before.
  ///   - begin: gets the export without what it needs of others, which takes long to find: its components can be written
  ///     meanwhile.
  package init(
    of solution: InstalledSolution,
    on state: InstalledState,
    from sources: [SolutionPackage],
    patching parents: [SolutionPackage] = [],
    as form: Form = .unmanaged,
    version: SolutionVersion? = nil,
    refusals: [Finding] = [],
    kinds: ComponentKinds,
    beginning begin: (Export) -> Void = { _ in }
  ) {
    var making = ExportMaking(
      of: solution,
      on: state,
      from: sources,
      patching: parents,
      as: form,
      kinds: kinds
    )
    let members = making.make()
    if let version, let objection = state.objection(to: version, of: solution) {
      making.tell(objection)
    }
    self.solution = solution
    self.version = version ?? solution.version
    self.form = form
    publisher =
      state.publishers[solution.publisher]
      ?? Publisher(
        name: solution.publisher,
        displayName: solution.publisher.text,
        prefix: "",
        optionValuePrefix: nil
      )
    entries = making.entries
    roots = making.roots
    self.sources = sources + parents
    ownCount = sources.count
    findings = (making.findings + refusals).sorted()
    begin(self)
    making.listNeeds(besides: members)
    needs = making.needs
    findings = (making.findings + refusals).sorted()
  }
}

/// A need as an export computes it (DP-301).
package struct ExportNeed: Equatable, Sendable {
  package let required: ComponentID
  package let dependent: ComponentID
  /// As they are called here.
  package let requiredComponent: Component?
  package let dependentComponent: Component
  /// `Name (version)`, or `Active` (DP-303).
  package let provider: String
}
