internal import Hummingbird
internal import NIOCore

/// What is known of one request before it is answered.
struct ServiceContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// Where it comes from; nil for what has no address.
  let address: String?
  /// Who asks, once that is known.
  var caller: Asker?

  init(source: Source) {
    coreContext = .init(source: source)
    address = source.channel.remoteAddress?.ipAddress
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
