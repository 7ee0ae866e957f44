import ArgumentParser
import Contract
import Faces
import FoundationEssentials
import Lifecycle
import SolutionPackages
import Solutions

struct UpgradeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upgrade",
    abstract: "Apply or discard a staged upgrade.",
    subcommands: [Apply.self, Discard.self]
  )

  struct Apply: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Apply Solution Upgrade: the staged version replaces the base and its patches."
    )

    @Argument(help: "The base solution, not its _Upgrade.", completion: .solution)
    var name: SolutionName

    @OptionGroup var changing: ChangeOptions

    func run() async throws { try await changing.perform(.applyUpgrade(name)) }
  }

  struct Discard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gives the staged version up; what only it has is deleted."
    )

    @Argument(help: "The base solution.", completion: .solution)
    var name: SolutionName

    @OptionGroup var changing: ChangeOptions

    func run() async throws { try await changing.perform(.discardUpgrade(name)) }
  }
}

struct Uninstall: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Uninstall a solution with its patches."
  )

  @Argument(help: "Unique name of the solution.", completion: .solution)
  var name: SolutionName

  @OptionGroup var changing: ChangeOptions

  func run() async throws { try await changing.perform(.uninstall(name)) }
}

struct Rollback: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Undo the last operation or several, data included.",
    discussion:
      "A rollback is an operation like any other: it is planned, recorded, and can be undone itself."
  )

  @Argument(
    help: "The first operation to undo, by its number in the history; default the last.",
    completion: .operation,
    transform: Numbers.operation
  )
  var operation: Int?

  @OptionGroup var changing: ChangeOptions

  func run() async throws {
    let lifecycle = try await changing.environment.lifecycle()
    let newest = try await lifecycle.ask(EnvironmentQuestion()).revision
    let first = operation == nil ? try await lifecycle.ask(UndoneQuestion(by: newest)) : nil
    try await changing.perform(.rollback(operation ?? newest))
    if let first {
      Console.suggest(
        NextStep.rolledBack(newest, thatUndid: first),
        changing.performing.output
      )
    }
  }
}

struct Downgrade: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Return to a version that was installed here before.",
    discussion: """
      Its package was kept. What it does not have is deleted, as in an upgrade; columns and tables that come back have \
      their values of then. Exit status: 0 done, 4 refused, 3 consent missing; unless it is 0 nothing was changed.
      """
  )

  @Argument(help: "Unique name of the solution.", completion: .solution)
  var name: SolutionName

  @Argument(help: "The version; default the next lower one that was imported here.")
  var version: String?

  @OptionGroup var importing: ImportOptions
  @OptionGroup var changing: ChangeOptions

  func validate() throws {
    guard version.map({ SolutionVersion($0) != nil }) ?? true else {
      throw ValidationError("\(version ?? "") is no version.")
    }
  }

  func run() async throws {
    let lifecycle = try await changing.environment.lifecycle()
    let (now, kept) = try await lifecycle.ask(KeptPackagesQuestion(of: name))
    guard let now else { throw refuse("\(name) is not installed", kept) }
    guard let chosen = choose(from: kept, below: now) else {
      throw refuse(
        version.map { version in
          SolutionVersion(version).map { $0 >= now } ?? false
            ? "\(name) \(version) is not lower than the installed \(now)"
            : "\(name) \(version) was not imported here"
        } ?? "nothing lower than \(name) \(now) was imported here",
        kept
      )
    }
    guard let found = try await lifecycle.ask(PackageQuestion(chosen.digest)) else {
      throw Failure(.notKept, "the package of \(name) \(chosen.version) is not kept")
    }
    let package = try Files.reader.read(found.bytes, file: found.file)
    var options = try importing.options(isStrict: true)
    options.choice = .upgrade
    options.allowsLowerVersion = true
    try await changing.perform(
      .importing([Request.Archive(package: package, bytes: found.bytes)], options),
      options: importing.chosen
    )
  }

  /// The newest package of the version asked for, or of the highest that is lower.
  private func choose(from kept: [KeptPackage], below now: SolutionVersion) -> KeptPackage? {
    let lower = kept.filter { $0.version < now }
    let wanted = version.map { SolutionVersion($0) } ?? lower.map(\.version).max()
    return lower.first { $0.version == wanted }
  }

  private func refuse(_ message: String, _ kept: [KeptPackage]) -> Failure {
    let versions = Set(kept.map(\.version)).sorted(by: >).map(\.text)
    let list =
      versions.isEmpty
      ? "no package of \(name) is kept here" : "kept here: \(versions.joined(separator: ", "))"
    return Failure(.refused, "\(message); nothing was changed", remedy: "\(list)", status: 4)
  }
}

extension SolutionName: ExpressibleByArgument {
  /// Reads a unique name from the command line.
  public init?(argument: String) { self.init(argument) }
}

extension SolutionVersion: ExpressibleByArgument {
  /// Reads a version from the command line.
  public init?(argument: String) { self.init(argument) }
}
