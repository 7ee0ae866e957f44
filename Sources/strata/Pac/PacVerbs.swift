import Faces
import Solutions

extension PacVerb {
  /// As `pac` documents them.
  static let all: [PacVerb] = [
    importing, exporting, upgrade, delete, list, version, onlineVersion, pack, unpack, clone, sync,
    publish, check, createSettings, initialize, addComponent, addLicense, addReference,
  ]

  // MARK: Flags of several verbs

  static let environment = PacFlag.option("--environment", "-env", .words(["--env"]))
  static let waiting: [PacFlag] = [
    .flag("--async", "-a", .needless("a command ends when the operation does")),
    .option(
      "--max-async-wait-time",
      "-wt",
      .needless(
        "a command ends when the operation does; --wait says how long to wait for one's turn"
      )
    ),
  ]
  private static let name = PacFlag.option(
    "--solution-name",
    "-sn",
    isRequired: true,
    .value("the name")
  )

  private static func named(_ call: PacCall) -> String { call.values["--solution-name"] ?? "" }

  // MARK: Operations

  private static let importing = PacVerb(
    "import",
    "Import a package.",
    "import",
    [
      .option("--path", "-p", isRequired: true, .value("the package")),
      .flag("--activate-plugins", "-ap", .words(["--enable-steps"])),
      .flag("--activate-flows", "-af", .words(["--enable-steps"])),
      .flag("--force-overwrite", "-f", .words(["--overwrite-customizations"])),
      .flag("--import-as-holding", "-h", .value("--action stage")),
      .flag("--stage-and-upgrade", "-up", .value("--action upgrade")),
      .flag("--publish-changes", "-pc", .words(["--publish-changes"])),
      .option("--settings-file", nil, .words(["--settings-file"])),
      .flag(
        "--convert-to-managed",
        "-cm",
        .needless("a managed package over the unmanaged solution converts it, and the plan says so")
      ),
      .flag(
        "--skip-dependency-check",
        "-s",
        .needless("no dependency is flagged as an update of a product")
      ),
      .flag("--skip-lower-version", "-slv", .words(["--skip-lower-version"])),
      environment,
    ] + waiting,
    own: [.environment, .change, .destruction]
  ) { call in
    let isHolding = call.values["--import-as-holding"] != nil
    let isUpgrade = call.values["--stage-and-upgrade"] != nil
    guard !isHolding || !isUpgrade else {
      throw Failure(
        .usage,
        "take --import-as-holding or --stage-and-upgrade, not both",
        status: Failure.wrongUsage
      )
    }
    // Without either a higher version is an update, which deletes nothing.
    let action = isHolding ? "stage" : isUpgrade ? "upgrade" : "update"
    return ["import", call.values["--path"] ?? "", "--action", action]
  }

  private static let exporting = PacVerb(
    "export",
    "Export an unmanaged solution.",
    "export",
    [
      .option("--path", "-p", .value("the file, or a folder for it")),
      .option("--name", "-n", isRequired: true, .value("the name")),
      .flag("--managed", "-m", .words(["--managed"])),
      .flag("--overwrite", "-ow", .value("without it a file that is there stays")),
      .option("--targetversion", "-v", .needless("packages are written for the newest version")),
      .option("--include", "-i", .refused("settings of the organization are not kept here")),
      environment,
    ] + waiting,
    own: [.environment, .change]
  ) { call in
    let name = call.values["--name"] ?? ""
    let path = call.values["--path"].map { path in
      guard FileNode(path)?.kind == .folder else { return path }
      let folder = path.hasSuffix("/") ? path : "\(path)/"
      return "\(folder)\(name)\(call.values["--managed"] == nil ? "" : "_managed").zip"
    }
    if let path, call.values["--overwrite"] == nil, Files.isThere(path) {
      throw Failure(
        .wouldOverwrite,
        "\(path) is there; nothing was written",
        remedy: "--overwrite writes over it"
      )
    }
    return ["export", name] + (path.map { [$0] } ?? [])
  }

  private static let upgrade = PacVerb(
    "upgrade",
    "Apply a staged upgrade.",
    "upgrade apply",
    [name, environment] + waiting,
    own: [.environment, .change, .destruction]
  ) { ["upgrade", "apply", named($0)] }

