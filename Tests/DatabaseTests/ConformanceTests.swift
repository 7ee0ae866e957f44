import EnvironmentSupport
import SQL
import SQLConformance
import Testing

@Suite("Conformance of databases")
struct ConformanceTests {
  @Test("Every database keeps its promises", arguments: Backend.available, Conformance.all)
  func promise(backend: Backend, promise: Conformance.Case) async throws {
    let place = TestPlace(backend)
    try await promise(try place.database(.create))
  }

  @Test(
    "PostgreSQL is here",
    .enabled(if: Backend.server != nil, "scripts/with-postgres finds no server")
  )
  func server() { #expect(Backend.server != nil) }
}
