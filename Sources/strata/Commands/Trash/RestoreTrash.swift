import ArgumentParser
import Lifecycle
import Solutions

struct RestoreTrash: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Gives a table or column that is there again the values that it lost.",
    discussion: """
      The values that it has now go to the trash instead. Several numbers are one operation. Of a table every column \
      comes back that fits; what does not (another type, no longer there) stays in the trash under a number of its own. To bring back a table or column together with its \
      definition, roll back the operation that dropped it.
      """
  )

  @Argument(help: "Numbers in the trash.", transform: Numbers.count)
  var numbers: [Int]

  @OptionGroup var changing: SafeChangeOptions

  func run() async throws { try await changing.perform(.restoreTrash(numbers)) }
}
