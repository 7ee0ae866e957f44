import ArgumentParser
import Contract
import Faces
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Write or check a file of deployment settings.",
    discussion: """
      Values of environment variables and connections, in the form of pac solution create-settings; plan and import take \
      it as --settings-file.
      """,
    subcommands: [Create.self, Check.self]
  )

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a file with a blank for everything that packages let be set."
    )

    @Argument(
      help: ArgumentHelp(
        "Packages, then the file to write (.json); without one it is printed.",
        valueName: "package … file"
      ),
      completion: .file(extensions: ["zip", "cab", "json"])
    )
    var names: [String]

    @Flag(help: "The file may be there: what it says stays, and gets blanks for what is new.")
    var update = false

    @OptionGroup var folders: FolderOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let (packages, file) = try SettingsCommand.split(names)
      guard let file else {
        guard !update else { throw ValidationError("--update needs a file.") }
        let settable = try SettingsCommand.settable(packages, folders)
        Console.give(try ShapeCoder.json(bare: SettingsFile(settable)))
        return
      }
      let outputs = try Outputs(
        [("the settings file", file)],
        reading: packages.map { Outputs.Input(path: $0, words: "a package that is read") }
      )
      let isThere = access(file, F_OK) == 0
      guard update || !isThere else {
        throw Failure(
          .wouldOverwrite,
          "\(file) is there; nothing was written",
          remedy: "--update keeps what it says and adds what is new"
        )
      }
      let settable = try SettingsCommand.settable(packages, folders)
      let blank = SettingsFile(settable)
      let whole = isThere ? try SettingsFile.document(file).completed(by: blank) : blank
      try outputs.write([(file, try ShapeCoder.json(bare: whole))], isPrivate: true)
      let shape = SettingsShape(
        settable,
        file: file,
        isWritten: true,
        spelled: Remedies.spelled
      )
      try output.give(shape) { shape.text($0) }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compare a file of deployment settings with packages.",
      discussion: """
        What is missing, what no package has, what does not fit. Exit status: 0 nothing to look at, 2 warnings, \
        4 errors, 1 could not be read, 64 wrong usage.
        """
    )

    @Argument(
      help: ArgumentHelp("Packages, then the file (.json).", valueName: "package … file"),
      completion: .file(extensions: ["zip", "cab", "json"])
    )
    var names: [String]

    @OptionGroup var folders: FolderOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let (packages, file) = try SettingsCommand.split(names)
      guard let file else { throw ValidationError("Name the settings file (.json) last.") }
      let entries = try SettingsFile.document(file).entries
      let settable = try SettingsCommand.settable(packages, folders)
      let findings = entries.findings(against: settable)
      let status: Int32 =
        switch findings.map(\.severity).min() {
        case .error: 4
        case .warning: 2
        case .info, nil: 0
        }
      let shape = SettingsShape(
        settable,
        file: file,
        isWritten: false,
        findings: findings,
        exitStatus: Int(status),
        spelled: Remedies.spelled
      )
      try output.give(shape) { shape.text($0) }
      if status != 0 { throw ExitCode(status) }
    }
  }

  /// Packages, and the file behind them where one is named.
  private static func split(_ names: [String]) throws -> (packages: [String], file: String?) {
    let isFile = names.last?.lowercased().hasSuffix(".json") ?? false
    let packages = isFile ? Array(names.dropLast()) : names
    guard !packages.isEmpty else { throw ValidationError("Name at least one package.") }
    return (packages, isFile ? names.last : nil)
  }

  private static func settable(
    _ packages: [String],
    _ folders: FolderOptions
  ) throws -> SettableComponents {
    let form = try folders.form(for: packages)
    return SettableComponents(of: try packages.map { try Files.package($0, as: form) })
  }
}

extension SettingsShape {
  func text(_ style: TextStyle) -> Prose {
    let what: Prose =
      "\(counted(environmentVariables.count, "environment variable")) and \(counted(connectionReferences.count, "connection reference"))"
    if written { return "\(what) written to \(file); fill them in.\n" }
    guard !findings.isEmpty else { return "\(file) gives all that is needed: \(what).\n" }
    let lines = findings.flatMap { FindingText.lines($0, style) }
    return "\(style.bold("\(file)"))  \(what)\n" + lines.joined(separator: "\n") + "\n"
  }
}
