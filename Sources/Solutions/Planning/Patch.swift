extension Planner {
  /// A small additive solution on top of a base (lifecycle.md §4.7).
  mutating func patch(_ package: SolutionPackage, parent parentName: SolutionName) {
    let manifest = package.manifest
    note(package, .patch, from: nil)
    checkPending(parentName)
    checkNeeds(package)
    guard let parent = state.solutions[parentName], checkPlace(manifest, under: parent) else {
      isStuck = true
      guard state.solutions[parentName] == nil else { return }
      findings.append(
        Finding(
          .error,
          .patchWithoutParent,
          rule: "LC-215",
          subject: manifest.name.text,
          "cannot import patch \(manifest.name) for solution \(parentName): not present",
          remedy: "install \(parentName) \(manifest.version.major).\(manifest.version.minor) first",
          at: manifestLocation
        )
      )
      return
    }
    checkPublisher(manifest, installed: parent)
    checkPatchVersion(manifest, parent)
    if parent.isManaged != manifest.isManaged {
      findings.append(
        Finding(
          .error,
          parent.isManaged ? .unmanagedOverManaged : .managedOverUnmanaged,
          rule: "lifecycle §3.4",
          .inferred,
          subject: manifest.name.text,
          "the patch is \(manifest.isManaged ? "managed" : "unmanaged") and \(parentName) is not",
          remedy: "export the patch as its parent was exported",
          at: manifestLocation
        )
      )
    }
    let solution = InstalledSolution(
      id: newID(of: manifest.name),
      name: manifest.name,
      displayName: manifest.displayName,
      version: manifest.version,
      isManaged: manifest.isManaged,
      publisher: parent.publisher,
      role: .patch(of: parent.name),
      block: parent.block,
      members: package.members
    )
    perform(.putSolution(solution))
    write(
      package,
      as: solution,
      reason: Reason("patched by \(manifest.name) \(manifest.version)", rule: "LY-202")
    )
  }

  /// Whether the row can be a patch of that parent at all (lifecycle.md §1.2).
  private mutating func checkPlace(
    _ manifest: SolutionManifest,
    under parent: InstalledSolution
  ) -> Bool {
    func refuse(_ code: Code, _ message: String, _ remedy: String) -> Bool {
      findings.append(
        Finding(
          .error,
          code,
          rule: "lifecycle §1.2",
          subject: manifest.name.text,
          message,
          remedy: remedy,
          at: manifestLocation
        )
      )
      return false
    }
    if parent.role != .ordinary || parent.name == manifest.name {
      return refuse(
        .cloneException,
        "\(parent.name) cannot be the parent of a patch: "
          + (parent.name == manifest.name ? "it is the patch itself" : "it is no base solution"),
        "name the base solution as parent"
      )
    }
    if let installed = state.solutions[manifest.name], installed.parent != parent.name {
      return refuse(
        .solutionNameTaken,
        "a solution \(installed.name) \(installed.version) is installed and is no patch of \(parent.name)",
        "give the patch another unique name"
      )
    }
    return true
  }

  private mutating func checkPatchVersion(
    _ manifest: SolutionManifest,
    _ parent: InstalledSolution
  ) {
    if !manifest.version.hasSameMajorMinor(as: parent.version) {
      findings.append(
        Finding(
          .error,
          .cloneException,
          rule: "LC-215",
          subject: manifest.name.text,
          "patch version \(manifest.version) is invalid for parent version \(parent.version)",
          remedy: "a patch has its parent's major and minor number",
          at: manifestLocation
        )
      )
    }
    let patches = state.patches(of: parent.name)
    if let same = patches.first(where: { $0.version == manifest.version }) {
      findings.append(
        Finding(
          .error,
          .patchExists,
          rule: "LC-216",
          subject: manifest.name.text,
          "patch \(same.name) \(same.version) exists; updating a patch is not supported",
          remedy: "make a new patch with a higher version",
          at: manifestLocation
        )
      )
    } else if let higher = patches.last, higher.version > manifest.version {
      findings.append(
        Finding(
          .error,
          .patchNotHighest,
          rule: "LC-217",
          subject: manifest.name.text,
          "patch “\(higher.name)” has a matching or higher version (\(higher.version))",
          remedy: "make a new patch with a higher version",
          at: manifestLocation
        )
      )
    }
  }
}
