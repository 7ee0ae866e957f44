import ArgumentParser
import Contract
import Reading
import Solutions

/// What of many components is shown, and how much; nothing of this changes what is decided.
struct FilterOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: "Only what is deleted, dereferenced, added, changed or masked: delete,add; repeatable."
  )
  var only: [String] = []

  @Option(parsing: .singleValue, help: "Only components of a kind, such as Form; repeatable.")
  var kind: [String] = []

  @Option(
    parsing: .singleValue,
    help: "Only a table and its parts, by its logical name; repeatable.",
    completion: .table
  )
  var table: [String] = []

  @Option(
    parsing: .singleValue,
    help: "Only one component, with all its properties; repeatable.",
    completion: .component
  )
  var component: [String] = []

  @Option(
    parsing: .singleValue,
    help: "Only what people notice so: data,behavior,access,interface,label,metadata; repeatable."
  )
  var impact: [String] = []

  @Flag(help: "Only the head and what it comes to.")
  var summary = false

  @Flag(help: "Everything: nothing folded, with paths and ids.")
  var full = false

  @Flag(help: "Names and ids of the wire beside those that people use.")
  var ids = false

  func validate() throws {
    guard !(summary && full) else { throw ValidationError("Take --summary or --full, not both.") }
    _ = try filter()
  }

  /// - Throws: `ValidationError` for a word that there is not.
  func filter() throws -> ReadingFilter {
    let kinds = ComponentKinds.standard
    return ReadingFilter(
      actions: Set(
        try words(only).map {
          try Self.word($0, ReadingFilter.Action.allCases, "--only") { $0.rawValue }
        }
      ),
      kinds: Set(try words(kind).map { try kinds.spoken($0).name }),
      tables: Set(words(table).map { $0.lowercased() }),
      components: Set(component.map { Self.address($0, kinds) }),
      impacts: Set(
        try words(impact).map { word in
          let spelled = word.lowercased() == "behaviour" ? "behavior" : word
          return try Self.word(spelled, Impact.allCases, "--impact") { Wire.Impact($0).rawValue }
        }
      )
    )
  }

  var isEmpty: Bool { spelled.isEmpty }

  /// - Throws: as `filter`.
  func view() throws -> ReadingView {
    let isOne = !component.isEmpty
    return ReadingView(
      filter: try filter(),
      depth: summary ? .summary : full || isOne ? .full : .folded,
      withIDs: ids,
      words: spelled,
      wrap: .ofOutput
    )
  }

  /// As it was asked for.
  private var spelled: String {
    let lists = [
      ("--only", only), ("--kind", kind), ("--table", table), ("--component", component),
      ("--impact", impact),
    ]
    return lists.flatMap { name, values in values.map { "\(name) \($0)" } }.joined(separator: " ")
  }

  private func words(_ values: [String]) -> [String] {
    values.flatMap { $0.split(separator: ",").map(String.init) }
  }

  private static func word<T>(
    _ word: String,
    _ all: [T],
    _ option: String,
    _ spelled: (T) -> String
  ) throws -> T {
    guard let found = all.first(where: { spelled($0) == word.lowercased() }) else {
      throw ValidationError(
        "\(option) takes \(all.map(spelled).joined(separator: ", ")), not “\(word.visible)”."
      )
    }
    return found
  }

  /// In the words of the wire where a kind is named; in lower case.
  static func address(_ text: String, _ kinds: ComponentKinds) -> String {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    guard parts.count == 2, let kind = kinds[spoken: parts[0]] else { return text.lowercased() }
    return "\(kind.name):\(parts[1])".lowercased()
  }
}

/// The same as a value, for what prints.
struct ReadingView {
  var filter = ReadingFilter()
  var depth = ReadingText.Depth.folded
  var withIDs = false
  var isErrorsOnly = false
  /// By which all errors are seen.
  var wayToAll = "--json"
  /// The filter as it was asked for.
  var words = ""
  var why: String?
  var wrap = TextWrap(width: nil)

  /// How much of a plan stands there; nil where all of it does.
  func note(_ reading: PlanReading) -> Prose? {
    guard !filter.isEmpty else { return nil }
    return note(shown: reading.shown, of: reading.shown + reading.leftOut)
  }

  func note(shown: Int, of all: Int) -> Prose {
    "Shown \(shown) of \(all); left out: \(all - shown) (\(words))"
  }
}
