/// The content of an entry, to be taken once.
///
/// Length and, in zip archives, checksum are verified when the end is reached.
package struct ArchiveContent {
  /// What an entry is unpacked from.
  protocol Source: AnyObject {
    /// Fills as much of the memory as there is; 0 at the end.
    func read(into memory: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int
  }

  package let entry: ArchiveEntry
  /// Of the container; nil where it has none that is verified here.
  let checksum: UInt32?
  let source: any Source

  /// All of it.
  package func whole() throws(ArchiveError) -> [UInt8] {
    // One byte more than stated shows an entry that is longer.
    let limit = entry.bytes + 1
    var failure: ArchiveError?
    let content = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      let memory = UnsafeMutableRawBufferPointer(buffer)
      count = 0
      do throws(ArchiveError) {
        while count < limit {
          let got = try source.read(into: UnsafeMutableRawBufferPointer(rebasing: memory[count...]))
          guard got > 0 else { break }
          count += got
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    var sum = Checksum()
    content.withUnsafeBytes { sum.update($0) }
    try check(count: content.count, sum)
    return content
  }

  /// Piece by piece, so that no more than one of them is in memory.
  package func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) throws(ArchiveError) {
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { memory.deallocate() }
    let stream = ArchiveStream(self)
    while true {
      let got = try stream.read(into: memory)
      guard got > 0 else { return }
      body(UnsafeRawBufferPointer(rebasing: memory[..<got]))
    }
  }

  fileprivate func check(count: Int, _ sum: Checksum) throws(ArchiveError) {
    guard count == entry.bytes else {
      throw ArchiveError(
        .lyingSize,
        entry: entry.path,
        "an entry is not as long as the archive says (\(entry.bytes) bytes)"
      )
    }
    if let checksum, checksum != sum.value {
      throw ArchiveError(
        .checksum,
        entry: entry.path,
        "the content of an entry does not fit its checksum (CRC)"
      )
    }
  }
}

/// The content of an entry, as whoever takes it asks for more.
package final class ArchiveStream {
  private let content: ArchiveContent
  private var sum = Checksum()
  private var count = 0
  private var isAtEnd = false

  package init(_ content: ArchiveContent) { self.content = content }

  /// Fills as much of the memory as there is; 0 at the end, where length and checksum have been verified.
  package func read(into memory: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int {
    guard !isAtEnd else { return 0 }
    let got = count > content.entry.bytes ? 0 : try content.source.read(into: memory)
    guard got > 0 else {
      isAtEnd = true
      try content.check(count: count, sum)
      return 0
    }
    count += got
    sum.update(UnsafeRawBufferPointer(rebasing: memory[..<got]))
    return got
  }
}
