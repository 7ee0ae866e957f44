import TestSupport
import Testing

@testable import Solutions

/// What holds for stacks of random documents: who brought what, and what an edit does.
@Suite("Laws of blame and edits")
struct EditLawTests {
  static let seeds = 0..<60 as Range<UInt64>

  /// A base, and what others say over it: differences where the kind travels so, whole documents where not.
  private func stack(
    _ kind: RandomDocument,
    _ random: inout SeededGenerator,
    above count: Int
  ) throws -> LayerStack {
    let rules = kind.merge.rules
    let base = try kind.make(&random, keepsAttributes: true)
    var layers: [(Stack.Place, Definition)] = [(.base, try Definition(base, parts: []))]
    var below = base.root
    for number in 1...count {
      let next = try kind.make(&random, keepsAttributes: true)
      guard !rules.zones.isEmpty else {
        layers.append((.other(number), try Definition(next, parts: [])))
        continue
      }
      let difference = Difference(from: below, to: next.root, rules).document(like: base, rules)
      layers.append((.other(number), try Definition(difference, parts: [])))
      below = below.applying(Difference(difference, rules), as: Origin(number), rules)
    }
    return try Stack.of(layers)
  }

  /// Blame once more, slow: the value of each property after each layer, compared.
  private func origins(_ stack: LayerStack, _ merge: MergeBehavior) -> [String: SolutionName] {
    let said = stack.layers.indices.map {
      Properties(stack.through($0).effective(merge).document)
    }
    return Dictionary(
      said[said.count - 1].list.map { property in
        var first = said.count - 1
        while first > 0, said[first - 1][property.path] == property.value { first -= 1 }
        return (property.path, stack.layers[first].solution)
      }
    ) { one, _ in one }
  }

  @Test(
    "10 who brought a property is the lowest layer from which on all say the same of it",
    arguments: RandomDocument.allCases
  )
  func blame(kind: RandomDocument) throws {
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let stack = try stack(kind, &random, above: 3)
      let slow = origins(stack, kind.merge)
      for line in Blame(stack, merge: kind.merge).lines where !line.path.hasSuffix(")") {
        #expect(line.since.solution == slow[line.path], "seed \(seed), \(line.path)")
      }
    }
  }

  @Test(
    "13 an edit changes in effect what it says and nothing else, whatever the active layer says",
    arguments: RandomDocument.allCases
  )
  func edits(kind: RandomDocument) throws {
    let component = try #require(
      ComponentKinds.standard.all.first { $0.merge == kind.merge }
    )
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      var stack = try stack(kind, &random, above: 2)
      for step in 0..<4 {
        let before = stack.effective(component.merge)
        // The conflicts tab is made anew each time, and no layer can say anything of it.
        let paths = Properties(before.document).list.map(\.path).filter {
          $0.hasSuffix("@u") && !$0.contains("0000c0f11c7")
        }
        guard let path = paths.randomElement(using: &random) else { continue }
        let edit = PropertyEdit(path, "edited \(step)")
        let after = try stack.active(after: .properties([edit]), component)
        let top = stack.top
        stack.put(
          Layer(
            solution: .active,
            publisher: top.publisher,
            rank: .active,
            component: top.component.with(after, at: top.component.location)
          )
        )
        let changes = PropertyChanges.between(before, stack.effective(component.merge))
        #expect(changes.map(\.path) == [path], "seed \(seed), step \(step)")
        #expect(changes.map(\.after) == ["edited \(step)"], "seed \(seed), step \(step)")
      }
    }
  }
}
