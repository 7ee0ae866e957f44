import SolutionPackages
import TestSupport
import Testing

@testable import Solutions

/// A difference and a whole definition of the same component.
struct MergePair: Sendable, CustomTestStringConvertible {
  let difference: Component
  let base: Component
  let names: String
  /// Whether both are one release of one solution, managed and unmanaged: then the whole holds what the difference says.
  let isOneRelease: Bool

  var testDescription: String { names }

  static let mergers: [ComponentType: MergeBehavior] = [
    .number(60): .form, .number(62): .siteMap, .number(80): .app,
  ]

  /// All of the corpus; what cannot be read is told by other tests.
  static let all: [MergePair] = {
    var wholes: [ComponentID: [(String, Component)]] = [:]
    var differences: [(String, Component)] = []
    for file in Corpus.packages {
      guard let package = try? Corpus.read(file) else { continue }
      for component in package.components where mergers[component.id.type] != nil {
        if component.isUnmodified || component.isReference { continue }
        if component.definition.isDifference {
          differences.append((file, component))
        } else {
          wholes[component.id, default: []].append((file, component))
        }
      }
    }
    return differences.flatMap { file, difference in
      (wholes[difference.id] ?? []).map { base in
        MergePair(
          difference: difference,
          base: base.1,
          names: "\(difference.id.key) of \(file) over \(base.0)",
          isOneRelease: file == base.0.prefix { $0 != "." } + "_managed.zip"
        )
      }
    }
  }()
}

/// All that the corpus says of one component in whole documents.
struct MergeVersions: Sendable, CustomTestStringConvertible {
  let id: ComponentID
  /// Each another.
  let definitions: [Definition]

  var testDescription: String { id.key }

  /// Of components of which there are several.
  static let all: [MergeVersions] = {
    var found: [ComponentID: [Definition]] = [:]
    for file in Corpus.packages {
      guard let package = try? Corpus.read(file) else { continue }
      for component in package.components where MergePair.mergers[component.id.type] != nil {
        if component.isReference || component.definition.isDifference { continue }
        if found[component.id]?.contains(component.definition) == true { continue }
        found[component.id, default: []].append(component.definition)
      }
    }
    return found.filter { $0.value.count > 1 }.map { MergeVersions(id: $0, definitions: $1) }
      .sorted { $0.id < $1.id }
  }()
}

/// Every difference of the corpus over every base that the corpus has for it.
@Suite(
  "Merges of the corpus",
  .enabled(if: Corpus.isPresent, "the corpus is not beside the checkout")
)
struct MergeCorpusTests {
  @Test("There are such pairs, of each kind that travels as a difference")
  func presence() {
    #expect(MergePair.all.count > 20)
    #expect(Set(MergePair.all.map(\.difference.id.type)) == Set(MergePair.mergers.keys))
  }

  @Test(
    "A difference merges over its base into a whole definition, as the reference says",
    arguments: MergePair.all
  )
  func merge(pair: MergePair) throws {
    let behavior = try #require(MergePair.mergers[pair.base.id.type])
    let stack = try Stack.of(
      [(.base, pair.base.definition), (.other(1), pair.difference.definition)],
      type: 60
    )
    let merged = stack.effective(behavior).definition
    #expect(stack.isBaseKnown(behavior))
    #expect(!merged.isDifference)
    #expect(stack.effective(behavior).definition == merged)
    #expect(FormGrammar.violations(of: merged) == FormGrammar.violations(of: pair.base.definition))
    var reference = ReferenceMerge(base: pair.base.definition)
    reference.apply(pair.difference.definition, layer: 1)
    let lines = Set(ReferenceMerge.lines(of: merged).lines)
    #expect(lines.subtracting(reference.lines) == [])
    #expect(Set(reference.lines).subtracting(lines) == [])
    let blame = Blame(stack, merge: behavior)
    #expect(Set(blame.lines.map(\.path)).count == blame.lines.count)
  }

