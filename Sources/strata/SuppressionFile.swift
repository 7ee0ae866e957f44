import Faces
import Solutions
import Yams

/// A file of suppressions, in YAML.
///
/// ```yaml
/// suppressions:
///   - rule: CK-301
///     subject: WebResource:new_/old/*
///     solution: Fabrikam
///     reason: goes with version 3
/// ```
enum SuppressionFile {
  /// Read where nothing is said, if it is there.
  static let standard = ".strata-check.yml"

  /// - Throws: `Failure`, with the line, for what is no such file.
  static func read(_ path: String) throws -> [Suppression] {
    try parsed(String(decoding: try Files.bytes(of: path), as: UTF8.self), path)
  }

  static func parsed(_ text: String, _ path: String) throws(Failure) -> [Suppression] {
    guard text.utf8.count <= 1 << 20 else { throw wrong(path, 0, "it is longer than 1 MB") }
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch let error as YamlError {
      throw wrong(path, line(of: error), "it is no YAML")
    } catch {
      throw wrong(path, 0, "it is no YAML")
    }
    guard let root else { return [] }
    guard let top = root.mapping else {
      throw wrong(path, line(of: root), "it has to begin with “suppressions:”")
    }
    try requireKnown(top, ["suppressions"], path)
    guard let list = top["suppressions"] else { return [] }
    guard let entries = list.sequence else {
      throw wrong(path, line(of: list), "“suppressions” has to be a list")
    }
    var suppressions: [Suppression] = []
    for entry in entries { suppressions.append(try suppression(entry, path)) }
    return suppressions
  }

  private static func suppression(_ entry: Node, _ path: String) throws(Failure) -> Suppression {
    let line = line(of: entry)
    guard let fields = entry.mapping else {
      throw wrong(path, line, "each entry has a rule and a reason")
    }
    try requireKnown(fields, ["rule", "subject", "solution", "reason"], path)
    func text(_ name: String) throws(Failure) -> String? {
      guard let node = fields[name] else { return nil }
      guard let text = node.scalar?.string, !text.isEmpty else {
        throw wrong(path, Self.line(of: node), "“\(name)” has to be a text")
      }
      return text
    }
    guard let rule = try text("rule") else { throw wrong(path, line, "it names no rule") }
    guard Suppression.isKnown(rule) else {
      throw wrong(path, line, "\(rule) is no rule and no code of a finding")
    }
    guard let reason = try text("reason") else {
      throw wrong(path, line, "it gives no reason for \(rule)")
    }
    return Suppression(
      rule: rule,
      subject: try text("subject"),
      solution: try text("solution"),
      reason: reason,
      line: line
    )
  }

  private static func requireKnown(
    _ mapping: Node.Mapping,
    _ known: [String],
    _ path: String
  ) throws(Failure) {
    for (key, _) in mapping where !known.contains(key.scalar?.string ?? "") {
      throw wrong(
        path,
        line(of: key),
        "“\(key.scalar?.string ?? "")” is none of \(known.joined(separator: ", "))"
      )
    }
  }

  private static func line(of node: Node) -> Int { node.mark?.line ?? 0 }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: 0
    }
  }

  private static func wrong(_ path: String, _ line: Int, _ what: Prose) -> Failure {
    let place: Prose = line > 0 ? "\(path):\(line)" : "\(path)"
    return Failure(.unreadable, "cannot read \(place): \(what)")
  }
}
