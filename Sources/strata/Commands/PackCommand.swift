import ArgumentParser
import Contract
import Faces
import SolutionPackages
import Solutions

struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Make a package from the files of an unpacked solution.",
    discussion: """
      The same files give the same bytes. Exit status: 0 done, 1 could not be done, 64 wrong usage; \
      findings about the package do not change it.

      Example:
        strata pack src FieldService_1_2_0_0.zip
      """
  )

  @Argument(
    help: "A folder as strata unpack or pac solution unpack makes it.",
    completion: .directory
  )
  var folder: String

  @Argument(help: "The package; a file of that name is replaced.", completion: .package)
  var package: String

  @Option(
    help:
      "unmanaged, managed or both; default what the sources are of, unmanaged for those of both. both writes PACKAGE_managed.zip, too."
  )
  var packageType: Wire.PackageType?

  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard package != "-" else { throw ValidationError("A package is written into a file.") }
  }

  func run() throws {
    let twin = packageType == .both ? PackageNames.managedTwin(of: package) : nil
    let outputs = try Outputs([("the package", package), ("its managed twin", twin)])
    guard FileNode(folder)?.kind == .folder else {
      throw Failure(.unreadable, "cannot read \(folder): it is no folder")
    }
    let name = Files.name(of: folder)
    let sources = try Files.folder(folder, name: name)
    try refuseSource(sources, [package, twin].compactMap(\.self))
    let isManaged = packageType.map { $0 == .managed }
    let main = try Output(package, try pack(sources, isManaged, name), name, outputs)
    let other = try twin.map { path in
      try Output(path, try pack(sources, true, name), name, outputs)
    }
    try main.sink.commit()
    try other?.sink.commit()
    let document = PackShape(
      main.written,
      twin: other?.written,
      folder: folder,
      leftOut: main.packed.leftOut,
      spelled: Remedies.spelled
    )
    try output.give(document) { document.text($0) }
  }

  private func pack(
    _ sources: SolutionFolder,
    _ isManaged: Bool?,
    _ name: String
  ) throws -> FolderReader.Packed {
    try FolderReader(Files.reader).pack(sources, isManaged: isManaged, name: name)
  }

  /// A package that waits for its name.
  private struct Output {
    let packed: FolderReader.Packed
    let written: PackShape.Written
    let sink: OutputFile

    init(
      _ path: String,
      _ packed: FolderReader.Packed,
      _ name: String,
      _ outputs: Outputs
    ) throws {
      self.packed = packed
      written = (path, try FolderReader(Files.reader).read(packed, name: name))
      sink = try outputs.open(path, isPrivate: false)
      try sink.write(packed.bytes)
    }
  }

  /// A package takes the place of none of the files that it is made of.
  private func refuseSource(_ sources: SolutionFolder, _ paths: [String]) throws {
    let files = sources.files.map(\.path)
    for path in paths {
      guard let node = FileNode(path) else { continue }
      let same = files.filter { FileNode("\(folder)/\($0)")?.isSameFile(as: node) ?? false }
      guard !same.isEmpty, !FolderReader.owned(among: files).isDisjoint(with: same) else {
        continue
      }
      throw Failure(
        .wouldOverwrite,
        "\(path) is a file that the package is made of; nothing was written",
        remedy: "name another file"
      )
    }
  }
}

/// How the two forms of a package are called.
enum PackageNames {
  /// `X_managed.zip` for `X.zip`.
  static func managedTwin(of path: String) -> String {
    let name = path[(path.lastIndex(of: "/") ?? path.startIndex)...]
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return path + "_managed" }
    return path[..<dot] + "_managed" + path[dot...]
  }
}

extension PackShape {
  func text(_ style: TextStyle) -> Prose {
    var lines: [Prose] = packages.map { package in
      let form: Prose = package.managed ? "managed" : "unmanaged"
      return
        "\(style.bold("\(solution.uniqueName)")) \(solution.version), \(form), \(counted(package.components, "component")), packed into \(package.file)"
    }
    if !leftOut.isEmpty {
      lines.append("  not packed:")
      lines += leftOut.prefix(20).map { "    \($0.path): \($0.reason)" }
      if leftOut.count > 20 { lines.append("    and \(counted(leftOut.count - 20, "more file"))") }
    }
    if !findings.isEmpty {
      lines += [""] + findings.flatMap { FindingText.lines($0, style) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
