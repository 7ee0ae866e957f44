internal import Faces
internal import Hummingbird
internal import HummingbirdCore
package import Lifecycle
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import Solutions
internal import UnixSignals

#if canImport(Glibc)
  internal import Glibc
#endif

/// Environments as pages, and over an API of our own; HTTP/1.1.
package struct Service: Sendable {
  /// One environment that is served.
  package struct Served: Sendable {
    /// Of its pages' addresses; empty where it is the only one.
    package let name: String
    /// What people call it: where it lies.
    package let location: String
    /// A folder of its own for packages, plans and jobs.
    package let folder: String
    package let lifecycle: Lifecycle

    package init(name: String, location: String, folder: String, lifecycle: Lifecycle) {
      self.name = name
      self.location = location
      self.folder = folder
      self.lifecycle = lifecycle
    }
  }

  package struct Configuration: Sendable {
    package var host = "127.0.0.1"
    /// 0 takes a free one.
    package var port = 8080
    package var access: Access
    package var limits = Limits()
    /// What the service is called, in lower case: other names that lead here are refused.
    package var hosts: Set<String> = ["127.0.0.1", "localhost", "[::1]"]
    /// Whether cookies go over TLS alone.
    package var isSecure = false
    /// By which it speaks TLS itself; nil where it does not.
    package var identity: Identity?
    /// Where steps may post what becomes of rows; nowhere where it is empty.
    package var webhookHosts: [HostPort] = []
    /// Of the program, for plans.
    package var release: String
    /// Whether requests that go well are left out of the log.
    package var isQuiet = false
    /// Writes a line of the log.
    package var log: @Sendable (String) -> Void

    package init(access: Access, release: String, log: @escaping @Sendable (String) -> Void) {
      self.access = access
      self.release = release
      self.log = log
    }
  }

  /// What one request, and all of them, may ask of this machine.
  package struct Limits: Sendable {
    /// Bytes of a package.
    package var package = 512 << 20
    /// Bytes of any other body.
    package var body = 1 << 20
    /// Bytes of a package that comes in over the Web API, where it is a text within a text.
    package var stagedPackage = 128 << 20
    /// Bytes of a file of a row that comes in whole.
    package var file = 128 << 20
    /// Bytes of a body of the Web API that brings no package and no file.
    package var rows = 32 << 20
    /// Requests that are answered at one time.
    package var requests = 256
    /// Streams of events that are open at one time.
    package var streams = 128
    /// Seconds in which a body has to come in.
    package var patience = 600
    /// Seconds after which a connection over which nothing comes ends.
    package var silence = 60
    /// Seconds that answers under way have to go out once the service is asked to stop; whoever does not read is cut off then.
    package var farewell = 10
    /// Connections at one time; at most half of the files that this process may open.
    package var connections = 1024

    package init() {}
  }

  private let configuration: Configuration
  private let sites: [Site]
  private let log: Logger
  private let metrics: Metrics
  private let webhooks: WebhookQueue?

  /// - Throws: `Failure` where a folder cannot be made or read, or a file with keys has none.
  package init(_ environments: [Served], _ configuration: Configuration) async throws {
    self.configuration = configuration
    var log = Logger(label: "strata") { _ in LineLog(write: configuration.log) }
    log.logLevel = configuration.isQuiet ? .warning : .info
    self.log = log
    let metrics = Metrics()
    self.metrics = metrics
    webhooks =
      configuration.webhookHosts.isEmpty
      ? nil : WebhookQueue(configuration.webhookHosts, metrics: metrics, log: log)
    try await configuration.access.requireKeys()
    var sites: [Site] = []
    for environment in environments {
      sites.append(try await Site(environment, configuration, metrics: metrics, webhooks: webhooks))
    }
    self.sites = sites
  }

  /// That this process may have open at one time.
  private static var filesMax: Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 256 }
    return Int(clamping: limit.rlim_cur)
  }

  /// Serves until it is told to stop; what runs then is done first.
  ///
  /// - Parameter onReady: told the port as soon as requests are answered.
  /// - Throws: `Failure` where the port is taken.
  package func run(onReady: @escaping @Sendable (Int) -> Void) async throws {
    let outgoing = Outgoing()
    do {
      try await serve(outgoing, onReady)
    } catch {
      try await outgoing.close()
      throw error
    }
    for site in sites { await site.jobs.finish() }
    try await outgoing.close()
  }

  /// Through which every request comes.
  private func door(_ outgoing: Outgoing) -> FrontDoor {
    let admission = Admission(
      configuration.access,
      outgoing: outgoing,
      clock: { .now },
      log: log
    )
    let router = Router(context: ServiceContext.self, options: .autoGenerateHeadEndpoints)
    let requestLog = RequestLog(metrics: metrics)
    let gate = Gate(configuration, admission: admission, metrics: metrics)
    router.add(middleware: requestLog)
    router.add(middleware: gate)
    Routes.addCommon(to: router, metrics)
    let routes = sites.map { Routes(site: $0, configuration: configuration, metrics: metrics) }
    for routes in routes { routes.add(to: router) }
    if sites.count > 1 {
      router.get("/") { [sites] _, _ in Answering.html(try Page.environments(sites)) }
    }
    return FrontDoor(
      log: requestLog,
      gate: gate,
      web: routes.map { ("\($0.site.base)\(WebRoutes.base)/", $0) },
      rest: router.buildResponder()
    )
  }

  private func serve(
    _ outgoing: Outgoing,
    _ onReady: @escaping @Sendable (Int) -> Void
  ) async throws {
    let connection = HTTP1Channel.Configuration(
      idleTimeout: TimeAmount.seconds(Int64(configuration.limits.silence))
    )
    let plain = HTTPServerBuilder {
      LoopChannel(base: HTTP1Channel(responder: $0, configuration: connection))
    }
    let application = Application(
      responder: door(outgoing),
      server: try configuration.identity?.server(over: plain) ?? plain,
      configuration: ApplicationConfiguration(
        address: .hostname(configuration.host, port: configuration.port),
        serverName: nil,
        availableConnectionsDelegate: MaximumAvailableConnections(
          min(configuration.limits.connections, max(Self.filesMax / 2, 1)),
          logger: log
        )
      ),
      onServerRunning: { channel in onReady(channel.localAddress?.port ?? 0) },
      logger: log
    )
    // They end in the opposite order: what came in last is still posted.
    let sender = webhooks.map { WebhookSender(queue: $0, outgoing: outgoing) }
    var group = ServiceGroupConfiguration(
      services: (sender.map { [$0] } ?? []) + [application],
      gracefulShutdownSignals: [.sigterm, .sigint],
      logger: log
    )
    group.maximumGracefulShutdownDuration = .seconds(configuration.limits.farewell)
    do {
      try await ServiceGroup(configuration: group).run()
    } catch is CancellationError {
      // Somebody did not read to the end.
    } catch let error as IOError {
      throw Failure(
        .unwritable,
        "cannot listen on \(configuration.host):\(configuration.port): \(.foreign("\(error)"))",
        remedy: "--port 0 takes a free one"
      )
    }
  }
}
