import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// The tables against the pure core.
@Suite("Laws of the environment", .everyBackend)
struct StoreLawTests {
  @Test(
    "Random operations lead to what the core says, verify clean, and all go back",
    arguments: 0..<25 as Range<UInt64>
  )
  func twin(seed: UInt64) async throws {
    // Each operation is verified as a whole: of a server some seeds will do.
    guard Backend.current == .sqlite || seed < 4 else { return }
    var random = SeededGenerator(seed: seed)
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    var twin = try await environment.whole()
    var fingerprints = [twin.fingerprint]
    var versions: [String: Int] = [:]
    for _ in 0..<16 {
      let name = ["X", "Y", "Z", "U"].randomElement(using: &random) ?? "X"
      let solution = try #require(SolutionName(name))
      let request: Twofold
      switch Int.random(in: 0..<19, using: &random) {
      // Where there is something to publish, or nothing gets in, most would be refused otherwise.
      case _ where !twin.drafts.isEmpty && Int.random(in: 0..<4, using: &random) == 0:
        request = .publishing(Vocabulary.publishing(&random))
      case _ where twin.blocksUnmanaged && Bool.random(using: &random): request = .blocking(false)
      case 0: request = .uninstall(solution)
      case 1: request = .applyUpgrade(solution)
      case 2: request = .discardUpgrade(solution)
      case 3: request = .blocking(Int.random(in: 0..<3, using: &random) == 0)
      case 4..<9:
        request = .customizing(
          Vocabulary.customization(&random),
          in: nil,
          publishes: Int.random(in: 0..<4, using: &random) == 0
        )
      case 9: request = .publishing(Vocabulary.publishing(&random))
      case 10: request = .bringing(to: try Vocabulary.column(&random))
      default:
        versions[name, default: 0] += 1
        let patch = Int.random(in: 0..<6, using: &random) == 0
        let publisher = name == "Z" ? "B" : "A"
        let version = "1.\(versions[name] ?? 0)"
        let header =
          patch
          ? "\(name)_Patch_0000000\(Int.random(in: 0..<8, using: &random)) \(twin.solutions[solution]?.version.text ?? "1.0").\(versions[name] ?? 0) by \(publisher) patch of \(name)"
          : "\(name) \(version) by \(publisher)\(name == "U" || (name == "Y" && seed % 3 == 0) ? " unmanaged" : "")"
        let all = PlanOptions.Choice.allCases
        let choice = name == "U" ? .auto : all.randomElement(using: &random) ?? .auto
        request = .importing(
          [try TestEnvironment.archive(header + "\n" + Vocabulary.body(&random))],
          PlanOptions(
            choice: choice,
            overwritesCustomizations: Bool.random(using: &random),
            publishes: Int.random(in: 0..<4, using: &random) == 0
          )
        )
      }
      let plan = request.plan(twin)
      do {
        let done = try await lifecycle.perform(request.request, consent: .all)
        #expect(plan.isApplicable)
        #expect(done.plan.effects == plan.effects)
        if done.operation != nil {
          twin = twin.applying(plan)
          fingerprints.append(twin.fingerprint)
        }
      } catch LifecycleError.refused {
        #expect(!plan.isApplicable)
      }
      #expect(try await environment.whole().fingerprint == twin.fingerprint)
      let broken = try await environment.broken()
      #expect(broken == [])
    }
    // As of every operation, and back through all of them.
    for (revision, fingerprint) in fingerprints.enumerated() {
      #expect(try await environment.whole(at: revision).fingerprint == fingerprint)
    }
    for revision in fingerprints.indices.dropFirst().reversed() {
      try await lifecycle.perform(.rollback(revision), consent: .all)
      #expect(try await environment.whole().fingerprint == fingerprints[revision - 1])
      let broken = try await environment.broken()
      #expect(broken == [])
    }
  }
}

/// Packages over few words, so that they meet each other.
enum Vocabulary {
  static func customization(_ random: inout SeededGenerator) -> Customization {
    let table = ["t", "u"].randomElement(using: &random) ?? "t"
    let column = ["a", "b", "new_c"].randomElement(using: &random) ?? "a"
    let id = ComponentID.attribute(table, column)
    let view = component(Bool.random(using: &random) ? (26, "v") : (60, "f"), of: table) ?? id
    switch Int.random(in: 0..<8, using: &random) {
    case 0, 1:
      return .set(id, [PropertyEdit("MaxLength", "\(Int.random(in: 1...9, using: &random))")])
    case 2: return .reset([id])
    case 3: return .remove(Bool.random(using: &random) ? id : .entity(table))
    case 4:
      let cells =
        "<savedquery><fetchxml><fetch><entity name=\"\(table)\">"
        + "<attribute name=\"\(column)\" solutionaction=\"Added\"/></entity></fetch></fetchxml></savedquery>"
      return .patch(
        component((26, "v"), of: table) ?? id,
        difference: Array(cells.utf8),
        file: "view.xml"
      )
    case 5:
      let label = "\(Int.random(in: 1...3, using: &random))"
      return .set(view, [PropertyEdit("LocalizedNames/LocalizedName@description", label)])
    case 6: return .remove(view)
    default: return .reset([view])
    }
  }

