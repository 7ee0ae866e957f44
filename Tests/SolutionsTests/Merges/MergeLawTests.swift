import TestSupport
import Testing

@testable import Solutions

/// What holds for every stack that merges, over seeds.
@Suite("Laws of merging")
struct MergeLawTests {
  static let seeds = 0..<120 as Range<UInt64>

  private func effective(_ layers: [(Stack.Place, String)]) throws -> Definition {
    try Stack.of(layers.map { ($0, try LayoutText.definition($1)) }).effective(.form).definition
  }

  @Test("One layer merges to itself", arguments: MergeBehavior.all)
  func identity(merge: MergeBehavior) throws {
    for seed in 0..<20 as Range<UInt64> {
      var random = SeededGenerator(seed: seed)
      let definition = try LayoutText.definition(RandomLayout(&random).text)
      let stack = try Stack.of([(.base, definition)])
      #expect(stack.effective(merge).definition.hash == definition.hash)
      let assumed = try Stack.of([(.other(1), definition)], isBaseAssumed: true)
      #expect(assumed.effective(merge).definition.hash == definition.hash)
    }
  }

  @Test("The reference agrees, on the form and on what is left over", arguments: seeds)
  func reference(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let layout = RandomLayout(&random)
    let differences = try (1...3).map { number in
      try LayoutText.definition(layout.difference(&random, prefix: "l\(number)"))
    }
    let base = try LayoutText.definition(layout.text)
    let stack = try Stack.of(
      [(.base, base)] + differences.enumerated().map { (.other($0 + 1), $1) }
    )
    var reference = ReferenceMerge(base: base)
    for (number, difference) in differences.enumerated() {
      reference.apply(difference, layer: number + 1)
    }
    let merged = ReferenceMerge.lines(of: stack.effective(.form).definition)
    let (left, right) = (Set(merged.lines), Set(reference.lines))
    #expect(left.subtracting(right) == [])
    #expect(right.subtracting(left) == [])
    let lost = reference.homeless.filter { step in !left.contains { $0.contains("/\(step)") } }
    #expect(merged.conflicts.isSuperset(of: lost))
  }

  @Test(
    "From one document to another product and reference go the same way",
    arguments: RandomDocument.allCases
  )
  func difference(kind: RandomDocument) throws {
    let rules = kind.lawful
    for seed in Self.seeds {
      var random = SeededGenerator(seed: seed)
      let (old, new) = (try kind.make(&random), try kind.make(&random))
      let base = try Definition(old, parts: [])
      let target = try Definition(new, parts: [])
      let made = old.root.applying(
        Difference(from: old.root, to: new.root, rules),
        as: Origin(1),
        rules
      )
      var reference = ReferenceMerge(base: base)
      reference.apply(ReferenceMerge.difference(from: base, to: target), layer: 1)
      let lines = ReferenceMerge.lines(of: try Definition(Document(root: made), parts: [])).lines
      let (left, right) = (Set(lines), Set(reference.lines))
      #expect(left.subtracting(right) == [], "seed \(seed)")
      #expect(right.subtracting(left) == [], "seed \(seed)")
      #expect(reference.lines == ReferenceMerge.lines(of: target).lines, "seed \(seed)")
    }
  }

  @Test("Removing a layer is never having had it", arguments: seeds)
  func removal(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let layout = RandomLayout(&random)
    let differences = (1...3).map { layout.difference(&random, prefix: "l\($0)") }
    let with = try Stack.of(
      [(.base, try LayoutText.definition(layout.text))]
        + differences.enumerated().map { (.other($0 + 1), try LayoutText.definition($1)) }
    )
    for (number, _) in differences.enumerated() {
      var without = with
      #expect(without.remove(try #require(SolutionName("Y\(number + 1)"))))
      let never = try Stack.of(
        [(.base, try LayoutText.definition(layout.text))]
          + differences.enumerated().filter { $0.offset != number }
          .map { (.other($0.offset + 1), try LayoutText.definition($0.element)) }
      )
      #expect(without.effective(.form).definition == never.effective(.form).definition)
    }
  }

  @Test("Differences to different places commute", arguments: seeds)
  func disjoint(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let layout = RandomLayout(&random)
    let first = layout.difference(&random, prefix: "l1", tabs: [0])
    let second = layout.difference(&random, prefix: "l2", tabs: [1])
    let one = try effective([(.base, layout.text), (.other(1), first), (.other(2), second)])
    let other = try effective([(.base, layout.text), (.other(1), second), (.other(2), first)])
    #expect(LayoutText.spelled(one) == LayoutText.spelled(other))
    #expect(one == other)
  }

