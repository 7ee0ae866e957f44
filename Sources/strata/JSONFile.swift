import Contract
import Faces
import JSON
import Solutions

/// Values in JSON files; what is wrong names the file, and the line where there is one.
enum JSONFile {
  /// - Parameter expected: what the file should be, behind “not”.
  static func read<Value>(
    _ path: String,
    _ expected: String,
    _ decode: (_ bytes: [UInt8]) throws -> Value
  ) throws -> Value {
    try read(try Files.bytes(of: path), of: path, expected, decode)
  }

  /// The same, read before.
  static func read<Value>(
    _ bytes: [UInt8],
    of path: String,
    _ expected: String,
    _ decode: (_ bytes: [UInt8]) throws -> Value
  ) throws -> Value {
    do {
      return try decode(bytes)
    } catch let error as JSONError {
      throw Failure(.unreadable, "cannot read \(path): \(error)")
    } catch let error as UnknownFormat where !error.isOther {
      throw Failure(
        .unreadable,
        "cannot read \(path): format \(error.format) \(error.version) is not known; use a newer strata"
      )
    } catch let error as NoCount {
      throw Failure(.unreadable, "cannot read \(path): \(error)")
    } catch {
      throw Failure(.unreadable, "cannot read \(path): not \(expected)")
    }
  }
}
