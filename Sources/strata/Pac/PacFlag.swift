import Faces
import Solutions

/// A flag of `pac solution`, and what it means here.
struct PacFlag: Sendable {
  enum Meaning: Sendable {
    /// Words of the command that exists; the value follows where there is one.
    case words([String])
    /// The verb puts it where it belongs, which is said.
    case value(String)
    /// Taken, and without effect.
    case needless(String)
    case refused(String)
  }

  /// With its dashes, as documented.
  let name: String
  let alias: String?
  /// Without a value but true or false.
  let isSwitch: Bool
  let isRequired: Bool
  let meaning: Meaning

  static func option(
    _ name: String,
    _ alias: String? = nil,
    isRequired: Bool = false,
    _ meaning: Meaning
  ) -> PacFlag {
    PacFlag(
      name: name,
      alias: alias,
      isSwitch: false,
      isRequired: isRequired,
      meaning: meaning
    )
  }

  static func flag(_ name: String, _ alias: String? = nil, _ meaning: Meaning) -> PacFlag {
    PacFlag(name: name, alias: alias, isSwitch: true, isRequired: false, meaning: meaning)
  }

  /// Whether a word names it; cases have no meaning.
  func isNamed(_ word: String) -> Bool {
    let word = word.lowercased()
    return word == name.lowercased() || alias.map { word == $0.lowercased() } ?? false
  }

  /// What it is here, for people.
  var says: String {
    switch meaning {
    case .words(let words): words.joined(separator: " ")
    case .value(let says): says
    case .needless(let why): "no effect: \(why)"
    case .refused(let why): "not supported: \(why)"
    }
  }
}

/// A verb of `pac solution`: its flags, and the command that does it.
struct PacVerb: Sendable {
  let name: String
  let says: String
  /// The command that exists, for people.
  let command: String
  let flags: [PacFlag]
  /// Options of Strata's own that the command takes besides those of every output.
  let own: [Own]
  /// Why nothing here does it.
  private(set) var refusal: String?
  /// Words of that command behind those that the flags stand for.
  let words: @Sendable (PacCall) throws -> [String]

  init(
    _ name: String,
    _ says: String,
    _ command: String,
    _ flags: [PacFlag] = [],
    own: [Own] = [],
    words: @escaping @Sendable (PacCall) throws -> [String]
  ) {
    self.name = name
    self.says = says
    self.command = command
    self.flags = flags
    self.own = [.output] + own
    self.words = words
  }

  /// Options of Strata's own, in groups as commands take them.
  enum Own: Sendable {
    case output
    case environment
    case change
    case destruction

    /// Whether a value follows, by name.
    fileprivate var options: [String: Bool] {
      switch self {
      case .output: ["--json": false, "--no-color": false, "--no-pager": false, "--quiet": false]
      case .environment: ["--env": true]
      case .change: ["--plan": false, "--wait": true]
      case .destruction: ["--allow-destroy": true]
      }
    }
  }

  /// Options of Strata's own that go with it, and whether a value follows.
  var ownOptions: [String: Bool] {
    own.reduce(into: [:]) { all, group in all.merge(group.options) { first, _ in first } }
  }

  /// One that nothing here does.
  static func unsupported(_ name: String, _ says: String, because why: String) -> PacVerb {
    var verb = PacVerb(name, says, "not supported: \(why)") { _ in [] }
    verb.refusal = why
    return verb
  }
}

/// A verb with what was given for it.
struct PacCall: Sendable {
  let verb: PacVerb
  /// By the flag's documented name.
  private(set) var values: [String: String] = [:]
  /// What flags stand for, and what is Strata's own.
  private(set) var extra: [String] = []
  /// Flags that were taken and change nothing.
  private(set) var needless: [Prose] = []

  /// - Throws: `Failure` for what is no flag of the verb, has no value, or is not supported.
  init(_ verb: PacVerb, _ words: some Sequence<String>) throws {
    if let why = verb.refusal { throw Self.refusal(verb.name, why) }
    self.verb = verb
    var rest = Array(words)[...]
    while let word = rest.popFirst() {
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      let given = parts.count > 1 ? parts[1] : nil
      if let flag = verb.flags.first(where: { $0.isNamed(parts.first ?? word) }) {
        try take(flag, given, &rest)
      } else if let takesValue = verb.ownOptions[parts.first ?? word] {
        extra.append(word)
        if takesValue, given == nil, let value = rest.popFirst() { extra.append(value) }
      } else {
        throw unknown(word)
      }
    }
    for flag in verb.flags where flag.isRequired && values[flag.name] == nil {
      throw Failure(
        .usage,
        "pac solution \(verb.name) needs \(flag.name)",
        status: Failure.wrongUsage
      )
    }
  }

  private mutating func take(
    _ flag: PacFlag,
    _ given: String?,
    _ rest: inout ArraySlice<String>
  ) throws {
    if flag.isSwitch {
      var text = given
      // No verb has words of its own, so that one behind a switch is meant for it.
      if text == nil, let next = rest.first, !next.hasPrefix("-") { text = rest.popFirst() }
      guard ["true", "false", nil].contains(text?.lowercased()) else {
        throw Failure(
          .usage,
          "\(flag.name) is true or false, and not \(text ?? "")",
          status: Failure.wrongUsage
        )
      }
      if text?.lowercased() == "false" { return }
      return try mean(flag, nil)
    }
    guard let value = given ?? rest.first, !value.isEmpty, given != nil || !isFlag(value) else {
      throw Failure(.usage, "\(flag.name) has no value", status: Failure.wrongUsage)
    }
    if given == nil { rest = rest.dropFirst() }
    try mean(flag, value)
  }

  private mutating func mean(_ flag: PacFlag, _ value: String?) throws {
    switch flag.meaning {
    case .words(let words):
      extra += words + (value.map { [$0] } ?? [])
      values[flag.name] = value ?? "true"
    case .value: values[flag.name] = value ?? "true"
    case .needless(let why): needless.append("\(flag.name) has no effect: \(why)")
    case .refused(let why): throw Self.refusal("\(verb.name) \(flag.name)", why)
    }
  }

  private func isFlag(_ word: String) -> Bool {
    verb.flags.contains { $0.isNamed(word) } || verb.ownOptions[word] != nil
  }

  private func unknown(_ word: String) -> Failure {
    let names = verb.flags.map(\.name)
    let near: Prose? = CommandLineWords.near(word, names).map { "did you mean \($0)?" }
    return Failure(
      .usage,
      "pac solution \(verb.name) has no \(word)",
      remedy: near ?? (names.isEmpty ? nil : "one of \(names.joined(separator: ", "))"),
      status: Failure.wrongUsage
    )
  }

  /// - Parameter what: behind `pac solution`.
  static func refusal(_ what: String, _ why: String) -> Failure {
    Failure(.unsupported, "pac solution \(what) is not supported: \(why)")
  }
}
