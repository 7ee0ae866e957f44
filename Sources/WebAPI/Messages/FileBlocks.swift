internal import Hashing
internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions

/// Files of rows by messages, as clients of the platform's .NET library send them: a token, blocks, and a list of blocks.
extension Operations {
  static let fileMessages: [Operation] = [
    .initializeFileBlocksUpload, .uploadBlock, .commitFileBlocksUpload,
    .initializeFileBlocksDownload, .downloadBlock, .deleteFile,
  ]
}

extension Operation {
  fileprivate static let initializeFileBlocksUpload = Operation(
    action: "InitializeFileBlocksUpload"
  ) { api, request, _ in
    try request.requireRows(.write)
    let message = try Message(
      "InitializeFileBlocksUpload",
      request,
      known: ["Target", "FileAttributeName", "FileName"]
    )
    let place = try await FilePlace(message, api)
    let token = try await api.beginFile(
      String(try message.text("FileName").prefix(255)),
      at: place.path,
      of: place.row,
      in: place.model
    )
    return Operations.answer("InitializeFileBlocksUpload", request) {
      $0.member("FileContinuationToken", token.description)
    }
  }

  fileprivate static let uploadBlock = Operation(action: "UploadBlock") { api, request, _ in
    try request.requireRows(.write)
    let message = try Message(
      "UploadBlock",
      request,
      known: ["BlockId", "BlockData", "FileContinuationToken"]
    )
    guard let block = try message.bytes("BlockData"), block.count <= WebAPI.pieceSize else {
      throw WebError.badBody("BlockData is base64 of \(WebAPI.pieceSize >> 20) MB at most")
    }
    let token = try message.token()
    guard api.fileSession(token) != nil,
      api.files.add(block, named: try message.text("BlockId"), to: token)
    else {
      throw WebError.badBody("there is no such FileContinuationToken, or no room for more blocks")
    }
    return .nothing
  }

  fileprivate static let commitFileBlocksUpload = Operation(action: "CommitFileBlocksUpload") {
    api,
    request,
    _ in
    try request.requireRows(.write)
    let message = try Message(
      "CommitFileBlocksUpload",
      request,
      known: ["FileName", "MimeType", "BlockList", "FileContinuationToken"]
    )
    let token = try message.token()
    guard let session = api.fileSession(token), let list = message["BlockList"], list.kind == .array
    else { throw WebError.badBody("there is no such FileContinuationToken, or no BlockList") }
    var bytes: [UInt8] = []
    for element in list.elements {
      guard let name = element.text, let block = session.blocks[name] else {
        throw WebError.badBody("the BlockList names a block that was not uploaded")
      }
      bytes += block
      guard bytes.count <= WebAPI.fileMost else {
        throw WebError(413, "", "a file holds \(WebAPI.fileMost >> 20) MB at most")
      }
    }
    let place = try await FilePlace(session.path, api)
    let preparing = RowPreparing(api: api, request: request, model: place.model, references: [:])
    let name = message["FileName"]?.text.flatMap { $0.isEmpty ? nil : $0 } ?? session.name
    let write = try preparing.file(
      bytes,
      called: String(name.prefix(255)),
      in: place.column,
      of: place.row
    )
    _ = try await api.perform([write], of: request)
    api.files.end(token)
    return Operations.answer("CommitFileBlocksUpload", request) {
      $0.member("FileId", place.fileID.description)
      $0.member("FileSizeInBytes", bytes.count)
    }
  }

  fileprivate static let initializeFileBlocksDownload = Operation(
    action: "InitializeFileBlocksDownload"
  ) { api, request, _ in
    let message = try Message(
      "InitializeFileBlocksDownload",
      request,
      known: ["Target", "FileAttributeName"]
    )
    let place = try await FilePlace(message, api)
    guard let file = try await api.file(in: place.column, of: place.id, in: place.model) else {
      throw WebError(404, "0x80040217", "\(place.column.name) of the row holds no file")
    }
    let token = try api.newGUID()
    api.files.begin(
      FileSessions.Session(
        path: place.path,
        name: file.name,
        user: api.actor?.session.user,
        bytes: file.bytes
      ),
      as: token
    )
    return Operations.answer("InitializeFileBlocksDownload", request) {
      $0.member("FileContinuationToken", token.description)
      $0.member("FileName", file.name)
      $0.member("FileSizeInBytes", file.bytes.count)
      $0.member("IsChunkingSupported", true)
    }
  }

