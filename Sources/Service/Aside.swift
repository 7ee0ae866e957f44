internal import Dispatch

/// Long work on threads of its own, a few at one time, which give way to those of connections: short answers never wait
/// for it (docs/decisions/178).
enum Aside {
  /// - Throws: what the body throws.
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global(qos: .utility).async {
        continuation.resume(with: Result(catching: body))
      }
    }
  }
}
