internal import XML
internal import Yams

/// A YAML file as the tree that it stands for, with limits.
enum YAMLText {
  struct Problem: Error {
    /// 0 where no line can be named.
    let line: Int
    let problem: String
  }

  /// How YAML spells nothing.
  static let nothing: Set<String> = ["", "~", "null", "Null", "NULL"]

  static func compose(_ bytes: [UInt8], _ limits: XMLLimits) throws(Problem) -> Node {
    guard bytes.count <= limits.bytes else {
      throw Problem(line: 0, problem: "it has more than \(limits.bytes) bytes")
    }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let text = String(validating: bytes[start...], as: UTF8.self) else {
      throw Problem(line: 0, problem: "it is no UTF-8")
    }
    // libyaml nests no deeper than 1,000.
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Problem(line: line(of: error), problem: "it is no YAML: \(words(of: error))")
    } catch {
      throw Problem(line: 0, problem: "it is no YAML")
    }
    guard let root else { throw Problem(line: 0, problem: "it is empty") }
    return root
  }

  static func line(of node: Node) -> Int { node.mark?.line ?? 0 }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    case .duplicatedKeysInMapping(_, let context): context.mark.line
    default: 0
    }
  }

  private static func words(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    case .reader(let problem, _, _, _): problem
    case .duplicatedKeysInMapping(let keys, _): "\(keys.joined(separator: ", ")) is there twice"
    default: "it cannot be read"
    }
  }
}
