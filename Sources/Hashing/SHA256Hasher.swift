internal import Clibcrypto

/// Computes SHA-256 digests one after the other, over OpenSSL's libcrypto.
package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer
  private let algorithm: OpaquePointer

  package init() {
    guard let context = EVP_MD_CTX_new(), let algorithm = EVP_MD_fetch(nil, "SHA256", nil) else {
      preconditionFailure("libcrypto offers SHA-256 and has memory for one context")
    }
    self.context = context
    self.algorithm = algorithm
    begin()
  }

  deinit {
    EVP_MD_CTX_free(context)
    EVP_MD_free(algorithm)
  }

  private func begin() {
    let isReady = EVP_DigestInit_ex2(context, algorithm, nil) == 1
    precondition(isReady, "libcrypto starts a digest")
  }

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let isTaken = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
    precondition(isTaken, "libcrypto takes bytes")
  }

  package mutating func update(_ bytes: [UInt8]) { bytes.withUnsafeBytes { update($0) } }

  /// The digest of what was given since the last one; the next one starts empty.
  package mutating func finish() -> SHA256Digest {
    let digest = withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { buffer in
      var length: UInt32 = 0
      let isDone = EVP_DigestFinal_ex(
        context,
        buffer.baseAddress?.assumingMemoryBound(to: UInt8.self),
        &length
      )
      precondition(isDone == 1 && length == 32, "libcrypto ends a digest")
      return SHA256Digest(UnsafeRawBufferPointer(buffer))
    }
    begin()
    return digest
  }
}

extension SHA256Digest {
  package init(of bytes: [UInt8]) {
    var hasher = SHA256Hasher()
    hasher.update(bytes)
    self = hasher.finish()
  }
}
