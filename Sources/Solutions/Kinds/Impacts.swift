/// What people notice of a change, from what rows can contain down to nothing.
///
/// Each kind says in its own file which of its properties weighs how much (docs/decisions/094).
package enum Impact: Int, CaseIterable, Comparable, Sendable {
  /// What rows can contain.
  case data
  /// What happens by itself, and what is refused.
  case behavior
  /// Who may.
  case access
  /// What stands where.
  case interface
  /// What it is called.
  case label
  /// Nothing that anybody notices.
  case metadata

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How much the properties of a kind of component weigh.
package struct Impacts: Sendable {
  /// Of a component that comes or goes.
  package let presence: Impact
  /// Of what no path names.
  private let others: Impact
  /// By path without the keys of elements; the longest that leads to a property decides.
  private let paths: [String: Impact]
  private let longest: Int
  /// Where components of the kind differ in it.
  private let choice: (@Sendable (Component) -> Impacts)?

  /// - Parameters:
  ///   - others: of what no path names and no label is; as the component itself where it is not given.
  ///   - paths: of elements and attributes, without keys: `optionset/options/option`, `form/tab@name`.
  init(_ presence: Impact, others: Impact? = nil, _ paths: [Impact: [String]] = [:]) {
    self.presence = presence
    self.others = others ?? presence
    var byPath: [String: Impact] = [:]
    for (impact, names) in paths { for name in names { byPath[name] = impact } }
    self.paths = byPath
    choice = nil
    longest = byPath.keys.map(\.utf8.count).max() ?? 0
  }

  /// - Parameters:
  ///   - presence: where nobody has a component to ask for.
  ///   - choice: what counts for one component.
  init(_ presence: Impact, by choice: @escaping @Sendable (Component) -> Impacts) {
    self.presence = presence
    others = presence
    paths = [:]
    longest = 0
    self.choice = choice
  }

  /// What counts for one component.
  func of(_ component: Component) -> Impacts { choice?(component) ?? self }

  /// Of a property, by its path with or without keys.
  ///
  /// What a path says of an element holds for all in it, labels aside: only a path that leads into one weighs it.
  package func callAsFunction(_ path: String) -> Impact {
    let plain = Self.plain(path)
    guard plain.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@") }) else {
      return paths[plain] ?? (Self.labels.contains(plain) ? .label : others)
    }
    let label = Self.label(in: plain)
    var end = plain.endIndex
    while true {
      let prefix = String(plain[..<end])
      if prefix.utf8.count <= longest, let impact = paths[prefix] {
        // What is said of the element around a label is not said of the label.
        if let label, prefix.utf8.count < label { return .label }
        return impact
      }
      guard let cut = plain[..<end].lastIndex(where: { $0 == "/" || $0 == "@" }) else { break }
      end = cut
    }
    return label == nil ? others : .label
  }

  /// Without keys and numbers of siblings.
  private static func plain(_ path: String) -> String {
    let path = path.withoutKeys
    guard path.utf8.contains(UInt8(ascii: "#")) else { return path }
    return path.split(separator: "/").map { step in
      let number = step.drop { $0 != "#" }
      return step.prefix { $0 != "#" } + number.drop { $0 != "@" }
    }.joined(separator: "/")
  }

  /// Elements that hold what people read, in every kind.
  private static let labels: Set<String> = [
    "displaynames", "labels", "Descriptions", "LocalizedNames", "LocalizedCollectionNames",
    "Titles", "CustomLabels", "RelationshipDescription", "displayname", "LocLabels",
  ]

  /// Where a path leads into a label, the length up to there in bytes.
  private static func label(in path: String) -> Int? {
    var length = 0
    for step in path.split(separator: "/") {
      length += step.utf8.count + 1
      let name = step.prefix { $0 != "@" }
      if labels.contains(String(name)) { return length - 1 }
    }
    return nil
  }
}

extension Impacts {
  static let behavior = Impacts(.behavior)
  static let interface = Impacts(.interface)
  static let access = Impacts(.access)
}
