/// A file in an archive.
package struct ArchiveEntry: Equatable, Sendable {
  /// With forward slashes, without a leading one.
  package let path: String
  package let bytes: Int

  package init(path: String, bytes: Int) {
    self.path = path
    self.bytes = bytes
  }
}

extension ArchiveEntry {
  /// Refuses names that would leave the archive's root or mean something else on another system.
  static func check(path: String, limits: ArchiveLimits) throws(ArchiveError) {
    guard !path.isEmpty else { throw ArchiveError(.invalidName, "an entry has no name") }
    guard path.utf8.count <= limits.nameBytes else {
      throw ArchiveError(
        .nameTooLong,
        entry: path,
        "a name has more than \(limits.nameBytes) bytes"
      )
    }
    if path.utf8.contains(0) { throw ArchiveError(.invalidName, entry: path, "a name holds a NUL") }
    guard !path.unicodeScalars.contains(where: isControl) else {
      throw ArchiveError(.invalidName, entry: path, "a name holds control or direction characters")
    }
    guard !path.contains("\\") else {
      throw ArchiveError(.invalidName, entry: path, "a name holds a backslash")
    }
    let drive = path.utf8.prefix(2)
    if path.hasPrefix("/") || (drive.count == 2 && drive.last == UInt8(ascii: ":")) {
      throw ArchiveError(.absoluteName, entry: path, "a name is absolute")
    }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= limits.depth else {
      throw ArchiveError(
        .tooDeep,
        entry: path,
        "an entry lies in more than \(limits.depth) folders"
      )
    }
    for (index, part) in parts.enumerated() {
      if part == ".." {
        throw ArchiveError(.pathTraversal, entry: path, "a name leaves the archive")
      }
      let isFolderEnd = part.isEmpty && index == parts.count - 1
      if part == "." || (part.isEmpty && !isFolderEnd) {
        throw ArchiveError(.invalidName, entry: path, "a name has an empty part")
      }
    }
  }

  /// What is not seen and changes what is: controls, ends of lines, marks of direction.
  private static func isControl(_ character: Unicode.Scalar) -> Bool {
    switch character.value {
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}
