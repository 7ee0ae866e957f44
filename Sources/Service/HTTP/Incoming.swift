internal import Faces
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore
internal import Solutions

/// A body as it comes in: no longer than it may be, and within its time.
///
/// Where nothing comes at all, the connection ends by itself.
struct Incoming: AsyncSequence, Sendable {
  private let body: RequestBody
  /// Bytes.
  private let most: Int
  /// Seconds.
  private let patience: Int

  init(_ body: RequestBody, atMost most: Int, within patience: Int) {
    (self.body, self.most, self.patience) = (body, most, patience)
  }

  func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(
      pieces: body.makeAsyncIterator(),
      most: most,
      patience: patience,
      end: .now.advanced(by: .seconds(patience))
    )
  }

  struct AsyncIterator: AsyncIteratorProtocol {
    fileprivate var pieces: RequestBody.AsyncIterator
    fileprivate let most: Int
    fileprivate let patience: Int
    fileprivate let end: ContinuousClock.Instant
    private var count = 0

    fileprivate init(
      pieces: RequestBody.AsyncIterator,
      most: Int,
      patience: Int,
      end: ContinuousClock.Instant
    ) {
      (self.pieces, self.most, self.patience, self.end) = (pieces, most, patience, end)
    }

    /// - Throws: `Failure` for more, or later, than may be.
    @concurrent mutating func next() async throws -> ByteBuffer? {
      guard let piece = try await read() else { return nil }
      guard piece.readableBytes <= most - count else {
        throw Faces.Failure(.tooMuch, "the body is longer than \(most) bytes", status: 4)
      }
      guard ContinuousClock.now < end else {
        throw Faces.Failure(.tooSlow, "the body took longer than \(patience) seconds", status: 4)
      }
      count += piece.readableBytes
      return piece
    }

    /// - Throws: `Failure` for what is no HTTP.
    @concurrent private mutating func read() async throws -> ByteBuffer? {
      do {
        return try await pieces.next()
      } catch {
        throw Faces.Failure(
          .usage,
          "the body cannot be read: \(.foreign("\(error)"))",
          status: Faces.Failure.wrongUsage
        )
      }
    }
  }

  /// Whether so much of a body may still be on its way that nobody waits for its end.
  static func isLong(_ request: Request) -> Bool {
    if request.headers[.transferEncoding] != nil { return true }
    guard let length = request.headers[.contentLength] else { return false }
    return Int(length).map { $0 > 1 << 16 } ?? true
  }
}
