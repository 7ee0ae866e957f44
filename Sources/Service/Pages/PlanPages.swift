internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hashing
internal import Reading
internal import Solutions

extension Page {
  /// A plan that was kept: read, sent on, applied.
  static let plan = Page(method: .get, path: "/plans/{digest}", role: .viewer) { call in
    let site = call.site
    let shown = try await site.shownPlan(try call.path("digest"))
    let kept = shown.kept
    let document = kept.document
    let now = try await site.status().revision
    let planned = document.base.revision.number
    let verdict = shown.html.verdict
    let isFresh = planned == now
    let destroys = verdict.status == .destroys
    let isRefused = verdict.status == .refused
    let isApplicable = isFresh && !isRefused && !kept.isNothing
    let mayApply = call.user.role >= (destroys ? .owner : .importer)
    let word = word(of: kept)
    return try Page.render(
      .plan,
      title: title(of: kept),
      at: kept.order.verb == .import ? .importing : nil,
      scripts: [shown.isLong ? .later : .plan],
      [
        "isImport": kept.order.verb == .import, "digest": document.digest ?? "",
        "digits": kept.name, "isStale": isFresh ? [] : [["planned": planned, "now": now]],
        "refused": isRefused, "isNothing": kept.isNothing && !isRefused,
        "isUnseen": isApplicable && verdict.status == .nothing,
        "mayApply": isApplicable && mayApply, "needsOwner": isApplicable && destroys && !mayApply,
        "wrong": call.query("typed").map {
          ["“\($0.shown(80))” is not \(word). Nothing was changed: type \(word) to agree."]
        } ?? [],
        "destroys": destroys
          ? [["lines": verdict.destroys.map { [$0.text] } ?? [], "word": word]] : [],
        "applyWords": applyWords(kept),
        "plan": RawHTML(text: try await Aside.run { try shown.html.body() }),
      ],
      for: call
    )
  }

  /// A form before and after a plan, side by side.
  static let planSketch = Page(method: .get, path: "/plans/{digest}/sketch", role: .viewer) {
    call in
    let site = call.site
    let kept = try await site.kept(try call.path("digest"))
    let text = try call.required("of")
    let (before, after) = try await site.sketches(of: text, in: kept)
    return try Page.sides(
      text,
      back: ("\(site.base)/plans/\(kept.name)", "The plan"),
      [("Before", before), ("After", after)],
      call
    )
  }

  /// Sketches of one form beside each other.
  static func sides(
    _ address: String,
    back: (href: String, words: String),
    _ sides: [(when: String, drawing: FormDrawing?)],
    _ call: Call
  ) throws -> Reply {
    try Page.render(
      .planSketch,
      title: sides.map(\.when).joined(separator: ", "),
      at: nil,
      [
        "address": address, "back": [["href": back.href, "words": back.words]],
        "sides": sides.map { when, drawing in
          (drawing?.fields ?? ["isNone": true]).merging(["when": when]) { $1 }
        },
      ],
      for: call
    )
  }

  /// The entries of a group that a long plan's page left for later.
  static let planGroup = Page(
    method: .get,
    path: "/plans/{digest}/groups/{number}",
    role: .viewer
  ) { call in
    let html = try await call.site.shownPlan(try call.path("digest")).html
    let number = try call.number("number")
    guard let text = try await Aside.run({ try html.group(number) }) else {
      throw Failure(.noSuchPage, "the plan has no group \(number)", status: 4)
    }
    return .part(text)
  }

  /// Which group an anchor stands in.
  static let planAnchor = Page(
    method: .get,
    path: "/plans/{digest}/anchors/{id}",
    role: .viewer
  ) { call in
    let shown = try await call.site.shownPlan(try call.path("digest"))
    let id = try call.path("id")
    guard let number = try await Aside.run({ shown.html.groupNumber(of: id) }) else {
      throw Failure(.noSuchPage, "the plan has no anchor \(id.shown(80))", status: 4)
    }
    return .part("\(call.site.base)/plans/\(shown.kept.name)/groups/\(number)")
  }

  /// What a filter of a long plan finds.
  static let planFound = Page(method: .get, path: "/plans/{digest}/found", role: .viewer) { call in
    let html = try await call.site.shownPlan(try call.path("digest")).html
    let words = (call.query("text") ?? "").lowercased().split(separator: " ").map(String.init)
    let (impacts, actions) = (Set(call.queries("impact")), Set(call.queries("action")))
    let found = try await Aside.run { try html.found(words, impacts: impacts, actions: actions) }
    return .part(found.html, count: found.count)
  }

