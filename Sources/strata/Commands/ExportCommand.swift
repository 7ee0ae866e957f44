import ArgumentParser
import Contract
import Faces
import Lifecycle
import SolutionPackages
import Solutions

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write an unmanaged solution as a package.",
    discussion: """
      `--active-layer` writes what has been customized of a managed solution, as the unmanaged solution \
      NAME_ActiveLayer: a backup before these customizations are removed, which brings them back when it is imported. \
      What is published is written; drafts stay here, and the export says which. The same environment gives the same \
      bytes. `--folder` writes sources in place of a package; a folder that has them follows, and what says the same \
      stays as it is written. Exit status: 0 written, 4 refused, 1 could not be done, 64 wrong usage.
      """
  )

  @Argument(help: "Unique name of the solution.", completion: .solution)
  var name: SolutionName

  @Argument(
    help: "The file; default NAME_1_0_0_0.zip or NAME_1_0_0_0_managed.zip here.",
    completion: .package
  )
  var file: String?

  @Flag(help: "As managed, for other environments.")
  var managed = false

  @Flag(help: "The unmanaged layers over a managed solution, as an unmanaged one.")
  var activeLayer = false

  @Option(
    help: "The version of the package; the solution here gets it, too, without --active-layer."
  )
  var version: SolutionVersion?

  @Option(help: "In place of a version: raise one number of the present one.")
  var bump: VersionStrategy.Part?

  @OptionGroup var sources: ExportedSources
  @OptionGroup var planning: PlanningOptions
  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard file != "-" else { throw ValidationError("A package is written into a file.") }
    guard !(managed && activeLayer) else {
      throw ValidationError("An active layer is exported as unmanaged.")
    }
    guard version == nil || bump == nil else {
      throw ValidationError("Take --version or --bump, not both.")
    }
    guard sources.folder != nil else { return }
    guard file == nil else { throw ValidationError("Name a file or --folder, not both.") }
    guard !managed else {
      throw ValidationError("Sources are managed with --package-type managed or both.")
    }
    guard !activeLayer || sources.packageType ?? .unmanaged == .unmanaged else {
      throw ValidationError("An active layer is exported as unmanaged.")
    }
  }

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    if let folder = sources.folder { return try await write(into: folder, lifecycle) }
    let path = try await path(lifecycle)
    let outputs = try Outputs([("the package", path)], in: environment.location)
    let (exported, archive) = try await asked(as: managed ? .managed : .unmanaged, lifecycle) {
      try give($0, file: path, operation: nil)
    }
    if planning.plan {
      try give(exported, file: path, operation: nil)
      throw ExitCode(exported.export.storesVersion ? 2 : 0)
    }
    let sink = try outputs.open(path, isPrivate: false)
    try sink.write(archive.bytes)
    let operation = try await store(exported)
    try sink.commit()
    try give(exported, file: path, operation: operation)
  }

  /// The package, with what is said of it; what is refused is told, and ends the command.
  private func asked(
    as form: Export.Form,
    _ lifecycle: Lifecycle,
    refusing give: (ExportedPackage) throws -> Void
  ) async throws -> (ExportedPackage, ExportedPackage.Archive) {
    let version = try await wantedVersion(lifecycle)
    let question =
      activeLayer
      ? ExportQuestion(ofActiveLayerOver: name, version: version)
      : ExportQuestion(of: name, as: form, version: version)
    guard let exported = try await lifecycle.ask(question) else { throw notInstalled }
    if let archive = exported.archive { return (exported, archive) }
    try give(exported)
    let reason = exported.export.findings.first { $0.severity == .error }
    Progress.fail(
      Failure(
        refused:
          "\(name) is not exported\(form == .managed ? " as managed" : ""): \(reason?.message ?? "")",
        by: reason
      )
    )
    throw ExitCode(4)
  }

  /// The sources of the package, in place of the package.
  private func write(into folder: String, _ lifecycle: Lifecycle) async throws {
    let target = try FolderTarget(folder, overwriting: sources.overwrite)
    let type = sources.packageType ?? .unmanaged
    func source(_ form: Export.Form) async throws -> (ExportedPackage, FolderReader.Source) {
      let (exported, archive) = try await asked(as: form, lifecycle) {
        try give($0, operation: nil)
      }
      let export = exported.export
      let name = Export.fileName(
        of: export.solution.name,
        export.version,
        isManaged: export.isManaged
      )
      return (exported, (archive.bytes, name))
    }
    let (exported, main) = try await source(type == .managed ? .managed : .unmanaged)
    let twin = type == .both ? try await source(.managed).1 : nil
    let solution = exported.export.solution.name
    let work = try target.work(
      for: main,
      managed: twin,
      of: solution,
      called: "what is exported"
    )
    let shape = ExportShape.Folder(path: folder, packageType: type, files: work.shape)
    if planning.plan {
      try give(exported, folder: shape, operation: nil)
      throw ExitCode(exported.export.storesVersion ? 2 : 0)
    }
    let operation = try await store(exported)
    try target.write(work)
    try give(exported, folder: shape, operation: operation)
  }

  /// What is typed becomes the version that the solution has (LC-219).
  private func store(_ exported: ExportedPackage) async throws -> Int? {
    guard exported.export.storesVersion else { return nil }
    let version = exported.export.version
    let writing = try await environment.writing(waiting: waiting.seconds())
    let done = try await writing.perform(.settingVersion(of: name, to: version), by: .user)
    if let operation = done.operation { Console.isDone("operation \(operation)") }
    return done.operation
  }

  private func path(_ lifecycle: Lifecycle) async throws -> String {
    if let file { return file }
    guard let found = try await lifecycle.ask(SolutionQuestion(name)) else { throw notInstalled }
    let solution = found.solution.solution
    let version = try await wantedVersion(lifecycle) ?? solution.version
    return Export.fileName(
      of: activeLayer ? solution.name.ofActiveLayer : solution.name,
      version,
      isManaged: managed
    )
  }

  /// The one that is said; nil where the solution keeps its own.
  private func wantedVersion(_ lifecycle: Lifecycle) async throws -> SolutionVersion? {
    guard let bump else { return version }
    guard let found = try await lifecycle.ask(SolutionQuestion(name)) else { throw notInstalled }
    let present = found.solution.solution.version
    guard let next = present.raised(bump.part) else {
      throw Failure(.other, "no version follows \(present): it cannot be raised")
    }
    return next
  }

  private var notInstalled: Failure { .notExported(name, isManaged: managed) }

  private func give(
    _ exported: ExportedPackage,
    file: String? = nil,
    folder: ExportShape.Folder? = nil,
    operation: Int?
  ) throws {
    let document = ExportShape(
      exported,
      file: file,
      folder: folder,
      operation: operation,
      isPlan: planning.plan,
      kinds: .standard,
      spelled: Remedies.spelled
    )
    try output.give(document) { document.text($0) }
  }
}

