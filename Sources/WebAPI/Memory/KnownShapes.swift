internal import Lifecycle
internal import OData
internal import Solutions
internal import Synchronization

/// What requests ask for, once it is read: clients send the same again and again, with another id or none.
final class KnownShapes: Sendable {
  private struct Known {
    /// Of the memory of tables that the shapes are made of.
    var since = -1
    var shapes: [RowShape.Key: RowShape] = [:]
    var words: [RequestWords.Key: RequestWords] = [:]
  }

  private let known = Mutex(Known())

  /// Of either kind, after which all are forgotten: more than clients have.
  private static let most = 300
  /// Bytes of a query; what is longer is seldom sent twice.
  private static let longest = 4_000

  /// - Throws: `ODataError` for options that cannot be read.
  func words(_ key: RequestWords.Key) throws -> RequestWords {
    if let words = known.withLock({ $0.words[key] }) { return words }
    let words = try RequestWords(key)
    guard key.isShort(Self.longest) else { return words }
    known.withLock {
      if $0.words.count >= Self.most { $0.words = [:] }
      $0.words[key] = words
    }
    return words
  }

  /// - Parameter memory: of tables, which the shape has to be made of.
  func shape(_ key: RowShape.Key, _ memory: TableMemory) -> RowShape? {
    known.withLock { $0.since == memory.since ? $0.shapes[key] : nil }
  }

  func keep(_ shape: RowShape, as key: RowShape.Key, _ memory: TableMemory) {
    guard key.words.isShort(Self.longest) else { return }
    known.withLock {
      // Others may know newer ones by now.
      guard $0.since <= memory.since else { return }
      if $0.since < memory.since || $0.shapes.count >= Self.most { $0.shapes = [:] }
      $0.since = memory.since
      $0.shapes[key] = shape
    }
  }
}

/// What the query of a request and its preferences say, whatever they are about.
struct RequestWords: Sendable {
  struct Key: Hashable, Sendable {
    let query: String
    let preferences: String?

    func isShort(_ longest: Int) -> Bool {
      query.utf8.count + (preferences?.utf8.count ?? 0) <= longest
    }
  }

  let options: QueryOptions
  let preferences: Preferences
  /// What is selected, as the context of an answer says it.
  let selected: String

  /// - Throws: `ODataError` for options that cannot be read.
  init(_ key: Key) throws {
    options = try QueryOptions(query: key.query)
    preferences = Preferences(key.preferences)
    selected = RowReading.selected(options)
  }
}

/// How rows of a table are asked for and answered.
struct RowShape: Sendable {
  struct Key: Hashable, Sendable {
    let table: String
    /// A row by its id, and not a page.
    let isOne: Bool
    let words: RequestWords.Key
  }

  let tree: RowTree
  let layout: Layout
  let kept = RowTreeQuestion.Kept()
  /// Whether rows that no table holds are among what is asked for: seldom, and looked at once.
  let isTold: Bool

  init(tree: RowTree, layout: Layout) {
    (self.tree, self.layout) = (tree, layout)
    isTold = ToldTables.areAsked(by: tree)
  }
}
