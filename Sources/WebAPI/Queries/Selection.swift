internal import OData
internal import Solutions

/// Which columns of a table an answer shows, and which facts of its pictures.
extension QueryBuilder {
  static func selected(
    _ select: [PropertyPath]?,
    of model: TableModel
  ) throws -> [(Column, PictureFact?)] {
    guard let select, !select.contains(where: { $0.text == "*" }) else {
      let columns = model.table.columns.filter { $0.name != model.table.primaryKey }
      return (columns + key(of: model)).map { ($0, nil) } + model.pictureFacts
    }
    var columns: [(Column, PictureFact?)] = key(of: model).map { ($0, nil) }
    for path in select {
      guard let column = model.column(onWire: path.text) else {
        if let (picture, fact) = model.pictureFact(path.text) {
          columns.append((picture, fact))
          continue
        }
        // Navigation properties may be named: what they bring is said by `$expand`.
        if path.steps.count == 1, isNavigation(path.text, of: model) { continue }
        throw WebError.noProperty(path.text, on: model.name)
      }
      if !columns.contains(where: { $0.name == column.name && $1 == nil }) {
        columns.append((column, nil))
      }
    }
    return columns
  }
}
