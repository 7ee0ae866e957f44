package import SolutionStore
package import Solutions

/// Steps that are enabled and post what becomes of rows to an address, in the order in which they run.
package struct WebhookStepsQuestion: Question {
  package init() {}

  package func answer(from store: StoreReader) throws -> [WebhookStep] {
    let steps = try store.names(of: ComponentKind.sdkMessageProcessingStep.type)
    guard !steps.isEmpty else { return [] }
    let state = try store.part(Set(steps + store.names(of: .serviceEndpoint)))
    return state.webhookSteps(kinds: store.kinds)
  }
}
