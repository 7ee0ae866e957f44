import ArgumentParser
import Solutions

struct RowsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rows",
    abstract: "List, count, import, export, change, migrate or delete rows.",
    discussion:
      "The verb may also stand behind the table, and without one the rows are listed: strata rows TABLE.",
    subcommands: [
      ListRows.self, CountRows.self, ImportRows.self, ExportRows.self, SetRow.self,
      MigrateRows.self,
      DeleteRows.self, ListKeys.self, ActivateKey.self,
    ]
  )

  private static let verbs = configuration.subcommands.compactMap { verb in
    verb.configuration.commandName
  }

  /// Options that have a value, which is no table and no verb.
  private static let valued: Set<String> = [
    "--allow-destroy", "--by", "--date-mode", "--delimiter", "--env", "--headers", "--key", "--map",
    "--map-currency",
    "--map-user", "--migration", "--order", "--out", "--page",
    "--select", "--set", "--tables", "--top", "--user-map", "--wait", "--where",
  ]

  /// The words of a command line, with the verb of `rows` where the parser looks for it.
  ///
  /// - Throws: `ValidationError` for a verb that there is not.
  static func ordered(_ words: [String]) throws -> [String] {
    guard words.first == configuration.commandName else { return words }
    var place = 1
    while place < words.count, words[place].hasPrefix("-") {
      place += valued.contains(words[place]) ? 2 : 1
    }
    let rest = words.dropFirst(place)
    let options = words[1..<min(place, words.count)]
    guard let first = rest.first else { return words }
    if verbs.contains(first) { return [words[0], first] + options + rest.dropFirst() }
    guard let second = rest.dropFirst().first, !second.hasPrefix("-") else {
      return [words[0], "list"] + options + rest
    }
    guard verbs.contains(second) else {
      throw ValidationError("“\(second)” is none of \(verbs.joined(separator: ", ")).")
    }
    return [words[0], second, first] + options + rest.dropFirst(2)
  }
}
