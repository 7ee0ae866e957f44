import FoundationEssentials
package import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Compares text with a file under `Tests/Golden/`; `UPDATE_GOLDEN=1 swift test` rewrites it.
package func expectGolden(
  _ text: String,
  _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = "\(Repository.root)/Tests/Golden/\(name)"
  if getenv("UPDATE_GOLDEN") != nil {
    let file = URL(filePath: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(),
      withIntermediateDirectories: true
    )
    try Data(text.utf8).write(to: file)
    return
  }
  let expected = try Repository.text(path)
  #expect(
    text == expected,
    "differs from Tests/Golden/\(name); UPDATE_GOLDEN=1 rewrites it",
    sourceLocation: sourceLocation
  )
}
