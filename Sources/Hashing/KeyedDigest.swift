internal import Clibcrypto

extension SHA256Digest {
  /// HMAC with SHA-256 (RFC 2104): who does not have the key learns nothing of the bytes, however short they are.
  package static func keyed(_ key: [UInt8], of bytes: [UInt8]) -> SHA256Digest {
    var length = 0
    let digest = [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      let isMade =
        EVP_Q_mac(
          nil,
          "HMAC",
          nil,
          "SHA256",
          nil,
          key,
          key.count,
          bytes,
          bytes.count,
          buffer.baseAddress,
          32,
          &length
        ) != nil
      precondition(isMade && length == 32, "libcrypto makes keyed digests")
      count = length
    }
    return digest.withUnsafeBytes { SHA256Digest($0) }
  }
}
