/// Where the bytes of an archive are: in memory, or in a file of which parts are read.
package protocol ArchiveBytes: Sendable {
  var count: Int { get }
  /// Fills the memory from a place on.
  ///
  /// - Returns: how much of it; less than the memory has only where the archive ends.
  func read(at place: Int, into memory: UnsafeMutableRawBufferPointer) throws(ArchiveError) -> Int
}

extension [UInt8]: ArchiveBytes {
  package func read(
    at place: Int,
    into memory: UnsafeMutableRawBufferPointer
  ) throws(ArchiveError) -> Int {
    guard indices.contains(place) else { return 0 }
    let end = Swift.min(count, place + memory.count)
    memory.copyBytes(from: self[place..<end])
    return end - place
  }
}

extension ArchiveBytes {
  /// A part of them; shorter where they end.
  func bytes(at place: Int, _ length: Int) throws(ArchiveError) -> [UInt8] {
    var failure: ArchiveError?
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      do throws(ArchiveError) {
        count = try read(at: place, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
