package import Hashing

/// Contents of files that lie beside a readable file, by the paths that it says.
package struct DescribedFiles: Sendable {
  /// Why one cannot be read.
  package struct Unread: Error {
    let problem: Phrase

    package init(_ problem: Phrase) { self.problem = problem }
  }

  /// What a file is to hold.
  package enum Content: Sendable {
    case bytes([UInt8])
    /// The same as a file of a package.
    case part(Definition.Part)
  }

  private var contents: [String: [UInt8]] = [:]
  /// Files of which no more is known than what tells them from others.
  private var parts: [String: Definition.Part] = [:]

  mutating func put(_ bytes: [UInt8], at path: String) { contents[path] = bytes }

  mutating func put(_ content: Content, at path: String) {
    switch content {
    case .bytes(let bytes): put(bytes, at: path)
    case .part(let part): parts[path] = part
    }
  }

  /// - Throws: where it was not read.
  func bytes(at said: Said) throws(Unsound) -> [UInt8] {
    let path = try said.name()
    guard let bytes = contents[path] else { throw said.unsound("the file \(path) is not there") }
    return bytes
  }

  /// As a file of a package.
  func part(at said: Said, as path: String) throws(Unsound) -> Definition.Part {
    if let known = parts[try said.name()] {
      return Definition.Part(path: path, bytes: known.bytes, digest: known.digest, content: nil)
    }
    let bytes = try bytes(at: said)
    return Definition.Part(
      path: path,
      bytes: bytes.count,
      digest: SHA256Digest(of: bytes),
      content: nil
    )
  }

  fileprivate func all() -> [(path: String, bytes: [UInt8], digest: SHA256Digest)] {
    contents.sorted { $0.key < $1.key }.map { ($0.key, $0.value, SHA256Digest(of: $0.value)) }
  }
}

extension Blueprint {
  /// A file that is to be read for it.
  package struct NamedFile: Sendable {
    /// Below the folder of the readable file, with slashes between names.
    package let path: String
    /// Where it is named.
    package let line: Int

    package init(path: String, line: Int) { (self.path, self.line) = (path, line) }

    /// The names on the way; nil for a path that leads elsewhere.
    package var steps: [String]? {
      let steps = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let isBelow = steps.allSatisfy {
        !["", ".", ".."].contains($0) && !$0.utf8.contains(0) && !$0.contains("\\")
      }
      return isBelow && path.utf8.count <= 1_024 ? steps : nil
    }

    /// The largest that is read: what no web resource and no assembly of the platform exceeds.
    package static let bytesMax = 32 << 20
  }

  /// The files that it names, each once, in the order of the file.
  package var namedFiles: [NamedFile] {
    var seen: Set<String> = []
    return parts.flatMap { part -> [NamedFile] in
      guard case .described(let kind) = part.subject, kind.takesFile else { return [] }
      return part.said.compactMap { pair in
        guard pair.key == "file", case .text(let path) = pair.value.content, !path.isEmpty,
          seen.insert(path).inserted
        else { return nil }
        return NamedFile(path: path, line: pair.value.line)
      }
    }
  }

  /// Contents that an environment keeps for what a plan puts there.
  package func files(
    of plan: Plan
  ) -> [(file: String, bytes: [UInt8], digest: SHA256Digest)] {
    let wanted = plan.effects.flatMap { effect -> [SHA256Digest] in
      guard case .putLayer(let layer) = effect else { return [] }
      return layer.component.definition.parts.map(\.digest)
    }
    let digests = Set(wanted)
    return context.files.all().filter { digests.contains($0.digest) }
      .map { (file: $0.path, bytes: $0.bytes, digest: $0.digest) }
  }
}
