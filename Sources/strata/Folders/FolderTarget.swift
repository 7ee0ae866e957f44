import Contract
import Faces
import SolutionPackages
import Solutions

/// A folder of sources that is to be made, or to follow a package: what lies in it, and what becomes of it.
struct FolderTarget {
  private let folder: String
  /// Whether files of others are replaced.
  private let overwrites: Bool
  private var files: [String: [UInt8]] = [:]
  private var owned: Set<String> = []
  /// Whose it is; nil where that is not known.
  private var solution: String?
  private var isHalfWay = false

  /// - Throws: `Failure` for what is no folder, or has a layout that is not written; `PackageError` for what cannot be read.
  init(_ folder: String, overwriting overwrites: Bool) throws {
    (self.folder, self.overwrites) = (folder, overwrites)
    guard let node = FileNode(folder) else {
      try Outputs.refuseDatabase(OutputPlace(folder))
      return
    }
    guard node.kind == .folder else {
      throw Failure(.unwritable, "cannot write \(folder): it is no folder")
    }
    let there = try FolderInput.read(folder, name: Files.name(of: folder))
    guard !FolderReader.isYAML(there.files.map(\.path)) else {
      throw Failure(
        .wouldOverwrite,
        "\(folder) has the layout of Git integration, which is read and not written; nothing was written",
        remedy: "name another folder"
      )
    }
    files = Dictionary(there.files.map { ($0.path, $0.bytes) }) { first, _ in first }
    owned = FolderReader.owned(among: there.files.map(\.path))
    solution = FolderReader(Files.reader).solution(of: there)
    isHalfWay = OutputFolder.isHalfWay(folder)
  }

  private var endsLinesAsWindows: Bool { files[FolderReader.manifest]?.contains(0x0D) ?? false }

  /// What the folder is to hold, and what is done to it for that.
  struct Work {
    let files: [String: [UInt8]]
    let changes: OutputFolder.Changes

    var shape: UnpackShape.Files {
      UnpackShape.Files(
        total: files.count,
        added: changes.added,
        changed: changes.changed,
        removed: changes.removed,
        unchanged: changes.unchanged,
        kept: changes.kept.count
      )
    }
  }

  /// - Parameters:
  ///   - package: whose sources it is to hold, and of its managed twin where it is to be of both.
  ///   - called: how the package is called.
  ///   - inputs: files that are read and may not be written.
  /// - Throws: `Failure` where files of others are in the way; `PackageError` for what cannot be taken apart.
  func work(
    for package: FolderReader.Source,
    managed: FolderReader.Source?,
    of solution: SolutionName,
    called: Prose,
    reading inputs: [String] = []
  ) throws -> Work {
    let reader = FolderReader(Files.reader)
    let unpacked = try reader.unpack(
      package,
      managed: managed,
      endsLinesAsWindows: endsLinesAsWindows
    )
    // What says the same stays as it is spelled.
    let wanted = Dictionary(
      unpacked.files.map { file in
        let there = files[file.path]
        let isSame = there.map { reader.saysTheSame($0, file.bytes, path: file.path) } ?? false
        return (file.path, isSame ? there ?? file.bytes : file.bytes)
      }
    ) { first, _ in first }
    let changes = try changes(to: wanted, of: solution, called)
    for path in changes.changed + changes.removed {
      let place = OutputPlace("\(folder)/\(path)")
      guard inputs.contains(where: { place.isSame(as: OutputPlace($0)) }) else { continue }
      throw Failure(
        .wouldOverwrite,
        "\(folder)/\(path) is the package that is unpacked; nothing was written",
        remedy: "name another folder"
      )
    }
    return Work(files: wanted, changes: changes)
  }

  private func changes(
    to files: [String: [UInt8]],
    of name: SolutionName,
    _ called: Prose
  ) throws -> OutputFolder.Changes {
    let isSame = solution?.lowercased() == name.text.lowercased()
    let changes = OutputFolder.Changes(
      from: self.files,
      owned: owned,
      isOwn: isSame || isHalfWay || overwrites,
      to: files
    )
    if let solution, !isSame, !isHalfWay, !overwrites {
      throw Failure(
        .wouldOverwrite,
        "\(folder) holds the solution \(solution), and \(called) is \(name); nothing was written",
        remedy: "name another folder, or replace it with --overwrite"
      )
    }
    guard changes.foreign.isEmpty else {
      let named = changes.foreign.prefix(3).joined(separator: ", ")
      throw Failure(
        .wouldOverwrite,
        "\(folder) has files that unpack did not make: \(named)\(changes.foreign.count > 3 ? " and others" : ""); nothing was written",
        remedy: "name another folder, or replace them with --overwrite"
      )
    }
    return changes
  }

  func write(_ work: Work) throws {
    try OutputFolder(folder).write(work.changes, work.files)
  }
}

extension UnpackShape.Files {
  /// Lines below the first one.
  var lines: [Prose] {
    var lines: [Prose] = []
    let parts: [(Int, Prose)] = [
      (added.count, "added"), (changed.count, "changed"), (removed.count, "removed"),
      (unchanged, "unchanged"),
    ]
    let told = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" as Prose }
    if added.count < total || !removed.isEmpty {
      lines.append("  \(told.joined(separator: ", "))")
    }
    if kept > 0 { lines.append("  \(counted(kept, "file")) of no solution left alone") }
    return lines
  }
}
