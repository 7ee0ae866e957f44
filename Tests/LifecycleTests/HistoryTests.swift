import EnvironmentSupport
import Lifecycle
import SolutionStore
import Solutions
import TestSupport
import Testing

/// What the history keeps beside what was done.
@Suite("History")
struct HistoryTests {
  private static let options = [
    nil, OperationOptions(),
    OperationOptions(
      choice: .stage,
      assumesPresent: true,
      overwritesCustomizations: true,
      enablesProcesses: true,
      publishes: true,
      leavesTrash: true,
      settingsFile: "a \"b\\c\"\t\u{1F}/ä.json"
    ),
    OperationOptions(choice: .update, publishes: nil, leavesTrash: nil),
  ]

  @Test("What was chosen is told as it was chosen", arguments: options)
  func chosen(options: OperationOptions?) async throws {
    let environment = try await TestEnvironment()
    let archive = try TestEnvironment.archive("X 1.0 by A\ntable t")
    try await environment.lifecycle.perform(.importing([archive], PlanOptions()), options: options)
    let history = try await environment.lifecycle.ask(
      HistoryQuestion(of: 1, limit: 1, withAttempts: false)
    )
    #expect(history.operations.map(\.record.options) == [options])
  }

  @Test("Options of earlier releases are read as they are, and what is none is damage")
  func earlier() async throws {
    let environment = try await TestEnvironment()
    try await environment.import("X 1.0 by A\ntable t")
    func options() async throws -> OperationOptions? {
      let question = HistoryQuestion(of: 1, limit: 1, withAttempts: false)
      return try await environment.lifecycle.ask(question).operations.first?.record.options
    }
    try environment.damage(
      """
      UPDATE operation SET options = '{"action":"upgrade","assumePresent":true,"enableSteps":false,\
      "overwriteCustomizations":true,"settingsFile":null}'
      """
    )
    #expect(
      try await options()
        == OperationOptions(
          choice: .upgrade,
          assumesPresent: true,
          overwritesCustomizations: true,
          publishes: nil,
          leavesTrash: nil
        )
    )
    try environment.damage("UPDATE operation SET options = '{}'")
    #expect(try await options() == nil)
    for text in ["", "[]", "{"] {
      try environment.damage("UPDATE operation SET options = '\(text)'")
      await #expect(throws: StoreError.self, "\(text)") { try await options() }
    }
  }

  @Test("Who asked is told of each operation, and through what and from where")
  func callers() async throws {
    let environment = try await TestEnvironment()
    let lifecycle = environment.lifecycle
    let callers = [
      Caller("anna", through: .commandLine), Caller("ben", through: .api, from: "10.0.0.7"),
      Caller("carl", through: .pages),
    ]
    for (number, caller) in callers.enumerated() {
      let archive = try TestEnvironment.archive("X 1.\(number) by A\ntable t")
      try await lifecycle.perform(.importing([archive], PlanOptions()), by: caller)
    }
    await #expect(throws: LifecycleError.self) {
      let name = try #require(SolutionName("Nope"))
      try await lifecycle.perform(.uninstall(name), by: Caller("dora", through: .api))
    }
    let history = try await lifecycle.ask(HistoryQuestion(of: nil, limit: 9, withAttempts: true))
    #expect(
      history.operations.map(\.record.who) == ["carl (pages)", "ben (API, 10.0.0.7)", "anna"]
    )
    #expect(history.attempts?.first?.who == "dora (API)")
  }
}
