/// What became of a row, as steps are registered for it.
package struct RowEvent: Equatable, Sendable {
  package let message: Message
  /// Logical name.
  package let table: String
  /// That the request stated, whatever they were before.
  package let columns: Set<String>

  package init(_ message: Message, of table: String, columns: Set<String> = []) {
    self.message = message
    self.table = table
    self.columns = columns
  }

  package enum Message: String, CaseIterable, Sendable {
    case create = "Create"
    case update = "Update"
    case delete = "Delete"

    /// The id that it has in every environment.
    package var id: String {
      switch self {
      case .create: "9ebdbb1b-ea3e-db11-86a7-000a3a5473e8"
      case .update: "20bebb1b-ea3e-db11-86a7-000a3a5473e8"
      case .delete: "a1bdbb1b-ea3e-db11-86a7-000a3a5473e8"
      }
    }
  }
}
