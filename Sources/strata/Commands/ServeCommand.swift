import ArgumentParser
import Contract
import Faces
import Lifecycle
import Service
import Solutions

#if canImport(Glibc)
  import Glibc
#endif

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serve environments as pages, and over an API.",
    discussion: """
      The first line on standard output is an address with a token, as soon as requests are answered: open it. \
      Nobody is let in without a token. The log goes to standard error. Ctrl-C ends the service when what runs is done.
      """
  )

  @Option(
    name: .customLong("env"),
    parsing: .singleValue,
    help:
      "An environment's file, or its schema on a server; several are served below their names. Default STRATA_ENV, else ./environment.strata.",
    completion: .environment
  )
  var environments: [String] = []

  @Option(
    help:
      "The address to listen on: another than this machine's takes --certificate or --behind-proxy."
  )
  var host = "127.0.0.1"

  @Option(
    name: .customLong("name"),
    parsing: .singleValue,
    help: "What browsers call the service, beside its address; may be repeated."
  )
  var names: [String] = []

  @Flag(
    help:
      "A proxy before it speaks TLS and passes the name on: links are https, cookies go over TLS alone."
  )
  var behindProxy = false

  @Option(
    help: "A certificate in PEM, with those that lead to its root: the service speaks TLS itself.",
    completion: .file(extensions: ["pem", "crt"])
  )
  var certificate: String?

  @Option(
    help: "The key of the certificate in PEM, without a password.",
    completion: .file(extensions: ["pem", "key"])
  )
  var key: String?

  @Option(help: "The port; 0 takes a free one.", transform: Numbers.port)
  var port = 8080

  @Option(
    help:
      "What whoever comes in has to show; default STRATA_TOKEN, else one that is made up. It stands for an owner."
  )
  var token: String?

  @Option(
    help:
      "A file of users: {\"users\": [{\"name\", \"role\", \"sha256\"}]}, and of issuers whose signed tokens are taken (docs/serve.md).",
    completion: .json
  )
  var tokensFile: String?

  @Option(
    name: .customLong("webhook-host"),
    parsing: .singleValue,
    help:
      "A host, and a port where it is not 443, to which enabled steps may post what becomes of rows; may be repeated. Without it nothing is posted.",
    transform: ServeCommand.hostPort
  )
  var webhookHosts: [HostPort] = []

  @Flag(help: "No line in the log for each request.")
  var quiet = false

  func validate() throws {
    guard token == nil || tokensFile == nil else {
      throw ValidationError("Take --token or --tokens-file, not both.")
    }
    let isHere = Self.loopback.contains(host.lowercased())
    guard (certificate == nil) == (key == nil) else {
      throw ValidationError("Take --certificate and --key together.")
    }
    guard certificate == nil || !behindProxy else {
      throw ValidationError("Take --certificate or --behind-proxy: one of them speaks TLS.")
    }
    guard isHere || behindProxy || certificate != nil else {
      throw ValidationError(
        "--host \(host): tokens would go over the network in the clear; take --certificate and --key, or --behind-proxy where a proxy with TLS stands before it."
      )
    }
    guard !behindProxy || !names.isEmpty else {
      throw ValidationError("--behind-proxy takes --name: what browsers call the service.")
    }
    let isName = { (name: String) in
      !name.isEmpty
        && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }
    }
    if let wrong = names.first(where: { !isName($0) }) {
      throw ValidationError("--name \(wrong): a name has letters, digits, - and . alone.")
    }
  }

  private static func hostPort(_ text: String) throws -> HostPort {
    guard let place = HostPort(text) else {
      throw ValidationError("it is a host, or HOST:PORT, and no address with a scheme or a path")
    }
    return place
  }

  private static let loopback: Set<String> = ["127.0.0.1", "localhost", "::1"]

  func run() async throws {
    let secret = token ?? getenv("STRATA_TOKEN").map { String(cString: $0) } ?? Access.newToken()
    let access: Access
    if let tokensFile {
      access = try TokensFile.read(tokensFile)
    } else {
      access = Access([(User(name: Caller.user.name, role: .owner), Access.Token(secret))])
    }
    var configuration = Service.Configuration(access: access, release: Strata.release) {
      Console.tell("\($0)")
    }
    (configuration.host, configuration.port, configuration.isQuiet) = (host, port, quiet)
    configuration.webhookHosts = webhookHosts
    configuration.isSecure = behindProxy || certificate != nil
    if let certificate, let key {
      configuration.identity = Service.Identity(certificate: certificate, key: key)
    }
    configuration.hosts.formUnion(names.map { $0.lowercased() })
    configuration.hosts.insert(Self.shown(host.lowercased()))
    let service = try await Service(try await served(), configuration)
    let isOwn = tokensFile == nil
    try await service.run { port in
      Console.say("\(place(port))\(isOwn ? "?token=\(secret)" : "")")
      Console.flush()
    }
  }

  /// Where browsers find it.
  private func place(_ port: Int) -> String {
    if behindProxy, let name = names.first { return "https://\(name)/" }
    guard certificate != nil else { return "http://\(Self.shown(host)):\(port)/" }
    return "https://\(names.first ?? Self.shown(host)):\(port)/"
  }

  /// An address as it stands in another.
  private static func shown(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

  private func served() async throws -> [Service.Served] {
    let all =
      environments.isEmpty
      ? [EnvironmentOptions()]
      : environments.map { path in
        var options = EnvironmentOptions()
        options.path = path
        return options
      }
    var served: [Service.Served] = []
    for options in all {
      let name = all.count == 1 ? "" : Self.name(of: options.name)
      guard !served.contains(where: { $0.name == name }) else {
        throw ValidationError("Two environments are called \(name).")
      }
      served.append(
        Service.Served(
          name: name,
          location: options.location,
          folder: "\(options.place).service",
          lifecycle: try await options.writing(waiting: 600, servesMany: true)
        )
      )
    }
    return served
  }

  /// Of its pages: `test` for `/srv/test.strata`.
  private static func name(of name: String) -> String {
    let file = name.lowercased()
    let stem = file.hasSuffix(".strata") ? String(file.dropLast(7)) : file
    let plain = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    return String(plain)
  }
}