  fileprivate static let downloadBlock = Operation(action: "DownloadBlock") { api, request, _ in
    let message = try Message(
      "DownloadBlock",
      request,
      known: ["Offset", "BlockLength", "FileContinuationToken"]
    )
    let token = try message.token()
    guard let bytes = api.fileSession(token)?.bytes else {
      throw WebError.badBody("there is no such FileContinuationToken")
    }
    guard let offset = message["Offset"]?.integer, let length = message["BlockLength"]?.integer,
      (0..<bytes.count).contains(offset), length > 0
    else { throw WebError.badBody("the file holds \(bytes.count) bytes") }
    let block = bytes[offset...].prefix(length)
    return Operations.answer("DownloadBlock", request) {
      $0.member("Data", Base64.encode(Array(block)))
    }
  }

  fileprivate static let deleteFile = Operation(action: "DeleteFile") { api, request, _ in
    try request.requireRows(.write)
    let message = try Message("DeleteFile", request, known: ["FileId"])
    guard let id = GUID(try message.text("FileId")), let place = try await api.place(ofFile: id)
    else { throw WebError(404, "0x80040217", "there is no such file") }
    let preparing = RowPreparing(api: api, request: request, model: place.model, references: [:])
    _ = try await api.perform([preparing.removal(of: place.column, in: place.row)], of: request)
    return .nothing
  }
}

/// A column for files, and the row that it is of.
private struct FilePlace {
  let model: TableModel
  let column: Column
  let id: GUID

  var row: RowName { .id(id) }
  /// As answers about the row say it.
  var fileID: GUID { column.fileID(ofRow: id.description) }
  /// What a session keeps of it.
  var path: String { "\(model.name) \(id) \(column.name)" }

  init(_ model: TableModel, _ column: Column, _ id: GUID) {
    (self.model, self.column, self.id) = (model, column, id)
  }

  init(_ message: Message, _ api: WebAPI) async throws {
    guard let target = message["Target"], target.kind == .object,
      let type = target["@odata.type"]?.text
    else { throw WebError.badBody("\(message.name) takes a Target with its @odata.type") }
    let table = type.split(separator: ".").last.map { $0.lowercased() } ?? ""
    model = try await api.catalog.model(of: table.filter { $0 != "#" })
    guard let id = target[model.table.primaryKey]?.text.flatMap({ GUID($0) }) else {
      throw WebError.badBody("the Target says its \(model.table.primaryKey)")
    }
    self.id = id
    column = try Self.column(try message.text("FileAttributeName"), of: model)
  }

  init(_ path: String, _ api: WebAPI) async throws {
    let words = path.split(separator: " ").map(String.init)
    guard words.count == 3, let id = GUID(words[1]) else {
      throw WebError.badBody("the FileContinuationToken is of another way to bring files")
    }
    model = try await api.catalog.model(of: words[0])
    self.id = id
    column = try Self.column(words[2], of: model)
  }

  private static func column(_ name: String, of model: TableModel) throws -> Column {
    guard let column = model.table.column(name.lowercased()), column.isFile else {
      throw WebError.badBody("\(model.name) has no column \(name.shown(80)) for files")
    }
    return column
  }
}

extension Message {
  fileprivate func token() throws -> GUID {
    guard let token = GUID(try text("FileContinuationToken")) else {
      throw WebError.badBody("there is no such FileContinuationToken")
    }
    return token
  }
}

extension WebAPI {
  /// Ids of files follow from rows: those that hold one are gone through.
  fileprivate func place(ofFile id: GUID) async throws -> FilePlace? {
    for head in try await catalog.heads() {
      let model = try await catalog.model(of: head.name)
      guard mayRead(model) else { continue }
      for column in model.table.columns.filter(\.isFile) {
        var query = RowQuery(model.name)
        query.columns = [RowQuery.ColumnPath(model.table.primaryKey)]
        query.filter = .not(.isNull(RowQuery.ColumnPath(column.name)))
        query.isUnordered = true
        let found = try await find(RowTree(query))
        for row in found.rows {
          guard let text = row.values[0].text, let rowID = GUID(text) else { continue }
          let place = FilePlace(model, column, rowID)
          if place.fileID == id { return place }
        }
      }
    }
    return nil
  }
}
