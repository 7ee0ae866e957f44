import Solutions
import XML

/// Writes `customizations.xml`: components at the places of their kinds, and around them what stood there when they
/// came in.
final class CustomizationsWriter {
  static let file = "customizations.xml"

  private let export: Export
  private let kinds: ComponentKinds
  private let steps: ComponentKind.Steps
  /// What comes into the root.
  private let root = Slot()
  /// What comes into components that others lie in.
  private var slots: [ComponentID: Slot] = [:]
  private var out = DocumentWriter()
  private var canonical = CanonicalWriter()
  /// The table that is being written, as it is spelled.
  private var table: String?

  /// Which component an element of a package is.
  private let owners: [ElementPlace: ComponentID]

  private struct ElementPlace: Hashable {
    let tree: ObjectIdentifier
    let number: Int

    init(_ element: XMLElement) {
      tree = ObjectIdentifier(element.tree)
      number = element.number
    }
  }

  private init(_ export: Export, _ kinds: ComponentKinds) {
    self.export = export
    self.kinds = kinds
    steps = kinds.steps
    let owned = export.entries.compactMap { entry in
      entry.source.map { (ElementPlace($0.definition.element), entry.component.id) }
    }
    owners = Dictionary(owned) { first, _ in first }
  }

  static func bytes(of export: Export, kinds: ComponentKinds) -> [UInt8] {
    let writer = CustomizationsWriter(export, kinds)
    writer.place()
    writer.write()
    return DocumentLayout.bytes(of: writer.out.bytes)
  }

  // MARK: Where everything goes

  private func place() {
    for entry in export.entries where entry.component.isInCustomizations(kinds) { place(entry) }
    for leftover in export.frame?.leftovers ?? [] { place(leftover) }
  }

  private func place(_ entry: Export.Entry) {
    let component = entry.component
    let element = component.definition.element
    guard let place = kinds[component.id.type].place(of: element) else {
      return root.at([section(of: element)][...]).add(.component(entry, .none))
    }
    var way = place.steps[...]
    var slot = root
    var step = steps
    // The innermost component on the way.
    for (number, name) in place.steps.dropLast().enumerated() {
      guard let next = step.children[name] else { break }
      step = next
      guard next.kind != nil, let parent = component.parent else { continue }
      way = place.steps[(number + 1)...]
      slot = slots[parent, default: Slot()]
      slots[parent] = slot
    }
    if let last = place.steps.last, let own = step.children[last] { step = own }
    let outer = component.definition.fragment.isWrapped ? element.parent : nil
    slot.at(way.dropLast(), outer.map { $0.declarations + $0.attributes })
      .add(.component(entry, step))
  }

  /// The section of a row of a framework table, as a package has called it; else as real packages call theirs.
  private func section(of row: XMLElement) -> String {
    for frame in export.sources.compactMap(\.frame) {
      let section = frame.customizations.children.first {
        PackageContents.isPlural($0.name, of: row.name)
      }
      if let section { return section.name }
    }
    return PackageContents.plural(of: row)
  }

  private func place(_ leftover: XMLElement) {
    var way: [String] = []
    var at = leftover.parent
    while let element = at, element.parent != nil {
      if let id = owner(of: element) {
        let slot = slots[id, default: Slot()]
        slots[id] = slot
        return slot.at(way[...]).add(.element(leftover))
      }
      way.insert(element.name, at: 0)
      at = element.parent
    }
    root.at(way[...]).add(.element(leftover))
  }

  private func owner(of element: XMLElement) -> ComponentID? {
    owners[ElementPlace(element)]
  }

  // MARK: Writing

  private static let root = "ImportExportXml"

  private func write() {
    let name = Self.root
    let read = export.frame?.customizations
    out.open(name, [DocumentWriter.xsi] + (read?.attributes ?? []))
    let around = Around(
      name: name,
      own: nil,
      fragment: nil,
      source: read,
      slot: root,
      steps: steps,
      isInside: false
    )
    let items = items(around)
    for item in items { write(item, isInside: false) }
    out.close(name)
  }

