import ArgumentParser
import Solutions

/// What is said when a command ends in an error: the one way by which errors reach people.
enum ErrorText {
  /// Empty for an error that has said everything.
  static func message(of error: any Error) -> Prose {
    switch error {
    case let error as any RemediedError: "Error: \(Told(error).prose)"
    case let error as any ProseError: "Error: \(error.prose)"
    default:
      Told(database: error).map { "Error: \($0.prose)" } ?? usage(Strata.fullMessage(for: error))
    }
  }

  /// Wrong usage that a command has found out itself.
  static func message(of error: ValidationError, usage text: String) -> Prose {
    "Error: \(usage(error.message))\nUsage: \(usage(text))"
  }

  /// What the parser of arguments says, with line breaks of its own, and with words of the command line in it.
  private static func usage(_ message: String) -> Prose {
    let words = CommandLine.arguments.dropFirst().flatMap { word in
      [word] + (word.firstIndex(of: "=").map { [String(word[word.index(after: $0)...])] } ?? [])
    }
    var message = message
    // The longest first: one may be a part of another.
    for word in words.filter(\.hasInvisible).sorted(by: { $0.utf8.count > $1.utf8.count }) {
      message = message.replacing(word, with: word.visible)
    }
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { .foreign(String($0)) }.joined(separator: "\n")
  }
}
