import Foundation
import TestSupport
import Testing

/// What every command has that changes an environment; a new one is taken for such a command until it is listed here.
@Suite("Tidy verbs")
struct ChangingVerbTests {
  private struct Tree: Decodable {
    let command: Command
  }

  private struct Command: Decodable {
    struct Argument: Decodable {
      struct Name: Decodable { let name: String }

      let kind: String
      let names: [Name]?
    }

    let commandName: String
    let arguments: [Argument]?
    let subcommands: [Command]?

    /// With their paths: `rows set`.
    func leaves(_ path: String = "") -> [(path: String, options: Set<String>)] {
      let parts = (subcommands ?? []).filter { $0.commandName != "help" }
      guard parts.isEmpty else {
        return parts.flatMap { $0.leaves("\(path)\($0.commandName) ") }
      }
      let options = (arguments ?? []).flatMap { $0.names ?? [] }.map(\.name)
      return [(String(path.dropLast()), Set(options))]
    }
  }

  /// They write packages, folders, files or nothing.
  private static let looking: Set<String> = [
    "blame", "check", "completion", "components list", "deps", "describe", "diff", "explain",
    "find", "history", "inspect", "new sources",
    "layers", "list", "pac", "pack", "plan", "rows count", "rows export", "rows keys", "rows list",
    "settings check",
    "settings create", "show", "show-solution", "status", "trash export", "trash list",
    "trash show", "unpack",
    "verify", "version",
  ]

  /// One makes an environment, one a smaller file of the same, and one lets others ask, who see plans.
  private static let unplanned: Set<String> = ["compact", "init", "serve"]

  private func leaves() throws -> [(path: String, options: Set<String>)] {
    let program = try #require(Program.strata)
    let result = try #require(Program.run(program, ["--experimental-dump-help"]))
    return try JSONDecoder().decode(Tree.self, from: Data(result.output.utf8)).command.leaves()
  }

  @Test("Every command that changes an environment has --plan, --wait, --json, --quiet and --env")
  func options() throws {
    let changing = try leaves().filter { !Self.looking.union(Self.unplanned).contains($0.path) }
    #expect(changing.count > 20)
    for (path, options) in changing {
      let missing = Set(["plan", "wait", "json", "quiet", "env"]).subtracting(options)
      #expect(missing.isEmpty, "strata \(path)")
    }
  }

  @Test("What is listed as changing nothing is there, and waits for nobody")
  func listed() throws {
    let leaves = try leaves()
    #expect(Self.looking.union(Self.unplanned).isSubset(of: leaves.map(\.path)))
    for (path, options) in leaves where Self.looking.contains(path) {
      #expect(!options.contains("wait") && !options.contains("allow-destroy"), "strata \(path)")
    }
  }
}
