internal import JSON
internal import Solutions

/// Asks a service what a pull wants to know: some requests at once, patiently, and each question once.
package struct Puller: Sendable {
  /// How much is asked, and how.
  package struct Manners: Sendable {
    package var requestsAtOnce = 4
    /// Questions, those in batches counted each.
    package var questionsMax = 100_000
    package var questionsInBatch = 50

    package init() {}
  }

  private let transport: any Transport
  private let tokens: any TokenSource
  private let manners: Manners
  private let pause: @Sendable (_ seconds: Int) async throws -> Void

  package init(
    _ transport: any Transport,
    tokens: any TokenSource,
    manners: Manners = Manners(),
    pause: @escaping @Sendable (Int) async throws -> Void = {
      try await Task.sleep(for: .seconds($0))
    }
  ) {
    self.transport = transport
    self.tokens = tokens
    self.manners = manners
    self.pause = pause
  }

  /// - Parameters:
  ///   - record: what an earlier run was told.
  ///   - journal: where answers are kept for a later one.
  ///   - report: how many questions are answered, and how many are known to be left.
  /// - Throws: `DataverseError`, and what journals, tokens and cancellation throw.
  package func run(
    _ pull: inout Pull,
    from record: PullRecord?,
    into journal: (any PullJournal)?,
    report: (_ answered: Int, _ left: Int) -> Void
  ) async throws {
    var token = try await tokens.token()
    var answered = 0
    var sent = 0
    var queue = pull.next()
    while !queue.isEmpty {
      var window: [Question] = []
      var rest: [Question] = []
      for question in queue {
        if let known = try record?.answer(to: question.path) {
          answered += 1
          let next = try pull.take(
            try Self.answer(known.status, known.body, question),
            to: question
          )
          if let next { rest.append(next) }
        } else {
          window.append(question)
        }
      }
      for group in windows(window) {
        sent += group.reduce(0) { $0 + $1.count }
        guard sent <= manners.questionsMax else {
          throw DataverseError.tooMany(most: manners.questionsMax)
        }
        for (question, status, body) in try await ask(group, &token) {
          try journal?.append(PullRecord.line(question.path, status, body))
          answered += 1
          if let next = try pull.take(try Self.answer(status, body, question), to: question) {
            rest.append(next)
          }
        }
        report(answered, window.count + rest.count)
      }
      queue = rest.isEmpty ? pull.next() : rest
    }
  }

  /// Requests that go out at once: small questions share one.
  private func windows(_ questions: [Question]) -> [[[Question]]] {
    let small = questions.filter(\.isSmall)
    let large = questions.filter { !$0.isSmall }.map { [$0] }
    let batches = stride(from: 0, to: small.count, by: manners.questionsInBatch).map { start in
      Array(small[start..<min(start + manners.questionsInBatch, small.count)])
    }
    let requests = large + batches
    return stride(from: 0, to: requests.count, by: manners.requestsAtOnce).map { start in
      Array(requests[start..<min(start + manners.requestsAtOnce, requests.count)])
    }
  }

  private typealias Told = (question: Question, status: Int, body: [UInt8])

  /// One window, in its order; what is to wait is asked again when the others have been.
  private func ask(_ requests: [[Question]], _ token: inout String) async throws -> [Told] {
    var told: [String: Told] = [:]
    var waiting = requests
    var attempt = 0
    var hasSignedIn = false
    while !waiting.isEmpty {
      let current = token
      let answers = try await withThrowingTaskGroup(of: [(Question, ReadAnswer)].self) { group in
        for request in waiting {
          group.addTask { try await send(request, current) }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      var again: [Question] = []
      var seconds = 0
      var isTokenOld = false
      for (question, answer) in answers {
        let verdict = Verdict(
          status: answer.status,
          retryAfter: answer.retryAfter,
          attempt: attempt,
          hasSignedIn: hasSignedIn
        )
        switch verdict {
        case .take, .refused: told[question.path] = (question, answer.status, answer.body)
        case .wait(let wanted):
          again.append(question)
          seconds = max(seconds, wanted)
        case .signIn:
          again.append(question)
          isTokenOld = true
        case .giveUp where answer.status == 401:
          throw DataverseError.notSignedIn(Self.reason(answer.body))
        case .giveUp:
          throw DataverseError.failing(question: question.words, status: answer.status)
        }
      }
      if isTokenOld {
        token = try await tokens.token()
        hasSignedIn = true
      }
      if !again.isEmpty, seconds > 0 { try await pause(seconds) }
      attempt += 1
      waiting = Self.regrouped(again)
    }
    return requests.joined().compactMap { told[$0.path] }
  }

  private static func regrouped(_ questions: [Question]) -> [[Question]] {
    let small = questions.filter(\.isSmall)
    return questions.filter { !$0.isSmall }.map { [$0] } + (small.isEmpty ? [] : [small])
  }

  /// A request, and for each of its questions the answer; a batch that fails whole fails for each.
  private func send(
    _ questions: [Question],
    _ token: String
  ) async throws -> [(Question, ReadAnswer)] {
    guard let first = questions.first else { return [] }
    guard questions.count > 1 else {
      return [(first, try await transport.answer(to: ReadRequest(get: first.path), token: token))]
    }
    let request = ReadRequest(batch: questions.map(\.path))
    let answer = try await transport.answer(to: request, token: token)
    guard let batch = BatchAnswer(answer) else {
      // A service that takes no batches is asked one by one.
      guard answer.status == 404 || answer.status == 501 || answer.status == 405 else {
        guard !(200..<300).contains(answer.status) else {
          throw DataverseError.unreadable(question: "a batch", reason: "its parts end nowhere")
        }
        return questions.map { ($0, answer) }
      }
      var answers: [(Question, ReadAnswer)] = []
      for question in questions {
        let request = ReadRequest(get: question.path)
        answers.append((question, try await transport.answer(to: request, token: token)))
      }
      return answers
    }
    guard batch.parts.count == questions.count else {
      throw DataverseError.unreadable(question: "a batch", reason: "it has other parts than asked")
    }
    return zip(questions, batch.parts).map { question, part in
      (
        question,
        ReadAnswer(
          status: part.status,
          retryAfter: part.retryAfter,
          contentType: "application/json",
          body: part.body
        )
      )
    }
  }

  // MARK: Reading

  private static func answer(
    _ status: Int,
    _ body: [UInt8],
    _ question: Question
  ) throws(DataverseError) -> Pull.Answer {
    guard (200..<300).contains(status) else {
      return .refused(status: status, reason: reason(body))
    }
    do {
      return .told(try JSONDocument(body))
    } catch {
      throw .unreadable(question: question.words, reason: "\(error)")
    }
  }

  /// What a service says of a failure (WA-201); bodies that are no JSON say nothing.
  private static func reason(_ body: [UInt8]) -> String {
    let document: JSONDocument
    do {
      document = try JSONDocument(body)
    } catch {
      return ""
    }
    let error = document.root["error"]
    let parts = [error?["code"]?.text, error?["message"]?.text].compactMap { $0 }
    return String(parts.filter { !$0.isEmpty }.joined(separator: ": ").prefix(300))
  }
}

/// Where tokens come from; none is kept or told.
package protocol TokenSource: Sendable {
  /// A new one each time.
  ///
  /// - Throws: where there is none.
  func token() async throws -> String
}