  @Test(
    "From each whole document to each other of its component, also when the difference is written and read",
    arguments: MergeVersions.all
  )
  func difference(versions: MergeVersions) throws {
    let rules = try #require(MergePair.mergers[versions.id.type]).rules
    for (at, old) in versions.definitions.enumerated() {
      let base = Document(old)
      for (next, new) in versions.definitions.enumerated() where next != at {
        let target = Document(new).root
        let difference = Difference(from: base.root, to: target, rules)
        let made = base.root.applying(difference, as: Origin(1), rules)
        try check(made, new, "\(versions.id.key), \(at) to \(next)")
        let writable = Difference(from: base.root, to: target, rules, isWritable: true)
        let written = try Definition(writable.document(like: base, rules), parts: [])
        let read = base.root.applying(Difference(Document(written), rules), as: Origin(1), rules)
        try check(
          read,
          new.keeping(attributesOf: old),
          "\(versions.id.key), \(at) to \(next), written and read"
        )
        var twin = ReferenceMerge(base: old)
        twin.apply(ReferenceMerge.difference(from: old, to: new), layer: 1)
        #expect(
          Set(twin.lines) == Set(ReferenceMerge.lines(of: new).lines),
          "\(versions.id.key), \(at) to \(next), reference"
        )
      }
    }
  }

  private func check(_ made: Element, _ wanted: Definition, _ name: String) throws {
    let (made, wanted) = (
      Set(ReferenceMerge.lines(of: try Definition(made)).lines),
      Set(ReferenceMerge.lines(of: wanted).lines)
    )
    #expect(made.subtracting(wanted) == [], "\(name): too much")
    #expect(wanted.subtracting(made) == [], "\(name): missing")
  }

  /// The author's environment merged the same layers: its export is another program's result.
  @Test(
    "corpus-findings §7 over the unmanaged export of the same release a difference changes nothing",
    arguments: MergePair.all.filter(\.isOneRelease)
  )
  func sameRelease(pair: MergePair) throws {
    let behavior = try #require(MergePair.mergers[pair.base.id.type])
    let stack = try Stack.of([
      (.base, pair.base.definition), (.other(1), pair.difference.definition),
    ])
    // LY-506: a managed export leaves labels empty that are the column's own.
    let changes = PropertyChanges.between(.stated(pair.base.definition), stack.effective(behavior))
      .filter { !($0.path.hasSuffix("@description") && $0.after == "") }
    #expect(changes.map { "\($0.path): \($0.before ?? "∅") → \($0.after ?? "∅")" } == [])
  }

  @Test("The form grammar holds on every whole form of the corpus, and so can judge merged ones")
  func grammar() {
    let broken = MergePair.all.filter { !FormGrammar.violations(of: $0.base.definition).isEmpty }
    #expect(broken.map(\.names) == [])
  }

  @Test(
    "A real stack merges: K12 over Common",
    arguments: [("4_0_3_0", "4_0_3_0"), ("4_0_3_0", "4_0_3_22"), ("5_0_3_0", "4_0_3_22")]
  )
  func education(common: String, k12: String) throws {
    let packages = try ["EducationAcceleratorCommon_\(common)", "EducationAcceleratorK12_\(k12)"]
      .map { try Corpus.read("\($0)_managed.zip") }
    let options = PlanOptions(assumesPresent: true)
    var state = InstalledState()
    for package in packages {
      state = state.applying(Plan.importing([package], on: state, options: options))
    }
    let kinds = ComponentKinds.standard
    let forms = packages[1].components.filter {
      $0.id.type == .number(60) && $0.definition.isDifference
    }
    #expect(!forms.isEmpty)
    for form in forms {
      let stack = try #require(state.stacks[form.id])
      let known = stack.layers.filter { !$0.isAssumed }
      // The form of the platform's own appointment is the only one whose base is not in the packages.
      #expect(
        stack.isBaseKnown(.form)
          == (known.count > 1 && form.id.key != "549a8aa3-c349-4ab9-8bac-4873fa9a7a5c")
          || known.count == 1
      )
      guard stack.isBaseKnown(.form), known.count > 1 else { continue }
      let names = Set(stack.references(kinds).map(\.target))
      for reference in kinds[form.id.type].references(known[0].component)
      where !names.contains(reference.target) {
        // What is gone was on a cell that K12 removes.
        #expect(XMLText.spelled(form.definition).contains("solutionaction=Removed"))
      }
    }
  }
}
