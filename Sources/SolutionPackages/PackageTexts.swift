internal import Archive
internal import Solutions

extension PackageReader {
  /// Contents of text files of a package that was read, by path; what is larger than a naming part is left out.
  ///
  /// - Throws: `PackageError` for what is no archive any more, or takes too much memory.
  package func texts(
    of paths: Set<String>,
    in bytes: [UInt8],
    file: String
  ) throws(PackageError) -> [String: [UInt8]] {
    guard !paths.isEmpty else { return [:] }
    return try reading(file) {
      var texts: [String: [UInt8]] = [:]
      try ArchiveReader(bytes, limits: archiveLimits).forEachFile { entry, content in
        guard paths.contains(entry.path), entry.bytes <= bytesPerNamingPart else { return true }
        try memory.take(entry.bytes, for: entry.path)
        texts[entry.path] = try content.whole()
        return texts.count < paths.count
      }
      return texts
    }
  }
}
