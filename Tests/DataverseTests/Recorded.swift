import Dataverse
import Solutions
import Synchronization
import Testing

/// A service made of answers, which fails on anything that is no reading.
final class Recorded: Transport {
  /// By the path below the root, each time the next; the last again and again.
  private let answers: Mutex<[String: [ReadAnswer]]>
  private let asked = Mutex<[String]>([])
  private let tokens = Mutex<[String]>([])
  /// Answers are given until so many questions were asked; then nobody is there.
  private let until: Int
  private let takesBatches: Bool

  init(
    _ answers: [String: [ReadAnswer]],
    until: Int = .max,
    takesBatches: Bool = true
  ) {
    self.answers = Mutex(answers)
    self.until = until
    self.takesBatches = takesBatches
  }

  var questions: [String] { asked.withLock { $0 } }
  var tokensSeen: [String] { tokens.withLock { $0 } }

  func answer(to request: ReadRequest, token: String) async throws -> ReadAnswer {
    tokens.withLock { $0.append(token) }
    let root = "/api/data/v9.2/"
    guard request.target.hasPrefix(root) else { throw WrongRequest(text: request.target) }
    let path = String(request.target.dropFirst(root.count))
    switch request.method {
    case .get:
      guard request.body.isEmpty else { throw WrongRequest(text: "a GET with a body") }
      return try one(path)
    case .post:
      guard path == "$batch" else { throw WrongRequest(text: "POST \(path)") }
      guard takesBatches else { return json(501, "{}") }
      return try batch(String(decoding: request.body, as: UTF8.self))
    }
  }

  struct WrongRequest: Error { let text: String }

  private func batch(_ body: String) throws -> ReadAnswer {
    var parts = ""
    for line in body.split(separator: "\r\n") {
      guard !line.hasPrefix("GET ") else {
        let words = line.split(separator: " ")
        let answer = try one(String(words[1].dropFirst("/api/data/v9.2/".count)))
        let wait = answer.retryAfter.map { "Retry-After: \($0)\r\n" } ?? ""
        parts +=
          "--batchresponse_1\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
          + "HTTP/1.1 \(answer.status) X\r\n\(wait)Content-Type: application/json\r\n\r\n"
          + String(decoding: answer.body, as: UTF8.self) + "\r\n"
        continue
      }
      // What is written has a method of its own.
      for method in ["POST ", "PATCH ", "PUT ", "DELETE "] where line.hasPrefix(method) {
        throw WrongRequest(text: String(line))
      }
    }
    return ReadAnswer(
      status: 200,
      contentType: "multipart/mixed; boundary=batchresponse_1",
      body: Array((parts + "--batchresponse_1--\r\n").utf8)
    )
  }

  private func one(_ path: String) throws -> ReadAnswer {
    let count = asked.withLock {
      $0.append(path)
      return $0.count
    }
    guard count <= until else { throw DataverseError.unreachable("cut") }
    return answers.withLock { answers in
      let key = answers.keys.first { path == $0 } ?? answers.keys.first { path.hasPrefix($0 + "?") }
      guard let key, var list = answers[key], let first = list.first else {
        return json(404, "{\"error\":{\"code\":\"0x8006088a\",\"message\":\"Resource not found\"}}")
      }
      if list.count > 1 { list.removeFirst() }
      answers[key] = list
      return first
    }
  }
}

func json(_ status: Int, _ text: String, retryAfter: Int? = nil) -> ReadAnswer {
  ReadAnswer(
    status: status,
    retryAfter: retryAfter,
    contentType: "application/json; odata.metadata=minimal",
    body: Array(text.utf8)
  )
}

/// `{"value":[…]}`, with a link to the next page where there is one.
func list(_ rows: String..., next: String? = nil) -> ReadAnswer {
  let link = next.map { ",\"@odata.nextLink\":\"\($0)\"" } ?? ""
  return json(200, "{\"@odata.context\":\"x\",\"value\":[\(rows.joined(separator: ","))]\(link)}")
}

/// A token each time, counted.
final class Token: TokenSource {
  private let count = Mutex(0)

  func token() async throws -> String {
    count.withLock {
      $0 += 1
      return "t\($0)"
    }
  }
}

/// What a run leaves, and what the next one reads.
final class MemoryJournal: PullJournal {
  private let bytes: Mutex<[UInt8]>

  init(_ bytes: [UInt8] = []) { self.bytes = Mutex(bytes) }

  var content: [UInt8] { bytes.withLock { $0 } }

  func append(_ line: [UInt8]) { bytes.withLock { $0 += line } }

  func read(at offset: Int, atMost count: Int) -> [UInt8] {
    bytes.withLock { Array($0.dropFirst(offset).prefix(count)) }
  }
}
