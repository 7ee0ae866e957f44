extension Planner {
  /// New base in place of base and patches; what is no longer in it goes (lifecycle.md §4.6, single step).
  mutating func upgrade(_ package: SolutionPackage, over installed: InstalledSolution) {
    note(package, .upgrade, from: installed)
    let manifest = package.manifest
    checkHigher(manifest, than: installed)
    let patches = state.patches(of: installed.name)
    warnOfHigherPatches(patches, manifest)
    let removed = patches.reduce(installed.members) { $0.union($1.members) }
      .subtracting(package.members)
    let solution = installed.with(
      version: manifest.version,
      displayName: manifest.displayName,
      members: package.members
    )
    perform(.putSolution(solution))
    let reason = Reason("changed by \(manifest.name) \(manifest.version)", rule: "LY-203")
    write(package, as: solution, reason: reason)
    // Highest patch first, after rewriting, so that no component is ever without a layer.
    for patch in patches.reversed() {
      rollUp(patch, except: removed, into: solution)
    }
    let silent = silentMembers(of: package, solution: solution)
    drop(
      removed,
      of: Dropping(
        solution: solution.name,
        owners: Set([solution.name] + patches.map(\.name)),
        publisher: installed.publisher,
        operation: .upgrade(to: manifest.version),
        silent: silent,
        providers: manifest.providers
      )
    )
    checkPluginTypes(removed, package: package, reasonSubject: manifest.name)
    for patch in patches.reversed() { perform(.removeSolution(patch.name)) }
  }

  /// Members without content: what they say now is not known, so what they said before blocks nothing (PF-215).
  private mutating func silentMembers(
    of package: SolutionPackage,
    solution: InstalledSolution
  ) -> Set<ComponentID> {
    let defined = Set(package.components.map(\.id))
    let silent = package.members.subtracting(defined).filter {
      state.stacks[$0]?.top.solution == solution.name
    }
    if !silent.isEmpty {
      findings.append(
        Finding(
          .warning,
          .listedWithoutContent,
          rule: "PF-215",
          .inferred,
          subject: solution.name.text,
          "\(silent.count) components are listed without content; their old definitions stay, and what those refer to "
            + "is not protected",
          because: silent.map { subject($0) }.sorted(),
          remedy: "check them after the upgrade, or export them with content"
        )
      )
    }
    return silent
  }

  /// LC-226: an upgrade is compared with the base only.
  func warning(ofHigher patch: InstalledSolution, _ manifest: SolutionManifest) -> Finding? {
    guard patch.version > manifest.version else { return nil }
    return Finding(
      .warning,
      .patchHigher,
      rule: "LC-226",
      .inferred,
      subject: patch.name.text,
      "the patch \(patch.version) is higher than the upgrade \(manifest.version) that rolls it up",
      at: manifestLocation
    )
  }

  mutating func warnOfHigherPatches(_ patches: [InstalledSolution], _ manifest: SolutionManifest) {
    findings += patches.compactMap { warning(ofHigher: $0, manifest) }
  }

  /// The layers of a patch go where the new base states the component.
  mutating func rollUp(
    _ patch: InstalledSolution,
    except removed: Set<ComponentID>,
    into solution: InstalledSolution
  ) {
    for id in patch.members.subtracting(removed).sorted() {
      guard let stack = state.stacks[id], stack.layer(of: patch.name) != nil,
        stack.layers.count > 1
      else { continue }
      perform(.removeLayer(id, patch.name))
      touch(
        id,
        solution.name,
        Reason("patch \(patch.name) \(patch.version) is rolled up", rule: "lifecycle §4.6")
      )
    }
  }
}
