import ArgumentParser
import Contract
import Faces
import SolutionPackages
import Solutions

extension Wire.PackageType: ExpressibleByArgument {}

struct UnpackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unpack",
    abstract: "Take a package apart into files for version control.",
    discussion: """
      The files lie where SolutionPackager puts them (pac solution unpack). In a folder that holds the same solution \
      already, files that it no longer has are removed, and those that say the same stay as they are written; what belongs \
      to no solution stays. \
      Exit status: 0 done, 4 refused, 1 could not be done, 64 wrong usage.

      Example:
        strata unpack FieldService_1_2_0_0.zip src
      """
  )

  @Argument(help: "A solution package (.zip or .cab).", completion: .package)
  var package: String

  @Argument(help: "The folder; it is made where it is missing.", completion: .directory)
  var folder: String

  @Option(
    help:
      "unmanaged, managed or both; default what the package is. both reads PACKAGE_managed.zip, too."
  )
  var packageType: Wire.PackageType?

  @Flag(help: "Replace files of another solution, or of none, that lie in the folder.")
  var overwrite = false

  @OptionGroup var output: OutputOptions

  func run() throws {
    let target = try FolderTarget(folder, overwriting: overwrite)
    let source = try source(package)
    let twin = packageType == .both ? try self.source(managedTwin) : nil
    let read = try Files.reader.read(source.bytes, file: source.file)
    try requireForm(of: read, twin)
    let work = try target.work(
      for: source,
      managed: twin,
      of: read.name,
      called: "\(package)",
      reading: [package]
    )
    try target.write(work)
    let document = UnpackShape(
      read,
      folder: folder,
      packageType: packageType ?? (read.manifest.isManaged ? .managed : .unmanaged),
      files: work.shape
    )
    try output.give(document) { document.text($0) }
  }

  private func source(_ path: String) throws -> FolderReader.Source {
    (try Files.bytes(of: path), Files.name(of: path))
  }

  private var managedTwin: String { PackageNames.managedTwin(of: package) }

  private func requireForm(
    of package: SolutionPackage,
    _ twin: FolderReader.Source?
  ) throws {
    let isManaged = package.manifest.isManaged
    if let packageType, (packageType == .managed) != isManaged {
      throw refusal("\(self.package) is \(isManaged ? "managed" : "unmanaged")")
    }
    guard let twin else { return }
    let other = try Files.reader.read(twin.bytes, file: twin.file)
    guard other.manifest.isManaged else { throw refusal("\(managedTwin) is unmanaged") }
    guard other.name == package.name, other.manifest.version == package.manifest.version else {
      throw refusal(
        "\(managedTwin) is \(other.name) \(other.manifest.version), and \(self.package) is \(package.name) \(package.manifest.version)"
      )
    }
  }

  private func refusal(_ what: Prose) -> Failure {
    Failure(.refused, "\(what); nothing was written", status: 4)
  }
}

extension UnpackShape {
  func text(_ style: TextStyle) -> Prose {
    let name: Prose = "\(style.bold("\(solution.uniqueName)")) \(solution.version)"
    let head: Prose =
      "\(name), \(packageType.rawValue), unpacked into \(folder): \(counted(files.total, "file"))"
    return ([head] + files.lines).joined(separator: "\n") + "\n"
  }
}
