import ArgumentParser
import Contract
import Faces
import Lifecycle
import SolutionPackages
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

struct SetVersionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-version",
    abstract: "Give a solution another version: in an environment, a package or a folder.",
    discussion: """
      strata set-version Fabrikam 1.2.0.0 --env E      the unmanaged solution in an environment
      strata set-version Fabrikam.zip --bump minor     a package; the new one is written beside it by name
      strata set-version ./src --from-git-tag          a folder of sources; only the version's text changes
      """
  )

  @Argument(
    help:
      "Unique name of a solution, a package (.zip), a folder with Other/Solution.xml or solutions/NAME/solution.yml, or that file.",
    completion: .solution
  )
  var target: String

  @OptionGroup var strategy: VersionStrategy

  @Option(
    help: "For a package: the file to write; default NAME_1_0_0_0.zip or its like here.",
    completion: .package
  )
  var out: String?

  @OptionGroup var changing: SafeChangeOptions

  func run() async throws {
    var status = stat()
    // Who names an environment means the solution in it, whatever lies here under its name.
    let isSolution = changing.environment.path != nil && SolutionName(target) != nil
    guard !isSolution, stat(target, &status) == 0 else { return try await inEnvironment() }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    let isManifest = ManifestFile.isManifest(target)
    guard isFolder || isManifest else { return try inPackage() }
    guard out == nil else { throw ValidationError("--out is for packages.") }
    try inManifest(isFolder ? ManifestFile.path(in: target) : target)
  }

  private func inEnvironment() async throws {
    guard out == nil else { throw ValidationError("--out is for packages, and \(target) is none.") }
    guard let name = SolutionName(target) else {
      throw ValidationError("\(target) is no file, no folder and no name of a solution.")
    }
    let lifecycle = try await changing.environment.lifecycle()
    guard let found = try await lifecycle.ask(SolutionQuestion(name)) else {
      throw Failure(.notInstalled, "\(name) is not installed", remedy: "strata list shows what is")
    }
    let version = try strategy.version(after: found.solution.solution.version, in: ".")
    try await changing.perform(.settingVersion(of: name, to: version))
  }

  private func inPackage() throws {
    let archive = try Files.archive(target, as: nil)
    let manifest = archive.package.manifest
    let version = try strategy.version(after: manifest.version, in: ".")
    let path =
      out ?? Export.fileName(of: manifest.name, version, isManaged: manifest.isManaged)
    let outputs = try Outputs(
      [("the package", path)],
      reading: [Outputs.Input(path: target, words: "the package that is read")]
    )
    let bytes = try Files.reader.setting(version, in: archive.bytes, file: archive.package.file)
    if !changing.planning.plan { try Self.write(bytes, path, outputs) }
    try give(manifest.name, manifest.isManaged, manifest.version, version, path)
  }

  private func inManifest(_ path: String) throws {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let bytes = try Files.bytes(of: path)
    let manifest = try ManifestVersion(bytes, file: path)
    let version = try strategy.version(
      after: manifest.version,
      in: folder.isEmpty ? "." : folder.joined(separator: "/")
    )
    let changed = manifest.replaced(by: version)
    if !changing.planning.plan, changed != bytes {
      try Self.write(changed, path, try Outputs([("the manifest", path)]))
    }
    try give(manifest.name, manifest.isManaged, manifest.version, version, path)
  }

  private static func write(_ bytes: [UInt8], _ path: String, _ outputs: Outputs) throws {
    let file = try outputs.open(path, isPrivate: false)
    try file.write(bytes)
    try file.commit()
  }

  private func give(
    _ name: SolutionName,
    _ isManaged: Bool,
    _ before: SolutionVersion,
    _ after: SolutionVersion,
    _ file: String
  ) throws {
    let shape = SetVersionShape(
      name,
      isManaged: isManaged,
      from: before,
      to: after,
      file: file,
      isWritten: !changing.planning.plan
    )
    try changing.output.give(shape) { shape.text($0) }
    if changing.planning.plan, before.text != after.text { throw ExitCode(2) }
  }
}

extension SetVersionShape {
  func text(_ style: TextStyle) -> Prose {
    let change: Prose = "\(style.bold("\(uniqueName)"))  \(before) → \(after)"
    return written ? "\(change)  written to \(file)\n" : "\(change)  would be written to \(file)\n"
  }
}

