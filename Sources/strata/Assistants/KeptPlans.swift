import Contract
import Faces
import FoundationEssentials
import Solutions
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// The plans that were made last, as files in a folder of their own, which goes with the server.
final class KeptPlans: Sendable {
  struct Kept: Sendable {
    let digest: String
    let title: String
    let path: String

    var uri: String { KeptPlans.prefix + digest }
  }

  static let prefix = "strata://plans/"
  private static let most = 20

  let folder: String
  private let state = Mutex<(kept: [Kept], made: Int)>(([], 0))

  init() throws(Failure) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    var template = Array("\(base.isEmpty ? "/tmp" : base)/strata-mcp.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(
        .unwritable,
        "cannot make a folder for plans: \(String(cString: strerror(errno)))"
      )
    }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Newest first.
  var all: [Kept] { state.withLock { $0.kept } }

  /// Where the next one goes.
  func nextPath() -> String {
    state.withLock {
      $0.made += 1
      return "\(folder)/\($0.made).json"
    }
  }

  /// - Parameter plan: as it was written to the path.
  func keep(_ plan: PlanShape, at path: String) {
    guard let digest = plan.digest else { return }
    let packages = plan.packages.map { "\($0.uniqueName) \($0.version)" }
    let kept = Kept(digest: digest, title: packages.joined(separator: ", ").shown(200), path: path)
    let old = state.withLock { state -> [Kept] in
      let others = state.kept.filter { $0.digest != digest }
      let same = state.kept.filter { $0.digest == digest }
      state.kept = [kept] + others.prefix(Self.most - 1)
      return same + others.dropFirst(Self.most - 1)
    }
    for plan in old { unlink(plan.path) }
  }

  /// Of the plan that a call names; the last one where it names none.
  func path(_ arguments: Arguments) throws -> String {
    let all = self.all
    guard let digest = arguments.text("plan") else {
      guard let last = all.first else {
        throw Arguments.Wrong(words: "no plan was made yet: call plan")
      }
      return last.path
    }
    guard let kept = all.first(where: { $0.digest == digest }) else {
      throw Arguments.Wrong(
        words:
          "there is no plan “\(digest.shown(100))”; the last \(Self.most) are kept: call plan again"
      )
    }
    return kept.path
  }

  static let parameter = parameter(isNeeded: false)

  static func parameter(isNeeded: Bool) -> Tool.Parameter {
    Tool.Parameter(
      name: "plan",
      kind: .text,
      words: "The digest of a plan that was made here\(isNeeded ? "" : "; default the last one").",
      isNeeded: isNeeded
    )
  }

  func remove() {
    for plan in all { unlink(plan.path) }
    rmdir(folder)
  }
}
