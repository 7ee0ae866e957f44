import ArgumentParser
import Faces
import Lifecycle
import SolutionPackages
import Solutions

extension CustomizeCommand {
  /// One component, in the words of a readable file.
  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Makes or changes one component, in the words of a readable file.",
      discussion: """
        The same as a file of one component (docs/customize.md), planned first like it. Words are said by --set WORD=VALUE, \
        the value as YAML has it; some have options of their own. What is named with its table is TABLE.NAME. Files \
        are looked for here.
          strata customize add column new_order.new_total --type money --display-name Total --solution Orders
          strata customize add table new_item --set primaryName=new_title --solution Orders
          strata customize add column new_order.new_item --type lookup --set target=new_item --solution Orders
        Where no solution is named, here or by STRATA_SOLUTION, it lies in the unmanaged layer and none lists it.
        Words of each kind:
        \(words)
        """
    )

    /// Of each kind, on one line.
    private static var words: String {
      SingleComponent.kinds.map { kind in
        "  \(kind.name)\(kind.isOfTable ? " TABLE.NAME" : ""): \(kind.words.map(\.word).joined(separator: ", "))"
      }.joined(separator: "\n")
    }

    @Argument(help: "What it is: \(SingleComponent.kinds.map(\.name).joined(separator: ", ")).")
    var kind: String

    @Argument(help: "Its name; TABLE.NAME of what belongs to a table.")
    var name: String

    @Option(help: "The word type.")
    var type: String?

    @Option(help: "The word displayName, in the language 1033.")
    var displayName: String?

    @Option(help: "The word description.")
    var description: String?

    @Option(
      help: "The word file: a content that lies here or in a folder below.",
      completion: .file()
    )
    var file: String?

    @Option(
      name: .customLong("set"),
      parsing: .singleValue,
      help: ArgumentHelp(
        "Any word: WORD=VALUE, the value in YAML; may be repeated.",
        valueName: "word=value"
      )
    )
    var words: [String] = []

    @Flag(help: "Publish what is changed at once.")
    var publishChanges = false

    @OptionGroup var editing: EditOptions

    func validate() throws { _ = try component(in: .default) }

    func run() async throws {
      let solution = try editing.listing() ?? .default
      let component = try component(in: solution)
      // A file begins a solution; a slip of the pen is none.
      if solution != .default {
        _ = try await editing.changing.environment.lifecycle().solution(solution)
      }
      guard let said = component.said(in: solution) else { return }
      let described = try BringCommand.blueprint(said, file: Self.place, solution)
      // Below the folder in which the command is.
      let blueprint = try FilesBeside.read(for: described, beside: Self.place)
      let title = "add \(component.kind.name) \(component.name)"
      try await editing.perform(
        .bringing(to: blueprint, publishes: publishChanges, title: title)
      )
    }

    /// What findings call it.
    private static let place = "customize add"

    private func component(in solution: SolutionName) throws -> SingleComponent {
      guard let kind = SingleComponent.kinds.first(where: { $0.name == self.kind }) else {
        let names = SingleComponent.kinds.map(\.name).joined(separator: ", ")
        throw ValidationError("“\(self.kind)” is no kind that can be added; there are \(names).")
      }
      let spelled = [
        ("type", type), ("displayName", displayName), ("description", description), ("file", file),
      ]
      var said = spelled.compactMap { word, text in
        text.map { Said.Pair(word, Said(.text($0))) }
      }
      for word in words {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
          throw ValidationError("“\(word)” is not WORD=VALUE.")
        }
        said.append(Said.Pair(String(parts[0]), try value(String(parts[1]), of: String(parts[0]))))
      }
      for (at, pair) in said.enumerated() {
        let known = kind.words.map(\.word) + ["properties", "unset", "id"]
        guard known.contains(pair.key) else {
          throw ValidationError(
            "“\(pair.key)” is no word of a \(kind.name); there are \(kind.words.map(\.word).joined(separator: ", "))."
          )
        }
        guard !said[..<at].contains(where: { $0.key == pair.key }) else {
          throw ValidationError("“\(pair.key)” is said twice.")
        }
      }
      let component = SingleComponent(kind, named: name, words: said)
      guard component.said(in: solution) != nil else {
        throw ValidationError("Name the \(kind.name) TABLE.NAME.")
      }
      return component
    }

    private func value(_ text: String, of word: String) throws -> Said {
      guard !text.isEmpty else { return Said(.text("")) }
      do throws(PackageError) {
        return try SaidReader.read(Array(text.utf8), file: word)
      } catch {
        throw ValidationError(
          "The value of “\(word)” is no YAML; put a text with signs of YAML in quotation marks."
        )
      }
    }
  }
}
