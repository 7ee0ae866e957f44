import EnvironmentSupport
import Lifecycle
import Solutions
import TestSupport
import Testing

/// An environment brought to a point, and a verb that changes it there: for tests that disturb the verb.
struct VerbStory: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// Packages that are there, one operation each; `stage` comes in as a staged upgrade.
  let there: [String]
  var stage: String?
  let verb: Verb
  /// Whether tables or columns come or go.
  var changesSchema = true

  enum Verb: Sendable {
    case importing([String], PlanOptions.Choice = .auto)
    case applyUpgrade
    case discardUpgrade
    case uninstall
    case rollback(Int)
    case publish
  }

  static let base =
    "X 1.0 by A\ntable t\ncolumn t.a nvarchar 30\ncolumn t.b\nview v t a b\nchoice o 1 2"
  static let next = "X 1.1 by A\ntable t\ncolumn t.a nvarchar 40\ncolumn t.c\nresource new_/a.js x"
  static let neighbor = "Y 1.0 by B\nshell t\ncolumn t.y\nrole r"
  static let patch = "X_Patch_00000001 1.0.1 by A patch of X\nshell t\ncolumn t.p"

  static let drafts =
    "D 1.0 by A unmanaged\nshell t\nview v t b\nview d t a\nform f t a\nresource new_/d.js x"

  static let all = [
    VerbStory(testDescription: "install", there: [], verb: .importing([base])),
    VerbStory(testDescription: "a set", there: [base], verb: .importing([next, neighbor])),
    VerbStory(testDescription: "upgrade", there: [base, neighbor], verb: .importing([next])),
    VerbStory(testDescription: "update", there: [base], verb: .importing([next], .update)),
    VerbStory(testDescription: "stage", there: [base], verb: .importing([next], .stage)),
    VerbStory(testDescription: "apply upgrade", there: [base], stage: next, verb: .applyUpgrade),
    VerbStory(testDescription: "discard", there: [base], stage: next, verb: .discardUpgrade),
    VerbStory(testDescription: "patch", there: [base], verb: .importing([patch])),
    VerbStory(testDescription: "uninstall", there: [base, patch], verb: .uninstall),
    VerbStory(
      testDescription: "unmanaged",
      there: [base],
      verb: .importing(["D 1.0 by A unmanaged\nshell t\nforeign t.a nvarchar 20\ntable d"])
    ),
    VerbStory(
      testDescription: "unmanaged drafts",
      there: [base, drafts],
      verb: .importing(["D 1.1 by A unmanaged\nshell t\nview v t b a\nview e t b"]),
      changesSchema: false
    ),
    VerbStory(
      testDescription: "publish",
      there: [base, drafts],
      verb: .publish,
      changesSchema: false
    ),
    VerbStory(testDescription: "rollback", there: [base, neighbor, next], verb: .rollback(2)),
  ]

  /// An environment at that point.
  func environment() async throws -> TestEnvironment {
    let environment = try await TestEnvironment()
    for package in there { try await environment.import(package) }
    if let stage { try await environment.import(stage, options: PlanOptions(choice: .stage)) }
    return environment
  }

  func request() throws -> Request {
    let x = try #require(SolutionName("X"))
    return switch verb {
    case .importing(let texts, let choice):
      .importing(try texts.map { try TestEnvironment.archive($0) }, PlanOptions(choice: choice))
    case .applyUpgrade: .applyUpgrade(x)
    case .discardUpgrade: .discardUpgrade(x)
    case .uninstall: .uninstall(x)
    case .rollback(let number): .rollback(number)
    case .publish: .publishing(.all)
    }
  }

  /// Words for `strata`, but for the environment; packages are files that `write` makes.
  func words(_ write: (Request.Archive) throws -> String) throws -> [String] {
    switch verb {
    case .importing(let texts, let choice):
      let paths = try texts.map { try write(try TestEnvironment.archive($0)) }
      return ["import"] + paths + ["--action", choice.rawValue, "--allow-destroy", "all"]
    case .applyUpgrade: return ["upgrade", "apply", "X", "--allow-destroy", "all"]
    case .discardUpgrade: return ["upgrade", "discard", "X", "--allow-destroy", "all"]
    case .uninstall: return ["uninstall", "X", "--allow-destroy", "all"]
    case .rollback(let number): return ["rollback", "\(number)", "--allow-destroy", "all"]
    case .publish: return ["publish"]
    }
  }
}
