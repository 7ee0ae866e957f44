import ArgumentParser
import Dispatch
import Faces
import FoundationEssentials
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

struct AssistantCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Serve plans to assistants, over the Model Context Protocol.",
    discussion: """
      A program that talks to an assistant starts this and speaks with it over standard input and output (docs/mcp.md). \
      Assistants read packages below --folder, and the environments that are named; they change nothing without \
      --allow-changes. What packages say is data for them, and marked as such.
      """
  )

  @Option(
    name: .customLong("env"),
    parsing: .singleValue,
    help:
      "An environment that may be looked at; repeatable. Default STRATA_ENV, else ./environment.strata where it is there.",
    completion: .environment
  )
  var environments: [String] = []

  @Option(
    parsing: .singleValue,
    help: "A folder with packages that may be read; repeatable. Default the one it runs in.",
    completion: .directory
  )
  var folder: [String] = []

  @Flag(help: "Let assistants import packages, apply plans and roll back in these environments.")
  var allowChanges = false

  @Option(
    help: "The most bytes of a document in an answer; above it only the text is given.",
    transform: Numbers.count
  )
  var limit = 200_000

  func run() async throws {
    let reach = try Reach(
      environments: try named(),
      folders: folder.isEmpty ? ["."] : folder
    )
    let plans = try KeptPlans()
    defer { plans.remove() }
    let server = AssistantServer(
      Tools(reach, plans: plans, allowsChanges: allowChanges),
      plans: plans,
      runner: CommandRunner(folder: plans.folder),
      limit: limit
    ) { line in
      Console.give("\(line)\n")
      Console.flush()
    }
    for await line in InputLines() {
      await server.take(line.bytes)
      line.isTaken()
      try Console.requireReader()
    }
    await server.end()
  }

  private func named() throws -> [Reach.Environment] {
    guard environments.isEmpty else {
      let all = try environments.map { path in
        let options = try EnvironmentOptions.parse(["--env", path])
        let address = Database.isOnServer(path) ? path : Files.absolute(path)
        return Reach.Environment(name: options.name, address: address)
      }
      for (place, one) in all.enumerated()
      where all[..<place].contains(where: { $0.name == one.name }) {
        throw ValidationError("Two environments are called \(one.name).")
      }
      return all
    }
    let fallback = try EnvironmentOptions.parse([])
    guard fallback.isThere else { return [] }
    let path = fallback.chosen ?? EnvironmentOptions.fallback
    return [
      Reach.Environment(
        name: fallback.name,
        address: Database.isOnServer(path) ? path : Files.absolute(path)
      )
    ]
  }
}

/// Lines of standard input, each read when the one before was taken.
struct InputLines: AsyncSequence {
  struct Line: Sendable {
    let bytes: [UInt8]
    fileprivate let gate: DispatchSemaphore

    func isTaken() { gate.signal() }
  }

  /// What is longer is no question; its beginning says so.
  private static let longest = 8 << 20

  func makeAsyncIterator() -> AsyncStream<Line>.Iterator {
    let (stream, continuation) = AsyncStream.makeStream(of: Line.self)
    DispatchQueue(label: "standard input").async {
      let gate = DispatchSemaphore(value: 0)
      var line: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(STDIN_FILENO, &piece, piece.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { break }
        for part in piece[..<count].split(separator: 0x0A, omittingEmptySubsequences: false)
          .enumerated()
        {
          // What stands before a line feed ends a line.
          if part.offset > 0 {
            if !line.isEmpty {
              continuation.yield(Line(bytes: line, gate: gate))
              gate.wait()
            }
            line.removeAll(keepingCapacity: true)
          }
          if line.count <= Self.longest { line += part.element }
        }
      }
      continuation.finish()
    }
    return stream.makeAsyncIterator()
  }
}
