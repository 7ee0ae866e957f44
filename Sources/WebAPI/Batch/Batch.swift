internal import OData
internal import Solutions

/// Several requests in one.
struct Batch {
  private let api: WebAPI
  private let request: WebRequest

  /// Requests of one batch.
  private static let most = 1000

  init(_ api: WebAPI, _ request: WebRequest) {
    self.api = api
    self.request = request
  }

  func answer() async throws -> WebResponse {
    guard request.method == "POST" else { throw WebError.wrongMethod(request.method, "$batch") }
    let parts = try Multipart.parts(request.body, type: request.headers["Content-Type"] ?? "")
    let goesOn = Preferences(request.headers["Prefer"]).continuesOnError
    var answer = Multipart.Writer(boundary: "batchresponse_\(api.newID())")
    var hasFailed = false
    var count = 0
    for part in parts {
      let isChangeSet = part.headers["Content-Type"]?.lowercased().hasPrefix("multipart/") ?? false
      let inner = isChangeSet ? try changes(part) : []
      count += max(1, inner.count)
      guard count <= Self.most else {
        throw WebError.badBody("a batch holds \(Self.most) requests at most")
      }
      let failed = isChangeSet ? try await set(inner, &answer) : try await single(part, &answer)
      if failed {
        hasFailed = true
        if !goesOn { break }
      }
    }
    return WebResponse(
      hasFailed && !goesOn ? 400 : 200,
      [("Content-Type", "multipart/mixed; boundary=\(answer.boundary)")],
      body: answer.end()
    )
  }

  /// - Returns: whether it failed.
  private func single(_ part: Multipart.Part, _ answer: inout Multipart.Writer) async throws -> Bool
  {
    let response: WebResponse
    do {
      let inner = try self.request(of: part)
      guard !inner.path.hasPrefix("$batch") else {
        throw WebError.badBody("a batch holds no batches")
      }
      if api.actor != nil { try requireSameUser(inner) }
      response = await api.respond(inner)
    } catch {
      response = api.finished(api.refusal(error, of: request), of: request)
    }
    answer.add(response, id: part.headers["Content-ID"])
    return response.status >= 400
  }

  // MARK: Change sets

  private func changes(_ part: Multipart.Part) throws -> [Multipart.Part] {
    let parts = try Multipart.parts(part.body, type: part.headers["Content-Type"] ?? "")
    for part in parts
    where part.headers["Content-Type"]?.lowercased().hasPrefix("multipart/") ?? false {
      throw WebError.badBody("a change set holds no change sets")
    }
    return parts
  }

  /// All of it in one transaction; the answer is one part, of the answers or of what went wrong.
  ///
  /// - Returns: whether it failed.
  private func set(
    _ parts: [Multipart.Part],
    _ answer: inout Multipart.Writer
  ) async throws -> Bool {
    var place = 0
    do {
      var writes: [RowWrite] = []
      var ids: [String?] = []
      var requests: [WebRequest] = []
      var references: [String: String] = [:]
      for part in parts {
        let (inner, own) = try read(part, references)
        let id = part.headers["Content-ID"] ?? own
        let path = try ResourcePath(QueryString.decoded(inner.path))
        guard inner.method != "GET" else { throw WebError.badBody("a change set reads nothing") }
        try requireSameUser(inner)
        guard let write = try await api.write(inner, path, references: references) else {
          // One request alone is all or nothing, whatever it writes.
          guard parts.count > 1 else { return alone(await api.respond(inner), id, &answer) }
          throw WebError(missing: "\(path.segments.first?.bareName ?? "") in a change set")
        }
        try request.requireRows(write.right)
        if let id, ids.contains(id) {
          let message =
            "The content ID '\(id.shown(80))' was found more than once in the same change set."
          throw WebError(400, "", message)
        }
        if let id, let reference = write.reference { references[id] = reference }
        writes.append(write)
        ids.append(id)
        requests.append(inner)
        place += 1
      }
      let answers = try await api.perform(writes, of: request)
      var inner = Multipart.Writer(boundary: "changesetresponse_\(api.newID())")
      for (place, response) in answers.enumerated() {
        inner.add(api.finished(response, of: requests[place]), id: ids[place])
      }
      answer.add(inner)
      return false
    } catch {
      let id = parts.indices.contains(place) ? parts[place].headers["Content-ID"] : nil
      answer.add(api.finished(api.refusal(error, of: request), of: request), id: id)
      return true
    }
  }

  /// The answer of a change set with one request.
  ///
  /// - Returns: whether it failed.
  private func alone(
    _ response: WebResponse,
    _ id: String?,
    _ answer: inout Multipart.Writer
  ) -> Bool {
    guard response.status < 400 else {
      answer.add(response, id: id)
      return true
    }
    var inner = Multipart.Writer(boundary: "changesetresponse_\(api.newID())")
    inner.add(response, id: id)
    answer.add(inner)
    return false
  }

  /// A request of a change set, with what `$1` stands for in its address; some name themselves among their own fields.
  private func read(
    _ part: Multipart.Part,
    _ references: [String: String]
  ) throws -> (WebRequest, id: String?) {
    let inner = try self.request(of: part)
    guard inner.path.hasPrefix("$") else { return (inner, inner.headers["Content-ID"]) }
    let name = String(inner.path.dropFirst().prefix { $0 != "/" })
    guard let known = references[name] else {
      throw WebError(
        400,
        "",
        "Content-ID Reference: '$\(name.shown(80))' does not exist in the batch context."
      )
    }
    return (
      inner.with(
        method: inner.method,
        path: known + inner.path.dropFirst(1 + name.count),
        query: inner.query,
        headers: inner.headers,
        body: inner.body
      ),
      inner.headers["Content-ID"]
    )
  }

  /// For whom all of it is done, the batch says.
  private func requireSameUser(_ inner: WebRequest) throws(WebError) {
    for header in WebRequest.userHeaders {
      guard let stated = inner.headers[header] else { continue }
      guard stated.lowercased() == request.headers[header]?.lowercased() else {
        throw WebError.badBody("\(header) of a part is not that of its batch")
      }
    }
  }

  // MARK: Requests

  private func request(of part: Multipart.Part) throws -> WebRequest {
    let (line, headers, body) = try Multipart.request(part.body)
    // Blanks may stand in the address.
    guard let first = line.firstIndex(of: " "), let last = line.lastIndex(of: " "), first < last,
      line[line.index(after: last)...].hasPrefix("HTTP/")
    else { throw WebError.badBody("“\(line.shown(200))” is no line of a request") }
    let method = line[..<first].uppercased()
    var target = line[line.index(after: first)..<last].drop { $0 == " " }
    if let start = target.firstRange(of: "/api/data/v9.")?.upperBound {
      target = target[start...].drop { $0 != "/" }
    }
    let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    return request.with(
      method: method,
      path: String((parts.first ?? "").drop { $0 == "/" }),
      query: parts.count > 1 ? String(parts[1]).replacing(" ", with: "+") : "",
      headers: headers,
      body: body
    )
  }
}
