internal import Contract
internal import Faces
internal import HTTPTypes
internal import Hashing
internal import HummingbirdCore
internal import Lifecycle
internal import NIOCore
internal import Solutions

extension Endpoint {
  /// Packages that are handed in, and plans.
  static let planning: [Endpoint] = [
    Endpoint(
      method: .post,
      path: "/packages",
      role: .planner,
      summary: "Hands a package in (.zip or .cab), as the body itself.",
      queries: [Query(name: "file", words: "What the file is called.")],
      body: "the bytes of the file",
      format: InspectShape.format
    ) { call in
      let package = try await call.takePackage(named: call.query("file") ?? "package.zip")
      return try .shape(InspectShape(handedIn: package), status: .created)
    },
    Endpoint(
      method: .get,
      path: "/packages/{sha256}",
      role: .planner,
      summary: "What is in a package that was handed in.",
      queries: [Query(name: "file", words: "What the file is called.")],
      format: InspectShape.format
    ) { call in
      let package = Site.Package(
        sha256: try call.path("sha256"),
        file: call.query("file") ?? "package.zip"
      )
      return try .shape(InspectShape(handedIn: try await call.site.archives([package])[0].package))
    },
    Endpoint(
      method: .get,
      path: "/solutions/{name}/package",
      role: .planner,
      summary: "Exports an unmanaged solution as a package.",
      queries: [Query(name: "managed", words: "true: as managed.")],
      format: "application/zip"
    ) { call in
      let (bytes, file) = try await call.site.export(
        try call.path("name"),
        isManaged: call.query("managed") == "true"
      )
      return .file(bytes, name: file, type: "application/zip")
    },
    Endpoint(
      method: .post,
      path: "/plans",
      role: .planner,
      summary: "Plans something, and keeps the plan.",
      body: "what is to be planned: PlanOrder",
      format: PlanShape.format
    ) { call in
      let kept = try await call.site.plan(try await call.value(PlanOrder.self))
      return try .shape(
        kept.document,
        status: .created,
        location: "\(call.site.base)/api/strata/v1/plans/\(kept.name)"
      )
    },
    Endpoint(
      method: .get,
      path: "/plans/{digest}",
      role: .viewer,
      summary: "A plan that was kept, by its digest.",
      format: PlanShape.format
    ) { try .shape(try await $0.site.kept(try $0.path("digest")).document) },
  ]
}

extension InspectShape {
  fileprivate init(handedIn package: SolutionPackage) {
    self.init(package, kinds: .standard, listsComponents: false, spelled: Remedies.spelled)
  }
}

extension Call {
  /// Takes the body as a package and keeps it, if it can be read.
  ///
  /// - Throws: `Failure` for one that is too long, `PackageError` for what is no package.
  fileprivate func takePackage(named file: String) async throws -> SolutionPackage {
    var writing = try Workroom.Writing(site.room, .packages)
    for try await piece in incoming(atMost: limits.package) {
      try piece.withUnsafeReadableBytes { try writing.add($0) }
    }
    let digest = writing.digest()
    let wasThere = site.room.has(.packages, digest.description)
    try writing.finish(as: digest.description)
    let package = Site.Package(sha256: digest.description, file: Self.fileName(file))
    do {
      return try await site.archives([package])[0].package
    } catch {
      if !wasThere { try site.room.remove(.packages, digest.description) }
      throw error
    }
  }

  /// The last part of a path, as findings call it.
  static func fileName(_ text: String) -> String {
    let name = text.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init)
    return (name ?? "package.zip").shown(200)
  }
}
