import Solutions
import XML

/// Files that are components (PF-701, PF-707, PF-709), by path.
///
/// One that says what it said when it came in is given back byte by byte; any other is written anew.
struct ComponentFiles {
  /// As they were read.
  private(set) var read: [Definition.Part] = []
  private(set) var written: [(path: String, content: [UInt8])] = []

  init(_ export: Export, kinds: ComponentKinds) {
    let entries = export.entries.filter { !$0.component.isInCustomizations(kinds) }
    let byFile = Dictionary(grouping: entries) { $0.component.location.file }
    for (path, entries) in byFile.sorted(by: { $0.key < $1.key }) {
      if let part = Self.unchanged(path, entries, export) {
        read.append(part)
      } else {
        written.append((path, Self.content(path, entries)))
      }
    }
  }

  /// The file as it was, where it held these components and no others, and each says the same.
  private static func unchanged(
    _ path: String,
    _ entries: [Export.Entry],
    _ export: Export
  ) -> Definition.Part? {
    guard let number = entries.first?.sourceNumber, export.sources.indices.contains(number),
      entries.allSatisfy({ $0.isAsRead && $0.sourceNumber == number })
    else { return nil }
    let source = export.sources[number]
    let held = source.components.count { $0.location.file == path }
    return held == entries.count ? source.frame?.files[path] : nil
  }

  private static func content(_ path: String, _ entries: [Export.Entry]) -> [UInt8] {
    let elements = entries.map(\.component.definition.element)
    if path == PackageContents.variableValuesFile { return variableValues(entries) }
    if path.hasSuffix(".json") {
      var text = JSONSpelling()
      if let element = elements.first { text.write(file: element) }
      return text.bytes
    }
    var out = DocumentWriter()
    // Rows of one relationship share a file (PF-706).
    if path.hasPrefix("Assets/") {
      let name = path.split(separator: "/").last.map { String($0.dropLast(".xml".count)) } ?? ""
      out.open(name, [DocumentWriter.xsi])
      for element in elements {
        out.append(canonical: CanonicalWriter.bytes(of: XMLFragment(element)))
      }
      out.close(name)
    } else if let element = elements.first {
      out.append(canonical: CanonicalWriter.bytes(of: XMLFragment(element)))
    }
    return DocumentLayout.bytes(of: out.bytes)
  }

  /// Current values of all variables in one file (PF-109).
  private static func variableValues(_ entries: [Export.Entry]) -> [UInt8] {
    var text = JSONSpelling()
    let rows = entries.map { entry in
      let value = entry.component.definition.element.child("environmentvariablevalue")
      return (
        name: entry.component.name,
        id: value?.attribute("environmentvariablevalueid") ?? "",
        value: value?.child("value")
      )
    }
    text.write(variableValues: rows)
    return text.bytes
  }
}

extension Component {
  /// Whether it stands in `customizations.xml`, and not in a file of its own.
  func isInCustomizations(_ kinds: ComponentKinds) -> Bool {
    kinds[id.type].place(of: definition.element) != nil
      || location.file == CustomizationsWriter.file
  }
}
