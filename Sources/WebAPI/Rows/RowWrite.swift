internal import Solutions

/// What a request wants to be written, and how it is answered once that is done.
struct RowWrite: Sendable {
  let edits: RowEdits
  /// Of the row that is made or changed, as far as it is known before: `accounts(…)`.
  let reference: String?
  /// What whoever asks must be allowed.
  let right: WebRequest.Right
  let answer: @Sendable ([RowEdited]) async throws -> WebResponse

  init(
    _ edits: RowEdits,
    reference: String? = nil,
    right: WebRequest.Right = .write,
    answer: @escaping @Sendable ([RowEdited]) async throws -> WebResponse
  ) {
    self.edits = edits
    self.reference = reference
    self.right = right
    self.answer = answer
  }
}
