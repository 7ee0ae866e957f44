/// One after the other, in the order in which they come.
actor Turns {
  private var last: Task<Void, Never>?

  /// - Throws: what the body throws.
  func take<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    let before = last
    let own = Task {
      await before?.value
      return try await body()
    }
    last = Task { _ = await own.result }
    return try await own.value
  }
}
