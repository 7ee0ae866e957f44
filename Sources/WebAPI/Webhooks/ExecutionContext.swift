internal import Solutions
internal import XML

/// What a step is told of a row: a `RemoteExecutionContext` as the platform writes it in JSON (dev/use-webhooks).
struct ExecutionContext: Sendable {
  let row: WrittenRow
  let step: GUID
  let model: TableModel
  let session: Session
  let organization: String
  /// Of all that follows from one request.
  let correlation: String
  let operation: String
  let moment: Timestamp

  /// Longer ones go without what the request stated, as on the platform.
  static let bytesMax = 256 << 10

  private static let contracts = "http://schemas.microsoft.com/xrm/2011/Contracts"

  /// - Parameter isWhole: whether it says what the request stated.
  func bytes(isWhole: Bool) -> [UInt8] {
    var json = JSONWriter()
    json.object {
      $0.member("BusinessUnitId", session.unit.description)
      $0.member("CorrelationId", correlation)
      $0.member("Depth", 1)
      $0.member("InitiatingUserId", session.user.description)
      $0.member("InputParameters") { list in
        list.list { if isWhole { pair("Target", in: &$0) { target(in: &$0) } } }
      }
      $0.member("IsExecutingOffline", false)
      $0.member("IsInTransaction", false)
      $0.member("IsOfflinePlayback", false)
      $0.member("IsolationMode", 1)
      $0.member("MessageName", row.event.message.rawValue)
      $0.member("Mode", 1)
      $0.name("OperationCreatedOn")
      $0.raw(Self.date(moment, zone: "+0000"))
      $0.member("OperationId", operation)
      $0.member("OrganizationId", session.organization.description)
      $0.member("OrganizationName", organization)
      $0.member("OutputParameters") { list in
        list.list {
          guard row.event.message == .create else { return }
          pair("id", in: &$0) { $0.string(row.id.description) }
        }
      }
      $0.member("OwningExtension") {
        Self.reference("sdkmessageprocessingstep", .id(step), isTyped: false, in: &$0)
      }
      $0.member("ParentContext", raw: "null")
      $0.member("PostEntityImages", raw: "[]")
      $0.member("PreEntityImages", raw: "[]")
      $0.member("PrimaryEntityId", row.id.description)
      $0.member("PrimaryEntityName", row.event.table)
      $0.member("RequestId", operation)
      $0.member("SecondaryEntityName", "none")
      $0.member("SharedVariables", raw: "[]")
      $0.member("Stage", 40)
      $0.member("UserId", session.user.description)
    }
    return json.bytes
  }

  private func target(in json: inout JSONWriter) {
    guard row.event.message != .delete else {
      return Self.reference(row.event.table, .id(row.id), isTyped: true, in: &json)
    }
    json.object {
      Self.type("Entity", in: &$0)
      $0.member("Attributes") { list in
        list.list {
          for value in row.values {
            pair(value.column, in: &$0) { write(value, in: &$0) }
          }
          pair(model.table.primaryKey, in: &$0) { $0.string(row.id.description) }
        }
      }
      $0.member("EntityState", raw: "null")
      $0.member("FormattedValues", raw: "[]")
      $0.member("Id", row.id.description)
      $0.member("KeyAttributes", raw: "[]")
      $0.member("LogicalName", row.event.table)
      $0.member("RelatedEntities", raw: "[]")
      $0.member("RowVersion", raw: "null")
    }
  }

  // MARK: Values

  private func write(_ value: RowEdit.Value, in json: inout JSONWriter) {
    switch value.content {
    case .row(let table, let name): Self.reference(table, name, isTyped: true, in: &json)
    case .text(let text):
      guard !text.isEmpty, let column = model.table.column(value.column) else {
        return json.raw("null")
      }
      do throws(RowProblem) {
        write(try column.meaning(of: text), of: column, in: &json)
      } catch {
        // It was written, so that the column takes it; a context without it is better than none.
        json.raw("null")
      }
    }
  }

  private func write(_ value: RowValue, of column: Column, in json: inout JSONWriter) {
    switch column.type {
    case .choice: Self.typed("OptionSetValue", in: &json) { column.write(value, into: &$0) }
    case .choices:
      json.list {
        for option in column.text(of: value).split(separator: ";") {
          Self.typed("OptionSetValue", in: &$0) { $0.raw(String(option)) }
        }
      }
    case .decimal where model.columns[column.name]?.element.text(of: "Type") == "money":
      Self.typed("Money", in: &json) { column.write(value, into: &$0) }
    case .dateTime:
      let text = column.text(of: value)
      // Days and moments without a zone count as if they were in UTC.
      let moment = Timestamp(text) ?? Timestamp("\(text)Z") ?? Timestamp("\(text)T00:00:00Z")
      guard let moment else { return json.string(text) }
      json.raw(Self.date(moment))
    case .file: json.string(GUID(from: "file", row.id.description, column.name).description)
    default: column.write(value, into: &json)
    }
  }

  private func pair(
    _ key: String,
    in json: inout JSONWriter,
    _ value: (inout JSONWriter) -> Void
  ) {
    json.object {
      $0.member("key", key)
      $0.name("value")
      value(&$0)
    }
  }

  private static func type(_ name: String, in json: inout JSONWriter) {
    json.member("__type", "\(name):\(contracts)")
  }

  private static func typed(
    _ name: String,
    in json: inout JSONWriter,
    _ value: (inout JSONWriter) -> Void
  ) {
    json.object {
      type(name, in: &$0)
      $0.name("Value")
      value(&$0)
    }
  }

  private static func reference(
    _ table: String,
    _ name: RowName,
    isTyped: Bool,
    in json: inout JSONWriter
  ) {
    var (id, keys): (String, [(column: String, text: String)]) = (GUID.nothing, [])
    switch name {
    case .id(let own): id = own.description
    case .key(let values): keys = values
    }
    json.object {
      if isTyped { type("EntityReference", in: &$0) }
      $0.member("Id", id)
      $0.member("KeyAttributes") { list in
        list.list {
          for key in keys {
            $0.object {
              $0.member("key", key.column)
              $0.member("value", key.text)
            }
          }
        }
      }
      $0.member("LogicalName", table)
      $0.member("Name", raw: "null")
      $0.member("RowVersion", raw: "null")
    }
  }

  /// With slashes as readers of .NET look for them.
  private static func date(_ moment: Timestamp, zone: String = "") -> String {
    #""\/Date(\#(moment.milliseconds)\#(zone))\/""#
  }
}

extension GUID {
  fileprivate static let nothing = "00000000-0000-0000-0000-000000000000"
}
