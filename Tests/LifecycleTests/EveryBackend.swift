import EnvironmentSupport
import Testing

/// Runs each test once for each database that is here (docs/decisions/142).
struct EveryBackend: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test,
    testCase: Test.Case?,
    performing function: @Sendable @concurrent () async throws -> Void
  ) async throws {
    for backend in Backend.available {
      try await Backend.$current.withValue(backend) { try await function() }
    }
  }
}

extension Trait where Self == EveryBackend {
  static var everyBackend: EveryBackend { EveryBackend() }
}