/// Which version comes next.
struct VersionStrategy: ParsableArguments {
  enum Part: String, CaseIterable, ExpressibleByArgument {
    case major
    case minor
    case build
    case revision

    var part: SolutionVersion.Part {
      switch self {
      case .major: .major
      case .minor: .minor
      case .build: .build
      case .revision: .revision
      }
    }
  }

  @Argument(help: "The version: two to four numbers with dots between.")
  var version: SolutionVersion?

  @Option(help: "Raise one number: major, minor, build or revision; those behind it become 0.")
  var bump: Part?

  @Option(help: "Another build number; the revision becomes 0 unless it is said, too.")
  var build: Int32?

  @Option(help: "Another revision number.")
  var revision: Int32?

  @Flag(help: "What the newest tag of the git repository ends with: v1.2.3, release/1.2.3.4.")
  var fromGitTag = false

  @Option(
    help: ArgumentHelp(
      "The day as build, 1.2.20261129.0; the revision is raised where it is that day already.",
      valueName: "today|YYYY-MM-DD"
    )
  )
  var fromDate: String?

  func validate() throws {
    let hasNumber = build != nil || revision != nil
    let given = [version != nil, bump != nil, hasNumber, fromGitTag, fromDate != nil].count { $0 }
    guard given == 1 else {
      throw ValidationError(
        "Say a version, or one of --bump, --build and --revision, --from-git-tag, --from-date."
      )
    }
    guard build ?? 0 >= 0, revision ?? 0 >= 0 else {
      throw ValidationError("--build and --revision are no negative numbers.")
    }
  }

  /// - Parameter folder: in whose repository tags are looked up.
  func version(after present: SolutionVersion, in folder: String) throws -> SolutionVersion {
    if let version { return version }
    let next: SolutionVersion?
    if let bump {
      next = present.raised(bump.part)
    } else if build != nil || revision != nil {
      next = present.with(build: build.map { Int($0) }, revision: revision.map { Int($0) })
    } else if let fromDate {
      let day = try day(fromDate)
      next = present.dated(year: day.year, month: day.month, day: day.day)
    } else {
      return try tagged(in: folder)
    }
    guard let next else {
      throw Failure(.other, "no version follows \(present): it cannot be raised")
    }
    return next
  }

  private func day(_ text: String) throws -> (year: Int, month: Int, day: Int) {
    if text == "today" {
      var now = time(nil)
      var parts = tm()
      gmtime_r(&now, &parts)
      return (Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday))
    }
    let fields = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard text.utf8.count == 10, fields.count == 3, let year = fields[0], let month = fields[1],
      let day = fields[2], (1900...9999).contains(year), Timestamp("\(text)T00:00:00Z") != nil
    else { throw ValidationError("\(text) is no day: today, or YYYY-MM-DD.") }
    return (year, month, day)
  }

  private func tagged(in folder: String) throws -> SolutionVersion {
    let tags = try Self.tags(in: folder)
    // Others mark what is no version: a deployment, a milestone.
    if let version = tags.lazy.compactMap({ SolutionVersion(tag: $0) }).first { return version }
    throw Failure(
      .other,
      tags.isEmpty
        ? "there is no tag here, or no git repository"
        : "none of the \(counted(tags.count, "tag")) that lead here ends with a version; the newest is \(tags[0])",
      remedy: "fetch the tags, or say the version"
    )
  }

  /// Those of the commits that lead to the present one, the newest first; none where git knows none.
  private static func tags(in folder: String) throws -> [String] {
    let quoted = "'" + folder.replacing("'", with: "'\\''") + "'"
    let command = "git -C \(quoted) tag --merged HEAD --sort=-creatordate 2>/dev/null"
    guard let pipe = popen(command, "r") else { throw Failure(.other, "git cannot be run") }
    var tags: [String] = []
    var line = [CChar](repeating: 0, count: 1_024)
    while fgets(&line, Int32(line.count), pipe) != nil {
      let bytes = line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) }
      tags.append(String(decoding: bytes, as: UTF8.self))
    }
    return pclose(pipe) == 0 ? tags : []
  }
}
