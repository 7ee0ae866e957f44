internal import Faces
internal import HummingbirdCore
internal import HummingbirdTLS
internal import NIOSSL
internal import Solutions

extension Service {
  /// What proves to browsers and programs that the service is the one that they asked for.
  package struct Identity: Sendable {
    /// A file in PEM: the certificate, then those that lead to its root.
    package let certificate: String
    /// A file in PEM, without a password.
    package let key: String

    package init(certificate: String, key: String) {
      self.certificate = certificate
      self.key = key
    }
  }
}

extension Service.Identity {
  /// The same over TLS 1.2 or later.
  ///
  /// - Throws: `Failure` where a file cannot be read, or the two do not belong together.
  func server(over plain: HTTPServerBuilder) throws -> HTTPServerBuilder {
    let chain = try read(certificate, "a certificate in PEM") {
      try NIOSSLCertificate.fromPEMFile($0).map { NIOSSLCertificateSource.certificate($0) }
    }
    let secret = try read(key, "a key in PEM without a password") {
      try NIOSSLPrivateKey(file: $0, format: .pem)
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: chain,
      privateKey: .privateKey(secret)
    )
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    do {
      // Whether the key is that of the certificate is asked when a context is made of them.
      _ = try NIOSSLContext(configuration: configuration)
      return try .tls(plain, tlsConfiguration: configuration)
    } catch {
      throw Failure(.unreadable, "\(key) is not the key of \(certificate)")
    }
  }

  private func read<Value>(
    _ path: String,
    _ what: Prose,
    _ read: (String) throws -> Value
  ) throws -> Value {
    do {
      return try read(path)
    } catch {
      throw Failure(.unreadable, "cannot read \(path): it is not \(what), or is not there")
    }
  }
}
