import ArgumentParser
import Contract
import FoundationEssentials
import Lifecycle
import SolutionPackages
import Solutions

/// How packages come in: the same for `plan` and `import`.
struct ImportOptions: ParsableArguments {
  @Option(
    help:
      "How a higher version comes in: upgrade (recommended, the default), stage, or update (not recommended: what the new version lacks stays)."
  )
  var action: PlanOptions.Choice = .auto

  @Flag(help: "Take needs that neither packages nor target meet as met.")
  var assumePresent = false

  @Flag(help: "What the packages say also replaces unmanaged customizations.")
  var overwriteCustomizations = false

  @Flag(
    inversion: .prefixedNo,
    help: "Enable plug-in steps and activate processes and flows after the import."
  )
  var enableSteps = false

  @Flag(help: "Publish all unmanaged work that is a draft, with what the packages bring.")
  var publishChanges = false

  @Flag(
    help:
      "Leave what lies in the trash there, where a dropped column or table comes back; default is that it comes with its values."
  )
  var noData = false

  @Option(
    help:
      "Values of environment variables and connections (JSON, as `pac solution create-settings` writes it).",
    completion: .json
  )
  var settingsFile: String?

  func options(isStrict: Bool, counts: RowCounts = RowCounts()) throws -> PlanOptions {
    try SettingsFile.options(chosen, isStrict: isStrict, counts: counts)
  }

  /// For the history, and for saved plans.
  var chosen: OperationOptions {
    OperationOptions(
      choice: action,
      assumesPresent: assumePresent,
      overwritesCustomizations: overwriteCustomizations,
      enablesProcesses: enableSteps,
      publishes: publishChanges,
      leavesTrash: noData,
      settingsFile: settingsFile.map { Files.absolute($0) }
    )
  }
}

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Import packages: plan them and apply the plan.",
    discussion: """
      A higher version of an installed managed solution comes in as an upgrade: what it no longer has is deleted. \
      Forms, views and their like of an unmanaged solution are drafts until strata publish. \
      Exit status: 0 done, 4 refused, 3 consent missing, 1 failed; unless it is 0 nothing was changed.
      """
  )

  @Argument(
    help: "Packages to import (.zip, .cab or a folder); several are one plan and one transaction.",
    completion: .package
  )
  var packages: [String]

  @OptionGroup var importing: ImportOptions
  @Flag(
    help:
      "Upgrade in two operations, stage and apply; when the second is refused the staged one stays."
  )
  var twoPhase = false

  @Flag(help: "Leave out packages whose solution is there in the same version or a higher one.")
  var skipLowerVersion = false

  @OptionGroup var folders: FolderOptions
  @OptionGroup var changing: ChangeOptions

  private var performing: PerformOptions { changing.performing }

  func validate() throws {
    guard !packages.isEmpty else { throw ValidationError("Name at least one package.") }
    guard !twoPhase || packages.count == 1 else {
      throw ValidationError("--two-phase takes one package.")
    }
    guard !twoPhase || importing.action == .auto || importing.action == .upgrade else {
      throw ValidationError("--two-phase is a way of upgrading.")
    }
  }

  func run() async throws {
    let form = try folders.form(for: packages)
    let archives = try await wanted(try packages.map { try Files.archive($0, as: form) })
    var options = try importing.options(isStrict: true)
    guard twoPhase, !archives.isEmpty else {
      return try await changing.perform(.importing(archives, options), options: importing.chosen)
    }
    options.choice = .stage
    if changing.isPlan {
      Console.tell(
        "This is the first of two operations; the second can be planned when it is done: "
          + "strata upgrade apply \(archives[0].package.name) --plan"
      )
    }
    try await changing.perform(.importing(archives, options), options: importing.chosen)
    do {
      try await performing.perform(
        .applyUpgrade(archives[0].package.name),
        options: importing.chosen
      )
    } catch let status as ExitCode {
      Console.tell(
        "Solution Upgrade action failed after import as holding (0x8004F046): the staged version stays. "
          + "Mend the cause and run strata upgrade apply \(archives[0].package.name), or give it up with "
          + "strata upgrade discard \(archives[0].package.name)."
      )
      throw status
    }
  }

  private func wanted(_ archives: [Request.Archive]) async throws -> [Request.Archive] {
    guard skipLowerVersion else { return archives }
    let lifecycle = try await performing.environment.lifecycle()
    var wanted: [Request.Archive] = []
    for archive in archives {
      let manifest = archive.package.manifest
      let found = try await lifecycle.ask(SolutionQuestion(manifest.name))
      guard let version = found?.solution.solution.version, version >= manifest.version else {
        wanted.append(archive)
        continue
      }
      if !performing.output.quiet {
        Console.tell("\(manifest.name) \(manifest.version) is left out: \(version) is there.")
      }
    }
    return wanted
  }
}
