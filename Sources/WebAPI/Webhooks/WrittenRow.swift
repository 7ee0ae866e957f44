internal import Solutions

/// A row that a request has written, for the steps that wait for it.
struct WrittenRow: Sendable {
  let event: RowEvent
  let id: GUID
  /// That the request stated.
  let values: [RowEdit.Value]
}

extension RowEdits {
  /// What became of rows, in the order of the edits; pairs are another message.
  func written(_ done: [RowEdited]) -> [WrittenRow] {
    zip(edits, done).compactMap { edit, done in
      switch edit.action {
      case .create(_, let values): edit.written(done, as: .create, values)
      case .change(_, let values, _): edit.written(done, as: done.isNew ? .create : .update, values)
      case .delete: edit.written(done, as: .delete, [])
      case .pair, .unpair: nil
      }
    }
  }
}

extension RowEdit {
  fileprivate func written(
    _ done: RowEdited,
    as message: RowEvent.Message,
    _ values: [Value]
  ) -> WrittenRow {
    WrittenRow(
      event: RowEvent(message, of: table, columns: Set(values.map(\.column))),
      id: done.id,
      values: values
    )
  }
}
