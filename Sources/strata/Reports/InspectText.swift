import Contract
import Solutions

/// The same for people.
struct InspectText {
  let document: InspectShape
  let style: TextStyle

  func text() -> Prose {
    let solution = document.solution
    var lines: [Prose] = [
      "\(style.bold("\(solution.uniqueName)")) \(solution.version)  \(solution.managed ? "managed" : "unmanaged")"
        + (solution.patchOf.map { ", patch of \($0)" as Prose } ?? ""),
      "  \(solution.displayName.shown())",
      "  publisher  \(solution.publisher.displayName.shown()) (\(solution.publisher.uniqueName), prefix \(solution.publisher.prefix))",
      "  package    \(document.package.file), \(document.package.container), \(document.package.bytes) bytes, \(document.package.entries) entries",
      "  sha256     \(document.package.sha256)",
      "  needs      \(counted(document.missingDependencies, "component")) from elsewhere", "",
      style.bold("\(counted(document.components.total, "component"))"),
    ]
    for (kind, count) in document.components.byKind.sorted(by: { $0.key < $1.key }) {
      lines.append(
        "  \(String(repeating: " ", count: max(0, 7 - String(count).count)))\(count)  \(kind)"
      )
    }
    if let list = document.list {
      lines +=
        [""]
        + list.map { item -> Prose in
          let display = item.displayName.map { "  “\($0.shown(60))”" as Prose } ?? ""
          return
            "  \(item.kind):\(item.name.shown())\(display)  \(style("\(String(item.hash.prefix(12)))", .gray))"
        }
    }
    if !document.carried.isEmpty {
      lines += ["", style.bold("Carried as it is, not understood")]
      lines += document.carried.map { "  \($0.location)  (\($0.count))" as Prose }
    }
    if !document.findings.isEmpty {
      lines += ["", style.bold("Findings")]
      lines += document.findings.flatMap { FindingText.lines($0, style) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
