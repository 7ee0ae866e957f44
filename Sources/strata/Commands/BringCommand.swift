import ArgumentParser
import Lifecycle
import SolutionPackages
import Solutions

/// An unmanaged solution as a file describes it.
struct BringCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bring",
    abstract: "Brings an unmanaged solution to what a YAML file describes (docs/customize.md).",
    discussion: """
      The word itself may be left out: strata customize --from solution.yaml. What is missing is made with the \
      defaults of the platform, what is there is changed until it is as the file says, and what the file leaves out \
      stays as it is. A second run changes nothing. Only what its list “remove” names is deleted, which needs \
      consent like every deletion. A file to begin with:
        solution: {name: Orders, displayName: Orders}
        publisher: {name: contoso, prefix: new}
        tables:
          new_order:
            displayName: Order
            primaryName: new_name
            columns:
              new_total: {type: decimal, displayName: Total}
      """
  )

  @Option(name: .customLong("from"), help: "The YAML file.", completion: .file())
  var file: String

  @Option(help: "The solution, where the file names none.", completion: .solution)
  var solution: SolutionName?

  @Flag(help: "Publish what is changed at once.")
  var publishChanges = false

  @OptionGroup var changing: ChangeOptions

  func run() async throws {
    let name = Files.name(of: file)
    let said = try SaidReader.read(try Files.bytes(of: file), file: name)
    let described = try Self.blueprint(said, file: name, solution)
    let blueprint = try FilesBeside.read(for: described, beside: file)
    try await changing.perform(.bringing(to: blueprint, publishes: publishChanges))
  }

  /// - Throws: `PackageError` where nothing of it can be planned.
  static func blueprint(
    _ said: Said,
    file: String,
    _ solution: SolutionName?
  ) throws(PackageError) -> Blueprint {
    do throws(BlueprintError) {
      return try Blueprint(said, file: file, solution: solution)
    } catch {
      throw PackageError(file: file, finding: error.finding)
    }
  }
}
