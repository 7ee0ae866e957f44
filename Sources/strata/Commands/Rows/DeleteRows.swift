import ArgumentParser
import Contract
import Lifecycle
import Solutions

struct DeleteRows: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Deletes rows for good.",
    discussion: "Other rows go along, lose their lookup or stand in the way as relationships say."
  )

  @OptionGroup var named: TableArgument

  @OptionGroup var condition: ConditionOptions

  @Option(
    name: .customLong("allow-destroy"),
    parsing: .singleValue,
    help: "The table as Entity:NAME, or all."
  )
  var allowed: [String] = []

  @OptionGroup var waiting: RowWaitingOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var output: OutputOptions

  private var table: String { named.table }

  func validate() throws {
    guard !condition.conditions.isEmpty else {
      throw ValidationError(
        "Say which rows: --where COLUMN=VALUE; all of them: --where '\(table)id!='"
      )
    }
  }

  func run() async throws {
    let lifecycle = try await environment.writing(waiting: waiting.wait)
    let agreed = allowed.map { $0.lowercased() }
    do {
      let (deletion, operation) = try await lifecycle.deleteRows(
        from: table,
        where: { try condition.query($0) },
        by: .user,
        isAgreed: agreed.contains("all") || agreed.contains("entity:\(table)")
      )
      Console.isDone("operation \(operation)")
      guard !output.quiet else { return }
      Console.say(text(deletion), terminator: "")
      Console.say("Done: operation \(operation).")
    } catch let error as RowsHeld {
      Progress.fail(error)
      throw ExitCode(4)
    } catch let error as RowsWouldGo {
      Console.say(text(error.deletion), terminator: "")
      Console.say("Nothing was changed: this is for good, and nobody has agreed. To agree:")
      Console.say("    --allow-destroy Entity:\(table)")
      throw ExitCode(3)
    }
  }

  private func text(_ deletion: RowDeletion) -> String {
    var lines = deletion.deleted.sorted { $0.key < $1.key }.map { "- \($0)  \(counted($1, "row"))" }
    lines += deletion.unlinked.sorted { $0.key < $1.key }.map {
      "~ \($0)  emptied in \(counted($1, "row"))"
    }
    return lines.isEmpty ? "No rows.\n" : lines.joined(separator: "\n") + "\n"
  }
}
