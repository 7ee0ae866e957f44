internal import Solutions

/// A form as boxes, in which a color tells the layer that brought each.
struct FormDrawing {
  private let sketch: FormSketch
  /// What columns are called, by their logical names.
  private let columns: [String: String]

  init(_ sketch: FormSketch, columns: [String: String]) {
    (self.sketch, self.columns) = (sketch, columns)
  }

  /// More layers than colors share the last.
  private static let colors = 8

  private func color(of layer: SolutionName) -> String {
    "layer-\(min(sketch.layers.firstIndex(of: layer) ?? 0, Self.colors - 1))"
  }

  var fields: [String: Any] {
    [
      "isNone": false,
      "legend": sketch.layers.reversed().map { ["name": $0.text, "color": color(of: $0)] },
      "parts": sketch.tabs.map { tab in
        [
          "label": tab.label, "color": color(of: tab.layer), "layer": tab.layer.text,
          "hidden": tab.isVisible ? "" : "hidden on the form",
          "columns": tab.columns.map { column in
            ["sections": column.sections.map { section($0) }]
          },
        ] as [String: Any]
      },
    ]
  }

  private func section(_ section: FormSketch.Section) -> [String: Any] {
    [
      "label": section.label.isEmpty ? [] : [section.label], "color": color(of: section.layer),
      "layer": section.layer.text, "hidden": section.isVisible ? "" : "hidden on the form",
      "lines": section.rows.map { row in
        [
          "cells": row.map { self.cell($0) }
        ]
      },
    ]
  }

  /// Called as the form says, else as the column is.
  private func cell(_ cell: FormSketch.Cell) -> [String: Any] {
    let title = cell.label.isEmpty ? columns[cell.control.lowercased()] ?? "" : cell.label
    return [
      "words": title.isEmpty ? cell.control : title,
      "name": title.isEmpty || cell.control.isEmpty ? [] : [cell.control],
      "color": cell.control.isEmpty && title.isEmpty ? "gap" : color(of: cell.layer),
      "layer": cell.layer.text, "span": "span-\(cell.span)",
      "hidden": cell.isVisible ? "" : "hidden on the form",
    ]
  }
}
