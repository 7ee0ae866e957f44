package import SolutionStore

/// Something that is asked of an environment, with an answer that is a value: the way to read through the door.
///
/// A question is a file of its own in this folder.
package protocol Question<Answer>: Sendable {
  associatedtype Answer: Sendable

  /// The answer from one consistent state.
  ///
  /// - Throws: what the question says; beside that `StoreError` where the environment is damaged, `SQLError` where it
  ///   cannot be read.
  func answer(from store: StoreReader) throws -> Answer

  /// Whether it takes no longer than a look into an index.
  var isBrief: Bool { get }
}

extension Question {
  package var isBrief: Bool { false }
}

extension Lifecycle {
  /// Asks one consistent state; waits for nobody.
  ///
  /// - Throws: as the question does.
  package func ask<Q: Question>(_ question: Q) async throws -> Q.Answer {
    try await store.read(isBrief: question.isBrief) { try question.answer(from: $0) }
  }
}
