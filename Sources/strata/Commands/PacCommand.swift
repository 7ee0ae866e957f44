import ArgumentParser
import Faces
import Solutions

/// `pac solution …`: other words for commands that exist; help alone is its own.
struct PacCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pac",
    abstract: "The habits of pac solution: the same verbs and flags.",
    discussion: """
      strata pac solution import --path new.zip --stage-and-upgrade --env E
      strata pac solution import --help

      What each verb and flag becomes here: docs/pac.md. Options of Strata's own go with them where the command takes \
      them: --env, --plan, --allow-destroy, --wait, --json and others.
      """
  )

  @Argument(parsing: .captureForPassthrough, help: "solution, a verb, its flags.")
  var words: [String] = []

  /// What is typed, in words of the command that does it; other words stay as they are, and so does what asks for help.
  ///
  /// - Throws: `Failure` for what is no verb, no flag, or not supported.
  static func translated(_ words: [String]) throws -> [String] {
    guard words.first == configuration.commandName, words.count > 1, !asksForHelp(words) else {
      return words
    }
    guard words[1].lowercased() == "solution" else {
      throw Failure(
        .unsupported,
        "of pac there is solution alone, not \(words[1])",
        remedy: "strata pac solution …"
      )
    }
    guard words.count > 2 else { return words }
    let verb = try verb(words[2])
    let call = try PacCall(verb, words.dropFirst(3))
    let translated = try verb.words(call) + call.extra
    if !translated.contains("--quiet") {
      for note in call.needless { Progress.tell(note) }
    }
    return translated
  }

  private static func asksForHelp(_ words: [String]) -> Bool {
    words.contains("--help") || words.dropFirst(2).prefix(2).contains("help")
  }

  private static func verb(_ word: String) throws -> PacVerb {
    if let verb = PacVerb.all.first(where: { $0.name == word.lowercased() }) { return verb }
    let names = PacVerb.all.map(\.name)
    let near: Prose? = CommandLineWords.near(word, names).map { "did you mean \($0)?" }
    throw Failure(
      .usage,
      "pac solution has no \(word)",
      remedy: near ?? "one of \(names.joined(separator: ", "))",
      status: Failure.wrongUsage
    )
  }

  func run() throws {
    let rest = words.filter { $0 != "--help" && $0 != "help" }
    guard rest.count > 1 else { return Console.say(Self.verbs()) }
    Console.say(Self.help(of: try Self.verb(rest[1])))
  }

  private static func verbs() -> Prose {
    let width = PacVerb.all.map(\.name.count).max() ?? 0
    let lines = PacVerb.all.map { verb -> Prose in
      let space = String(repeating: " ", count: width - verb.name.count)
      return "  \(verb.name)\(space)  \(verb.says)\(verb.refusal == nil ? "" : " Not supported.")"
    }
    return
      (["strata pac solution VERB"] + lines + [
        "",
        "strata pac solution VERB --help shows the flags of a verb, and what each becomes here.",
      ]).joined(separator: "\n")
  }

  private static func help(of verb: PacVerb) -> Prose {
    let names = verb.flags.map { $0.name + ($0.alias.map { ", \($0)" } ?? "") }
    let width = names.map(\.count).max() ?? 0
    let lines = zip(names, verb.flags).map { name, flag -> Prose in
      let space = String(repeating: " ", count: width - name.count)
      let need = flag.isRequired ? "; required" : ""
      return "  \(name)\(space)  \(flag.says)\(need)"
    }
    let head: Prose = "strata pac solution \(verb.name): \(verb.says)"
    let own = verb.ownOptions.keys.sorted().joined(separator: ", ")
    let also: [Prose] = verb.refusal == nil ? ["  of Strata's own: \(own)"] : []
    return ([head, "  becomes  \(verb.command)"] + lines + also).joined(separator: "\n")
  }
}
