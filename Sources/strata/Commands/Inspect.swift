import ArgumentParser
import Solutions

struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "What is in a package.")

  @Argument(help: "A solution package (.zip or .cab).")
  var package: String

  @Flag(help: "One line for each component: kind, name, hash.")
  var inventory = false

  func run() throws {
    let package = try Files.package(package)
    let kinds = ComponentKinds.standard
    if inventory {
      var lines = package.components.map { component in
        "\(kinds[component.id.type].name)\t\(component.name)\t\(component.definition.hash)\n"
      }
      lines.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      print(lines.joined(), terminator: "")
    }
    for f in package.findings.prefix(10) { print(f.severity, f.code, f.subject, f.message, f.at.map{"\($0.file):\($0.line)"} ?? "") }
  }
}
