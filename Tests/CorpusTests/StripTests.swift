import Solutions
import TestSupport
import Testing
import XML

/// A component is taken out of a copy of a real package: what the plan says of it, whether it is refused, and the way back.
@Suite(
  "Real packages with something missing",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct StripTests {
  private static let options = PlanOptions(assumesPresent: true)

  @Test(
    "DP-430 what goes was the package's own, it is refused exactly when what stays names it, and rollback leads back",
    arguments: Corpus.packages
  )
  func strip(name: String) throws {
    let whole = try Corpus.read(name)
    guard whole.manifest.isManaged, !whole.components.isEmpty, whole.manifest.patchOf == nil else {
      return
    }
    let before = InstalledState().applying(
      Plan.importing([whole], on: InstalledState(), options: Self.options)
    )
    guard before.solutions[whole.name] != nil else { return }
    let graph = DependencyGraph(before, kinds: .standard)
    var random = SeededGenerator(seed: UInt64(whole.components.count))
    for _ in 0..<6 {
      let victim = whole.components[
        Int.random(in: 0..<whole.components.count, using: &random)
      ]
      try check(victim, of: whole, on: before, graph)
    }
  }

  private func check(
    _ victim: Component,
    of whole: SolutionPackage,
    on before: InstalledState,
    _ graph: DependencyGraph
  ) throws {
    let gone = parts(of: victim.id, in: whole)
    let plan = Plan.importing([whole.without(gone)], on: before, options: Self.options)
    let subject = "\(whole.file): \(victim.id.type) \(victim.name)"
    let change = plan.changes.first { $0.id == victim.id }
    if change?.action == .delete {
      #expect(isIntroduced(victim, by: whole), "\(subject) is deleted")
    }
    // What stays and names what goes: nothing else than what is gone has changed.
    let after = before.applying(plan)
    let deleted = Set(plan.changes.filter { $0.action == .delete }.map(\.id))
    let users = deleted.flatMap { graph.dependents(of: $0) }.filter {
      $0.type == .published && !deleted.contains($0.dependent)
    }
    let refusals = plan.findings.filter { $0.code == InUse.kind.code }
    if change?.action == .delete {
      #expect(users.isEmpty == refusals.isEmpty, "\(subject): \(users.map(\.dependent.key))")
    }
    let back = Plan.restoring(before, on: after, undoing: 2)
    #expect(after.applying(back).fingerprint == before.fingerprint, "\(subject)")
  }

  /// The component and all that is part of it.
  private func parts(of id: ComponentID, in package: SolutionPackage) -> Set<ComponentID> {
    var all: Set<ComponentID> = [id]
    var count = 0
    while count != all.count {
      count = all.count
      for component in package.components {
        if let parent = component.parent, all.contains(parent) { all.insert(component.id) }
      }
    }
    return all
  }

  /// Read from the package alone: owners write `IsCustomizable` where anybody does, and list as missing what is another's.
  private func isIntroduced(_ component: Component, by package: SolutionPackage) -> Bool {
    let element = component.definition.element
    let isListed = package.manifest.missingDependencies.contains { need in
      need.required.id == component.id && need.dependent.id == component.id
    }
    let marks = ["IsCustomizable", "iscustomizable"]
    let marked: Set<Int> = [1, 2, 9, 10, 14, 20, 26, 29, 59, 60, 61, 63, 92]
    let needsMark = component.id.type.number.map { marked.contains($0) } ?? false
    let hasMark = element.descendants.contains { marks.contains($0.name) }
    let isSystemColumn =
      component.id.type.number == 2 && element.text(of: "IsCustomField") == "0"
    return !component.isReference && !isListed && (hasMark || !needsMark) && !isSystemColumn
  }
}

extension SolutionPackage {
  /// The same under a higher version, without some components and their roots.
  fileprivate func without(_ gone: Set<ComponentID>) -> SolutionPackage {
    let parts = manifest.version.description.split(separator: ".").map(String.init)
    let last = parts.last.flatMap { Int($0) } ?? 0
    let text = (parts.dropLast() + [String(last + 1)]).joined(separator: ".")
    return SolutionPackage(
      file: file,
      digest: digest,
      container: container,
      bytes: bytes,
      entries: entries,
      manifest: manifest.with(
        roots: manifest.roots.filter { !gone.contains($0.id) },
        version: SolutionVersion(text)
      ),
      components: components.filter { !gone.contains($0.id) },
      carried: carried,
      findings: []
    )
  }
}