  /// What has to be typed to agree: what the plan is about.
  private static func word(of kept: KeptPlan) -> String {
    kept.document.packages.first?.uniqueName ?? kept.order.solution ?? "destroy"
  }

  private static func title(of kept: KeptPlan) -> String {
    kept.document.packages.map { "\(PlanHead($0).title) \($0.version)" }.first
      ?? kept.order.verb.rawValue
  }

  private static func applyWords(_ kept: KeptPlan) -> String {
    switch kept.order.verb {
    case .import: "Import"
    case .applyUpgrade: "Apply Solution Upgrade"
    case .discardUpgrade: "Discard"
    case .uninstall: "Delete"
    case .rollback: "Roll back"
    case .restoreTrash: "Restore"
    case .purgeTrash: "Delete for good"
    default: "Apply"
    }
  }

  /// The form of a plan's page.
  static let apply = Page(method: .post, path: "/plans/{digest}/apply", role: .importer) { call in
    let form = try await call.form()
    let digest = try call.path("digest")
    let kept = try await call.site.kept(digest)
    var consent: [String] = []
    if let typed = form["typed"] {
      let word = word(of: kept)
      guard typed.lowercased() == word.lowercased() else {
        let said = typed.shown(80).escapedForAddress
        return .elsewhere("\(call.site.base)/plans/\(kept.name)?typed=\(said)")
      }
      consent = ["all"]
    }
    let job = try await call.apply(digest, consent: consent, through: .pages)
    return .elsewhere("\(call.site.base)/jobs/\(job.id)")
  }

  /// What is asked for by a button of a page: it makes a plan, and nothing else.
  static let anything = Page(method: .post, path: "/plan", role: .planner) { call in
    let form = try await call.form()
    guard let verb = form["verb"].flatMap({ PlanOrder.Verb(rawValue: $0) }), verb != .import else {
      throw Failure(.usage, "there is no such verb", status: Failure.wrongUsage)
    }
    var order = PlanOrder(verb: verb)
    order.solution = form["solution"]
    order.components = form["component"].map { [$0] }
    order.entries = form["entry"].flatMap { Int($0) }.map { [$0] }
    order.operation = form["operation"].flatMap { Int($0) }
    order.version = Page.version(in: form)
    order.displayName = form["displayName"]
    let kept = try await call.site.plan(order)
    return .elsewhere("\(call.site.base)/plans/\(kept.name)")
  }

  /// How far an import is, and what became of it.
  static let job = Page(method: .get, path: "/jobs/{id}", role: .viewer) { call in
    let site = call.site
    let job = try await site.jobs.job(try call.path("id"))
    return try Page.render(
      .job,
      title: job.title,
      at: nil,
      scripts: [.job],
      [
        "title": job.title, "state": job.state.rawValue,
        "isImport": job.verb == PlanOrder.Verb.import.rawValue, "words": words(job),
        "events": "\(site.base)\(Routes.api)/jobs/\(job.id)/events",
        "isRunning": job.isOver
          ? [] : [["percent": job.percent ?? 0, "step": job.step ?? "It waits for its turn"]],
        "isDone": job.state == .done ? [["sentence": sentence(job)]] : [],
        "isOther": job.isOver && job.state != .done
          ? [
            [
              "message": job.failure?.message ?? "",
              "remedy": job.failure?.remedy.map { [$0] } ?? [],
            ] as [String: Any]
          ] : [],
        "warnings": job.warnings, "who": job.who, "started": clockTime(job.started),
        "ended": job.ended.map { [clockTime($0)] } ?? [],
        "plan": plan(of: job).map { ["\(site.base)/\($0)"] } ?? [],
        "next": job.operation.map {
          [["href": "\(site.base)/history/\($0)", "words": "What became of each component"]]
        } ?? [],
      ],
      for: call
    )
  }

  /// nil of what changes nothing, such as an export, and needs none.
  private static func plan(of job: Job) -> String? {
    guard job.isPlanned else { return nil }
    return "\(job.verb == "rows" ? "rows-plans" : "plans")/\(job.plan.dropFirst(7))"
  }

  private static func words(_ job: Job) -> String {
    job.verb == PlanOrder.Verb.import.rawValue ? "Currently importing." : "It runs."
  }

  private static func sentence(_ job: Job) -> String {
    guard job.isPlanned else { return "Done." }
    return job.operation.map { "Done: operation \($0)." } ?? "Nothing was to be done."
  }
}