  private func write(_ item: Item, isInside: Bool) {
    switch item {
    case .element(let element): write(whole: element)
    case .skeleton: out.append(canonical: RibbonSkeleton.canonical)
    case .languages: writeLanguages()
    case .piece(.element(let element)): write(whole: element)
    case .piece(.component(let entry, let steps)): write(entry, steps)
    case .container(let around, let attributes):
      out.open(around.name, attributes)
      let items = items(around)
      for item in items { write(item, isInside: isInside) }
      if items.isEmpty, let own = around.own { out.text(own.text) }
      out.close(around.name)
    }
  }

  private static let languages = "Languages"

  private func writeLanguages() {
    let codes = export.entries.reduce(into: Set<Int>()) { codes, entry in
      for element in entry.component.definition.element.descendants {
        if let code = element.attribute("languagecode").flatMap({ Int($0) }) { codes.insert(code) }
      }
    }
    out.open(Self.languages, [])
    for code in codes.sorted() {
      out.open("Language", [])
      out.text(String(code))
      out.close("Language")
    }
    out.close(Self.languages)
  }

  private func write(whole element: XMLElement) {
    guard !element.isText else { return out.text(element.text) }
    canonical.withBytes(of: XMLFragment(element)) { out.append(canonical: $0) }
  }

  private func write(_ entry: Export.Entry, _ steps: ComponentKind.Steps) {
    let fragment = entry.component.definition.fragment
    let element = fragment.element
    guard !steps.children.isEmpty else { return write(whole: element) }
    if entry.component.id.type == .entity { table = element.text(of: "Name") }
    let around = Around(
      name: element.name,
      own: element,
      fragment: fragment,
      source: entry.source?.definition.element,
      slot: slots[entry.component.id],
      steps: steps,
      isInside: true
    )
    write(.container(around, element.declarations + element.attributes), isInside: true)
  }

  // MARK: What an element holds

  /// An element that others may lie in.
  private struct Around {
    let name: String
    /// What a component says there itself; nil where no component does.
    let own: XMLElement?
    let fragment: XMLFragment?
    /// The same in the package that it came in.
    let source: XMLElement?
    let slot: Slot?
    let steps: ComponentKind.Steps
    /// Whether it is a part of a component.
    let isInside: Bool

    static func empty(_ name: String) -> Around {
      Around(
        name: name,
        own: nil,
        fragment: nil,
        source: nil,
        slot: nil,
        steps: .none,
        isInside: false
      )
    }
  }

  private enum Item {
    case element(XMLElement)
    case piece(Slot.Piece)
    case container(Around, [(name: String, value: String)])
    /// A ribbon that changes nothing, which every table has (PF-401).
    case skeleton
    /// Those that labels of the package are in, where no package has brought a list (PF-627).
    case languages

    var name: String {
      switch self {
      case .element(let element): element.name
      case .piece(let piece): piece.name
      case .container(let around, _): around.name
      case .skeleton: RibbonSkeleton.name
      case .languages: CustomizationsWriter.languages
      }
    }

    /// Whether it stands where an element stood.
    func isPlace(of element: XMLElement, _ step: ComponentKind.Steps) -> Bool {
      guard name == element.name else { return false }
      guard step.isWrapper, case .container(_, let attributes) = self else { return true }
      return attributes.elementsEqual(element.attributes, by: ==)
    }
  }

