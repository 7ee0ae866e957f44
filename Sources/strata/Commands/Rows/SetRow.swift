import ArgumentParser
import Lifecycle
import Solutions

struct SetRow: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Changes values of one row.",
    discussion: """
      Values as in row files: options by number or label, lookups by id, or by the alternate key of their table as \
      LOOKUP.COLUMN=VALUE; nothing behind = is no value. What is overwritten is not kept, as with strata rows import --upsert.
      """
  )

  @OptionGroup var named: TableArgument

  @Argument(help: "The id of the row.")
  var id: String

  @Argument(help: "COLUMN=VALUE.")
  var values: [String]

  @OptionGroup var performing: PerformRowsOptions

  private func parsed() throws -> (id: GUID, values: [(column: String, text: String)]) {
    guard let id = GUID(id) else { throw ValidationError("“\(id)” is no id.") }
    let values = try values.map { text in
      guard let end = text.firstIndex(of: "="), end > text.startIndex else {
        throw ValidationError("“\(text)” is not COLUMN=VALUE.")
      }
      return (text[..<end].lowercased(), String(text[text.index(after: end)...]))
    }
    return (id, values)
  }

  func run() async throws {
    let (id, values) = try parsed()
    try await performing.perform(named.table) { .setting(values, of: id, in: named.table) }
  }
}
