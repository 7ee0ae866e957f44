import Faces
import JSON
import Solutions
import Subprocess
import SystemPackage

/// Runs this program: each command in a process of its own.
struct CommandRunner: Sendable {
  /// Where they run, so that what lies elsewhere is nothing that they find by themselves.
  let folder: String

  struct Done {
    let status: Int32
    let output: [UInt8]
    let errors: String

    /// What a command with `--json` printed.
    var document: JSONDocument {
      get throws {
        guard !output.isEmpty else { throw Failure(.other, "\(errors.shown(2_000))") }
        return try JSONDocument(
          output,
          limits: JSONLimits(bytes: mostOutput, values: 16_000_000, depth: 64)
        )
      }
    }

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  private static let mostOutput = 128 << 20

  /// - Throws: `Failure` where it was ended from outside, or printed too much.
  func run(_ command: Tool.Command) async throws -> Done {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
    let done = try await Subprocess.run(
      .path("/proc/self/exe"),
      arguments: Subprocess.Arguments(command.words),
      environment: .inherit.updating(["STRATA_ENV": "", "NO_COLOR": "1"]),
      workingDirectory: FilePath(folder),
      platformOptions: options,
      output: .bytes(limit: Self.mostOutput),
      error: .string(limit: 1 << 20)
    )
    guard case .exited(let status) = done.terminationStatus else {
      throw Failure(.other, "the command was ended from outside")
    }
    return Done(status: status, output: done.standardOutput, errors: done.standardError)
  }
}
