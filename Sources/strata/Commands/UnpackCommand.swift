import ArgumentParser
import Contract
import Faces
import SolutionPackages
import Solutions

extension Wire.PackageType: ExpressibleByArgument {}

struct UnpackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Take a package apart into files for version control.",
    discussion: """
      The files lie where SolutionPackager puts them (pac solution unpack). In a folder that holds the same solution \
      already, files that it no longer has are removed; what belongs to no solution stays. \
      Exit status: 0 done, 4 refused, 1 could not be done, 64 wrong usage.

      Example:
        strata unpack FieldService_1_2_0_0.zip src
      """
  )

  @Argument(help: "A solution package (.zip or .cab).", completion: .package)
  var package: String

  @Argument(help: "The folder; it is made where it is missing.", completion: .directory)
  var folder: String

  @Option(
    help:
      "unmanaged, managed or both; default what the package is. both reads PACKAGE_managed.zip, too."
  )
  var packageType: Wire.PackageType?

  @Flag(help: "Replace files of another solution, or of none, that lie in the folder.")
  var overwrite = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let present = try present()
    let source = try source(package)
    let twin = packageType == .both ? try self.source(managedTwin) : nil
    let read = try Files.reader.read(source.bytes, file: source.file)
    try requireForm(of: read, twin)
    let unpacked = try FolderReader(Files.reader).unpack(
      source,
      managed: twin,
      endsLinesAsWindows: present.endsLinesAsWindows
    )
    let files = Dictionary(unpacked.files.map { ($0.path, $0.bytes) }) { first, _ in first }
    let changes = try changes(present, to: files, of: read)
    try OutputFolder(folder).write(changes, files)
    let document = UnpackShape(
      read,
      folder: folder,
      packageType: packageType ?? (read.manifest.isManaged ? .managed : .unmanaged),
      files: UnpackShape.Files(
        total: files.count,
        added: changes.added,
        changed: changes.changed,
        removed: changes.removed,
        unchanged: changes.unchanged,
        kept: changes.kept.count
      )
    )
    try output.give(document) { document.text($0) }
  }

  private func source(_ path: String) throws -> FolderReader.Source {
    (try Files.bytes(of: path), Files.name(of: path))
  }

  private var managedTwin: String { PackageNames.managedTwin(of: package) }

  private func requireForm(
    of package: SolutionPackage,
    _ twin: FolderReader.Source?
  ) throws {
    let isManaged = package.manifest.isManaged
    if let packageType, (packageType == .managed) != isManaged {
      throw refusal("\(self.package) is \(isManaged ? "managed" : "unmanaged")")
    }
    guard let twin else { return }
    let other = try Files.reader.read(twin.bytes, file: twin.file)
    guard other.manifest.isManaged else { throw refusal("\(managedTwin) is unmanaged") }
    guard other.name == package.name, other.manifest.version == package.manifest.version else {
      throw refusal(
        "\(managedTwin) is \(other.name) \(other.manifest.version), and \(self.package) is \(package.name) \(package.manifest.version)"
      )
    }
  }

  private func refusal(_ what: Prose) -> Failure {
    Failure(.refused, "\(what); nothing was written", status: 4)
  }

  // MARK: The folder as it is

  /// What lies in the folder now.
  private struct Present {
    var files: [String: [UInt8]] = [:]
    var owned: Set<String> = []
    /// Whose it is.
    var solution: String?
    var isHalfWay = false

    var endsLinesAsWindows: Bool {
      files[FolderReader.manifest]?.contains(0x0D) ?? false
    }
  }

  private func present() throws -> Present {
    guard let node = FileNode(folder) else { return Present() }
    guard node.kind == .folder else {
      throw Failure(.unwritable, "cannot write \(folder): it is no folder")
    }
    let there = try FolderInput.read(folder, name: Files.name(of: folder))
    guard !FolderReader.isYAML(there.files.map(\.path)) else {
      throw Failure(
        .wouldOverwrite,
        "\(folder) has the layout of Git integration, which is read and not written; nothing was written",
        remedy: "name another folder"
      )
    }
    return Present(
      files: Dictionary(there.files.map { ($0.path, $0.bytes) }) { first, _ in first },
      owned: FolderReader.owned(among: there.files.map(\.path)),
      solution: FolderReader(Files.reader).solution(of: there),
      isHalfWay: OutputFolder.isHalfWay(folder)
    )
  }

  private func changes(
    _ present: Present,
    to files: [String: [UInt8]],
    of package: SolutionPackage
  ) throws -> OutputFolder.Changes {
    let isSame = present.solution?.lowercased() == package.name.text.lowercased()
    let changes = OutputFolder.Changes(
      from: present.files,
      owned: present.owned,
      isOwn: isSame || present.isHalfWay || overwrite,
      to: files
    )
    if let solution = present.solution, !isSame, !present.isHalfWay, !overwrite {
      throw Failure(
        .wouldOverwrite,
        "\(folder) holds the solution \(solution), and \(self.package) is \(package.name); nothing was written",
        remedy: "name another folder, or replace it with --overwrite"
      )
    }
    guard changes.foreign.isEmpty else {
      let named = changes.foreign.prefix(3).joined(separator: ", ")
      throw Failure(
        .wouldOverwrite,
        "\(folder) has files that unpack did not make: \(named)\(changes.foreign.count > 3 ? " and others" : ""); nothing was written",
        remedy: "name another folder, or replace them with --overwrite"
      )
    }
    for path in changes.changed + changes.removed
    where OutputPlace("\(folder)/\(path)").isSame(as: OutputPlace(self.package)) {
      throw Failure(
        .wouldOverwrite,
        "\(folder)/\(path) is the package that is unpacked; nothing was written",
        remedy: "name another folder"
      )
    }
    return changes
  }
}

extension UnpackShape {
  func text(_ style: TextStyle) -> Prose {
    let name: Prose = "\(style.bold("\(solution.uniqueName)")) \(solution.version)"
    var lines: [Prose] = [
      "\(name), \(packageType.rawValue), unpacked into \(folder): \(counted(files.total, "file"))"
    ]
    let parts: [(Int, Prose)] = [
      (files.added.count, "added"), (files.changed.count, "changed"),
      (files.removed.count, "removed"), (files.unchanged, "unchanged"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" as Prose }
    if files.added.count < files.total || !files.removed.isEmpty {
      lines.append("  \(told.joined(separator: ", "))")
    }
    if files.kept > 0 {
      lines.append("  \(counted(files.kept, "file")) of no solution left alone")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
