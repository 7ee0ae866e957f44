import Solutions
import TestSupport
import Testing

/// Plans with what an environment told: what no package says is there all the same, or is not known.
@Suite("Facts of a live environment")
struct FactsTests {
  private let base = """
    X 1.0 by A
    table t
    column t.a nvarchar 100
    column t.b nvarchar 100
    form F t a
    """
  private let next = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 50\nform F t a"

  /// - Parameters:
  ///   - all: what the environment has, in order.
  ///   - given: of that, what packages are given for.
  private func plan(
    _ new: String,
    on all: [String],
    given: [String],
    silent: Set<ComponentID> = [],
    _ change: (inout Facts) -> Void = { _ in }
  ) throws -> Plan {
    var facts = Facts(of: try installed(all), silent: silent)
    change(&facts)
    let packages = try given.map { try PackageText($0).read() }
    let state = try InstalledState(packages, among: facts)
    return Plan.importing([try PackageText(new).read()], on: state)
  }

  @Test("strata.facts what an environment keeps of facts is all of them, and nothing else")
  func kept() throws {
    var facts = Facts(of: try installed([base, "Y 1.0 by B\nview v1 t b\nrole r"]))
    facts.version = "9.2"
    facts.languages = [1031, 1033]
    facts.rows = ["t": 7, "u": nil]
    facts.values = [b: nil, .attribute("t", "a"): 3]
    facts.variables = [Facts.Held(name: "a \"b\"", hasValue: true, hasDefault: false)]
    facts.refusals = [Facts.Refusal(question: "layers of\nx", status: 403, reason: "")]
    facts.components[0].id = nil
    facts.components[1].layers = nil
    facts.components[2].id = ComponentID(.table("mine"), "k")
    let bytes = FactsText.bytes(facts)
    #expect(try FactsText.facts(bytes) == facts.canonical)
    #expect(FactsText.bytes(try FactsText.facts(bytes)) == bytes)
    for cut in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: FactsTextError.self) { try FactsText.facts(Array(bytes.prefix(cut))) }
    }
    for text in ["[]", "7", "[\"strata.facts/1\"]", "[\"strata.facts/2\",1]"] {
      #expect(throws: FactsTextError.self) { try FactsText.facts(Array(text.utf8)) }
    }
  }

  private let b = ComponentID.attribute("t", "b")

  @Test("strata.facts with all packages given, a plan is what it is on the environment")
  func nothingOpaque() throws {
    let other = "Y 1.0 by B\nview v1 t b"
    let full = Plan.importing([try PackageText(next).read()], on: try installed([base, other]))
    let told = try plan(next, on: [base, other], given: [base, other])
    #expect(spelled(told) == spelled(full))
    #expect(told.findings.map(\.message) == full.findings.map(\.message))
  }

  @Test("DP-430 what the environment says uses a component stops its deletion")
  func blockedByUse() throws {
    let told = try plan(next, on: [base, "Y 1.0 by B\nview v1 t b"], given: [base])
    let finding = try #require(told.findings.first { $0.code == "0x8004F01F" })
    #expect(finding.severity == .error)
    #expect(finding.because.last?.contains("reported by the environment, not by a package") == true)
    #expect(finding.content.isTold)
  }

  @Test("LY-1204 a told layer of another publisher over the base stops its deletion")
  func blockedByLayer() throws {
    let told = try plan(
      next,
      on: [base, "Y 1.0 by B\nforeign t.b nvarchar 50"],
      given: [base]
    )
    #expect(told.findings.contains { $0.code == "strata.base-layer" && $0.content.isTold })
  }

  @Test("LY-1203 a told layer of the same publisher keeps it")
  func keptByHeir() throws {
    let told = try plan(
      next,
      on: [base, "Z 1.0 by A\nforeign t.b nvarchar 50"],
      given: [base]
    )
    let change = try #require(told.changes.first { $0.id == b })
    #expect(change.action == .dereference)
    #expect(change.reason.text.contains("Z keeps it, as the environment reports"))
    #expect(told.isApplicable)
  }

  @Test("LY-305 what is written under a told unmanaged layer stays hidden")
  func hidden() throws {
    let told = try plan(next, on: [base], given: [base]) { facts in
      for place in facts.components.indices
      where facts.components[place].id == .attribute("t", "a") {
        facts.components[place].layers?.append(
          Facts.Layer(solution: .active, publisher: .default, order: 9)
        )
      }
    }
    let change = try #require(told.changes.first { $0.id == .attribute("t", "a") })
    #expect(change.maskedBy == [.active])
    #expect(!change.isBaseKnown)
  }

  @Test("DP-102 a part that another solution has put into a table stops its deletion")
  func blockedByPart() throws {
    let told = try plan(
      "X 1.1 by A\ntable u",
      on: [base, "Y 1.0 by B\nshell t\ncolumn t.y nvarchar 10"],
      given: [base]
    )
    #expect(told.findings.contains { $0.message.contains("has added to it") && $0.content.isTold })
  }

  @Test("strata.facts what was not told of a component that is to go is not known")
  func notKnown() throws {
    let told = try plan(next, on: [base], given: [base], silent: [b])
    let finding = try #require(told.findings.first { $0.code == "strata.not-known" })
    #expect(finding.severity == .warning)
    #expect(finding.because == ["Attribute:t.b: what uses it was not reported"])
  }

  @Test("strata.facts a use that the package ends, below a layer without content, is not known")
  func possibleUse() throws {
    let using =
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 100\ncolumn t.b nvarchar 100\nform F t a b"
    let told = try plan(next, on: [using, "Y 1.0 by B\nform F t + a"], given: [using])
    #expect(!told.findings.contains { $0.code == "0x8004F01F" })
    let finding = try #require(told.findings.first { $0.code == "strata.not-known" })
    #expect(finding.because.contains { $0.hasPrefix("Attribute:t.b: what used it") })
  }

  @Test("strata.facts a use that nobody has seen in the definition may go on when that changes")
  func unseenUse() throws {
    let all = "X 1.0 by A\ntable t\ncolumn t.a\ncolumn t.b\ncolumn t.c\nform F t a"
    let form = ComponentID(.systemForm, PackageText.guid("F"))
    func tell(_ facts: inout Facts) {
      func object(_ id: ComponentID) -> Facts.Object? {
        facts.components.first { $0.id == id }?.object
      }
      guard let required = object(b), let dependent = object(form) else { return }
      facts.uses.append(Facts.Use(required: required, dependent: dependent, type: 2))
    }
    let kept = "X 1.1 by A\ntable t\ncolumn t.a\ncolumn t.c\nform F t a"
    let same = try plan(kept, on: [all], given: [all], tell)
    #expect(same.findings.contains { $0.code == "0x8004F01F" })
    let changed = try plan("\(kept) c", on: [all], given: [all], tell)
    let finding = try #require(changed.findings.first { $0.code == "strata.not-known" })
    #expect(finding.because.contains { $0.hasPrefix("Attribute:t.b: what used it") })
  }

  @Test("strata.facts a table may have parts of solutions that were not listed")
  func unlistedParts() throws {
    let told = try plan("X 1.1 by A\ntable u", on: [base, "Y 1.0 by B\ntable y"], given: [base]) {
      let place = $0.solutions?.firstIndex { $0.name.text == "Y" }
      if let place { $0.solutions?[place].isListed = false }
    }
    let finding = try #require(told.findings.first { $0.code == "strata.not-known" })
    #expect(finding.because.contains { $0.hasPrefix("Entity:t: not all solutions") })
  }

  @Test("LC-406 without its package, an installed version is known by what the environment lists")
  func withoutPackage() throws {
    let told = try plan(next, on: [base], given: [])
    #expect(told.packages.map(\.action) == [.upgrade])
    #expect(told.changes.contains { $0.id == b && $0.action == .delete })
    #expect(!told.findings.contains { $0.code == "strata.members-not-known" })
    let unlisted = try plan(next, on: [base], given: []) { $0.solutions?[0].isListed = false }
    #expect(unlisted.findings.contains { $0.code == "strata.members-not-known" })
  }

  @Test("strata.facts packages that are not what is installed are refused")
  func otherVersion() throws {
    let newer = base.replacing("X 1.0", with: "X 1.0.5")
    let told = try plan(next, on: [newer], given: [base])
    #expect(
      told.findings.contains { $0.code == "strata.other-version-there" && $0.severity == .error }
    )
    let unmanaged = try plan(
      next,
      on: [base.replacing("by A", with: "by A unmanaged")],
      given: [base]
    )
    #expect(unmanaged.findings.contains { $0.message.contains("has it unmanaged") })
    let others = try plan(next, on: [base.replacing("by A", with: "by C")], given: [base])
    #expect(others.findings.contains { $0.message.contains("has it from C") })
    let absent = try plan(next, on: ["Y 1.0 by B\ntable y"], given: [base])
    #expect(absent.findings.contains { $0.message.contains("does not have it") })
  }

  @Test("strata.facts what a package holds and the environment does not list is told")
  func listedOtherwise() throws {
    let smaller =
      "X 1.0 by A\ntable t\ncolumn t.a nvarchar 100\ncolumn t.b nvarchar 100\nform F t a"
    let larger = smaller + "\nrole r1"
    let told = try plan(next, on: [smaller], given: [larger])
    #expect(told.findings.contains { $0.code == "strata.listed-otherwise" })
  }

  @Test("DP-304 needs are met by what the environment has, or not known where it did not list it")
  func needs() throws {
    let needy = next + "\nneeds Attribute y.n from Y"
    let other = "Y 1.0 by B\ntable y\ncolumn y.n nvarchar 10"
    let met = try plan(needy, on: [base, other], given: [base])
    #expect(!met.findings.contains { $0.code == "0x8004801D" })
    #expect(met.findings.contains { $0.message.hasPrefix("needs: 1 present") })
    let open = try plan(needy, on: [base, other], given: [base]) { facts in
      facts.components.removeAll { $0.id?.key.hasPrefix("y") == true }
      let place = facts.solutions?.firstIndex { $0.name.text == "Y" }
      if let place { facts.solutions?[place].isListed = false }
    }
    #expect(open.findings.contains { $0.message.contains("1 not known") })
    let lacking = try plan(needy, on: [base, "Y 1.0 by B\ntable y"], given: [base])
    #expect(lacking.findings.contains { $0.code == "0x8004801D" })
  }

  @Test("strata.facts redacted, equal names stay equal and those of packages stay as they are")
  func redacted() throws {
    let facts = Facts(of: try installed([base, "Y 1.0 by B\ntable secret\nview v1 t b"]))
    let package = try PackageText(base).read()
    let hidden = facts.redacted(FactsRedaction(keeping: [package], key: [1, 2, 3]))
    let names = hidden.components.compactMap(\.id?.key) + (hidden.solutions ?? []).map(\.name.text)
    #expect(!names.contains { $0.contains("secret") || $0 == "Y" })
    #expect(names.contains("t.b") && names.contains("X"))
    let state = try InstalledState([package], among: hidden)
    let told = Plan.importing([try PackageText(next).read()], on: state)
    #expect(told.findings.contains { $0.code == "0x8004F01F" })
  }
}