  private static let delete = PacVerb(
    "delete",
    "Uninstall a solution.",
    "uninstall",
    [name, environment],
    own: [.environment, .change, .destruction]
  ) { ["uninstall", named($0)] }

  private static let list = PacVerb(
    "list",
    "List the solutions of an environment.",
    "list",
    [
      environment,
      .option("--environment-id", nil, .words(["--env"])),
      .flag("--includeSystemSolutions", nil, .needless("no solution of the platform is kept here")),
    ],
    own: [.environment]
  ) { _ in ["list"] }

  private static let publish = PacVerb(
    "publish",
    "Publish all drafts.",
    "publish",
    [environment] + waiting,
    own: [.environment, .change]
  ) { _ in ["publish"] }

  // MARK: Versions

  private static let version = PacVerb(
    "version",
    "Set the version in the manifest of a folder.",
    "set-version",
    [
      .option("--solutionPath", "-sp", .value("the folder or its Solution.xml; . without it")),
      .option(
        "--strategy",
        "-s",
        .value("GitTags is --from-git-tag, Solution --bump build, None nothing")
      ),
      .option("--buildversion", "-bv", .words(["--build"])),
      .option("--revisionversion", "-rv", .words(["--revision"])),
      .option("--patchversion", "-pv", .needless("it is deprecated")),
      .option("--filename", "-fn", .refused("what changed is git's to know")),
    ],
    own: [.change]
  ) { call in
    let target = ["set-version", call.values["--solutionPath"] ?? "."]
    switch call.values["--strategy"]?.lowercased() {
    case nil, "none":
      guard call.extra.contains("--build") || call.extra.contains("--revision") else {
        throw Failure(
          .usage,
          "pac solution version has nothing to change",
          remedy: "give --buildversion, --revisionversion, or a --strategy that is not None",
          status: Failure.wrongUsage
        )
      }
      return target
    case "gittags": return target + ["--from-git-tag"]
    case "solution": return target + ["--bump", "build"]
    case let other?:
      throw PacCall.refusal("version --strategy \(other)", "gittags and solution are")
    }
  }

  private static let onlineVersion = PacVerb(
    "online-version",
    "Set the version of a solution in an environment, or show it.",
    "set-version, show-solution",
    [
      name,
      .option(
        "--solution-version",
        "-sv",
        .value("the version; without it the present one is shown")
      ), environment,
    ],
    own: [.environment, .change]
  ) { call in
    guard let version = call.values["--solution-version"] else {
      guard let word = call.extra.first(where: { $0 == "--plan" || $0.hasPrefix("--wait") }) else {
        return ["show-solution", named(call)]
      }
      throw Failure(
        .usage,
        "\(word) goes with --solution-version: without it nothing is changed",
        status: Failure.wrongUsage
      )
    }
    // A folder of that name is not meant.
    let isSaid =
      call.values["--environment"] != nil || call.extra.contains { $0.hasPrefix("--env") }
    let place = isSaid ? [] : ["--env", EnvironmentOptions.unsaid]
    return ["set-version", named(call), version] + place
  }

  // MARK: Packages and folders

  private static let folders: [PacFlag] = [
    .option("--zipfile", "-z", isRequired: true, .value("the package")),
    .option("--folder", "-f", .value("the folder; . without it")),
    .option("--packagetype", "-p", .value("--package-type")),
    .option("--log", "-l", .needless("what there is to say is printed")),
    .option("--errorlevel", "-e", .needless("--quiet prints nothing but refusals")),
    .option("--singleComponent", "-sc", .refused("a package is read whole")),
    .flag("--allowDelete", "-ad", .needless("a folder becomes what the package holds")),
    .flag("--allowWrite", "-aw", .needless("a folder becomes what the package holds")),
    .flag("--clobber", "-c", .refused("files that cannot be written stay")),
    .option("--map", "-m", .refused("files lie where the layout puts them")),
    .option("--sourceLoc", "-src", .refused("texts stay where they are")),
    .flag("--localize", "-loc", .refused("texts stay where they are")),
    .flag("--useLcid", "-lcid", .refused("texts stay where they are")),
    .flag(
      "--useUnmanagedFileForMissingManaged",
      "-same",
      .refused("managed forms are differences")
    ),
    .flag("--disablePluginRemap", "-dpm", .needless("names of plug-in types stay as they are")),
    .flag("--processCanvasApps", "-pca", .refused("canvas apps are carried as they are")),
  ]

