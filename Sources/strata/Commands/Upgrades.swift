import ArgumentParser
import FoundationEssentials
import Lifecycle
import SolutionPackages
import SolutionStore
import Solutions

struct UpgradeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade",
    abstract: "What becomes of a staged upgrade.",
    subcommands: [Apply.self, Discard.self]
  )

  struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Apply Solution Upgrade: the staged version replaces the base and its patches."
    )

    @Argument(help: "The base solution, not its _Upgrade.")
    var name: SolutionName

    @OptionGroup var performing: PerformOptions

    func run() async throws { try await performing.perform(.applyUpgrade(name)) }
  }

  struct Discard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gives the staged version up; what only it has is deleted."
    )

    @Argument(help: "The base solution.")
    var name: SolutionName

    @OptionGroup var performing: PerformOptions

    func run() async throws { try await performing.perform(.discardUpgrade(name)) }
  }
}

struct Uninstall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Uninstalls a solution with its patches; of an unmanaged one only the container goes."
  )

  @Argument(help: "Unique name of the solution.")
  var name: SolutionName

  @OptionGroup var performing: PerformOptions

  func run() async throws { try await performing.perform(.uninstall(name)) }
}

struct Rollback: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Undoes the last operation, or everything back to and including one.",
    discussion:
      "A rollback is an operation like any other: it is planned, recorded, and can be undone itself."
  )

  @Argument(help: "The first operation to undo, by its number in the history; default the last.")
  var operation: Int?

  @Flag(help: "Only show what it would do.")
  var plan = false

  @OptionGroup var performing: PerformOptions

  func run() async throws {
    let lifecycle = try await performing.environment.lifecycle()
    let newest = try await lifecycle.store.read { try $0.environment().revision }
    try await performing.perform(.rollback(operation ?? newest), isOnlyPlanned: plan)
  }
}

struct Downgrade: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Brings back a version of a solution that was imported here before.",
    discussion: "Its package was kept. What it does not have is deleted, as in an upgrade."
  )

  @Argument(help: "Unique name of the solution.")
  var name: SolutionName

  @Argument(help: "The version; default the one before.")
  var version: String?

  @OptionGroup var importing: ImportOptions
  @OptionGroup var performing: PerformOptions

  func run() async throws {
    let lifecycle = try await performing.environment.lifecycle()
    let (name, version) = (name, version)
    let found = try await lifecycle.store.read { session -> (file: String, bytes: [UInt8])? in
      let now = try session.solutions(at: nil).first { $0.name == name }?.version.text
      let archives = try session.archives(of: name)
      let wanted = archives.first { archive in
        version.map { SolutionVersion($0) == SolutionVersion(archive.version) }
          ?? (archive.version != now)
      }
      return try wanted.flatMap { try session.package($0.digest) }
    }
    guard let found else {
      throw Files.Failure(
        description:
          "no package of \(name)\(version.map { " \($0)" } ?? " of another version") was imported here"
          + "\n  → strata history shows which were"
      )
    }
    let package = try PackageReader().read(found.bytes, file: found.file)
    var options = try importing.options(isStrict: true)
    options.choice = .upgrade
    options.allowsLowerVersion = true
    try await performing.perform(
      .importing([Request.Archive(package: package, bytes: found.bytes)], options)
    )
  }
}

extension SolutionName: ExpressibleByArgument {
  /// Reads a unique name from the command line.
  public init?(argument: String) { self.init(argument) }
}
