internal import Reading
internal import Solutions

/// Where in a page components and findings stand: what addresses and codes make of themselves, each once.
struct Anchors {
  private var byAddress: [String: String] = [:]
  private var byCode: [String: String] = [:]
  private var told: [String: [PlanReading.NoteGroup]] = [:]

  init(_ reading: PlanReading) {
    var taken: Set<String> = []
    func anchor(_ text: String) -> String {
      let plain = Self.plain(text)
      guard !taken.insert(plain).inserted else { return plain }
      var number = 2
      while !taken.insert("\(plain)-\(number)").inserted { number += 1 }
      return "\(plain)-\(number)"
    }
    for entry in reading.entries { byAddress[Self.key(entry)] = anchor("c-\(entry.address)") }
    for group in reading.errors + reading.warnings + reading.infos {
      byCode[Self.key(group)] = anchor("f-\(group.code)")
      for note in group.notes { told[note.subject.lowercased(), default: []].append(group) }
    }
  }

  subscript(entry: ReadableEntry) -> String { byAddress[Self.key(entry)] ?? "" }

  subscript(group: PlanReading.NoteGroup) -> String { byCode[Self.key(group)] ?? "" }

  /// Whether it is shown.
  func has(_ entry: ReadableEntry) -> Bool { byAddress[Self.key(entry)] != nil }

  /// Each once.
  func findings(of entry: ReadableEntry) -> [PlanReading.NoteGroup] {
    var seen: Set<String> = []
    return (told[entry.address.lowercased()] ?? []).filter { seen.insert(Self.key($0)).inserted }
  }

  private static func key(_ entry: ReadableEntry) -> String { "\(entry.action) \(entry.address)" }

  private static func key(_ group: PlanReading.NoteGroup) -> String {
    "\(group.severity) \(group.code)"
  }

  /// Letters, digits, `_` and `-`; nothing else is left of what is foreign.
  private static func plain(_ text: String) -> String {
    let bytes = text.lowercased().utf8.prefix(120).map { byte in
      let isPlain =
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
      return isPlain ? byte : UInt8(ascii: "-")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
