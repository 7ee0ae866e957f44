package import Solutions
package import XML
internal import Yams

/// Reads a readable file: YAML into what it says.
package struct SaidReader {
  private let limits: XMLLimits
  /// What aliases stand for counts as often as they are named.
  private var left: Int

  private init(limits: XMLLimits) {
    self.limits = limits
    left = limits.bytes
  }

  /// - Parameter file: how it is called in findings.
  package static func read(
    _ bytes: [UInt8],
    file: String,
    limits: XMLLimits = .standard
  ) throws(PackageError) -> Said {
    do throws(YAMLText.Problem) {
      var reader = SaidReader(limits: limits)
      return try reader.said(try YAMLText.compose(bytes, limits), depth: 1)
    } catch {
      throw PackageError(
        file: file,
        PartError(part: file, line: error.line, problem: error.problem)
      )
    }
  }

  private mutating func said(_ node: Node, depth: Int) throws(YAMLText.Problem) -> Said {
    let line = YAMLText.line(of: node)
    guard depth <= limits.depth else {
      throw YAMLText.Problem(line: line, problem: "it is nested too deeply")
    }
    left -= 16
    switch node {
    case .mapping(let pairs):
      var found: [Said.Pair] = []
      for (key, value) in pairs {
        let name = try text(key)
        found.append(
          Said.Pair(name, line: YAMLText.line(of: key), try said(value, depth: depth + 1))
        )
      }
      return Said(.pairs(found), line: line)
    case .sequence(let items):
      var found: [Said] = []
      for item in items { found.append(try said(item, depth: depth + 1)) }
      return Said(.list(found), line: line)
    case .scalar, .alias: return Said(.text(try text(node)), line: line)
    }
  }

  private mutating func text(_ node: Node) throws(YAMLText.Problem) -> String {
    let line = YAMLText.line(of: node)
    guard let scalar = node.scalar else {
      throw YAMLText.Problem(line: line, problem: "a name is expected here")
    }
    left -= scalar.string.utf8.count
    guard left >= 0 else { throw YAMLText.Problem(line: line, problem: "it stands for too much") }
    let allowed = scalar.string.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0.value != 0xFFFE && $0.value != 0xFFFF || $0 == "\t" || $0 == "\n"
        || $0 == "\r"
    }
    guard allowed else {
      throw YAMLText.Problem(line: line, problem: "a text holds control characters")
    }
    let isNothing = scalar.style == .plain && YAMLText.nothing.contains(scalar.string)
    return isNothing ? "" : scalar.string
  }
}
