import ArgumentParser
import CProgram
import Faces
import Solutions

/// What was typed, and whether it names commands that there are.
struct CommandLineWords {
  let words: [String]

  init(_ words: [String]) { self.words = words }

  /// Behind the program's name.
  static var typed: CommandLineWords {
    CommandLineWords(
      (1..<max(Int(strata_arguments_count()), 1)).compactMap { index in
        strata_argument(Int32(index)).map { String(cString: $0) }
      }
    )
  }

  var wantsJSON: Bool { words.contains("--json") }

  /// - Throws: `Failure` for a command, or a topic of help, that there is not.
  func requireKnown(by root: any ParsableCommand.Type) throws {
    var rest = words[...]
    let isHelp = rest.first == "help"
    if isHelp { rest = rest.dropFirst() }
    var command = root
    while let word = rest.first, !word.hasPrefix("-") {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, isHelp || command.configuration.defaultSubcommand == nil else {
        return
      }
      guard let next = subcommands.first(where: { Self.name(of: $0) == word }) else {
        let names = subcommands.map { Self.name(of: $0) }
        let near: Prose? = Self.near(word, names).map { "did you mean \($0)?" }
        throw Failure(
          .usage,
          "there is no command “\(word)”",
          remedy: near ?? "one of \(names.joined(separator: ", "))",
          status: Failure.wrongUsage
        )
      }
      (command, rest) = (next, rest.dropFirst())
    }
  }

  /// The parser's words without a suggestion that is nothing like what was typed.
  static func usage(_ message: String) -> String {
    message.replacing(#/ Did you mean '(?<near>[^']*)'\?/#) { match in
      let typed = message.firstMatch(of: #/'(-[^']*)'/#).map { String($0.output.1) } ?? ""
      return distance(typed, String(match.output.near)) <= distanceMax ? String(match.output.0) : ""
    }
  }

  private static let distanceMax = 2

  static func near(_ word: String, _ names: [String]) -> String? {
    nearest(1, to: word, names).first
  }

  /// Names that somebody who typed a word may have meant, the nearest first; case has no meaning.
  static func nearest(_ count: Int, to word: String, _ names: [String]) -> [String] {
    names.map { (name: $0, distance: distance(word.lowercased(), $0.lowercased())) }
      .filter { $0.distance <= distanceMax && $0.distance < $0.name.count }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(count).map(\.name)
  }

  private static func name(of command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? command._commandName
  }

  /// How many letters have to be put, taken or changed.
  private static func distance(_ one: String, _ other: String) -> Int {
    // What is longer is nothing that somebody mistyped.
    guard one.utf8.count <= 64, other.utf8.count <= 64 else { return Int.max }
    let letters = Array(other)
    var row = Array(0...letters.count)
    for (index, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (place, other) in letters.enumerated() {
        let here = min(row[place], row[place + 1]) + 1
        let change = diagonal + (letter == other ? 0 : 1)
        diagonal = row[place + 1]
        row[place + 1] = min(here, change)
      }
    }
    return row[letters.count]
  }
}
