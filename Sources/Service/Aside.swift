internal import NIOPosix

/// Long work on threads of its own, a few at one time, so that short answers never wait for it.
enum Aside {
  /// - Throws: what the body throws.
  static func run<Value: Sendable>(
    _ body: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await NIOThreadPool.singleton.runIfActive(body)
  }
}
