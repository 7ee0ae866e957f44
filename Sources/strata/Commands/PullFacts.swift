import ArgumentParser
import Contract
import Dataverse
import Faces
import Solutions

struct PullFacts: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pull",
    abstract: "Ask a live environment what a plan needs to know; nothing is ever written to it.",
    discussion: """
      Tokens are taken from --token-command, from STRATA_TOKEN, or for an application from AZURE_TENANT_ID, AZURE_CLIENT_ID \
      and AZURE_CLIENT_SECRET; they are never kept and never printed. A pull that was cut goes on where it was.
      """
  )

  @Option(help: "The environment: https://ORG.crm.dynamics.com.")
  var url: String

  @Option(help: "The file to write.", completion: .file())
  var out: String

  @Option(parsing: .singleValue, help: "A solution to look at as a whole; repeatable.")
  var solution: [String] = []

  @Option(
    name: .customLong("for"),
    parsing: .singleValue,
    help: "A package that is to be planned: only what its plan needs is asked; repeatable.",
    completion: .package
  )
  var planned: [String] = []

  @Option(help: "A shell command that prints a token, such as az account get-access-token.")
  var tokenCommand: String?

  @Option(help: "The most questions that are asked.", transform: Numbers.count)
  var maxRequests = 100_000

  @Option(help: "The most requests at once.", transform: Numbers.count)
  var atOnce = 4

  @Flag(help: "Say what would be asked, and ask nothing.")
  var dryRun = false

  @Flag(help: "Also over facts of another environment.")
  var force = false

  @OptionGroup var folders: FolderOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...64).contains(atOnce) else {
      throw ValidationError("--at-once is a number from 1 to 64.")
    }
    guard out != "-" else {
      throw ValidationError("--out names a file: beside it lies what was answered so far.")
    }
  }

  func run() async throws {
    guard let address = ServiceAddress(url) else {
      throw ValidationError(
        "--url is https:// and a host, or http:// and 127.0.0.1 or localhost: not “\(url.shown(80))”."
      )
    }
    let scope = try scope()
    guard !dryRun else {
      return output.show(
        PullText.outline(Pull.outline(scope), address),
        inPages: false
      )
    }
    let inputs = planned.map { Outputs.Input(path: $0, words: "a package given with --for") }
    let outputs = try Outputs([("--out", out), ("--out", out + ".part")], reading: inputs)
    try FactsFile.requireFacts(at: out, isForced: force)
    let tokens = try Tokens.source(command: tokenCommand, for: address)
    let facts = try await pull(address, scope, tokens, outputs)
    if !output.quiet, !output.json {
      output.show(FactsText(facts: facts, style: output.style, now: .now).text(), inPages: false)
    }
    if output.json { Console.give(try ShapeCoder.json(FactsShape(facts))) }
  }

  private func scope() throws -> PullScope {
    let names = try solution.map { text in
      guard let name = SolutionName(text) else {
        throw ValidationError("“\(text.shown(80))” names no solution.")
      }
      return name
    }
    let form = try folders.form(for: planned)
    let packages = try planned.map { try Files.package($0, as: form) }
    return PullScope(planned: packages.map { PullScope.Planned($0) }, solutions: Set(names))
  }

  private func pull(
    _ address: ServiceAddress,
    _ scope: PullScope,
    _ tokens: any TokenSource,
    _ outputs: Outputs
  ) async throws -> Facts {
    let journal = try JournalFile(beside: out)
    let record = try record(of: journal, address, scope)
    let at = record?.at ?? Timestamp(milliseconds: Timestamp.now.milliseconds / 1000 * 1000)
    if record == nil { try journal.append(PullRecord.head(address, scope, at: at)) }
    var pull = Pull(address, scope, at: at)
    var manners = Puller.Manners()
    (manners.questionsMax, manners.requestsAtOnce) = (maxRequests, atOnce)
    let transport = HTTPTransport(address)
    let puller = Puller(transport, tokens: tokens, manners: manners)
    do {
      try await puller.run(&pull, from: record, into: journal) { answered, left in
        Progress.show("\(answered) questions answered, \(left) to go")
      }
      try await transport.close()
    } catch {
      Progress.end()
      try await transport.close()
      guard let error = error as? DataverseError else { throw error }
      throw Failure(error, address, journal: journal.path)
    }
    Progress.end()
    guard let facts = pull.result() else {
      throw Failure(.unreadable, "\(address.origin) did not say which organization it is")
    }
    try FactsFile.requireSame(facts, asFacts: out, isForced: force)
    try outputs.write([(out, try ShapeCoder.json(FactsShape(facts)))], isPrivate: true)
    journal.remove()
    return facts
  }

  /// What an earlier run was told; another one's is not touched.
  private func record(
    of journal: JournalFile,
    _ address: ServiceAddress,
    _ scope: PullScope
  ) throws -> PullRecord? {
    guard try !journal.read(at: 0, atMost: 1).isEmpty else { return nil }
    do {
      let record = try PullRecord(journal, address, scope)
      try journal.keep(record.length)
      Progress.note(
        "Going on with \(journal.path), of \(record.at.rowText): \(record.count) answers"
      )
      return record
    } catch is DataverseError {
      throw Failure(
        .wouldOverwrite,
        "\(journal.path) is what another pull has left",
        remedy: "remove it, or name another --out"
      )
    }
  }
}

/// What a pull would ask, for people.
enum PullText {
  static func outline(_ lines: [String], _ address: ServiceAddress) -> Prose {
    let asked = lines.map { "  \($0)" as Prose }
    return (["Would ask \(address.origin), by GET and batches of GET alone:" as Prose] + asked)
      .joined(separator: "\n") + "\n"
  }
}
