package import Archive
internal import Hashing
package import Solutions
package import XML

/// Reads a solution package: bytes into a `SolutionPackage` with everything there is to say about it.
package struct PackageReader: Sendable {
  package let kinds: ComponentKinds
  package let archiveLimits: ArchiveLimits
  package let xmlLimits: XMLLimits
  /// Of processes, flows and formulas; a larger one is only hashed.
  package let bytesPerNamingPart: Int
  /// Shared by all packages of a run.
  package let memory: MemoryBudget

  package init(
    kinds: ComponentKinds = .standard,
    archiveLimits: ArchiveLimits = .standard,
    xmlLimits: XMLLimits = .standard,
    bytesPerNamingPart: Int = 16 << 20,
    memory: MemoryBudget = MemoryBudget()
  ) {
    self.bytesPerNamingPart = bytesPerNamingPart
    self.memory = memory
    self.kinds = kinds
    self.archiveLimits = archiveLimits
    self.xmlLimits = xmlLimits
  }

  /// - Parameter file: how the package is called in findings.
  package func read(_ bytes: [UInt8], file: String) throws(PackageError) -> SolutionPackage {
    let contents = try contents(bytes, file)
    let missing = PackageContents.rootParts.filter { !contents.rootPartsFound.contains($0) }
    guard missing.isEmpty, let manifestTree = contents.manifest,
      let customizations = contents.customizations
    else {
      throw PackageError(
        file: file,
        finding: Finding(
          NoPackage(file: file, missing: missing),
          at: Location(file: file, line: 0)
        )
      )
    }
    let manifest = try ManifestReader(kinds: kinds).read(manifestTree, file: file)
    let components = try components(contents, customizations, file)
    let sorted = components.sorted()
    let findings =
      manifest.findings + components.findings
      + PackageChecks.all(manifest.value, sorted, kinds: kinds)
    return SolutionPackage(
      file: file,
      digest: SHA256Digest(of: bytes),
      container: contents.container,
      bytes: bytes.count,
      entries: contents.entryCount,
      manifest: manifest.value.with(
        roots: Roots.resolved(manifest.value.roots, among: sorted, kinds: kinds)
      ),
      components: sorted,
      carried: components.carried,
      findings: findings.sorted(),
      frame: components.frame(manifest: manifestTree, customizations: customizations)
    )
  }

  /// Begins to read packages on another thread.
  ///
  /// - Parameter archives: with the names by which findings call them.
  /// - Returns: waits for them, in the order in which they were given; throws `PackageError` of the first that cannot be read.
  package func readAhead(
    _ archives: [(bytes: [UInt8], file: String)]
  ) -> @Sendable () throws(PackageError) -> [SolutionPackage] {
    let ahead = Ahead { () throws(PackageError) in
      try archives.map { archive throws(PackageError) in
        try read(archive.bytes, file: archive.file)
      }
    }
    return { () throws(PackageError) in try ahead.value() }
  }

  private func components(
    _ contents: PackageContents,
    _ customizations: XMLTree,
    _ file: String
  ) throws(PackageError) -> ComponentReader {
    var components = ComponentReader(kinds: kinds, files: contents.files, memory: memory)
    do throws(PartError) {
      try components.read(customizations: customizations)
      try components.read(componentFiles: contents.componentFiles)
    } catch {
      throw PackageError(file: file, error)
    }
    components.read(variableValues: contents.variableValues)
    components.carryTheRest()
    return components
  }

  private func contents(
    _ bytes: [UInt8],
    _ file: String
  ) throws(PackageError) -> PackageContents {
    try reading(file) { try PackageContents(bytes, kinds: kinds, reader: self) }
  }

  /// What archives and parts throw, with the package's name.
  func reading<Value>(
    _ file: String,
    _ body: () throws -> Value
  ) throws(PackageError) -> Value {
    do {
      return try body()
    } catch let error as ArchiveError {
      throw PackageError(
        file: file,
        finding: Finding(
          UnreadableArchive(file: file, entry: error.entry, problem: error.message),
          at: Location(file: file, line: 0)
        )
      )
    } catch let error as PartError {
      throw PackageError(file: file, error)
    } catch {
      preconditionFailure("reading an archive fails in known ways only: \(error)")
    }
  }
}

extension PackageError {
  init(file: String, _ error: PartError) {
    self.init(
      file: file,
      finding: Finding(
        MalformedPart(part: error.part, line: error.line, problem: error.problem),
        at: Location(file: error.part, line: error.line)
      )
    )
  }
}

/// A part that was refused.
struct PartError: Error {
  let part: String
  /// 0 where no line can be named.
  let line: Int
  let problem: String
}
