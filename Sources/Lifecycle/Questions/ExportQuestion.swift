internal import Hashing
internal import SolutionPackages
package import SolutionStore
package import Solutions

/// A solution as a package; nil where it is not installed.
package struct ExportQuestion: Question {
  private let name: SolutionName
  private let form: Export.Form
  /// Whether only the unmanaged layers over it are asked for.
  private let isOfActiveLayer: Bool
  /// The one that it has, where none is given.
  private let version: SolutionVersion?

  package init(
    of name: SolutionName,
    as form: Export.Form = .unmanaged,
    version: SolutionVersion? = nil
  ) {
    self.name = name
    self.form = form
    self.version = version
    isOfActiveLayer = false
  }

  /// The unmanaged layers over a managed solution, as an unmanaged one.
  package init(ofActiveLayerOver name: SolutionName, version: SolutionVersion? = nil) {
    self.name = name
    self.version = version
    form = .unmanaged
    isOfActiveLayer = true
  }

  /// - Throws: `StoreError.damaged` where a file of the solution is in none of the packages that are kept; `PackageError`
  ///   where one of those cannot be read.
  package func answer(from store: StoreReader) throws -> ExportedPackage? {
    guard let row = try store.solutions(at: nil).first(where: { $0.name == name }) else {
      return nil
    }
    let own = isOfActiveLayer ? [] : try store.keptArchives(of: name)
    let parents = isOfActiveLayer ? [] : try row.parent.map(store.keptArchives) ?? []
    // Read while the state is looked for, which need not read again what they say.
    let reading = PackageReader(kinds: store.kinds).readAhead(own + parents)
    let state = try store.slice(exporting: name, reusing: reading)
    guard let solution = state.solutions[name] else { return nil }
    let read = try reading()
    let packages = (own: Array(read.prefix(own.count)), parents: Array(read.dropFirst(own.count)))
    let writer = PackageWriter(kinds: store.kinds)
    var begun: PackageWriter.Begun?
    let export = decide(solution, on: state, packages, kinds: store.kinds) { export in
      if !export.findings.contains(where: { $0.severity == .error }) {
        begun = writer.begin(export)
      }
    }
    let sources = (own + parents).map(\.bytes)
    guard !export.findings.contains(where: { $0.severity == .error }) else {
      return ExportedPackage(export: export, archive: nil)
    }
    let bytes = try writer.bytes(of: export, begun: begun) { parts in
      try store.contents(of: parts, in: sources, of: name)
    }
    return ExportedPackage(
      export: export,
      archive: ExportedPackage.Archive(bytes: bytes, digest: SHA256Digest(of: bytes))
    )
  }

  /// What the package is to hold.
  ///
  /// - Parameter packages: those of the solution that are kept, and of the one that it is a patch of, newest first.
  private func decide(
    _ solution: InstalledSolution,
    on state: InstalledState,
    _ packages: (own: [SolutionPackage], parents: [SolutionPackage]),
    kinds: ComponentKinds,
    beginning begin: (Export) -> Void
  ) -> Export {
    guard !isOfActiveLayer else {
      return Export(ofActiveLayerOver: solution, on: state, version: version, kinds: kinds)
    }
    return Export(
      of: solution,
      on: state,
      from: packages.own,
      patching: packages.parents,
      as: form,
      version: version,
      kinds: kinds,
      beginning: begin
    )
  }
}

extension StoreReader {
  /// Contents of files by their paths.
  ///
  /// - Parameter sources: packages in which they lie, as far as they came in those.
  /// - Throws: `StoreError.damaged` where one lies nowhere.
  func contents(
    of parts: [Definition.Part],
    in sources: [[UInt8]],
    of name: SolutionName
  ) throws -> [String: [UInt8]] {
    var files = KeptFiles(parts)
    for source in sources { try files.look(into: source) }
    // What readable files have brought.
    try files.ask { try package($0)?.bytes }
    // What others have imported into the one unmanaged layer.
    for digest in try keptArchives() where !files.missing.isEmpty {
      if let package = try package(digest) { try files.look(into: package.bytes) }
    }
    guard let missing = files.missing.first else { return files.found }
    throw StoreError.damaged("the file \(missing) of \(name) is in no package that is kept")
  }

  /// Packages of a solution as they came in, newest first, with the names of their files.
  func keptArchives(of name: SolutionName) throws -> [(bytes: [UInt8], file: String)] {
    try sources(of: name).compactMap { digest in
      try package(digest).map { ($0.bytes, $0.file) }
    }
  }
}