  private func items(_ around: Around) -> [Item] {
    var (items, used) = ownItems(around)
    var more: [Item] = []
    for (number, container) in (around.slot?.containers ?? []).enumerated()
    where !used.contains(number) {
      more.append(made(container, around))
    }
    for piece in around.slot?.pieces ?? [] { more.append(.piece(piece)) }
    more += kept(around, besides: items + more)
    if around.name == "Entity", !(items + more).contains(where: { $0.name == RibbonSkeleton.name })
    {
      more.append(.skeleton)
    }
    guard !items.isEmpty || ElementOrder.isOrdered(around.name) else { return more }
    for item in more {
      let rank = ElementOrder.rank(of: item.name, in: around.name)
      let next = rank.flatMap { rank in
        items.firstIndex { (ElementOrder.rank(of: $0.name, in: around.name) ?? -1) > rank }
      }
      items.insert(item, at: next ?? items.count)
    }
    return items
  }

  /// What the component says itself, with the containers that it has.
  private func ownItems(_ around: Around) -> (items: [Item], used: Set<Int>) {
    guard let own = around.own, let fragment = around.fragment else { return ([], []) }
    var used: Set<Int> = []
    let items = fragment.children(of: own).map { child -> Item in
      guard let step = around.steps.children[child.name], step.kind == nil, !step.isWrapper else {
        return .element(child)
      }
      let number = around.slot?.containers.firstIndex { $0.name == child.name }
      if let number { used.insert(number) }
      let inner = Around(
        name: child.name,
        own: child,
        fragment: fragment,
        source: around.source?.child(child.name),
        slot: number.flatMap { around.slot?.containers[$0].slot },
        steps: step,
        isInside: true
      )
      return .container(inner, child.declarations + child.attributes)
    }
    return (items, used)
  }

  private func made(_ container: Slot.Container, _ around: Around) -> Item {
    let source = around.source?.children(container.name).first { child in
      container.attributes?.elementsEqual(child.attributes, by: ==) ?? true
    }
    let inner = Around(
      name: container.name,
      own: nil,
      fragment: nil,
      source: source,
      slot: container.slot,
      steps: around.steps.children[container.name] ?? .none,
      isInside: around.isInside
    )
    // A table's settings name it also where they say nothing else.
    let named = container.name == "entity" ? table.map { [(name: "Name", value: $0)] } : nil
    return .container(inner, container.attributes ?? source?.attributes ?? named ?? [])
  }

  /// What stood there before, belongs to no component and is nowhere yet.
  private func kept(_ around: Around, besides items: [Item]) -> [Item] {
    guard let source = around.source else {
      guard around.name == Self.root else { return [] }
      return ElementOrder.sections.filter { name in !items.contains { $0.name == name } }
        .map { $0 == Self.languages ? .languages : .container(.empty($0), []) }
    }
    return source.children.compactMap { child in
      guard !child.isText, let step = around.steps.children[child.name] else {
        return isKept(child, around, items) ? .element(child) : nil
      }
      guard !items.contains(where: { $0.isPlace(of: child, step) }) else { return nil }
      if let kind = step.kind {
        return kind.mention(XMLFragment(child)) == .nothing ? .element(child) : nil
      }
      if isHollow(child, step) {
        let inner = Around(
          name: child.name,
          own: nil,
          fragment: nil,
          source: child,
          slot: nil,
          steps: step,
          isInside: around.isInside
        )
        return .container(inner, child.attributes)
      }
      let isAlways = around.name == Self.root && ElementOrder.sections.contains(child.name)
      return isAlways ? .container(.empty(child.name), child.attributes) : nil
    }
  }

  /// A section that says nothing, and the languages: no kind claims them, and nobody carries them.
  private func isKept(_ child: XMLElement, _ around: Around, _ items: [Item]) -> Bool {
    guard !child.isText, !around.isInside, !items.contains(where: { $0.name == child.name }) else {
      return false
    }
    return child.name == Self.languages
      || !child.hasChildren && !child.hasText && child.attributes.isEmpty
  }

  /// Whether an element held nothing but places for components, and none of those.
  private func isHollow(_ element: XMLElement, _ step: ComponentKind.Steps) -> Bool {
    element.children.allSatisfy { child in
      guard let step = step.children[child.name], step.kind == nil else { return false }
      return isHollow(child, step)
    }
  }
}
