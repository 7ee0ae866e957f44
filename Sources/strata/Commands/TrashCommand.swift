import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct TrashCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trash",
    abstract: "List, restore or purge dropped tables and columns.",
    subcommands: [List.self, Restore.self, Purge.self],
    defaultSubcommand: List.self
  )

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "What was dropped and can come back, newest first."
    )

    @Flag(inversion: .prefixedNo, help: "Count rows and values; takes time that grows with them.")
    var count = true

    @OptionGroup var environment: EnvironmentOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let lifecycle = try await environment.lifecycle()
      let rows = try await lifecycle.ask(TrashQuestion(counting: count))
      let document = TrashShape(rows, kinds: .standard)
      try output.give(document) { document.text($0) }
    }
  }

  struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gives a table or column that is there again the values that it lost.",
      discussion: """
        The values that it has now go to the trash instead. To bring back a table or column together with its \
        definition, roll back the operation that dropped it.
        """
    )

    @Argument(help: "Number in the trash.", transform: Numbers.count)
    var number: Int

    @OptionGroup var performing: PerformOptions

    func run() async throws { try await performing.perform(.restoreTrash(number)) }
  }

  struct Purge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
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

    @OptionGroup var performing: PerformOptions

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
      try await performing.perform(.purgeTrash(chosen.map(\.id)))
    }
  }
}

extension TrashShape {
  func text(_ style: TextStyle) -> Prose {
    guard !items.isEmpty else { return "The trash is empty.\n" }
    return items.map { item -> Prose in
      let noun = item.component.hasPrefix("Attribute:") ? "value" : "row"
      let count = item.count.map { counted($0, noun) } ?? "not counted"
      let when = style("\(item.why) by operation \(item.operation), \(item.dropped)", .gray)
      return "\(style.bold("\(item.number)"))  \(item.component.shown())  \(count)  \(when)"
    }.joined(separator: "\n") + "\n"
  }
}

extension TrashShape.Item {
  /// How it came there.
  fileprivate var why: String {
    switch origin {
    case .dropped: "dropped"
    case .overwritten: "overwritten"
    case .takenBack: "taken back"
    }
  }
}
