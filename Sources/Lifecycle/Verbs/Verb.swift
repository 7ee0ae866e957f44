internal import Hashing
internal import SolutionStore
internal import Solutions

/// What can be done to an environment: knows what of it the plan looks at, and decides nothing.
///
/// A verb is a file of its own in this folder; there it gives `Request` a function of its name, too.
protocol Verb: Sendable {
  /// As the history names it.
  var name: String { get }
  /// In words, as far as they are known before it is planned.
  var title: String { get }
  /// In words, with what only the plan knows; nil where that is nothing.
  func title(of plan: Plan) -> String?
  /// Packages that come in with it.
  var archives: [Request.Archive] { get }
  /// Files that are kept with what the plan puts there, where no package brings them.
  func files(of plan: Plan) -> [KeptFile]
  /// The first operation that it undoes; nil where it undoes none.
  var undone: Int? { get }
  /// The state that it leads back to, where it says so.
  ///
  /// - Throws: `StoreError` where the history is damaged.
  func promise(_ store: StoreReader) throws -> StatePromise?
  /// The plan, and the slice of the environment that it was made from.
  ///
  /// - Throws: `LifecycleError` or `StoreError` for what is not there, so that nothing can be planned.
  func plan(_ store: StoreReader) throws -> Planned

  typealias KeptFile = (file: String, bytes: [UInt8], digest: SHA256Digest)
  typealias Planned = (plan: Plan, before: InstalledState)
}

extension Verb {
  func title(of plan: Plan) -> String? { nil }
  var archives: [Request.Archive] { [] }
  func files(of plan: Plan) -> [KeptFile] { [] }
  var undone: Int? { nil }
  func promise(_ store: StoreReader) throws -> StatePromise? { nil }

  /// The record of an operation, with what only its plan knows: from which version, of which solution.
  func telling(_ record: OperationRecord, _ plan: Plan) -> OperationRecord {
    OperationRecord(
      verb: record.verb,
      title: title(of: plan) ?? record.title,
      who: record.who,
      started: record.started,
      options: record.options
    )
  }
}

extension Set<ComponentID> {
  /// In words.
  var listed: String {
    let kinds = ComponentKinds.standard
    return sorted().map { "\(kinds[$0.type].name):\($0.key)" }.joined(separator: ", ")
  }
}