  /// A column that is made by hand.
  static func column(_ random: inout SeededGenerator) throws -> Blueprint {
    let table = ["t", "u"].randomElement(using: &random) ?? "t"
    return try .column("new_c", of: table, "type: text, maxLength: 10, displayName: C")
  }

  /// A view or form by the letter that its name begins with.
  private static func component(
    _ kind: (number: Int, letter: String),
    of table: String
  ) -> ComponentID? {
    GUID(PackageText.guid("\(kind.letter)\(table)")).map { ComponentID(.number(kind.number), $0) }
  }

  static func publishing(_ random: inout SeededGenerator) -> Publishing {
    let table = ["t", "u"].randomElement(using: &random) ?? "t"
    switch Int.random(in: 0..<4, using: &random) {
    case 0: return .components([.entity(table)])
    case 1:
      return .components([
        component((26, "v"), of: table) ?? .entity(table), .webResource("new_/a.js"),
      ])
    case 2: return SolutionName("U").map { .solution($0) } ?? .all
    default: return .all
    }
  }

  static func body(_ random: inout SeededGenerator) -> String {
    var lines: [String] = []
    for table in ["t", "u"] where Int.random(in: 0..<4, using: &random) > 0 {
      lines.append(Int.random(in: 0..<4, using: &random) == 0 ? "shell \(table)" : "table \(table)")
      let columns = ["a", "b"].filter { _ in Bool.random(using: &random) }
      for column in columns {
        lines.append("column \(table).\(column) nvarchar \(Int.random(in: 1...3, using: &random))")
      }
      if Bool.random(using: &random) {
        lines.append("view v\(table) \(table) \(columns.joined(separator: " "))")
      }
      if Bool.random(using: &random) {
        lines.append("form f\(table) \(table) \(columns.joined(separator: " "))")
      }
    }
    if Bool.random(using: &random) {
      let values = (1...4).filter { _ in Bool.random(using: &random) }
      lines.append("choice o \(values.map(String.init).joined(separator: " "))")
    }
    if Bool.random(using: &random) {
      lines.append("resource new_/a.js \(Int.random(in: 1...3, using: &random))")
    }
    return lines.joined(separator: "\n")
  }
}

/// A verb as the door takes it, and its plan on a state in memory.
private struct Twofold {
  let request: Request
  let plan: (InstalledState) -> Plan

  static func importing(_ archives: [Request.Archive], _ options: PlanOptions) -> Twofold {
    Twofold(request: .importing(archives, options)) {
      Plan.importing(archives.map(\.package), on: $0, options: options)
    }
  }

  static func applyUpgrade(_ name: SolutionName) -> Twofold {
    Twofold(request: .applyUpgrade(name)) { Plan.applyingUpgrade(of: name, on: $0) }
  }

  static func discardUpgrade(_ name: SolutionName) -> Twofold {
    Twofold(request: .discardUpgrade(name)) { Plan.discardingUpgrade(of: name, on: $0) }
  }

  static func uninstall(_ name: SolutionName) -> Twofold {
    Twofold(request: .uninstall(name)) { Plan.uninstalling(name, on: $0) }
  }

  static func customizing(
    _ customization: Customization,
    in name: SolutionName?,
    publishes: Bool
  ) -> Twofold {
    Twofold(request: .customizing(customization, in: name, publishes: publishes)) {
      Plan.customizing(
        customization,
        in: name,
        on: $0,
        options: PlanOptions(publishes: publishes)
      )
    }
  }

  static func bringing(to blueprint: Blueprint) -> Twofold {
    Twofold(request: .bringing(to: blueprint)) { Plan.bringing(to: blueprint, on: $0) }
  }

  static func publishing(_ publishing: Publishing) -> Twofold {
    Twofold(request: .publishing(publishing)) { Plan.publishing(publishing, on: $0) }
  }

  static func blocking(_ isBlocked: Bool) -> Twofold {
    Twofold(request: .blocking(isBlocked)) { Plan.blocking(isBlocked, on: $0) }
  }
}
