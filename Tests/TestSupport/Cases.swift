internal import SolutionPackages
package import Solutions
internal import Synchronization

/// Small packages of faults found in use, as trees beside the checkout where there are any: `plans-roots/evbyid`.
package enum Cases {
  private static let root = Repository.root + "/../shared/cases"

  package static let arePresent = !Repository.files(below: root + "/plans-roots").isEmpty

  /// The tree as an archive.
  package static func zip(_ tree: String) throws -> [UInt8] {
    try Repository.zip("\(root)/\(tree)")
  }

  /// The folder of packages that the case's own program writes.
  package static func made(_ name: String) throws -> String {
    try made.withLock { made in
      let folder = "/tmp/strata-cases"
      guard made.insert(name).inserted else { return "\(folder)/\(name)" }
      let result = Program.run("/bin/sh", ["\(root)/pack.sh", folder, name])
      guard result?.status == 0 else { throw CaseError(errors: result?.errors ?? "") }
      return "\(folder)/\(name)"
    }
  }

  private static let made = Mutex<Set<String>>([])

  private struct CaseError: Error {
    let errors: String
  }

  /// Where a file of a case lies.
  package static func path(_ file: String) -> String { "\(root)/\(file)" }

  package static func read(_ tree: String) throws -> SolutionPackage {
    try PackageReader().read(try zip(tree), file: "\(tree).zip")
  }

  /// What importing a tree would do where others of the same case are installed, one after the other.
  package static func plan(
    _ trees: String...,
    of folder: String,
    against installed: [String] = [],
    options: PlanOptions = PlanOptions()
  ) throws -> Plan {
    var state = InstalledState()
    for tree in installed {
      state = state.applying(Plan.importing([try read("\(folder)/\(tree)")], on: state))
    }
    return Plan.importing(
      try trees.map { try read("\(folder)/\($0)") },
      on: state,
      options: options
    )
  }
}