/// What becomes of a package that is wanted as sources.
struct ExportedSources: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the files of its sources in place of a package, as strata unpack does.",
      valueName: "folder"
    ),
    completion: .directory
  )
  var folder: String?

  @Option(help: "With --folder: sources of unmanaged, managed or both; default unmanaged.")
  var packageType: Wire.PackageType?

  @Flag(help: "With --folder: replace files of another solution, or of none, that lie there.")
  var overwrite = false

  func validate() throws {
    guard folder != nil || packageType == nil && !overwrite else {
      throw ValidationError("--package-type and --overwrite go with --folder.")
    }
  }
}

extension ExportShape {
  func text(_ style: TextStyle) -> Prose {
    let form: Prose = solution.managed ? "managed" : "unmanaged"
    let name: Prose = "\(style.bold("\(solution.uniqueName)")) \(solution.version), \(form)"
    var lines: [Prose] = []
    let written: Prose = planned == true ? "would be written" : "written"
    let whole: Prose = "\(name), \(counted(components.total, "component"))"
    if let package {
      lines.append("\(whole), \(written) to \(package.file)")
    } else if let folder {
      lines.append(
        "\(whole), \(folder.packageType.rawValue) sources \(written) to \(folder.path): \(counted(folder.files.total, "file"))"
      )
      lines += folder.files.lines
    } else {
      lines.append("\(name), not exported")
    }
    if let operation { lines.append("  version stored by operation \(operation)") }
    if exitStatus == 2 { lines.append("  \(solution.version) would be the version here, too") }
    if planned == true, exitStatus == 0, let nextVersion {
      lines.append("  the version stays; --bump revision would make it \(nextVersion)")
    }
    if !findings.isEmpty {
      lines += [""] + findings.flatMap { FindingText.lines($0, style) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
