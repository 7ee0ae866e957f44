internal import Hashing
internal import SQL

/// What the rows of a state add up to: equal for equal states of one environment (docs/decisions/050).
///
/// Each row has the SHA-256 of what it says, and the rows of each part are added up as numbers of 256 bits. So the digest
/// of the next state follows from the rows that an operation has written, however many others there are.
struct StateDigest: Equatable, Sendable {
  enum Part: String, CaseIterable, Sendable {
    case publishers
    case solutions
    case members
    case layers
    case settings

    /// In words, for people.
    var name: String {
      switch self {
      case .publishers: "publishers"
      case .solutions: "solutions"
      case .members: "members of solutions"
      case .layers: "layers of components"
      case .settings: "settings"
      }
    }
  }

  private var sums: [Sum]

  /// Of a state with nothing in it.
  init() { sums = Array(repeating: Sum(), count: Part.allCases.count) }

  /// - Parameter blobs: one for each part.
  init?(_ blobs: [[UInt8]]) {
    let sums = blobs.compactMap { SHA256Digest(bytes: $0).map { Sum($0) } }
    guard sums.count == Part.allCases.count else { return nil }
    self.sums = sums
  }

  var blobs: [[UInt8]] { sums.map(\.bytes) }

  /// Parts in which two differ.
  func differences(from other: StateDigest) -> [Part] {
    Part.allCases.enumerated().filter { sums[$0.offset] != other.sums[$0.offset] }.map(\.element)
  }

  subscript(part: Part) -> Sum {
    get { sums[Part.allCases.firstIndex(of: part) ?? 0] }
    set { sums[Part.allCases.firstIndex(of: part) ?? 0] = newValue }
  }

  static func += (left: inout StateDigest, right: StateDigest) {
    for index in left.sums.indices { left.sums[index] += right.sums[index] }
  }

  /// A number of 256 bits, modulo 2²⁵⁶.
  struct Sum: Equatable, Sendable {
    /// The lowest first.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    init() {}

    init(_ digest: SHA256Digest) {
      let words = digest.words
      self.words = (words.3, words.2, words.1, words.0)
    }

    static func == (left: Sum, right: Sum) -> Bool { left.words == right.words }

    static func += (left: inout Sum, right: Sum) {
      var carry: UInt64 = 0
      func add(_ word: inout UInt64, _ other: UInt64) {
        let (first, isOver) = word.addingReportingOverflow(other)
        let (second, isOverAgain) = first.addingReportingOverflow(carry)
        word = second
        carry = isOver || isOverAgain ? 1 : 0
      }
      add(&left.words.0, right.words.0)
      add(&left.words.1, right.words.1)
      add(&left.words.2, right.words.2)
      add(&left.words.3, right.words.3)
    }

    static func -= (left: inout Sum, right: Sum) {
      var other = Sum()
      other.words = (~right.words.0, ~right.words.1, ~right.words.2, ~right.words.3)
      left += other
      left += one
    }

    private static let one: Sum = {
      var one = Sum()
      one.words.0 = 1
      return one
    }()

    var bytes: [UInt8] {
      [words.3, words.2, words.1, words.0].flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * $0)) }
      }
    }
  }
}

/// Hashes rows by what they say: each value with its type and its length, so that no two rows look alike.
struct RowHasher: ~Copyable {
  private var hasher = SHA256Hasher()
  private var buffer: [UInt8] = []

  /// - Parameter columns: which values of the row.
  mutating func hash(_ row: SQLRow, _ columns: Range<Int>) -> StateDigest.Sum {
    hash(row.values[columns])
  }

  mutating func hash(_ values: some Sequence<SQLValue>) -> StateDigest.Sum {
    buffer.removeAll(keepingCapacity: true)
    for value in values {
      switch value {
      case .null: add(0, [])
      case .integer(let value): add(1, String(value).utf8)
      case .real(let value): add(2, String(value).utf8)
      case .text(let text): add(3, text.utf8)
      case .blob(let bytes): add(4, bytes)
      }
    }
    hasher.update(buffer)
    return StateDigest.Sum(hasher.finish())
  }

  private mutating func add(_ type: UInt8, _ bytes: some Collection<UInt8>) {
    buffer.append(type)
    let count = UInt64(bytes.count)
    for shift in stride(from: 56, through: 0, by: -8) {
      buffer.append(UInt8(truncatingIfNeeded: count >> UInt64(shift)))
    }
    buffer.append(contentsOf: bytes)
  }
}
