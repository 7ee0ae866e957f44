import Dataverse
import Faces
import FoundationEssentials
import JSON
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

/// Where a token is from: a command, a variable, or an application's secret; it is never kept and never printed.
enum Tokens {
  /// - Throws: `Failure` where nobody says.
  static func source(command: String?, for address: ServiceAddress) throws -> any TokenSource {
    if let command { return CommandToken(command: command) }
    let variables = ProcessInfo.processInfo.environment
    func variable(_ name: String) -> String? {
      variables[name].flatMap { $0.isEmpty ? nil : $0 }
    }
    if let token = variable("STRATA_TOKEN") { return GivenToken(text: token) }
    if let tenant = variable("AZURE_TENANT_ID"), let client = variable("AZURE_CLIENT_ID"),
      let secret = variable("AZURE_CLIENT_SECRET")
    {
      let source = ClientCredentials(
        tenant: tenant,
        client: client,
        secret: secret,
        for: address
      )
      guard let source else {
        throw Failure(.usage, "AZURE_TENANT_ID names no tenant", status: Failure.wrongUsage)
      }
      return source
    }
    throw Failure(
      .notSignedIn,
      "no token: nobody says who asks \(address.origin)",
      remedy:
        "--token-command, STRATA_TOKEN, or AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (docs/live.md)"
    )
  }

  /// What stands in a header: no blanks, no ends of lines.
  fileprivate static func checked(_ text: String) throws -> String {
    guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      throw Failure(.notSignedIn, "what should be a token is none")
    }
    return text
  }
}

private struct GivenToken: TokenSource {
  let text: String

  func token() async throws -> String { try Tokens.checked(text) }
}

/// What a shell command prints: a token alone, or JSON with one as `accessToken`, as `az` prints it.
private struct CommandToken: TokenSource {
  let command: String
  private static let bytesMax = 1 << 16

  func token() async throws -> String {
    let bytes = try output()
    let text = String(decoding: bytes, as: UTF8.self).trimmed
    guard text.hasPrefix("{") else { return try Tokens.checked(text) }
    do {
      let document = try JSONDocument(Array(text.utf8))
      return try Tokens.checked(document.root["accessToken"]?.text ?? "")
    } catch is JSONError {
      throw Failure(.notSignedIn, "what the token command prints is neither a token nor JSON")
    }
  }

  private func output() throws -> [UInt8] {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Self.failure }
    let (source, sink) = (ends[0], ends[1])
    _ = fcntl(source, F_SETFD, FD_CLOEXEC)
    _ = fcntl(sink, F_SETFD, FD_CLOEXEC)
    let child = start(writing: sink)
    close(sink)
    defer { close(source) }
    guard let child else { throw Self.failure }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= Self.bytesMax {
      let got = read(source, &chunk, chunk.count)
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      bytes += chunk[..<got]
    }
    if bytes.count > Self.bytesMax { kill(child, SIGKILL) }
    var status: Int32 = 0
    while waitpid(child, &status, 0) == -1, errno == EINTR {}
    guard status == 0, bytes.count <= Self.bytesMax else { throw Self.failure }
    return bytes
  }

  private static var failure: Failure {
    Failure(.notSignedIn, "the token command failed", remedy: "run it by hand to see why")
  }

  private func start(writing sink: Int32) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, sink, STDOUT_FILENO)
    var words = copies(["sh", "-c", command])
    var settings = copies(ProcessInfo.processInfo.environment.map { "\($0)=\($1)" })
    defer { for text in words + settings { free(text) } }
    var child: pid_t = 0
    return posix_spawn(&child, "/bin/sh", &actions, nil, &words, &settings) == 0 ? child : nil
  }

  private func copies(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { (text: String) -> UnsafeMutablePointer<CChar>? in strdup(text) } + [nil]
  }
}

extension String {
  /// Without blanks and ends of lines around it.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(String(start.reversed().drop { $0.isWhitespace }.reversed()))
  }
}
