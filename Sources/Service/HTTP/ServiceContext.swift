internal import Hummingbird
internal import NIOCore

/// What is known of one request before it is answered.
struct ServiceContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Where it comes from; nil for what has no address.
  var address: String? { channel.remoteAddress?.ipAddress }
  /// Who asks, once that is known.
  var caller: Asker?

  private let channel: any Channel

  init(source: Source) {
    coreContext = .init(source: source)
    channel = source.channel
  }

  /// Ends the connection once the answer has had the time to go out: whatever else is sent over it is read by nobody.
  func hangUp() {
    channel.eventLoop.scheduleTask(in: .seconds(2)) { [channel] in channel.close(promise: nil) }
  }

  /// Whoever was let in, and how.
  struct Asker: Sendable {
    let user: User
    /// Of the session; nil where a token came with the request itself, which no other page can make a browser send.
    let formToken: String?
    /// Of the cookie.
    let key: String?
  }
}