  @Test("The same difference twice is that difference once", arguments: seeds)
  func repetition(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let layout = RandomLayout(&random)
    let difference = layout.difference(&random, prefix: "l1")
    #expect(
      try effective([(.base, layout.text), (.other(1), difference), (.other(2), difference)])
        == effective([(.base, layout.text), (.other(1), difference)])
    )
  }

  @Test("Nothing is lost: what is added and not removed is on the form", arguments: seeds)
  func nothingLost(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let layout = RandomLayout(&random)
    let others = RandomLayout(&random)
    // The differences were made over another version of the form.
    let differences = [
      others.difference(&random, prefix: "l1"), layout.difference(&random, prefix: "l2"),
      others.difference(&random, prefix: "l3"),
    ]
    let merged = try effective(
      [(.base, layout.text)] + differences.enumerated().map { (.other($0 + 1), $1) }
    )
    let text = LayoutText.spelled(merged)
    let words = Set(text.split { " \n[".contains($0) }.map(String.init))
    for difference in differences {
      for word in difference.split(whereSeparator: { " \n".contains($0) })
      where word.hasPrefix("+l") {
        let name = String(word.dropFirst().prefix { $0 != "@" })
        #expect(words.contains(name), "\(name) of\n\(difference)\nis not in\n\(text)")
      }
    }
  }

  @Test("Two differences as one do on a base what they do one after the other", arguments: seeds)
  func composition(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let layout = RandomLayout(&random)
    let first = try LayoutText.definition(layout.difference(&random, prefix: "l1", tabs: [0]))
    let second = try LayoutText.definition(layout.difference(&random, prefix: "l2", tabs: [1]))
    let both = try Stack.of([(.other(1), first), (.other(2), second)], isBaseAssumed: true)
    let base = try LayoutText.definition(layout.text)
    #expect(both.effective(.form).definition.isDifference || !first.isDifference)
    let at = ReferenceMerge.lines(
      of: try Stack.of([(.base, base), (.other(1), both.effective(.form).definition)]).effective(
        .form
      ).definition
    )
    let apart = ReferenceMerge.lines(
      of: try Stack.of([(.base, base), (.other(1), first), (.other(2), second)]).effective(.form)
        .definition
    )
    #expect(at.lines == apart.lines)
  }
}

/// Layouts over a small vocabulary, and differences to them.
struct RandomLayout {
  /// Names of tabs, of their sections, of the cells in their rows.
  private var tabs: [(name: String, sections: [(name: String, rows: [[String]])])] = []

  init(_ random: inout SeededGenerator) {
    for tab in ["A", "B", "C"].prefix(Int.random(in: 2...3, using: &random)) {
      var sections: [(String, [[String]])] = []
      for section in ["S", "T"] where Bool.random(using: &random) {
        let cells = ["a", "b", "c", "d"].filter { _ in Bool.random(using: &random) }
          .map { "\(tab)\(section)\($0)" }
        let width = Int.random(in: 1...2, using: &random)
        let rows = stride(from: 0, to: cells.count, by: width).map {
          Array(cells[$0..<min($0 + width, cells.count)])
        }
        sections.append(("\(tab)\(section)", rows))
      }
      tabs.append((tab, sections))
    }
  }

  var text: String {
    tabs.map { tab, sections in
      "tab \(tab)\n"
        + sections.map { section, rows in
          "section \(section)\n"
            + rows.map { "row \($0.joined(separator: " "))\n" }.joined()
        }.joined()
    }.joined()
  }

  /// - Parameters:
  ///   - prefix: of the names of what is added.
  ///   - tabs: where to change anything; everywhere, and tabs themselves, when nil.
  func difference(
    _ random: inout SeededGenerator,
    prefix: String,
    tabs chosen: Set<Int>? = nil
  ) -> String {
    var lines = chosen == nil ? ["library +new_/\(prefix).js"] : []
    for (number, tab) in tabs.enumerated() where chosen?.contains(number) ?? true {
      let roll = Int.random(in: 0..<12, using: &random)
      if roll == 0, chosen == nil {
        lines.append("tab -\(tab.name)@\(number)")
        continue
      }
      lines.append("tab \(roll == 1 ? "~" : "")\(tab.name)@\(roll == 1 ? 2 : number)")
      for (place, section) in tab.sections.enumerated() {
        if Int.random(in: 0..<8, using: &random) == 0 {
          lines.append("section -\(section.name)@\(place)")
          continue
        }
        lines.append("section \(section.name)@\(place)")
        var index = 0
        for cell in section.rows.joined() {
          switch Int.random(in: 0..<6, using: &random) {
          case 0: lines.append("row -\(cell)@\(10_000 + index)")
          case 1: lines.append("row ~\(cell)@\(10_000 + index)[visible=\(prefix)]")
          case 2:
            lines.append("row +\(prefix)\(cell)@\(10_000 + index)")
            lines.append("row ~\(cell)@\(20_000 + index + 1)")
          default: break
          }
          index += 1
        }
      }
      if Bool.random(using: &random) {
        lines.append("section +\(prefix)\(tab.name)@\(Int.random(in: 0..<3, using: &random))")
        lines.append("row \(prefix)\(tab.name)x \(prefix)\(tab.name)y")
      }
    }
    if chosen == nil, Bool.random(using: &random) {
      lines.append("tab +\(prefix)@1")
      lines.append("section \(prefix)S")
      lines.append("row \(prefix)Sx")
    }
    if lines.isEmpty || !lines.contains(where: { $0.contains("@") }) {
      lines.append("library +new_/\(prefix).js")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
