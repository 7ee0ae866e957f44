import Faces
import Solutions

/// A readable file that is to be written, with the files beside it.
struct DescribedFolder {
  private let folder: String
  private let name: String

  /// - Throws: `Failure` for what cannot be written.
  init(_ file: String, in environment: String) throws {
    let slash = file.lastIndex(of: "/")
    name = slash.map { String(file[file.index(after: $0)...]) } ?? file
    folder = slash.map { $0 == file.startIndex ? "/" : String(file[..<$0]) } ?? "."
    guard !name.isEmpty else {
      throw Failure(
        .unwritable,
        "cannot write \(file): it is a folder",
        remedy: "name a file in it"
      )
    }
    // A folder that is made has nothing in it.
    if FileNode(folder) != nil { _ = try Outputs([("--output", file)], in: environment) }
  }

  /// - Throws: `Failure` where files that say something else are in the way.
  func write(_ text: String, _ beside: [String: [UInt8]], overwriting: Bool) throws {
    var files = beside
    files[name] = Array(text.utf8)
    var there: [String: [UInt8]] = [:]
    for path in files.keys {
      let whole = "\(folder)/\(path)"
      guard FileNode(whole)?.kind == .file else { continue }
      there[path] = try Files.bytes(of: whole)
    }
    let changes = OutputFolder.Changes(
      from: there,
      owned: [],
      isOwn: overwriting,
      to: files
    )
    guard changes.foreign.isEmpty else {
      let named = changes.foreign.prefix(3).joined(separator: ", ")
      throw Failure(
        .wouldOverwrite,
        "\(folder) has files that say something else: \(named)\(changes.foreign.count > 3 ? " and others" : ""); nothing was written",
        remedy: "name another folder, or replace them with --overwrite"
      )
    }
    try OutputFolder(folder).write(changes, files)
  }
}
