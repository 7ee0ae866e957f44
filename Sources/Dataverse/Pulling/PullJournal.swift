internal import Hashing
package import Solutions

/// What has been answered, kept beside the file that is to be written, so that a pull that was cut goes on where it was.
package protocol PullJournal: Sendable {
  /// One more line; it is on the disk when this returns, or will be.
  ///
  /// - Throws: where it cannot be written.
  func append(_ line: [UInt8]) throws

  /// Bytes from a place on; fewer than asked for at the end alone.
  ///
  /// - Throws: where it cannot be read.
  func read(at offset: Int, atMost count: Int) throws -> [UInt8]
}

/// Lines of a journal: a head, then an answer each.
///
/// What has no end of line was cut off and counts for nothing. Where an answer stands is kept, and not what it says.
package struct PullRecord: Sendable {
  /// When the first question of all was asked.
  package let at: Timestamp
  /// How much of the journal is whole.
  package let length: Int
  private let journal: any PullJournal
  private let answers: [String: (status: Int, body: Range<Int>)]

  private static let format = "strata-facts-pull 1"

  /// The first line of a journal.
  package static func head(_ address: ServiceAddress, _ scope: PullScope, at: Timestamp) -> [UInt8]
  {
    Array("\(format) \(address.origin) \(digest(scope)) \(at.milliseconds)\n".utf8)
  }

  private static func digest(_ scope: PullScope) -> String {
    "\(SHA256Digest(of: Array(scope.words.utf8)))"
  }

  static func line(_ path: String, _ status: Int, _ body: [UInt8]) -> [UInt8] {
    // In JSON the ends of lines stand between values alone.
    Array("\(status) \(path) ".utf8) + body.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 } + [0x0A]
  }

  /// - Parameter chunk: how many bytes are read at once.
  /// - Throws: `DataverseError.otherRun` for what another pull has left, and what the journal throws.
  package init(
    _ journal: any PullJournal,
    _ address: ServiceAddress,
    _ scope: PullScope,
    chunk: Int = 1 << 20
  ) throws {
    var lines = JournalLines()
    var offset = 0
    while true {
      let bytes = try journal.read(at: offset, atMost: chunk)
      guard !bytes.isEmpty else { break }
      guard lines.take(bytes, at: offset) else { throw DataverseError.otherRun(address.origin) }
      offset += bytes.count
    }
    let words = lines.head.split(separator: " ")
    guard words.count == 5, words.prefix(2).joined(separator: " ") == Self.format,
      words[2] == address.origin, words[3] == Self.digest(scope), let moment = Int(words[4])
    else { throw DataverseError.otherRun(address.origin) }
    at = Timestamp(milliseconds: moment)
    length = lines.length
    answers = lines.answers
    self.journal = journal
  }

  /// - Throws: what the journal throws.
  func answer(to path: String) throws -> (status: Int, body: [UInt8])? {
    guard let answer = answers[path] else { return nil }
    let body = try journal.read(at: answer.body.lowerBound, atMost: answer.body.count)
    return (answer.status, body)
  }

  package var count: Int { answers.count }
}

/// Finds where answers stand in a journal that comes in pieces.
private struct JournalLines {
  /// The first line; empty where none has an end.
  private(set) var head = ""
  private(set) var answers: [String: (status: Int, body: Range<Int>)] = [:]
  /// Behind the last end of a line.
  private(set) var length = 0
  /// The head, or the status and the path of an answer, as far as they are read.
  private var words: [UInt8] = []
  /// Where the answer of this line begins, once its path is read.
  private var body: Int?

  /// More than a head or a path has.
  private static let wordsMax = 1 << 16

  /// - Returns: false for what no journal holds.
  mutating func take(_ bytes: [UInt8], at offset: Int) -> Bool {
    var place = 0
    while place < bytes.count {
      if body != nil {
        guard let end = bytes[place...].firstIndex(of: 0x0A) else { return true }
        guard finish(at: offset + end) else { return false }
        place = end + 1
        continue
      }
      let byte = bytes[place]
      place += 1
      if byte == 0x0A {
        guard finish(at: offset + place - 1) else { return false }
      } else if byte == 0x20, length > 0, words.contains(0x20) {
        body = offset + place
      } else {
        guard words.count < Self.wordsMax else { return false }
        words.append(byte)
      }
    }
    return true
  }

  private mutating func finish(at end: Int) -> Bool {
    defer {
      words = []
      body = nil
      length = end + 1
    }
    guard length > 0 else {
      head = String(decoding: words, as: UTF8.self)
      return true
    }
    let parts = String(decoding: words, as: UTF8.self).split(separator: " ")
    guard let body, parts.count == 2, let status = Int(parts[0]) else { return false }
    answers[String(parts[1])] = (status, body..<end)
    return true
  }
}
