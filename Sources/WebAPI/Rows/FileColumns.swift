internal import Hashing
internal import JSON
internal import Lifecycle
internal import OData
internal import Solutions
internal import XML

extension Column {
  var isFile: Bool { type == .file || type == .image }

  /// Files have no ids of their own: this follows from the row.
  func fileID(ofRow row: String) -> GUID { GUID(from: "file", row, name) }

  /// What a file is called lies beside what it holds.
  var fileName: String? { type == .file ? "\(name):name" : nil }

  /// What it holds, and what that is called where it has a name.
  var ofFile: [String] { [name] + [fileName].compactMap(\.self) }
}

extension TableModel {
  /// In KB, as a file or picture says it; nil where it does not.
  func sizeMax(of column: Column) -> Int? {
    let element = columns[column.name]?.element
    let stated = element?.text(of: "MaxSizeInKB") ?? element?.text(of: "MaxValue")
    return stated.flatMap { Int($0) }.flatMap { (1...1 << 30).contains($0) ? $0 : nil }
  }
}

/// Files and pictures of rows: written whole or by pieces, read whole or in part.
extension WebAPI {
  /// Of one file.
  static let fileMost = 128 << 20
  static let pieceSize = 4 << 20

  /// A piece of a file, or the beginning of a session for pieces; nil for any other request.
  func filePiece(_ request: WebRequest, _ path: ResourcePath) async throws -> WebResponse? {
    guard request.method == "PATCH", path.segments.count == 2,
      path.segments[0].arguments != .none, SystemSets.named(path.segments[0].name) == nil
    else { return nil }
    let token = QueryString.pairs(request.query).first { $0.name == "sessiontoken" }?.value
    let isChunked = request.headers["x-ms-transfer-mode"]?.lowercased() == "chunked"
    guard token != nil || isChunked,
      let model = try await catalog.model(ofSet: path.segments[0].name),
      let column = model.table.column(path.segments[1].name.lowercased()), column.isFile
    else { return nil }
    try request.requireRows(.write)
    let name = try RowReference.name(path.segments[0].arguments, of: model)
    guard let token else { return try await begin(request, column, name, in: model) }
    return try await add(request, token, column, name, in: model)
  }

  func newGUID() throws -> GUID {
    guard let id = GUID(newID()) else { throw WebError(500, "0x80040216", "no new id") }
    return id
  }

  private func begin(
    _ request: WebRequest,
    _ column: Column,
    _ name: RowName,
    in model: TableModel
  ) async throws -> WebResponse {
    let path = Self.place(request)
    let file = RowPreparing.fileName(request, column)
    let id = try await beginFile(file, at: path, of: name, in: model)
    return WebResponse(
      200,
      [
        ("Location", "\(request.root)\(path)?sessiontoken=\(id)"),
        ("x-ms-chunk-size", "\(Self.pieceSize)"), ("Accept-Ranges", "bytes"),
      ]
    )
  }

  /// The presence of the token decides, whatever the headers say.
  private func add(
    _ request: WebRequest,
    _ token: String,
    _ column: Column,
    _ name: RowName,
    in model: TableModel
  ) async throws -> WebResponse {
    guard let range = ContentRange(request.headers["Content-Range"]),
      range.count == request.body.count, range.total <= Self.fileMost
    else { throw WebError.badBody("Content-Range does not say what the body is") }
    guard let id = GUID(token), fileSession(id) != nil,
      let session = files.add(
        request.body,
        at: range.start,
        to: id,
        path: Self.place(request)
      )
    else { throw WebError.badBody("there is no such session, or this is not its next piece") }
    guard session.bytes.count == range.total else { return WebResponse(206) }
    files.end(id)
    let preparing = RowPreparing(api: self, request: request, model: model, references: [:])
    let write = try preparing.file(session.bytes, called: session.name, in: column, of: name)
    return try await perform([write], of: request)[0]
  }