  private static let pack = PacVerb(
    "pack",
    "Make a package of a folder.",
    "pack",
    folders
  ) { call in
    ["pack", call.values["--folder"] ?? ".", call.values["--zipfile"] ?? ""] + packageType(call)
  }

  private static let unpack = PacVerb(
    "unpack",
    "Make a folder of a package.",
    "unpack",
    folders
  ) { call in
    ["unpack", call.values["--zipfile"] ?? "", call.values["--folder"] ?? "."] + packageType(call)
  }

  static func packageType(_ call: PacCall) -> [String] {
    call.values["--packagetype"].map { ["--package-type", $0.lowercased()] } ?? []
  }

  // MARK: Authoring

  private static let check = PacVerb(
    "check",
    "Check packages.",
    "check",
    [
      .option("--path", "-p", isRequired: true, .value("the package, or a pattern")),
      .option("--outputDirectory", "-o", .value("--sarif check.sarif in it")),
      .option("--geo", "-g", .needless("nothing is uploaded")),
      .option("--customEndpoint", "-ce", .needless("nothing is uploaded")),
      .flag("--saveResults", "-sav", .needless("nothing is uploaded")),
      .flag("--clearCache", "-cc", .needless("nothing is kept")),
      .option("--environment", "-env", .needless("no environment is asked")),
      .option("--ruleSet", "-rs", .needless("there is one set of rules")),
      .option("--solutionUrl", "-u", .refused("nothing is fetched; name a file")),
      .option(
        "--ruleLevelOverride",
        "-rl",
        .refused("say with --suppressions of strata check what is to be left out")
      ),
      .option(
        "--excludedFiles",
        "-ef",
        .refused("say with --suppressions of strata check what is to be left out")
      ),
    ]
  ) { call in
    let paths = try Files.matching(call.values["--path"] ?? "")
    guard let folder = call.values["--outputDirectory"] else { return ["check"] + paths }
    let root = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    _ = try OutputFolder(root)
    return ["check"] + paths + ["--sarif", "\(root)/check.sarif"]
  }

  private static let createSettings = PacVerb(
    "create-settings",
    "Write a file of deployment settings.",
    "settings create",
    [
      .option("--solution-zip", "-z", .value("the package")),
      .option("--solution-folder", "-f", .value("the folder")),
      .option("--settings-file", "-s", .value("the file; what it says stays (--update)")),
    ]
  ) { call in
    let sources = [call.values["--solution-zip"], call.values["--solution-folder"]]
      .compactMap(\.self)
    guard sources.count == 1 else {
      throw Failure(
        .usage,
        "pac solution create-settings needs --solution-zip or --solution-folder",
        status: Failure.wrongUsage
      )
    }
    guard let file = call.values["--settings-file"] else {
      return ["settings", "create"] + sources
    }
    // What is filled in already stays.
    return ["settings", "create"] + sources + [file, "--update"]
  }

  private static let addComponent = PacVerb(
    "add-solution-component",
    "Add a component to an unmanaged solution.",
    "components add",
    [
      .option("--solutionUniqueName", "-sn", isRequired: true, .value("the solution")),
      .option("--component", "-c", isRequired: true, .value("the component, by name or id")),
      .option("--componentType", "-ct", isRequired: true, .value("its kind, by number")),
      .flag("--AddRequiredComponents", "-arc", .words(["--required"])),
      environment,
    ],
    own: [.environment, .change]
  ) { call in
    let type = call.values["--componentType"] ?? ""
    let (component, number) = (call.values["--component"] ?? "", Int(type))
    guard let number, ComponentKinds.standard.knows(.number(number)) else {
      throw Failure(
        .usage,
        "--componentType is the number of a kind of component, and not \(type)",
        status: Failure.wrongUsage
      )
    }
    let kind = ComponentKinds.standard[.number(number)].name
    let solution = call.values["--solutionUniqueName"] ?? ""
    return [
      "components", "add", solution, GUID(component) == nil ? "\(kind):\(component)" : component,
    ]
  }

  private static let addLicense = PacVerb.unsupported(
    "add-license",
    "Add licences and plans.",
    because: "licences are the service's"
  )

  private static let addReference = PacVerb.unsupported(
    "add-reference",
    "Add a project to a project.",
    because: "it is of another build system"
  )
}
