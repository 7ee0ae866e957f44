import Contract
import Faces
import FoundationEssentials
import Solutions

/// A file with facts of a live environment.
enum FactsFile {
  static func read(_ path: String) throws -> Facts {
    let shape = try JSONFile.read(path, "facts of an environment (`strata facts pull`)") {
      try ShapeCoder.shape(FactsShape.self, $0)
    }
    do {
      return try shape.facts()
    } catch {
      throw Failure(.unreadable, "cannot read \(path): \(error.prose)")
    }
  }

  /// A plan that is saved over one of another environment is likely made with the wrong file.
  static func requireSame(_ facts: Facts, asPlan path: String, isForced: Bool) throws {
    guard !isForced, path != "-", FileManager.default.fileExists(atPath: path) else { return }
    let bytes = try Files.bytes(of: path)
    let former: PlanShape
    do {
      former = try ShapeCoder.shape(PlanShape.self, bytes)
    } catch {
      // No plan lay there: whether it may be written over is not for facts to say.
      return
    }
    guard let origin = former.facts else { return }
    try require(facts, origin.organizationId, origin.url, at: path)
  }

  /// What is to be written over is facts, which is known before anything is asked.
  static func requireFacts(at path: String, isForced: Bool) throws {
    guard !isForced, FileManager.default.fileExists(atPath: path) else { return }
    _ = try read(path)
  }

  /// Facts that take the place of others are of the same environment.
  static func requireSame(_ facts: Facts, asFacts path: String, isForced: Bool) throws {
    guard !isForced, FileManager.default.fileExists(atPath: path) else { return }
    let former = try read(path)
    try require(facts, former.organization.description, former.url, at: path)
  }

  private static func require(
    _ facts: Facts,
    _ organization: String,
    _ url: String,
    at path: String
  ) throws {
    guard organization != facts.organization.description else { return }
    throw Failure(
      .wouldOverwrite,
      "\(path) rests on \(url), and these facts are of \(facts.url); nothing was written",
      remedy: "name another file, or say --force"
    )
  }
}
