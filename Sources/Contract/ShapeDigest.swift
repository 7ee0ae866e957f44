internal import Hashing

/// The digest of a value as it would be encoded, without the text of a document being made.
///
/// Each key, value and beginning of a container is taken with the depth at which it stands and, where it is text, with
/// its length: values that encode differently are never the same bytes.
struct ShapeDigest: Encoder {
  /// Where all bytes go, whichever container they come from.
  private final class Sink {
    private var bytes = Bytes()

    func take(_ mark: Mark, _ depth: Int) { bytes.take(mark, depth) }
    func take(_ number: UInt64) { bytes.take(number) }
    func take(_ text: String) { bytes.take(text) }

    func take(_ mark: Mark, _ depth: Int, _ text: String) {
      bytes.take(mark, depth)
      bytes.take(text)
    }

    func finish() -> SHA256Digest { bytes.finish() }
  }

  private struct Bytes: ~Copyable {
    private var hasher = SHA256Hasher()
    private var bytes: [UInt8] = []

    mutating func take(_ mark: Mark, _ depth: Int) {
      bytes.append(mark.rawValue)
      bytes.append(UInt8(truncatingIfNeeded: depth))
    }

    mutating func take(_ number: UInt64) {
      withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func take(_ text: String) {
      let text = text.utf8
      take(UInt64(text.count))
      bytes.append(contentsOf: text)
      if bytes.count > 1 << 14 { flush() }
    }

    private mutating func flush() {
      hasher.update(bytes)
      bytes.removeAll(keepingCapacity: true)
    }

    mutating func finish() -> SHA256Digest {
      flush()
      return hasher.finish()
    }
  }

  private enum Mark: UInt8 {
    case object, list, key, element, text, integer, natural, real, yes, no, null
  }

  // No more than these two: what is larger is copied to the heap for each field.
  private let sink: Sink
  private let depth: Int

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// - Throws: what the value throws when it is encoded.
  static func digest(of value: some Encodable, tag: String) throws -> SHA256Digest {
    let digest = ShapeDigest(sink: Sink(), depth: 0)
    digest.sink.take(tag)
    try value.encode(to: digest)
    return digest.sink.finish()
  }

  private func below(_ key: (any CodingKey)?) -> ShapeDigest {
    if let key {
      sink.take(.key, depth, key.stringValue)
    } else {
      sink.take(.element, depth)
    }
    return ShapeDigest(sink: sink, depth: depth + 1)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    sink.take(.object, depth)
    return KeyedEncodingContainer(Object<Key>(digest: self))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    sink.take(.list, depth)
    return List(digest: self)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension ShapeDigest: SingleValueEncodingContainer {
  private func take(integer value: some FixedWidthInteger & SignedInteger) {
    sink.take(.integer, depth)
    sink.take(UInt64(bitPattern: Int64(value)))
  }

  private func take(natural value: some FixedWidthInteger & UnsignedInteger) {
    sink.take(.natural, depth)
    sink.take(UInt64(value))
  }

  func encodeNil() { sink.take(.null, depth) }

  func encode(_ value: Bool) { sink.take(value ? .yes : .no, depth) }

  func encode(_ value: String) {
    sink.take(.text, depth, value)
  }

  func encode(_ value: Double) {
    sink.take(.real, depth)
    sink.take(value.bitPattern)
  }

  func encode(_ value: Float) { encode(Double(value)) }
  func encode(_ value: Int) { take(integer: value) }
  func encode(_ value: Int8) { take(integer: value) }
  func encode(_ value: Int16) { take(integer: value) }
  func encode(_ value: Int32) { take(integer: value) }
  func encode(_ value: Int64) { take(integer: value) }
  func encode(_ value: UInt) { take(natural: value) }
  func encode(_ value: UInt8) { take(natural: value) }
  func encode(_ value: UInt16) { take(natural: value) }
  func encode(_ value: UInt32) { take(natural: value) }
  func encode(_ value: UInt64) { take(natural: value) }
  func encode(_ value: some Encodable) throws { try value.encode(to: self) }
}

extension ShapeDigest {
  private struct Object<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let digest: ShapeDigest
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) { digest.below(key).encodeNil() }

    func encode(_ value: Bool, forKey key: Key) { digest.below(key).encode(value) }

    func encode(_ value: Int, forKey key: Key) { digest.below(key).encode(value) }

    func encode(_ value: String, forKey key: Key) { digest.below(key).encode(value) }

    func encode(_ value: some Encodable, forKey key: Key) throws {
      try value.encode(to: digest.below(key))
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
      -> KeyedEncodingContainer<Nested>
    { digest.below(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      digest.below(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { digest.below(nil) }

    func superEncoder(forKey key: Key) -> any Encoder { digest.below(key) }
  }

  private struct List: UnkeyedEncodingContainer {
    let digest: ShapeDigest
    private(set) var count = 0
    var codingPath: [any CodingKey] { [] }

    init(digest: ShapeDigest) { self.digest = digest }

    private mutating func next() -> ShapeDigest {
      count += 1
      return digest.below(nil)
    }

    mutating func encodeNil() { next().encodeNil() }

    mutating func encode(_ value: String) { next().encode(value) }

    mutating func encode(_ value: some Encodable) throws { try value.encode(to: next()) }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type)
      -> KeyedEncodingContainer<Nested>
    { next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
      next().unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder { next() }
  }
}
