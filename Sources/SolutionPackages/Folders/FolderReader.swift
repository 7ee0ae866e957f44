internal import Archive
package import Solutions
internal import XML

/// Takes packages apart into the files of the layout of SolutionPackager, and puts them together again.
package struct FolderReader: Sendable {
  /// With its limits, and the memory that all packages of a run share.
  package let reader: PackageReader

  package init(_ reader: PackageReader = PackageReader()) { self.reader = reader }

  // MARK: Files

  /// Those of a folder's files whose content says something of the solution; the rest is left alone.
  ///
  /// - Parameter paths: below the folder.
  package static func owned(among paths: [String]) -> Set<String> {
    guard !isYAML(paths) else { return Set(paths.filter(YAMLPaths.isRead)) }
    let places = FolderPlaces(paths.map(FolderPlaces.canonical))
    return Set(
      paths.filter { path in
        let canonical = FolderPlaces.canonical(path)
        return switch places[canonical] {
        case .leftOut, .canvasSource:
          path.lowercased().hasPrefix(managedParts) || places.document(ofTwin: canonical) != nil
        default: true
        }
      }
    )
  }

  /// Whether these are files of the newer layout (PF-B3).
  package static func isYAML(_ paths: [String]) -> Bool { !YAMLPaths.solutions(paths).isEmpty }

  private static let managedParts = FolderLayout.managedParts.lowercased()

  /// What a folder may hold at most; every number is inclusive.
  package var limits: (files: Int, depth: Int, bytes: Int, bytesPerFile: Int, nameBytes: Int) {
    let limits = reader.archiveLimits
    return (
      limits.entries, limits.depth, limits.totalBytes, limits.bytesPerEntry, limits.nameBytes
    )
  }

  /// Where the manifest of a solution lies.
  package static let manifest = FolderLayout.manifest

  /// Those of a folder's files that are manifests of solutions: several only in the newer layout.
  ///
  /// - Parameter paths: below the folder.
  package static func manifests(among paths: [String]) -> [String] {
    let solutions = YAMLPaths.solutions(paths)
    guard solutions.isEmpty else {
      return paths.filter { path in solutions.contains { YAMLPaths.isManifest(path, of: $0) } }
    }
    return paths.filter {
      FolderPlaces.canonical($0).lowercased() == FolderLayout.manifest.lowercased()
    }
  }

  // MARK: Packing

  package struct Packed: Sendable {
    /// A zip archive.
    package let bytes: [UInt8]
    package let isManaged: Bool
    /// Whether the sources are of both packages, and nobody has said which is meant.
    package let isUnsaid: Bool
    /// Files of the folder that are no part of it, and why; in order of path.
    package let leftOut: [(path: String, reason: String)]
    package let origins: FolderOrigins
  }

  /// A package of the files; the same files give the same bytes.
  ///
  /// - Parameters:
  ///   - isManaged: nil for what the sources are of, which is unmanaged for those of both.
  ///   - name: how the folder is called in findings.
  package func pack(
    _ folder: SolutionFolder,
    isManaged: Bool? = nil,
    name: String
  ) throws(PackageError) -> Packed {
    let bytes = folder.files.reduce(into: 0) { $0 += $1.bytes.count }
    do throws(PartError) {
      try reader.memory.take(bytes, for: name)
    } catch {
      throw PackageError(folder: name, error)
    }
    let solutions = YAMLPaths.solutions(folder.files.map(\.path))
    let form = ChosenForm(of: self.form(of: folder), said: isManaged)
    guard solutions.isEmpty else {
      return try pack(folder, try chosen(folder, among: solutions, name), form, name)
    }
    let files = FolderPacker(folder, isManaged: form.isManaged, limits: reader.xmlLimits)
    var composer = FolderComposer(files)
    let manifest = composer.manifest(isManaged: form.isManaged)
    let customizations = composer.customizations()
    let problems = files.problems + composer.problems
    guard problems.isEmpty else { throw PackageError(folder: name, problems) }
    return try packed(manifest, customizations, of: files, as: form, name)
  }

  /// - Parameters:
  ///   - manifest: made of `files`, as `customizations` is.
  ///   - name: how the folder is called in findings.
  private func packed(
    _ manifest: SourceWriter,
    _ customizations: SourceWriter,
    of files: some FolderSources,
    as form: ChosenForm,
    _ name: String
  ) throws(PackageError) -> Packed {
    var origins = files.origins
    for (file, writer) in [
      (ManifestWriter.file, manifest), (CustomizationsWriter.file, customizations),
    ] {
      let marks = writer.marks.map { mark in
        let path = files.place(of: files.documents[mark.file].path)
        return (line: mark.line, path: path, sourceLine: mark.sourceLine)
      }
      origins.add(marks, of: file)
    }
    do throws(ArchiveError) {
      let archive = try PackageWriter.archive(
        customizations: customizations.bytes,
        manifest: manifest.bytes,
        files: files.parts
      )
      return Packed(
        bytes: archive,
        isManaged: form.isManaged,
        isUnsaid: form.isUnsaid,
        leftOut: files.leftOut,
        origins: origins
      )
    } catch {
      throw PackageError(
        folder: name,
        PartError(part: error.entry ?? name, line: 0, problem: error.message)
      )
    }
  }

  // MARK: The newer layout

  private func chosen(
    _ folder: SolutionFolder,
    among solutions: [String],
    _ name: String
  ) throws(PackageError) -> String {
    if let wanted = folder.solution ?? (solutions.count == 1 ? solutions.first : nil) {
      return wanted
    }
    let names = solutions.joined(separator: ", ")
    throw PackageError(
      folder: name,
      PartError(
        part: "solutions",
        line: 0,
        problem: "there are several, \(names); name the folder of one of them"
      )
    )
  }

  private func pack(
    _ folder: SolutionFolder,
    _ solution: String,
    _ form: ChosenForm,
    _ name: String
  ) throws(PackageError) -> Packed {
    let files = YAMLFolder(
      folder,
      solution: solution,
      kinds: reader.kinds,
      limits: reader.xmlLimits
    )
    guard files.problems.isEmpty else { throw PackageError(folder: name, files.problems) }
    let composer = YAMLComposer(files)
    let packed = try packed(
      composer.manifest(isManaged: form.isManaged),
      composer.customizations(),
      of: files,
      as: form,
      name
    )
    try requireRoots(of: packed, files, name)
    return packed
  }

  /// SolutionPackager leaves out a root without files and says nothing: the import fails, or the component is gone.
  private func requireRoots(
    of packed: Packed,
    _ files: YAMLFolder,
    _ name: String
  ) throws(PackageError) {
    guard let roots = files.roots.map({ files.documents[$0] }) else { return }
    let package = try read(packed, name: name)
    let lines = roots.root.children("RootComponent").map(\.line)
    let all = package.manifest.roots
    let problems = all.enumerated().compactMap { number, root -> UnreadableFolder.Problem? in
      guard package.component(root.id) == nil else { return nil }
      return UnreadableFolder.Problem(
        path: roots.path,
        line: lines.count == all.count ? lines[number] : 0,
        problem: "it lists \(reader.kinds[root.id.type].name) “\(root.id.key)”, and no file has it"
      )
    }
    guard problems.isEmpty else { throw PackageError(folder: name, problems) }
  }

  /// The package that a folder makes, with findings where its files have them.
  ///
  /// - Parameter name: how the folder is called in findings.
  package func read(
    _ packed: Packed,
    name: String
  ) throws(PackageError) -> SolutionPackage {
    do throws(PackageError) {
      let package = try reader.read(packed.bytes, file: name)
      let own = [
        packed.isUnsaid ? Finding(FormUnsaid(folder: name)) : nil,
        RootsWithoutFiles.finding(in: package, of: name, kinds: reader.kinds)?
          .at(packed.origins.origin(of:)),
      ]
      return package.at(telling: own.compactMap(\.self), packed.origins.origin(of:))
    } catch {
      throw PackageError(file: name, finding: error.finding.at { packed.origins.origin(of: $0) })
    }
  }

  /// What the sources are of, as their manifest says; unmanaged where it does not.
  package func form(of folder: SolutionFolder) -> SolutionFolder.Form {
    let said = manifest(of: folder)
    switch said?.root.descend("SolutionManifest", "Managed")?.text {
    case "1": return .managed
    case "2": return .both
    default: return .unmanaged
    }
  }

  /// Unique name of the solution whose files these are; nil where the manifest does not say.
  package func solution(of folder: SolutionFolder) -> String? {
    manifest(of: folder)?.root.descend("SolutionManifest", "UniqueName")?.text
  }

  private func manifest(of folder: SolutionFolder) -> XMLTree? {
    let solutions = YAMLPaths.solutions(folder.files.map(\.path))
    if let solution = folder.solution ?? solutions.first, !solutions.isEmpty {
      return folder.files.first { YAMLPaths.isManifest($0.path, of: solution) }.flatMap(yaml)
    }
    let file = folder.files.first {
      FolderPlaces.canonical($0.path).lowercased() == FolderLayout.manifest.lowercased()
    }
    guard let file else { return nil }
    do throws(XMLError) {
      return try XMLTree(file.bytes, limits: reader.xmlLimits)
    } catch {
      // What is wrong with it is told where it is packed.
      return nil
    }
  }

  private func yaml(_ file: SolutionFolder.File) -> XMLTree? {
    do {
      let xml = try YAMLDocument.xml(file.bytes, limits: reader.xmlLimits)
      return try XMLTree(xml, limits: reader.xmlLimits)
    } catch {
      // As above.
      return nil
    }
  }

  // MARK: Unpacking

  /// A package with its name for findings.
  package typealias Source = (bytes: [UInt8], file: String)

  /// The files of a package; the same package gives the same bytes.
  ///
  /// - Parameters:
  ///   - managed: its managed twin, where the sources are to be of both.
  ///   - endsLinesAsWindows: CRLF in the documents that are made, in place of LF.
  package func unpack(
    _ package: Source,
    managed: Source? = nil,
    endsLinesAsWindows: Bool = false
  ) throws(PackageError) -> SolutionFolder {
    let lineEnd = endsLinesAsWindows ? SourceWriter.LineEnd.crlf : .lf
    let flag = managed == nil ? nil : "2"
    let files = try files(of: package, flag: flag, lineEnd)
    guard let managed else { return SolutionFolder(files) }
    let twins = FolderTwins(
      unmanaged: files,
      managed: try self.files(of: managed, flag: flag, lineEnd),
      lineEnd: lineEnd
    )
    if let (path, problem) = twins.problems.first {
      throw PackageError(file: managed.file, PartError(part: path, line: 0, problem: problem))
    }
    return SolutionFolder(twins.files)
  }

  private func files(
    of package: Source,
    flag: String?,
    _ lineEnd: SourceWriter.LineEnd
  ) throws(PackageError) -> [String: [UInt8]] {
    do throws(PartError) {
      var contents = try contents(of: package)
      let documents = try PackageContents.rootParts.prefix(2).map { path throws(PartError) in
        guard let bytes = contents.removeValue(forKey: path) else {
          throw PartError(part: path, line: 0, problem: "it is missing")
        }
        return try document(bytes, path)
      }
      contents["[Content_Types].xml"] = nil
      var unpacker = FolderUnpacker(
        customizations: documents[1],
        manifest: documents[0],
        flag: flag,
        parts: contents,
        lineEnd: lineEnd
      )
      try unpacker.unpack()
      return unpacker.files
    } catch {
      throw PackageError(file: package.file, error)
    }
  }

  private func document(_ bytes: [UInt8], _ path: String) throws(PartError) -> SourceDocument {
    let document: SourceDocument
    do throws(XMLError) {
      document = try SourceDocument(bytes, limits: reader.xmlLimits)
    } catch {
      throw PartError(part: path, line: error.line, problem: error.message)
    }
    try reader.memory.take(document.memory, for: path)
    return document
  }

  private func contents(of package: Source) throws(PartError) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    do {
      let archive = try ArchiveReader(package.bytes, limits: reader.archiveLimits)
      try archive.forEachFile { entry, content in
        try reader.memory.take(entry.bytes, for: entry.path)
        files[entry.path] = try content.whole()
        return true
      }
    } catch let error as ArchiveError {
      throw PartError(part: error.entry ?? package.file, line: 0, problem: error.message)
    } catch let error as PartError {
      throw error
    } catch {
      preconditionFailure("reading an archive fails in known ways only: \(error)")
    }
    return files
  }
}

/// As which package sources are taken.
private struct ChosenForm {
  let isManaged: Bool
  let isUnsaid: Bool

  init(of form: SolutionFolder.Form, said isManaged: Bool?) {
    self.isManaged = isManaged ?? (form == .managed)
    isUnsaid = isManaged == nil && form == .both
  }
}

extension SolutionFolder {
  fileprivate init(_ files: [String: [UInt8]]) {
    self.init(files: files.map { File(path: $0.key, bytes: $0.value) })
  }
}

extension PackageError {
  fileprivate init(folder: String, _ problems: [UnreadableFolder.Problem]) {
    let first = problems.first
    self.init(
      file: folder,
      finding: Finding(
        UnreadableFolder(folder: folder, problems: problems),
        at: Location(file: first?.path ?? folder, line: first?.line ?? 0)
      )
    )
  }

  fileprivate init(folder: String, _ error: PartError) {
    self.init(
      folder: folder,
      [UnreadableFolder.Problem(path: error.part, line: error.line, problem: error.problem)]
    )
  }
}
