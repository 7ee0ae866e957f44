import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

struct PurgeTrash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Takes dropped data away for good; a rollback brings it back no more.",
    discussion: "Needs consent: --allow-destroy trash:NUMBER for each, or --allow-destroy all."
  )

  @Argument(
    help: "Numbers in the trash; default all that are older than --older-than.",
    transform: Numbers.count
  )
  var numbers: [Int] = []

  @Option(
    parsing: .unconditional,
    help: "Without numbers: only what was dropped at least so many days ago (default 30).",
    transform: Numbers.days
  )
  var olderThan: Int?

  @OptionGroup var changing: ChangeOptions

  private var performing: PerformOptions { changing.performing }

  func validate() throws {
    guard olderThan == nil || numbers.isEmpty else {
      throw ValidationError("Take numbers or --older-than, not both.")
    }
  }

  func run() async throws {
    let olderThan = olderThan ?? 30
    let lifecycle = try await performing.environment.lifecycle()
    let rows = try await lifecycle.ask(TrashQuestion())
    let border = Timestamp.now.milliseconds - olderThan * 86_400_000
    let named =
      numbers.isEmpty
      ? rows.filter { $0.dropped.milliseconds <= border }.map(\.id) : numbers
    let chosen = rows.purged(with: Set(named))
    if let unknown = numbers.first(where: { number in !rows.contains { $0.id == number } }) {
      throw Failure(
        .noSuchTrash,
        "nothing in the trash has the number \(unknown)",
        remedy: "strata trash list shows what is there"
      )
    }
    let request = Request.purgeTrash(chosen.map(\.id))
    if changing.isPlan { try await performing.show(request) }
    guard !chosen.isEmpty else {
      if !performing.output.quiet {
        Console.say("Nothing in the trash is \(olderThan) days old.")
      }
      return
    }
    let agreed = Set(performing.allowed.map { $0.lowercased() })
    let missing = chosen.filter { !agreed.contains("all") && !agreed.contains("trash:\($0.id)") }
    guard missing.isEmpty else {
      Console.tell(
        "Nothing was changed: these would be gone for good, and nobody has agreed. To agree:"
      )
      for row in missing { Console.tell("    --allow-destroy trash:\(row.id)") }
      throw ExitCode(3)
    }
    try await performing.perform(request)
    if !performing.output.quiet, !performing.output.json {
      Console.say("The file keeps its size until strata compact.")
    }
  }
}
