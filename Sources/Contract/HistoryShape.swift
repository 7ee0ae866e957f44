internal import Hashing
package import Reading
package import Solutions

/// `history --json`.
package struct HistoryShape: Shape {
  package static let format = "strata.history"

  package struct Item: Codable, Sendable {
    package let number: Int
    package let verb: String
    package let title: String
    package let who: String
    package let started: String
    package let completed: String
    package let milliseconds: Int
    /// What was chosen, as a JSON text; `{}` for operations that have no choices.
    package let options: String
    package let packages: [Package]
    package let summary: Summary
    /// Left out where no package was imported.
    package var smartDiff: SmartDiffShape?
    package var results: [Result]?
    /// Whether results are left out; absent otherwise.
    package private(set) var filtered: Bool?
    /// By which words of the command line; absent where nothing is left out.
    package private(set) var filteredBy: String?

    /// The same with the results alone that a reader asks for.
    package func filtered(by filter: ReadingFilter, _ words: String) -> Item {
      guard !filter.isEmpty, let all = results else { return self }
      var item = self
      item.results = all.filter { filter.takes(ReadableEntry($0)) }
      (item.filtered, item.filteredBy) = (true, words)
      return item
    }
  }

  package struct Package: Codable, Sendable {
    package let uniqueName: String
    package let version: String
    @Nullable package var from: String?
    package let action: Wire.Move
    @Nullable package var sha256: String?
  }

  package struct Summary: Codable, Sendable {
    package let add: Int
    package let change: Int
    package let delete: Int
    package let dereference: Int
    package let masked: Int
    package let unchanged: Int
  }

  package struct Result: Codable, Sendable {
    package let action: Wire.Action
    package let component: String
    package let solution: String
    package let maskedBy: [String]
    package let reason: String
    package let rule: String
    package let milliseconds: Int
    /// Rows or values that went to the trash; null where nobody counted.
    @Nullable package var lost: Int?
  }

  package struct Try: Codable, Sendable {
    package let title: String
    package let who: String
    package let process: Int
    package let started: String
    @Nullable package var ended: String?
    package let outcome: Wire.Outcome
    @Nullable package var message: String?
    @Nullable package var operation: Int?
  }

  package var operations: [Item]
  package var attempts: [Try]?

  /// - Throws: `EncodingError`, which options do not cause.
  package init(_ history: History) throws {
    operations = try history.operations.map { try Item($0, history.results) }
    attempts = history.attempts?.map { Try($0) }
  }
}

extension HistoryShape.Item {
  fileprivate init(_ operation: Operation, _ results: [Operation.Result]?) throws {
    number = operation.number
    verb = operation.record.verb
    title = operation.record.title
    who = operation.record.who
    started = operation.record.started.description
    completed = operation.completed.description
    milliseconds = operation.completed.milliseconds - operation.record.started.milliseconds
    options = try operation.record.options.map { try ShapeCoder.line(OptionsShape($0)) } ?? "{}"
    packages = operation.packages.map {
      HistoryShape.Package(
        uniqueName: $0.name.text,
        version: $0.version.text,
        from: $0.from?.text,
        action: Wire.Move($0.action),
        sha256: $0.digest?.description
      )
    }
    let counts = operation.counts
    summary = HistoryShape.Summary(
      add: counts.add,
      change: counts.change,
      delete: counts.delete,
      dereference: counts.dereference,
      masked: counts.masked,
      unchanged: counts.unchanged
    )
    smartDiff = SmartDiffShape(operation)
    let kinds = ComponentKinds.standard
    self.results = results?.map {
      HistoryShape.Result(
        action: Wire.Action($0.action),
        component: "\(kinds[$0.id.type].name):\($0.id.key)",
        solution: $0.solution.text,
        maskedBy: $0.maskedBy.map(\.text),
        reason: $0.reason,
        rule: $0.rule,
        milliseconds: $0.milliseconds,
        lost: $0.lost
      )
    }
  }
}

extension HistoryShape.Try {
  init(_ attempt: Attempt) {
    title = attempt.title
    who = attempt.who
    process = attempt.process
    started = attempt.started.description
    outcome = Wire.Outcome(attempt.outcome)
    ended = attempt.ended?.description
    message = attempt.message
    operation = attempt.operation
  }
}
