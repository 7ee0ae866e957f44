import ArgumentParser
import Contract
import Lifecycle
import Solutions

/// What a shell offers where somebody stops typing (docs/decisions/112).
extension CompletionKind {
  static var package: CompletionKind { .file(extensions: ["zip", "cab"]) }
  static var json: CompletionKind { .file(extensions: ["json"]) }
  static var environment: CompletionKind { .file(extensions: ["strata"]) }

  static var topic: CompletionKind {
    .custom { _, _, _ in
      let topics = FindingKind.known.map(\.code) + RuleText.all.map(\.id) + Glossary.all.map(\.word)
      return Set(topics).sorted()
    }
  }

  static var solution: CompletionKind {
    looking { lifecycle, _ in
      try await lifecycle.ask(InstalledQuestion()).map(\.solution.name.text)
    }
  }

  static var operation: CompletionKind {
    looking { lifecycle, _ in
      let question = HistoryQuestion(of: nil, limit: 50, withAttempts: false)
      return try await lifecycle.ask(question).operations.map { "\($0.number)" }
    }
  }

  static var component: CompletionKind {
    looking { lifecycle, typed in
      Completions.components(typed, among: try await lifecycle.ask(NamesQuestion()))
    }
  }

  static var table: CompletionKind {
    looking { lifecycle, _ in
      try await lifecycle.ask(NamesQuestion()).filter { $0.type == .entity }.map(\.key)
    }
  }

  /// In the environment that the words name, or the usual one; nothing where there is none, or where it keeps one waiting.
  private static func looking(
    _ words: @escaping @Sendable (Lifecycle, String) async throws -> [String]
  ) -> CompletionKind {
    .custom { line, index, _ in
      // What the parser hands over as typed so far is a piece of the last word, wherever somebody types.
      let typed = line.indices.contains(index) ? line[index] : ""
      var environment = EnvironmentOptions()
      environment.path = Completions.environment(in: line)
      do {
        guard let lifecycle = try await environment.glance() else { return [] }
        return try await words(lifecycle, Completions.unquoted(typed))
      } catch {
        // Somebody types: an error would stand in the midst of it.
        return []
      }
    }
  }
}

/// Words that fit to what was typed so far.
enum Completions {
  /// Addresses of the kind that was typed; kinds, and bare names, as long as there is none.
  static func components(_ typed: String, among ids: [ComponentID]) -> [String] {
    let kinds = ComponentKinds.standard
    func address(_ id: ComponentID) -> String { "\(kinds[id.type].name):\(id.key)" }
    if typed.contains(":") { return ids.map(address).filter { $0.hasPrefix(typed) } }
    let prefixes = Set(ids.map { "\(kinds[$0.type].name):" }).filter { $0.hasPrefix(typed) }
    let names = typed.isEmpty ? [] : ids.map(\.key).filter { $0.hasPrefix(typed) }
    // A kind alone is no word yet.
    guard prefixes.count == 1, names.isEmpty, let only = prefixes.first else {
      return prefixes.sorted() + names
    }
    return ids.map(address).filter { $0.hasPrefix(only) }
  }

  /// What `--env` says on a line that is not parsed; nil where it says nothing.
  static func environment(in line: [String]) -> String? {
    for (index, word) in line.enumerated() {
      if word.hasPrefix("--env=") { return unquoted(String(word.dropFirst(6))) }
      if word == "--env", index + 1 < line.count {
        // Bash takes the sign for a word.
        let next = line[index + 1]
        return unquoted(next == "=" && index + 2 < line.count ? line[index + 2] : next)
      }
    }
    return nil
  }

  /// Shells hand words over as they were typed.
  static func unquoted(_ word: String) -> String {
    var (result, isEscaped) = ("", false)
    for character in word {
      if !isEscaped, character == "\\" {
        isEscaped = true
      } else {
        if isEscaped || (character != "\"" && character != "'") { result.append(character) }
        isEscaped = false
      }
    }
    return result
  }
}
