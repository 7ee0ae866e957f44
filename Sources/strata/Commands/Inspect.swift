import ArgumentParser
import Contract
import Faces
import Solutions

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what a package contains.",
    discussion:
      "Exit status: 0 read, 1 could not be read, 64 wrong usage. Findings do not change it."
  )

  @Argument(
    help: "A solution package (.zip or .cab), or the folder of an unpacked one.",
    completion: .package
  )
  var package: String

  @Flag(help: "List the components, too.")
  var components = false

  @Flag(help: "One line for each component and nothing else: kind, name, hash.")
  var inventory = false

  @OptionGroup var folders: FolderOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let package = try Files.package(package, as: try folders.form(for: [package]))
    let kinds = ComponentKinds.standard
    if inventory {
      if !output.quiet { Console.say(Self.inventory(package, kinds: kinds), terminator: "") }
      return
    }
    let document = InspectShape(
      package,
      kinds: kinds,
      listsComponents: components,
      spelled: Remedies.spelled
    )
    try output.give(document) { InspectText(document: document, style: $0).text() }
  }

  static func inventory(_ package: SolutionPackage, kinds: ComponentKinds) -> Prose {
    package.components.map { component -> Prose in
      "\(kinds[component.id.type].name)\t\(component.name)\t\(component.definition.hash)\n"
    }.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }.joined()
  }
}
