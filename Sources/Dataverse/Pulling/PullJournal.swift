internal import Hashing
package import Solutions

/// What has been answered, kept beside the file that is to be written, so that a pull that was cut goes on where it was.
package protocol PullJournal: Sendable {
  /// One more line; it is on the disk when this returns, or will be.
  ///
  /// - Throws: where it cannot be written.
  func append(_ line: [UInt8]) throws
}

/// Lines of a journal: a head, then an answer each.
///
/// What has no end of line was cut off and counts for nothing.
package struct PullRecord: Sendable {
  /// When the first question of all was asked.
  package let at: Timestamp
  private let bytes: [UInt8]
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

  /// - Throws: `DataverseError.otherRun` for what another pull has left.
  package init(
    _ bytes: [UInt8],
    _ address: ServiceAddress,
    _ scope: PullScope
  ) throws(DataverseError) {
    var answers: [String: (Int, Range<Int>)] = [:]
    var start = 0
    var at: Timestamp?
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      defer { start = end + 1 }
      guard at != nil else {
        let words = String(decoding: bytes[start..<end], as: UTF8.self).split(separator: " ")
        guard words.count == 5, words.prefix(2).joined(separator: " ") == Self.format,
          words[2] == address.origin, words[3] == Self.digest(scope), let moment = Int(words[4])
        else { throw .otherRun(address.origin) }
        at = Timestamp(milliseconds: moment)
        continue
      }
      guard let first = bytes[start..<end].firstIndex(of: 0x20),
        let second = bytes[(first + 1)..<end].firstIndex(of: 0x20),
        let status = Int(String(decoding: bytes[start..<first], as: UTF8.self))
      else { throw .otherRun(address.origin) }
      let path = String(decoding: bytes[(first + 1)..<second], as: UTF8.self)
      answers[path] = (status, (second + 1)..<end)
    }
    guard let at else { throw .otherRun(address.origin) }
    self.at = at
    self.bytes = bytes
    self.answers = answers
    length = start
  }

  /// How much of the journal is whole.
  package let length: Int

  func answer(to path: String) -> (status: Int, body: [UInt8])? {
    answers[path].map { ($0.status, Array(bytes[$0.body])) }
  }

  package var count: Int { answers.count }
}
