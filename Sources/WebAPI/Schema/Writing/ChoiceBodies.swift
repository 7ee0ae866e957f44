internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

/// Choices and their options as a client describes them, in words of a readable file.
struct ChoiceBodies: Sendable {
  let api: WebAPI
  /// The solution that lists what is made.
  let solution: String

  /// A choice that several columns share.
  func made(_ body: MetadataBody) async throws -> (name: String, said: Described) {
    try body.requireKnown(Self.known.union(Self.neutral), of: "a choice")
    if let type = try body.text("OptionSetType"), type != "Picklist" {
      throw WebError.badBody("a global choice is a Picklist, not \(type.shown(80))")
    }
    var words = try labels(body)
    words += try await options(body["Options"], at: "options/option")
    return (try body.required("Name"), .pairs(words))
  }

  /// What changes of one that is there; options are changed by messages of their own.
  func changed(_ body: MetadataBody) throws -> Described {
    try body.requireKnown(["DisplayName", "Description"], of: "a choice")
    return .pairs(try labels(body))
  }

  private func labels(_ body: MetadataBody) throws -> [(name: String, value: Described)] {
    var words: [(name: String, value: Described)] = []
    for (name, word) in [("DisplayName", "displayName"), ("Description", "description")] {
      if let labels = try body.labels(name) { words.append((word, labels)) }
    }
    return words
  }

  private static let known: Set<String> = ["Name", "DisplayName", "Description", "Options"]
  private static let neutral: Set<String> = [
    "IsGlobal", "OptionSetType", "IsCustomOptionSet", "IsCustomizable", "ParentOptionSetName",
    "ExternalTypeName", "IntroducedVersion",
  ]

  // MARK: Options

  /// - Parameter list: the path of an option, but for its value.
  func options(
    _ value: JSONValue?,
    at list: String
  ) async throws -> [(name: String, value: Described)] {
    guard let value, value.kind != .null else { return [] }
    guard value.kind == .array else { throw WebError.badBody("Options is no list") }
    var taken = Set(value.elements.compactMap { $0["Value"]?.integer })
    var pairs: [(name: String, value: Described)] = []
    var settings: [(name: String, value: Described)] = []
    for option in value.elements {
      let number: Int
      if let stated = option["Value"]?.integer {
        number = stated
      } else {
        number = try await next(besides: taken)
        taken.insert(number)
      }
      guard !pairs.contains(where: { $0.name == String(number) }) else {
        throw WebError.badBody("the option \(number) is there twice")
      }
      try Self.requireKnown(option)
      pairs.append((String(number), try Self.option(option)))
      settings += try Self.settings(option, of: number, at: list)
    }
    return Self.words(options: pairs, settings)
  }

  /// - Parameter settings: by their paths; none are not said.
  static func words(
    options: [(name: String, value: Described)],
    _ settings: [(name: String, value: Described)]
  ) -> [(name: String, value: Described)] {
    [("options", .pairs(options))]
      + (settings.isEmpty ? [] : [("properties", .pairs(settings))])
  }

  /// What else is said of an option is not written here, and refused rather than lost.
  static func requireKnown(_ option: JSONValue) throws {
    let known: Set = [
      "Value", "Label", "Description", "Color", "ExternalValue", "State", "StateCode",
    ]
    for (name, value) in option.members
    where !known.contains(name) && !name.contains("@") && !Cell.unsaid.contains(name) {
      let saysNothing =
        switch value.kind {
        case .null: true
        case .boolean: value.boolean == false
        case .array: !value.elements.contains { _ in true }
        case .string: value.text?.isEmpty ?? true
        default: false
        }
      guard saysNothing else { throw WebError(missing: "\(name.shown(80)) of an option") }
    }
  }

  static func option(_ option: JSONValue) throws -> Described {
    var words: [(name: String, value: Described)] = []
    if let labels = try MetadataBody.labels(option["Label"], "Label") {
      words.append(("label", labels))
    }
    if let color = option["Color"]?.text, !color.isEmpty { words.append(("color", .text(color))) }
    let state = option["State"]?.integer ?? option["StateCode"]?.integer
    if let state { words.append(("state", .text(String(state)))) }
    return .pairs(words)
  }

  /// What no word of a file stands for is a setting by its path.
  static func settings(
    _ option: JSONValue,
    of value: Int,
    at list: String
  ) throws -> [(name: String, value: Described)] {
    var settings: [(name: String, value: Described)] = []
    if case .pairs(let texts)? = try MetadataBody.labels(option["Description"], "Description") {
      for case (let language, .text(let text)) in texts where !text.isEmpty {
        let place = "\(list)[\(value)]/Descriptions/Description[\(language)]"
        settings.append(("\(place)@description", .text(text)))
      }
    }
    if let external = option["ExternalValue"]?.text, !external.isEmpty {
      settings.append(("\(list)[\(value)]@ExternalValue", .text(external)))
    }
    return settings
  }

  /// The first free value of the publisher's own (LC-102).
  func next(besides taken: Set<Int>) async throws -> Int {
    let first = try await optionPrefix() * 10_000
    let own = taken.filter { $0 >= first && $0 < first + 10_000 }
    return own.max().map { $0 + 1 } ?? first
  }

  /// Of the publisher whose solution it is; work that no solution lists has the platform's own.
  private func optionPrefix() async throws -> Int {
    let usual = 10_000
    guard solution != Self.noSolution else { return usual }
    let name = try await api.installed(solution).solution.publisher
    let publisher = try await api.ask(PublishersQuestion()).first { $0.name == name }
    return publisher?.optionValuePrefix ?? usual
  }

  /// The one that lists every component.
  static let noSolution = SolutionName.default.text

  // MARK: Names

  /// The name of the choice that an address leads to: `/GlobalOptionSetDefinitions(…)`.
  func name(boundTo text: String) async throws -> String {
    let start = text.firstRange(of: "GlobalOptionSetDefinitions(")?.lowerBound
    guard let start,
      let first = try ResourcePath(QueryString.decoded(String(text[start...]))).segments.first
    else { throw WebError.badBody("“\(text.shown(200))” leads to no GlobalOptionSetDefinitions") }
    guard let found = try await find(first.arguments) else {
      throw WebError.noRow("optionset", text.shown(200))
    }
    return found.element.attribute("Name") ?? found.id.key
  }

  func has(_ name: String) async throws -> Bool {
    try await api.ask(GlobalChoicesQuestion()).contains { $0.id == .optionSet(name) }
  }

  /// nil where there is none.
  func find(_ key: ResourcePath.Arguments) async throws -> TableModel.Stated? {
    let known = try await api.ask(GlobalChoicesQuestion())
    for stated in known {
      let name = stated.element.attribute("Name") ?? stated.id.key
      let wanted: Expression? =
        switch key {
        case .single(let value): value
        case .named(let parts) where parts.count == 1: parts[0].value
        default: nil
        }
      guard case .literal(let literal)? = wanted, let plain = literal.plain else { continue }
      if GUID(plain) == Definitions.id(of: stated.id) || plain.lowercased() == name.lowercased() {
        return stated
      }
    }
    return nil
  }
}
