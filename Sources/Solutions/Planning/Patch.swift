extension Planner {
  /// A small additive solution on top of a base (LC-407).
  mutating func patch(_ package: SolutionPackage, parent parentName: SolutionName) -> Outcome {
    let manifest = package.manifest
    enter(package, .patch, from: nil)
    tellPending(parentName)
    tell(Checks.ofArrivals, of: package)
    guard let parent = state.solutions[parentName], mayPatch(manifest, under: parent) else {
      guard state.solutions[parentName] == nil else { return .stuck }
      tell(
        PatchWithoutParent(patch: manifest.name, parent: parentName, version: manifest.version),
        at: manifestLocation
      )
      return .stuck
    }
    tellOtherPublisher(manifest, installed: parent)
    tellPatchVersion(manifest, parent)
    if parent.isManaged != manifest.isManaged {
      let content: any FindingContent =
        parent.isManaged
        ? UnmanagedPatch(patch: manifest.name, parent: parentName)
        : ManagedPatch(patch: manifest.name, parent: parentName)
      tell(content, at: manifestLocation)
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
      members: package.members,
      behaviors: manifest.isManaged ? [:] : manifest.behaviors
    )
    perform(.putSolution(solution))
    write(
      package,
      as: solution,
      reason: Reason("patched by \(manifest.name) \(manifest.version)", rule: "LY-202")
    )
    return .planned
  }

  /// Whether the row can be a patch of that parent at all (LC-132).
  private mutating func mayPatch(
    _ manifest: SolutionManifest,
    under parent: InstalledSolution
  ) -> Bool {
    if parent.role != .ordinary || parent.name == manifest.name {
      tell(NoBaseOfPatch(patch: manifest.name, parent: parent.name), at: manifestLocation)
      return false
    }
    if let installed = state.solutions[manifest.name], installed.parent != parent.name {
      tell(
        NameTaken(
          patch: manifest.name,
          parent: parent.name,
          installed: installed.name,
          version: installed.version
        ),
        at: manifestLocation
      )
      return false
    }
    return true
  }

  private mutating func tellPatchVersion(
    _ manifest: SolutionManifest,
    _ parent: InstalledSolution
  ) {
    if !manifest.version.hasSameMajorMinor(as: parent.version) {
      tell(
        PatchVersion(
          patch: manifest.name,
          version: manifest.version,
          parentVersion: parent.version
        ),
        at: manifestLocation
      )
    }
    let patches = state.patches(of: parent.name)
    if let same = patches.first(where: { $0.version == manifest.version }) {
      tell(
        PatchExists(patch: manifest.name, installed: same.name, version: same.version),
        at: manifestLocation
      )
    } else if let higher = patches.last, higher.version > manifest.version {
      tell(
        PatchNotHighest(patch: manifest.name, higher: higher.name, version: higher.version),
        at: manifestLocation
      )
    }
  }
}
