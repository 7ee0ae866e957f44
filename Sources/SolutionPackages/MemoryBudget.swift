import Synchronization

/// What all packages of a run may take of memory together.
///
/// Counted are the archives, the trees of their parts, what is kept of them for people and plans, and, while it is read,
/// the part itself. It is an estimate from above, made before memory is asked for (docs/decisions/083).
package final class MemoryBudget: Sendable {
  package let limit: Int
  private let taken = Mutex(0)

  /// So much that a run with all its own needs stays below 512 MB.
  package static let standard = 384 << 20

  package init(limit: Int = MemoryBudget.standard) { self.limit = limit }

  package var left: Int { limit - taken.withLock { $0 } }

  /// - Throws: `PartError` where there is not so much left.
  func take(_ bytes: Int, for part: String) throws(PartError) {
    let isTaken = taken.withLock { taken in
      guard bytes <= limit - taken else { return false }
      taken += bytes
      return true
    }
    guard isTaken else { throw refusal(of: part) }
  }

  /// - Throws: `PartError` where there is not so much left for a while.
  func ask(_ bytes: Int, for part: String) throws(PartError) {
    guard bytes <= left else { throw refusal(of: part) }
  }

  private func refusal(of part: String) -> PartError {
    PartError(
      part: part,
      line: 0,
      problem: "with it the packages of this run take more than \(limit >> 20) MB of memory"
    )
  }
}

extension MemoryBudget {
  /// Of a component with its definition and what plans make of it.
  static let bytesPerComponent = 3_072
  /// Of an element that is carried as it is.
  static let bytesPerLeftover = 64
  /// Of a file that is no more than named and hashed.
  static let bytesPerFile = 512
  /// Of a process, flow or formula, for each of its bytes: itself and what it names.
  static let bytesPerByteNaming = 4
  /// Of a document in parsing, for each of its bytes: itself, its texts, and room to grow.
  static let bytesPerByteParsed = 3
}
