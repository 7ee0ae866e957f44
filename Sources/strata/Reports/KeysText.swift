import Contract
import Solutions

extension KeysShape {
  func text(_ style: TextStyle) -> Prose {
    guard !keys.isEmpty else { return "No alternate keys.\n" }
    return keys.map { key -> Prose in
      let state = key.failure.map { style("not active: \($0)", .yellow) } ?? style("active", .gray)
      return "\(style.bold("\(key.name)"))  \(key.columns.joined(separator: ", "))  \(state)\n"
    }.joined()
  }
}
