import TestSupport
import Testing

@testable import Solutions

@Suite("Derivations")
struct DerivationTests {
  private static let seeds = 0..<20 as Range<UInt64>

  @Test(
    "Every chain of causes ends, and every use is from outside of what goes",
    arguments: seeds,
    [true, false]
  )
  func laws(seed: UInt64, isWhole: Bool) throws {
    var random = SeededGenerator(seed: seed)
    let state = try installed([
      "X 1.0 by A\n" + RandomPackage.body(&random), "Y 1.0 by B\n" + RandomPackage.body(&random),
      "Mine 1.0 by A unmanaged\n" + RandomPackage.body(&random),
    ])
    let doomed = Set(state.stacks.keys.filter { _ in Bool.random(using: &random) })
    let closure = DeletionClosure(of: doomed, in: state)
    let uses = closure.uses(in: state, kinds: .standard)
    let derivation = Derivation(of: closure, uses, in: state, isWhole: isWhole)
    #expect(Set(derivation.causes.keys) == closure.all)
    for id in closure.all {
      let chain = derivation.chain(of: id)
      #expect(derivation.causes[chain[chain.count - 1]] == .dropped)
      #expect(Set(chain).count == chain.count)
      #expect(chain.allSatisfy { closure.all.contains($0) })
    }
    for (used, uses) in derivation.uses {
      #expect(closure.all.contains(used))
      #expect(uses.allSatisfy { !closure.all.contains($0.user) })
    }
  }

  @Test("What goes as a part says of what, and that goes because the solution does")
  func parts() throws {
    let state = try installed([
      "X 1.0 by A\ntable t", "Mine 1.0 by A unmanaged\nshell t\ncolumn t.new_a int",
      "Y 1.0 by B\ntable u\nview v u",
    ])
    let table = ComponentID.entity("t")
    let column = ComponentID.attribute("t", "new_a")
    let closure = DeletionClosure(of: [table], in: state)
    let derivation = Derivation(
      of: closure,
      DeletionClosure.Uses(),
      in: state,
      isWhole: true
    )
    #expect(derivation.causes[column] == .partOf(table))
    let cause = Dropping.Cause(solution: Sample.x, operation: .uninstall)
    let text = DerivationText(
      derivation: derivation,
      cause: cause,
      context: Planner(on: state, kinds: .standard).context
    )
    #expect(
      text.lines(for: column).map(\.words) == [
        "Table t goes with X, which is uninstalled", "Column t.new_a is part of Table t",
      ]
    )
  }
}
