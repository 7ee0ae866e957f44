import ArgumentParser
import Contract
import Faces
import Lifecycle
import SolutionPackages
import Solutions

/// A solution as the file that `customize --from` reads.
struct DescribeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe",
    abstract: "Write a solution as the YAML file that strata customize --from reads.",
    discussion: """
      Of a solution of the environment, or of a package. What the platform makes anyway is left out; what has no word \
      is said by paths, or listed at the end of the file. Web resources, assemblies, forms and queries lie in files \
      beside it, which only --output writes. Exit status: 0 described, 1 could not be done, 64 wrong usage.

      Example:
        strata describe Orders --output orders/solution.yaml
      """
  )

  @Argument(
    help: "Unique name of a solution here, or a package: a file, or the folder of an unpacked one.",
    completion: .solution
  )
  var solution: String

  @Option(
    name: [.customShort("o"), .long],
    help: "The file, with those that it names beside it; default standard output, without them.",
    completion: .file()
  )
  var output: String?

  @Flag(help: "Also what the platform keeps for itself, such as the versions in which things came.")
  var full = false

  @Flag(help: "With --output: replace files that say something else.")
  var overwrite = false

  @OptionGroup var folders: FolderOptions
  @OptionGroup var environment: EnvironmentOptions
  @OptionGroup var printing: OutputOptions

  func validate() throws {
    guard file != nil || !overwrite else {
      throw ValidationError("--overwrite goes with --output.")
    }
  }

  /// nil for standard output.
  private var file: String? { output.flatMap { $0 == "-" ? nil : $0 } }

  func run() async throws {
    let target = try file.map { try DescribedFolder($0, in: environment.location) }
    let described = try await described()
    let description = described.description
    let document = DescriptionShape(
      description,
      files: DescriptionShape.Files(
        file: file,
        beside: described.contents.keys.sorted(),
        written: file != nil
      ),
      text: nil,
      kinds: .standard
    )
    let text = try SaidWriter.write(description.said, remarks: document.remarks)
    guard let target else { return try give(text, document, description) }
    try target.write(text, described.contents, overwriting: overwrite)
    try printing.give(document) { document.text($0) }
  }

  /// Prints the file itself, and on standard error what it lacks.
  private func give(
    _ text: String,
    _ document: DescriptionShape,
    _ description: Description
  ) throws {
    guard !printing.json else {
      let whole = DescriptionShape(
        description,
        files: document.files,
        text: text,
        kinds: .standard
      )
      return Console.give(try ShapeCoder.json(whole))
    }
    Console.give(text)
    guard !document.files.beside.isEmpty else { return }
    Console.tell(
      "Note: \(counted(document.files.beside.count, "file")) beside it left out; --output FILE writes \(document.files.beside.count == 1 ? "it" : "them")"
    )
  }

  /// A folder may be called like a solution that is here.
  private func described() async throws -> DescribedSolution {
    let name = SolutionName(solution)
    let isPackage = FileNode(solution) != nil
    if let name, !isPackage || environment.chosen != nil || environment.isThere {
      let question = DescriptionQuestion(of: name, isFull: full)
      if let described = try await environment.lifecycle().ask(question) { return described }
    }
    if isPackage { return try ofPackage() }
    throw Failure(
      .notInstalled,
      "\(solution) is no solution that is installed, and no package that is there",
      remedy: "strata list shows what is installed"
    )
  }

  private func ofPackage() throws -> DescribedSolution {
    let form = try folders.form(for: [solution])
    let content = try Files.content(of: solution, as: form)
    let package = try Files.archive(content, name: Files.name(of: solution)).package
    Files.tellForm(of: package)
    let kinds = ComponentKinds.standard
    let state = try StateOptions.installed([solution], as: form, kinds: kinds)
    guard let installed = state.solutions[package.name] else {
      throw Failure(.unreadable, "\(solution) installs no solution")
    }
    let description = Description(
      of: installed,
      on: state.keeping(installed),
      isFull: full,
      kinds: kinds
    )
    var files = KeptFiles(description.parts)
    try files.look(into: content.bytes)
    return DescribedSolution(description, contents: description.contents(files.found))
  }
}

extension DescriptionShape {
  /// What the file says of itself, as comments at its end.
  var remarks: [Prose] {
    var lines: [Prose] = []
    let without = notSaid.filter { $0.reason != nil }
    if !without.isEmpty {
      lines.append("Not described here:")
      let byReason = Dictionary(grouping: without) { $0.reason ?? "" }
      for (reason, entries) in byReason.sorted(by: { $0.key < $1.key }) {
        lines.append("  \(reason):")
        lines += entries.map { "    \($0.component.kind):\($0.component.name)\($0.called)" }
      }
    }
    let partly = notSaid.filter { $0.reason == nil }
    if !partly.isEmpty {
      lines.append("Said in part:")
      lines += partly.map { entry in
        let paths = entry.paths.prefix(4).map { $0.shownPath(80) }.joined(separator: ", ")
        let more: Prose = entry.paths.count > 4 ? " and \(entry.paths.count - 4) more" : ""
        return
          "  \(entry.component.kind):\(entry.component.name)\(entry.called), not \(paths)\(more)"
      }
    }
    if !kept.isEmpty {
      let paths = kept.map { "\($0.path)" as Prose }.joined(separator: ", ")
      lines.append("Left to the platform: \(paths)")
    }
    return lines
  }

  func text(_ style: TextStyle) -> Prose {
    let total = components.reduce(0) { $0 + $1.total }
    let form: Prose = solution.managed ? "managed" : "unmanaged"
    var lines: [Prose] = [
      "\(style.bold("\(solution.uniqueName)")) \(solution.version), \(form), \(counted(total, "component")), written to \(files.file ?? "standard output")"
    ]
    if !files.beside.isEmpty {
      lines.append("  with \(counted(files.beside.count, "file")) beside it")
    }
    let rows = components.map { kind -> [Prose] in
      ["\(kind.kind)", "\(kind.total)", "\(kind.whole)", "\(kind.partly)", "\(kind.unsaid)"]
    }
    var text = lines.joined(separator: "\n") + "\n"
    if !rows.isEmpty {
      text += "\n" + TextTable.text(["kind", "all", "whole", "in part", "not"], rows, style)
    }
    if !notSaid.isEmpty { text += "\nThe end of the file lists what it does not say.\n" }
    return text
  }
}

extension DescriptionShape.NotSaid {
  /// What people call it, where its name does not tell.
  fileprivate var called: Prose {
    component.displayName.map { " “\($0.shown(60))”" } ?? ""
  }
}
