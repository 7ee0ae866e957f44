import ArgumentParser
import Contract
import Faces
import Lifecycle
import Solutions

/// Consent that is given by name: to what is there, and would be destroyed.
extension PerformOptions {
  private var named: [String] {
    allowed.filter { $0.lowercased() != "all" && !$0.lowercased().hasPrefix("trash:") }
  }

  /// - Throws: `ValidationError` for a name that means nothing in the environment.
  func requireKnown() async throws {
    guard !named.isEmpty else { return }
    let lifecycle = try await environment.lifecycle()
    for name in named {
      let address = ComponentAddress(text: name)
      let found = try await lifecycle.ask(address.question(.standard))
      do {
        _ = try address.resolve(in: found.state, kinds: .standard, hints: found.hints)
      } catch let failure as Failure where failure.code == Failure.Code.noSuchComponent.rawValue {
        throw ValidationError("--allow-destroy: \(failure.message)")
      }
    }
  }

  /// Says which names meet nothing that goes.
  func tellNeedless(_ plan: Plan) {
    let deleted = plan.deletions(without: .none)
    for name in named where plan.deletions(without: Consent(names: [name])).count == deleted.count {
      Console.tell("\(name) is not among what would be destroyed")
    }
  }
}
