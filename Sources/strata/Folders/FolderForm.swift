import ArgumentParser
import Contract
import Faces
import Solutions

/// As which package a folder is taken.
enum FolderForm: String, CaseIterable, ExpressibleByArgument, Sendable {
  case unmanaged
  case managed

  /// `UNMANAGED` is meant as well, as everywhere on the command line of `pac`.
  init?(argument: String) { self.init(rawValue: argument.lowercased()) }

  /// What a saved plan has kept.
  init?(_ wire: Wire.PackageType?) {
    switch wire {
    case .managed: self = .managed
    case .unmanaged: self = .unmanaged
    case .both, nil: return nil
    }
  }

  var wire: Wire.PackageType { self == .managed ? .managed : .unmanaged }
}

/// What a command takes that reads folders as packages.
struct FolderOptions: ParsableArguments {
  @Option(
    help:
      "As which a folder is taken: unmanaged or managed; default what its sources are of, unmanaged for those of both."
  )
  var packageType: FolderForm?

  /// - Throws: `ValidationError` where it is said and none of the packages is a folder.
  func form(for packages: [String]) throws -> FolderForm? {
    guard let packageType else { return nil }
    guard packages.contains(where: { FileNode($0)?.kind == .folder }) else {
      throw ValidationError("--package-type is for folders, and none of these is one.")
    }
    return packageType
  }
}

extension Files {
  /// Says on standard error as which of both packages a folder was taken, where no report has the package's findings.
  static func tellForm(of package: SolutionPackage) {
    for finding in package.findings where finding.code == FormUnsaid.kind.code {
      let remedy: Prose = Remedies.sentence(of: finding).map { "\n  → \($0)" } ?? ""
      Console.tell("\(finding.message)\(remedy)")
    }
  }
}