  /// A session for a file of a row that is there and may be written.
  ///
  /// - Parameter path: what the session is good for.
  func beginFile(
    _ file: String,
    at path: String,
    of name: RowName,
    in model: TableModel
  ) async throws -> GUID {
    let found = try await ask(RowNameQuestion(name, in: model.name, knowing: catalog.known))
    guard found != nil else { throw WebError.noRow(model.name, "\(name)") }
    try await requireAccess(to: [RowEdit(model.name, .change(name, [], .required))])
    let id = try newGUID()
    files.begin(
      FileSessions.Session(path: path, name: file, user: actor?.session.user),
      as: id
    )
    return id
  }

  /// What somebody has begun; nil where that was somebody else.
  func fileSession(_ id: GUID) -> FileSessions.Session? {
    files.find(id).flatMap { $0.user == actor?.session.user ? $0 : nil }
  }

  /// - Returns: nil where the column holds nothing; what has no name is called as the column is.
  func file(
    in column: Column,
    of id: GUID,
    in model: TableModel
  ) async throws -> (name: String, bytes: [UInt8])? {
    guard let row = try await row(of: model, id, column.ofFile) else {
      throw try await notFound(model, id)
    }
    guard case .bytes(let bytes) = row.values[0] else { return nil }
    let name = column.fileName == nil ? nil : row.values[1].text
    return (name ?? column.name, bytes)
  }

  /// Without slashes around it, percent signs resolved.
  private static func place(_ request: WebRequest) -> String {
    var path = Substring(QueryString.decoded(request.path))
    while path.hasPrefix("/") { path = path.dropFirst() }
    while path.hasSuffix("/") { path = path.dropLast() }
    return String(path)
  }
}

extension RowPreparing {
  /// As a header or the query says; else as the column is called.
  static func fileName(_ request: WebRequest, _ column: Column) -> String {
    let query = QueryString.pairs(request.query).first {
      $0.name.lowercased() == "x-ms-file-name"
    }?.value
    let stated = query ?? request.headers["x-ms-file-name"].map { QueryString.decoded($0) }
    return stated.flatMap { $0.isEmpty ? nil : String($0.prefix(255)) } ?? column.name
  }

  /// A body as a file.
  func file(_ column: Column, of name: RowName) throws -> RowWrite {
    switch request.method {
    case "PUT" where column.type == .image && isJSON:
      // A picture as the value that it is in its row (WA-414).
      guard let value = try document().member("value") else {
        throw WebError.badBody("the body has no value")
      }
      guard value.kind != .null else { return try removal(of: column, in: name) }
      guard let bytes = value.text.flatMap({ Base64.decode($0) }) else {
        throw WebError.badBody("a picture is bytes in base64")
      }
      return try file(bytes, called: column.name, in: column, of: name)
    case "PATCH", "PUT":
      return try file(
        request.body,
        called: Self.fileName(request, column),
        in: column,
        of: name
      )
    case "DELETE": return try removal(of: column, in: name)
    default: throw WebError.wrongMethod(request.method, "a file")
    }
  }

  private var isJSON: Bool {
    request.headers["Content-Type"]?.lowercased().hasPrefix("application/json") ?? false
  }

  /// Nothing in place of a file.
  func removal(of column: Column, in name: RowName) throws -> RowWrite {
    try changing(name, column.ofFile.map { RowEdit.Value($0, .text("")) })
  }

  func file(
    _ bytes: [UInt8],
    called file: String,
    in column: Column,
    of name: RowName
  ) throws -> RowWrite {
    guard !bytes.isEmpty else { throw WebError.badBody("the file is empty") }
    guard bytes.count <= WebAPI.fileMost else {
      throw WebError(413, "", "a file holds \(WebAPI.fileMost >> 20) MB at most")
    }
    if let most = model.sizeMax(of: column), bytes.count > most << 10 {
      throw WebError(
        400,
        "0x80090444",
        "\(column.name) of \(model.name) holds \(most) KB at most, and the file has \(bytes.count) bytes"
      )
    }
    let content = RowEdit.Value(column.name, .text(Base64.encode(bytes)))
    let title = column.fileName.map { RowEdit.Value($0, .text(file)) }
    return try changing(name, [content] + [title].compactMap { $0 })
  }
}

