import SolutionPackages
import Solutions

/// Verbs of `pac solution` that make and keep projects: here folders of sources, without a file for a build system.
extension PacVerb {
  private static let sources: [PacFlag] = [
    .option(
      "--packagetype",
      "-p",
      .value("--package-type; both without it, as sources of pac are")
    ),
    .option("--include", "-i", .refused("settings of the organization are not kept here")),
    .option("--map", "-m", .refused("files lie where the layout puts them")),
    .flag("--localize", "-loc", .refused("texts stay where they are")),
    environment,
  ]

  private static func exported(_ name: String, into folder: String, _ call: PacCall) -> [String] {
    let type = packageType(call)
    return ["export", name, "--folder", folder]
      + (type.isEmpty ? ["--package-type", "both"] : type)
  }

  static let clone = PacVerb(
    "clone",
    "Make a folder of the sources of a solution in an environment: NAME/src.",
    "export --folder; no project file is made",
    [
      .option("--name", "-n", isRequired: true, .value("the name")),
      .option("--outputDirectory", "-o", .value("where NAME/src is made; . without it")),
      .option("--targetversion", "-v", .needless("packages are written for the newest version")),
    ] + sources + waiting,
    own: [.environment, .change]
  ) { call in
    let name = call.values["--name"] ?? ""
    let folder = call.values["--outputDirectory"] ?? "."
    let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    return exported(name, into: "\(root)/\(name)/src", call)
  }

  static let sync = PacVerb(
    "sync",
    "Bring a folder of sources to the state of an environment.",
    "export --folder",
    [
      .option(
        "--solution-folder",
        "-f",
        .value("the folder of the sources, or the one around src; . without it")
      )
    ] + sources + waiting,
    own: [.environment, .change]
  ) { call in
    let path = try ManifestFile.path(in: call.values["--solution-folder"] ?? ".")
    let manifest = try ManifestVersion(try Files.bytes(of: path), file: path)
    // Beside the manifest's own folder.
    let root = path.split(separator: "/", omittingEmptySubsequences: false).dropLast(2)
    return exported(manifest.name.text, into: root.joined(separator: "/"), call)
  }

  static let initialize = PacVerb(
    "init",
    "Begin a folder of sources: those of an empty solution, called as the folder is.",
    "new sources; no project file is made",
    [
      .option("--publisher-name", "-pn", isRequired: true, .value("--publisher")),
      .option("--publisher-prefix", "-pp", isRequired: true, .words(["--prefix"])),
      .option("--outputDirectory", "-o", .value("the folder in which src is made; . without it")),
    ]
  ) { call in
    let folder = call.values["--outputDirectory"] ?? "."
    let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    return [
      "new", "sources", "\(root)/src", "--publisher", call.values["--publisher-name"] ?? "",
      "--name", Files.name(of: root),
    ]
  }
}
