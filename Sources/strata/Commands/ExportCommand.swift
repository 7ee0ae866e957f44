import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write an unmanaged solution as a package.",
    discussion: """
      `--active-layer` writes what has been customized of a managed solution, as the unmanaged solution \
      NAME_ActiveLayer: a backup before these customizations are removed, which brings them back when it is imported. \
      What is published is written; drafts stay here, and the export says which. The same environment gives the same \
      bytes. Exit status: 0 written, 4 refused, 1 could not be done, 64 wrong usage.
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

  @OptionGroup var planning: PlanningOptions
  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard file != "-" else { throw ValidationError("A package is written into a file.") }
    guard !(managed && activeLayer) else {
      throw ValidationError("An active layer is exported as unmanaged.")
    }
  }

  func run() async throws {
    let lifecycle = try await environment.lifecycle()
    let path = try await path(lifecycle)
    let outputs = try Outputs([("the package", path)], in: environment.location)
    let question =
      activeLayer
      ? ExportQuestion(ofActiveLayerOver: name, version: version)
      : ExportQuestion(of: name, as: managed ? .managed : .unmanaged, version: version)
    guard let exported = try await lifecycle.ask(question) else { throw notInstalled }
    guard let archive = exported.archive else {
      try give(exported, path, operation: nil)
      let reasons = exported.export.findings.filter { $0.severity == .error }
      Progress.fail(
        Failure(
          code: reasons.first.map { "\($0.code)" } ?? Failure.Code.refused.rawValue,
          "\(name) is not exported: \(reasons.first?.message ?? "")",
          remedy: reasons.first.flatMap { Remedies.sentence(of: $0) }.map { "\($0)" },
          status: 4
        )
      )
      throw ExitCode(4)
    }
    if planning.plan {
      try give(exported, path, operation: nil)
      throw ExitCode(exported.export.storesVersion ? 2 : 0)
    }
    let sink = try outputs.open(path, isPrivate: false)
    try sink.write(archive.bytes)
    let operation = try await store(exported)
    try sink.commit()
    try give(exported, path, operation: operation)
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
    let version = version ?? solution.version
    return Export.fileName(
      of: activeLayer ? solution.name.ofActiveLayer : solution.name,
      version,
      isManaged: managed
    )
  }

  private var notInstalled: Failure {
    Failure(.notInstalled, "\(name) is not installed", remedy: "strata list shows what is")
  }

  private func give(_ exported: ExportedPackage, _ path: String, operation: Int?) throws {
    let document = ExportShape(
      exported,
      file: path,
      operation: operation,
      isPlan: planning.plan,
      kinds: .standard,
      spelled: Remedies.spelled
    )
    try output.give(document) { document.text($0) }
  }
}

extension ExportShape {
  func text(_ style: TextStyle) -> Prose {
    let form: Prose = solution.managed ? "managed" : "unmanaged"
    let name: Prose = "\(style.bold("\(solution.uniqueName)")) \(solution.version), \(form)"
    var lines: [Prose] = []
    let written: Prose = planned == true ? "would be written" : "written"
    if let package {
      lines.append(
        "\(name), \(counted(components.total, "component")), \(written) to \(package.file)"
      )
    } else {
      lines.append("\(name), not exported")
    }
    if let operation { lines.append("  version stored by operation \(operation)") }
    if exitStatus == 2 { lines.append("  \(solution.version) would be the version here, too") }
    if !findings.isEmpty {
      lines += [""] + findings.flatMap { FindingText.lines($0, style) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
