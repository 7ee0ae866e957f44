import Dataverse
import Faces
import FoundationEssentials
import JSON
import Solutions
import Subprocess
import SystemPackage

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
    let bytes = try await output()
    let text = String(decoding: bytes, as: UTF8.self).trimmed
    guard text.hasPrefix("{") else { return try Tokens.checked(text) }
    do {
      let document = try JSONDocument(Array(text.utf8))
      return try Tokens.checked(document.root["accessToken"]?.text ?? "")
    } catch is JSONError {
      throw Failure(.notSignedIn, "what the token command prints is neither a token nor JSON")
    }
  }

  /// Its errors go where ours go: whoever looks on sees why it failed.
  private func output() async throws -> [UInt8] {
    do {
      let done = try await Subprocess.run(
        .path("/bin/sh"),
        arguments: ["-c", command],
        output: .bytes(limit: Self.bytesMax),
        error: .fileDescriptor(.standardError, closeAfterSpawningProcess: false)
      )
      guard case .exited(0) = done.terminationStatus else { throw Self.failure }
      return done.standardOutput
    } catch is SubprocessError {
      throw Self.failure
    }
  }

  private static let failure = Failure(
    .notSignedIn,
    "the token command failed",
    remedy: "run it by hand to see why"
  )
}

extension String {
  /// Without blanks and ends of lines around it.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(String(start.reversed().drop { $0.isWhitespace }.reversed()))
  }
}