/// `bytes 0-4194303/9000000`.
private struct ContentRange {
  let start, count, total: Int

  init?(_ text: String?) {
    guard let text, text.hasPrefix("bytes ") else { return nil }
    let parts = text.dropFirst("bytes ".count).split { $0 == "-" || $0 == "/" }
    let numbers = parts.compactMap { Int($0) }
    guard parts.count == 3, numbers.count == 3, numbers.allSatisfy({ (0...1 << 40).contains($0) }),
      numbers[0] <= numbers[1], numbers[1] < numbers[2]
    else { return nil }
    (start, count, total) = (numbers[0], numbers[1] - numbers[0] + 1, numbers[2])
  }
}

extension RowReading {
  /// What a file is called (WA-414).
  func fileName(of column: Column, in model: TableModel, _ id: GUID, isRaw: Bool) async throws
    -> WebResponse
  {
    guard let row = try await api.row(of: model, id, column.ofFile), row.values[0] != .null else {
      return .nothing
    }
    let name = row.values.dropFirst().first?.text ?? column.name
    guard !isRaw else {
      return WebResponse(200, [("Content-Type", "text/plain")], body: Array(name.utf8))
    }
    var json = JSONWriter()
    json.object {
      $0.member(
        "@odata.context",
        "\(request.root)$metadata#\(model.head.setName)(\(id))/\(column.name)_name"
      )
      $0.member("value", name)
    }
    return answer(json)
  }

  /// What a file column holds: bytes for `$value`, else in base64; all of it or a range.
  func file(of column: Column, in model: TableModel, _ id: GUID, isRaw: Bool) async throws
    -> WebResponse
  {
    guard let (name, bytes) = try await api.file(in: column, of: id, in: model) else {
      return .nothing
    }
    let range = try Self.range(request.headers["Range"], of: bytes.count)
    let shown = Array(bytes[range ?? 0..<bytes.count])
    var headers = [
      ("x-ms-file-name", Self.spelled(name)), ("x-ms-file-size", "\(bytes.count)"),
      ("mimetype", "application/octet-stream"), ("Accept-Ranges", "bytes"),
      ("Location", "\(request.root)\(model.head.setName)(\(id))/\(column.name)"),
    ]
    if let range {
      headers.append(
        ("Content-Range", "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(bytes.count)")
      )
    }
    let status = range == nil ? 200 : 206
    guard !isRaw else {
      headers += [
        ("Content-Type", "application/octet-stream"),
        (
          "Content-Disposition",
          "attachment; filename=\"\(Self.spelled(name))\""
        ),
      ]
      return WebResponse(status, headers, body: shown)
    }
    var json = JSONWriter()
    json.object {
      $0.member(
        "@odata.context",
        "\(request.root)$metadata#\(model.head.setName)(\(id))/\(column.name)"
      )
      $0.member("value", Base64.encode(shown))
    }
    return .json(json, status: status, headers)
  }

  /// - Returns: nil where all of it is asked for.
  private static func range(_ text: String?, of count: Int) throws -> Range<Int>? {
    guard let text, text.hasPrefix("bytes="), count > 0 else { return nil }
    let parts = text.dropFirst("bytes=".count)
      .split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, let start = Int(parts[0]), start >= 0, start < count else {
      throw WebError(416, "", "the file holds \(count) bytes")
    }
    let last = min(Int(parts[1]) ?? count - 1, count - 1)
    guard last >= start else { throw WebError(416, "", "the range ends before it begins") }
    return start..<last + 1
  }

  /// A name as a header takes it.
  private static func spelled(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
    return isPlain ? name : QueryString.encoded(name)
  }
}
