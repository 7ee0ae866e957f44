import ArgumentParser
import Contract
import Faces
import Lifecycle
import SQL
import Solutions

struct CopyEnvironment: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "copy",
    abstract: "Copy a whole environment into a new file or schema, on another server too.",
    discussion: """
      Everything goes along: solutions and their layers, packages, rows, the trash, the history and the key for digests of \
      secrets. The copy is of one moment, and others go on working meanwhile. It is there whole and compared, or there is no \
      environment: one that was cut off is gone on with by the same command.
      """
  )

  @Argument(
    help: "Where it is: a file, or postgres://HOST/DATABASE?schema=NAME.",
    completion: .environment
  )
  var from: String

  @Argument(help: "Where it goes, as the other; nothing may be there but an unfinished copy of it.")
  var to: String

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var output: OutputOptions

  func run() async throws {
    let (source, target) = (try EnvironmentOptions(at: from), try EnvironmentOptions(at: to))
    let lifecycle = try await EnvironmentOptions.found { try await source.lifecycle() }
    let isBegun = target.isFileThere
    let copied = try await Self.making(target) {
      let database = try target.database(.copy)
      if isBegun, try await Lifecycle.unfinishedCopy(in: database) == nil {
        Progress.note(
          "Note: what was begun at \(target.location) came to nothing; it is begun again."
        )
      }
      let patience = Duration.seconds(waiting.seconds())
      do {
        return try await lifecycle.copy(into: database, waiting: patience) { Progress.copying($0) }
      } catch {
        await Self.tellLeft(in: database)
        throw error
      }
    }
    Progress.end()
    Console.isDone("the copy \(target.location)")
    let shape = CopiedShape(copied, from: source.location, to: target.location)
    try output.give(shape) { _ in shape.text }
    if !output.json { Console.suggest(["strata status --env \(target.location.word)"], output) }
  }

  /// Says what stays of a copy that is cut off.
  private static func tellLeft(in database: any SQLDatabase) async {
    do {
      guard let left = try await Lifecycle.unfinishedCopy(in: database) else { return }
      let location = database.location.word
      Progress.note(
        "Note: what has arrived at \(location) stays there (\(left.rows.counted("row"))): the same command goes on with it, "
          + "and strata environment drop \(location) takes it away."
      )
    } catch {
      // What ended the copy may end this, too; the next command to there tells it.
    }
  }

  private static func making<Value>(
    _ target: EnvironmentOptions,
    _ body: () async throws -> Value
  ) async throws -> Value {
    let location = target.location
    do {
      return try await body()
    } catch let error as SQLError where error.reason == .exists {
      throw Failure(
        .environmentExists,
        "\(location) is there already; nothing was copied",
        remedy:
          "name another place, or take it away first: strata environment drop \(location.word)"
      )
    } catch let error as SQLError where error.reason == .folder {
      throw EnvironmentOptions.folder(location)
    }
  }
}

extension CopiedShape {
  var text: Prose {
    "Copied \(from) to \(to): revision \(revision), \(counted(rows, "row")) in \(counted(tables, "table"))"
      + (rowsKept > 0 ? " (\(counted(rowsKept, "row")) of them before it was cut off), " : ", ")
      + "state \(fingerprint.prefix(16)); compared and proven.\n"
  }
}
