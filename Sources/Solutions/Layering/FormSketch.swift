/// How a form is laid out, as far as its document says it, and which layer brought each piece.
package struct FormSketch: Equatable, Sendable {
  package struct Tab: Equatable, Sendable {
    package let label: String
    package let layer: SolutionName
    package let isVisible: Bool
    package let columns: [Column]
  }

  package struct Column: Equatable, Sendable {
    /// In percent of the tab; nil where it is not said so.
    package let width: Int?
    package let sections: [Section]
  }

  package struct Section: Equatable, Sendable {
    package let label: String
    package let layer: SolutionName
    package let isVisible: Bool
    package let rows: [[Cell]]
  }

  package struct Cell: Equatable, Sendable {
    /// Of the cell itself; empty where the column's own name stands there.
    package let label: String
    /// The column that is shown, or what the control is called; empty for a gap.
    package let control: String
    package let layer: SolutionName
    package let isVisible: Bool
    /// How many places beside each other it takes; at least 1, at most 12.
    package let span: Int
  }

  package let tabs: [Tab]
  /// Bottom first, each that brought a piece.
  package let layers: [SolutionName]

  /// - Returns: nil where the component says nothing of tabs.
  package init?(_ stack: LayerStack, merge: MergeBehavior) {
    let (document, layers) = stack.traced(merge)
    guard let tabs = document.root.first("tabs") else { return nil }
    let reading = Reading(layers: layers)
    self.tabs = tabs.children("tab").map { reading.tab($0) }
    var named: Set<SolutionName> = []
    for tab in self.tabs {
      named.insert(tab.layer)
      for section in tab.columns.flatMap(\.sections) {
        named.insert(section.layer)
        named.formUnion(section.rows.flatMap { $0 }.map(\.layer))
      }
    }
    self.layers = layers.map(\.solution).filter { named.contains($0) }
  }

  private struct Reading {
    let layers: [Layer]

    func layer(of element: Element) -> SolutionName {
      layers[min(max(0, Int(element.origin.number)), layers.count - 1)].solution
    }

    func tab(_ element: Element) -> Tab {
      Tab(
        label: label(of: element) ?? element.attribute("name") ?? "",
        layer: layer(of: element),
        isVisible: isVisible(element),
        columns: (element.child("columns")?.children("column") ?? []).map { column in
          Column(
            width: column.attribute("width").flatMap { Int($0.filter { $0 != "%" }) }
              .flatMap { (1...100).contains($0) ? $0 : nil },
            sections: (column.child("sections")?.children("section") ?? []).map { section($0) }
          )
        }
      )
    }

    private func section(_ element: Element) -> Section {
      let rows = element.child("rows")
      let lines =
        rows?.rows?.lines(of: rows?.children ?? []).map(\.cells)
        ?? (rows?.children("row") ?? []).map { $0.children("cell") }
      return Section(
        label: element.attribute("showlabel") == "false" ? "" : label(of: element) ?? "",
        layer: layer(of: element),
        isVisible: isVisible(element),
        rows: lines.map { $0.filter { $0.name == "cell" }.map { cell($0) } }
      )
    }

    private func cell(_ element: Element) -> Cell {
      let control = element.child("control")
      let name = control?.attribute("datafieldname") ?? control?.attribute("id") ?? ""
      return Cell(
        label: label(of: element) ?? "",
        control: name,
        layer: layer(of: element),
        isVisible: isVisible(element),
        span: min(max(element.attribute("colspan").flatMap { Int($0) } ?? 1, 1), 12)
      )
    }

    private func isVisible(_ element: Element) -> Bool { element.attribute("visible") != "false" }

    /// In English where there is one, else in the first language.
    private func label(of element: Element) -> String? {
      let labels = element.child("labels")?.children("label") ?? []
      let label = labels.first { $0.attribute("languagecode") == "1033" } ?? labels.first
      return label?.attribute("description").flatMap { $0.isEmpty ? nil : $0 }
    }
  }
}

extension Element {
  fileprivate func children(_ name: String) -> [Element] { children.filter { $0.name == name } }

  /// Itself or the first below it, level by level.
  fileprivate func first(_ name: String) -> Element? {
    var level = [self]
    while !level.isEmpty {
      if let found = level.first(where: { $0.name == name }) { return found }
      level = level.flatMap(\.children)
    }
    return nil
  }
}
