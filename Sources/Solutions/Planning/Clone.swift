extension Plan {
  /// A new, empty patch of an unmanaged solution (LC-410).
  ///
  /// - Parameters:
  ///   - version: one build above the parent and its patches where none is given.
  ///   - displayName: the parent's where none is given.
  package static func cloningPatch(
    of parent: SolutionName,
    version: SolutionVersion? = nil,
    displayName: String? = nil,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.clonePatch(of: parent, version, displayName)
    return planner.plan()
  }

  /// An unmanaged solution and its patches become one (LC-411).
  ///
  /// - Parameters:
  ///   - version: the next minor one where none is given.
  ///   - displayName: as before where none is given.
  package static func cloningSolution(
    _ name: SolutionName,
    version: SolutionVersion? = nil,
    displayName: String? = nil,
    on state: InstalledState,
    kinds: ComponentKinds = .standard
  ) -> Plan {
    var planner = Planner(on: state, kinds: kinds)
    planner.cloneSolution(name, version, displayName)
    return planner.plan()
  }
}

extension Planner {
  fileprivate mutating func clonePatch(
    of parentName: SolutionName,
    _ wanted: SolutionVersion?,
    _ displayName: String?
  ) {
    guard let parent = clonable(parentName) else { return }
    let highest = highestVersion(of: parent)
    guard let version = wanted ?? highest.raised(.build) else {
      tell(NoNextVersion(solution: parent.name, version: highest))
      return
    }
    let id = newID(of: parent.name)
    let text = "\(parent.name)_Patch_\(id.description.prefix(8))"
    guard let name = SolutionName(text) else {
      tell(InvalidSolutionName(name: text))
      return
    }
    if !version.hasSameMajorMinor(as: parent.version) {
      tell(PatchVersion(patch: name, version: version, parentVersion: parent.version))
    } else if version <= highest {
      tell(CloneNotHigher(solution: name, version: version, highest: highest))
    }
    perform(
      .putSolution(
        InstalledSolution(
          id: id,
          name: name,
          displayName: displayName ?? parent.displayName,
          version: version,
          isManaged: false,
          publisher: parent.publisher,
          role: .patch(of: parent.name),
          block: parent.block,
          members: []
        )
      )
    )
  }

  fileprivate mutating func cloneSolution(
    _ name: SolutionName,
    _ wanted: SolutionVersion?,
    _ displayName: String?
  ) {
    guard let original = clonable(name) else { return }
    let highest = highestVersion(of: original)
    guard let version = wanted ?? highest.raised(.minor) else {
      tell(NoNextVersion(solution: original.name, version: highest))
      return
    }
    if version <= highest {
      tell(CloneNotHigher(solution: original.name, version: version, highest: highest))
    }
    let patches = state.patches(of: original.name)
    // The rows of the original and of its patches go, and a new one comes.
    perform(
      .putSolution(
        InstalledSolution(
          id: newID(of: original.name),
          name: original.name,
          displayName: displayName ?? original.displayName,
          version: version,
          isManaged: false,
          publisher: original.publisher,
          block: original.block,
          members: patches.reduce(original.members) { $0.union($1.members) },
          behaviors: Self.behaviors(of: original, with: patches)
        )
      )
    )
    for patch in patches.reversed() { perform(.removeSolution(patch.name)) }
  }

  /// The one that takes most along (LC-110); what the original lists without saying how stays as its packages say.
  private static func behaviors(
    of original: InstalledSolution,
    with patches: [InstalledSolution]
  ) -> [ComponentID: RootComponent.Behavior] {
    patches.reduce(original.behaviors) { behaviors, patch in
      let known = patch.behaviors.filter {
        !original.members.contains($0.key) || original.behaviors[$0.key] != nil
      }
      return behaviors.merging(known) { $0.rawValue < $1.rawValue ? $0 : $1 }
    }
  }

  /// A solution that can be cloned: unmanaged, and no patch itself (LC-900 C-4).
  private mutating func clonable(_ name: SolutionName) -> InstalledSolution? {
    guard let solution = unmanaged(name) else { return nil }
    guard solution.role == .ordinary else {
      tell(NoBaseOfPatch(patch: name, parent: name))
      return nil
    }
    return solution
  }

  private func highestVersion(of solution: InstalledSolution) -> SolutionVersion {
    max(solution.version, state.patches(of: solution.name).last?.version ?? solution.version)
  }
}
