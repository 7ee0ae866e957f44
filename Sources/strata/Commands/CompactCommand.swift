import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct CompactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Gives back the space that purged data has left.",
    discussion: """
      Writes the file of the environment again, for which there has to be space for two more copies. It is no operation, and \
      nothing else changes: data in the trash stays there until strata trash purge takes it away.
      """
  )

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let lifecycle = try await environment.writing(waiting: waiting.seconds())
    let size = try await lifecycle.compact()
    Console.isDone("compacting")
    let shape = CompactedShape(
      file: environment.location,
      before: size.before,
      after: size.after
    )
    guard output.json || !output.quiet else { return }
    try output.give(shape) { _ in
      "\(FileSize.text(size.before)) before, \(FileSize.text(size.after)) now."
        + (size.isHeld ? " It gets smaller when those who read it have done." : "") + "\n"
    }
  }
}
