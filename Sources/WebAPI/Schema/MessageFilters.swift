internal import OData
internal import Solutions

extension SystemSet {
  /// Which messages tables take: how clients find out whether several rows may be written at once (WA-421).
  static let sdkMessageFilters = SystemSet(name: "sdkmessagefilters", type: "sdkmessagefilter") {
    api,
    _ in
    var records: [Record] = []
    for head in try await api.catalog.heads() {
      for message in ToldTables.model(head.name) == nil ? messages : readingMessages {
        let (filter, id) = (
          GUID(from: "sdkmessagefilter", head.name, message), GUID(from: "sdkmessage", message)
        )
        records.append(
          Record(
            always: [("sdkmessagefilterid", .guid(filter))],
            [
              ("primaryobjecttypecode", .text(head.name)), ("_sdkmessageid_value", .guid(id)),
              ("isvisible", .boolean(true)), ("secondaryobjecttypecode", .text("none")),
              ("iscustomprocessingstepallowed", .boolean(true)),
            ] + common,
            related: [
              (
                "sdkmessageid",
                .record(Record(always: [("sdkmessageid", .guid(id))], [("name", .text(message))]))
              )
            ]
          )
        )
      }
    }
    return records
  }

  static let sdkMessages = SystemSet(name: "sdkmessages", type: "sdkmessage") { _, _ in
    messages.map { message in
      Record(
        always: [("sdkmessageid", .guid(GUID(from: "sdkmessage", message)))],
        [
          ("name", .text(message)), ("isprivate", .boolean(false)), ("isactive", .boolean(true)),
          ("isreadonly", .boolean(false)), ("isvalidforexecuteasync", .boolean(true)),
          ("autotransact", .boolean(true)), ("expand", .boolean(false)),
          ("template", .boolean(false)),
        ] + common
      )
    }
  }

  /// What is said of each, here as on the platform.
  private static let common: [(String, Cell)] = [
    ("availability", .integer(0)), ("customizationlevel", .integer(0)),
    ("componentstate", .integer(0)), ("workflowsdkstepenabled", .boolean(true)),
  ]

  /// Of tables whose rows lie in none.
  private static let readingMessages = ["Retrieve", "RetrieveMultiple"]

  private static let messages = [
    "Create", "Retrieve", "RetrieveMultiple", "Update", "Delete", "Upsert", "CreateMultiple",
    "UpdateMultiple", "UpsertMultiple", "Associate", "Disassociate",
  ]
}
