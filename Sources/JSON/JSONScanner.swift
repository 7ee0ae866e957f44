/// Goes through a text once and notes where values stand; what is open lies on a stack of its own.
struct JSONScanner {
  private let bytes: [UInt8]
  private let limits: JSONLimits
  private var at = 0
  private var nodes: [JSONDocument.Node] = []
  /// Objects and arrays around this place.
  private var open: [(node: Int, names: Int)] = []
  /// Names of the members of open objects, by node.
  private var names: [Int] = []

  init(_ bytes: [UInt8], _ limits: JSONLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  mutating func scan() throws(JSONError) -> [JSONDocument.Node] {
    skipBlanks()
    repeat {
      try value()
      try close()
    } while !open.isEmpty
    guard at == bytes.count else { throw unexpected() }
    return nodes
  }

  /// One value; of objects and arrays the beginning, up to the first value in them.
  private mutating func value() throws(JSONError) {
    while true {
      switch byte {
      case UInt8(ascii: "{"):
        try begin()
        guard byte != UInt8(ascii: "}") else { return }
        try name()
      case UInt8(ascii: "["):
        try begin()
        guard byte != UInt8(ascii: "]") else { return }
      case UInt8(ascii: "\""): return try string()
      case UInt8(ascii: "t"): return try word("true")
      case UInt8(ascii: "f"): return try word("false")
      case UInt8(ascii: "n"): return try word("null")
      default: return try number()
      }
    }
  }

  /// What stands behind a value: ends of what is open, and what leads to the next value.
  private mutating func close() throws(JSONError) {
    skipBlanks()
    while let inner = open.last {
      let isObject = bytes[Int(nodes[inner.node].start)] == UInt8(ascii: "{")
      switch byte {
      case UInt8(ascii: ","):
        at += 1
        skipBlanks()
        if isObject { try name() }
        return
      case UInt8(ascii: "}") where isObject: try refuseRepetitions(from: inner.names)
      case UInt8(ascii: "]") where !isObject: break
      default: throw unexpected()
      }
      nodes[inner.node].end = UInt32(nodes.count)
      open.removeLast()
      at += 1
      skipBlanks()
    }
  }

  /// 0, which JSON never holds here, at the end.
  private var byte: UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func begin() throws(JSONError) {
    guard open.count < limits.depth else {
      throw failure(.tooDeep, "more than \(limits.depth) levels")
    }
    open.append((nodes.count, names.count))
    try add(from: at, to: 0)
    at += 1
    skipBlanks()
  }

  private mutating func name() throws(JSONError) {
    guard byte == UInt8(ascii: "\"") else { throw unexpected() }
    names.append(nodes.count)
    try string()
    skipBlanks()
    guard byte == UInt8(ascii: ":") else { throw unexpected() }
    at += 1
    skipBlanks()
  }

  private mutating func add(from start: Int, to end: Int) throws(JSONError) {
    guard nodes.count < limits.values else {
      throw failure(.tooManyValues, "more than \(limits.values) values")
    }
    nodes.append(JSONDocument.Node(start: UInt32(start), end: UInt32(end)))
  }

  // MARK: Scalars

  private mutating func string() throws(JSONError) {
    let start = at
    at += 1
    while byte != UInt8(ascii: "\"") {
      // Also the end.
      guard byte >= 0x20 else { throw unexpected() }
      if byte == UInt8(ascii: "\\") { try escape() } else { at += 1 }
    }
    at += 1
    try add(from: start, to: at)
  }

  private mutating func escape() throws(JSONError) {
    at += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 1
    case UInt8(ascii: "u"):
      let start = at
      let unit = try unit()
      if UTF16.isTrailSurrogate(unit) { throw half(at: start) }
      guard UTF16.isLeadSurrogate(unit) else { return }
      guard byte == UInt8(ascii: "\\") else { throw half(at: start) }
      at += 1
      guard byte == UInt8(ascii: "u"), UTF16.isTrailSurrogate(try self.unit()) else {
        throw half(at: start)
      }
    default: throw unexpected()
    }
  }

  private mutating func unit() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      at += 1
      guard let digit = Hexadecimal.digit(byte) else { throw unexpected() }
      unit = unit << 4 | digit
    }
    at += 1
    return unit
  }

  private func half(at place: Int) -> JSONError {
    JSONError(.encoding, at: place, of: bytes, "half a surrogate pair is no character")
  }

  private mutating func word(_ word: StaticString) throws(JSONError) {
    let start = at
    for place in 0..<word.utf8CodeUnitCount {
      guard byte == word.utf8Start[place] else { throw unexpected() }
      at += 1
    }
    try add(from: start, to: at)
  }

  private mutating func number() throws(JSONError) {
    let start = at
    if byte == UInt8(ascii: "-") { at += 1 }
    if byte == UInt8(ascii: "0") { at += 1 } else { try digits() }
    if byte == UInt8(ascii: ".") {
      at += 1
      try digits()
    }
    if byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
      try digits()
    }
    try add(from: start, to: at)
  }

  private mutating func digits() throws(JSONError) {
    guard (0x30...0x39).contains(byte) else { throw unexpected() }
    while (0x30...0x39).contains(byte) { at += 1 }
  }

  private mutating func skipBlanks() {
    while byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  // MARK: Refusals

  /// Names of one object, compared as they are meant and not as they are escaped.
  private mutating func refuseRepetitions(from start: Int) throws(JSONError) {
    defer { names.removeSubrange(start...) }
    guard names.count - start > 1 else { return }
    // By hash, so that many names cost little; only those that share one are compared.
    let spelled = names[start...].map { node in
      var hasher = Hasher()
      for byte in JSONValue.text(nodes[node], of: bytes).utf8 { hasher.combine(byte) }
      return (hash: hasher.finalize(), node: node)
    }
    var repeated: Int?
    let sorted = spelled.sorted { ($0.hash, $0.node) < ($1.hash, $1.node) }
    for (before, here) in zip(sorted, sorted.dropFirst()) where before.hash == here.hash {
      guard isSame(before.node, here.node), here.node < repeated ?? .max else { continue }
      repeated = here.node
    }
    guard let repeated else { return }
    throw JSONError(
      .repeatedName,
      at: Int(nodes[repeated].start),
      of: bytes,
      "the key \(JSONValue.text(nodes[repeated], of: bytes)) stands twice"
    )
  }

  private func isSame(_ one: Int, _ other: Int) -> Bool {
    JSONValue.text(nodes[one], of: bytes).utf8.elementsEqual(
      JSONValue.text(nodes[other], of: bytes).utf8
    )
  }

  private func failure(_ reason: JSONError.Reason, _ message: String) -> JSONError {
    JSONError(reason, at: at, of: bytes, message)
  }

  private func unexpected() -> JSONError {
    failure(
      .notWellFormed,
      at < bytes.count ? "not valid JSON" : "not valid JSON: it ends too early"
    )
  }
}
