/// A kind of components that readable files make: what its words say, and what they do.
struct DescribedKind: Sendable {
  typealias Make = @Sendable (inout BlueprintMaking, Blueprint.Part) throws(Unsound) -> Void
  /// What a file would say of one by words of its own; the first that says it whole is meant.
  typealias Tell = @Sendable (Telling, DescribedSubject) -> [[Said.Pair]]
  /// What lies beside a file that describes one, and how its name ends.
  typealias Content = @Sendable (DescribedSubject) -> (ending: String, DescribedFiles.Content)?

  /// The word under which such components stand.
  let section: String
  /// As problems call one.
  let title: String
  /// When such components are made: those of a lower number can be named.
  let step: Int
  /// Words that set something.
  let fields: [Field]
  /// Words with a meaning of their own.
  let own: [(word: String, says: String)]
  /// The word that is meant where there is nothing but a text, or a list.
  let shorthand: String?
  /// Kinds of components that are described in one of these.
  let nested: [DescribedKind]
  private let identity: @Sendable (String, Blueprint.Scope?) -> ComponentID
  /// What a part names, as far as that can be told without knowing what is there.
  let names: @Sendable (Blueprint.Part) -> Set<ComponentID>
  let content: Content
  let tell: Tell
  let make: Make

  init(
    _ section: String,
    title: String,
    step: Int,
    fields: [Field] = [],
    own: [(word: String, says: String)] = [],
    shorthand: String? = nil,
    nested: [DescribedKind] = [],
    id: @escaping @Sendable (String, Blueprint.Scope?) -> ComponentID,
    names: @escaping @Sendable (Blueprint.Part) -> Set<ComponentID> = { _ in [] },
    content: @escaping Content = { _ in nil },
    tell: @escaping Tell,
    make: @escaping Make
  ) {
    (self.section, self.title, self.step) = (section, title, step)
    (self.fields, self.own, self.shorthand, self.nested) = (fields, own, shorthand, nested)
    (identity, self.names) = (id, names)
    (self.content, self.tell, self.make) = (content, tell, make)
  }

  static let all: [DescribedKind] = [
    webResource, environmentVariable, connectionReference, assembly, role, siteMap, app,
  ]

  /// Those that are described in tables.
  static let ofTables: [DescribedKind] = [view, form]

  /// Whether its word `file` names one that is read.
  var takesFile: Bool { own.contains { $0.word == "file" } }

  /// What is said of one; a text or a list alone is said by the shorthand.
  func pairs(_ said: Said) throws(Unsound) -> [Said.Pair] {
    switch said.content {
    case .pairs(let pairs): return pairs
    case .text(""): return []
    default:
      guard let shorthand else { return try said.pairs() }
      return [Said.Pair(shorthand, line: said.line, said)]
    }
  }

  /// Which component is meant: the one of the id that is said, or of the name.
  func id(
    _ pair: Said.Pair,
    _ said: [Said.Pair],
    in scope: Blueprint.Scope?
  ) throws(Unsound) -> ComponentID {
    let made = identity(pair.key, scope)
    guard let said = said.first(where: { $0.key == "id" }) else { return made }
    guard GUID(made.key) != nil else { throw .unknown(said, among: words, of: title) }
    let text = try said.value.name()
    guard let id = GUID(text) else { throw said.value.unsound("“\(text)” is no GUID") }
    return ComponentID(made.type, id)
  }

  /// Of its components.
  var type: ComponentType { identity("", nil).type }

  /// Every kind, with those that are described in others.
  static let everywhere: [DescribedKind] = {
    func whole(_ kind: DescribedKind) -> [DescribedKind] { [kind] + kind.nested.flatMap(whole) }
    return (all + ofTables).flatMap(whole)
  }()

  /// The component that a name means.
  func id(_ name: String, in scope: Blueprint.Scope?) -> ComponentID { identity(name, scope) }

  private var words: [String] { fields.map(\.name) + own.map(\.word) + nested.map(\.section) }

  /// An id that is the same for the same in every environment.
  static func madeID(_ kind: String, _ name: String) -> GUID { GUID(from: "made", kind, name) }
}

extension BlueprintMaking {
  /// Does what the words of a part say that set something.
  mutating func say(_ part: Blueprint.Part, _ kind: DescribedKind) throws(Unsound) {
    try say(part.said, of: part.id, kind.fields, own: kind.own.map(\.word), kind.title)
  }
}

extension Blueprint.Part {
  /// The value of a word; nil where it is not said.
  func value(_ word: String) -> Said? { said.first { $0.key == word }?.value }
}

extension Blueprint.Scope {
  /// The text of a word; nil where it is not said, or is no text.
  func word(_ word: String) -> String? { Said.word(word, in: said) }
}
