internal import Faces
internal import Hashing
internal import Solutions

/// A file that pages ask for; its name changes with what is in it, so that it is asked for once.
struct Asset: Sendable {
  let name: String
  let type: String
  let text: String

  private init(_ name: String, _ ending: String, type: String, _ text: String) {
    let digest = SHA256Digest(of: Array(text.utf8)).description.prefix(12)
    self.name = "\(name)-\(digest).\(ending)"
    self.type = "\(type); charset=utf-8"
    self.text = text
  }

  var path: String { "/assets/\(name)" }

  static let styles = Asset(
    "strata",
    "css",
    type: "text/css",
    PlanHTML.style + "\n" + text(PackageResources.service_css)
  )
  static let service = script("service", PackageResources.service_js)
  static let importing = script("import", PackageResources.import_js)
  static let job = script("job", PackageResources.job_js)
  static let later = script("later", PackageResources.later_js)
  static let file = script("file", PackageResources.file_js)
  static let plan = Asset("plan", "js", type: "text/javascript", PlanHTML.script)

  static let all = [styles, service, importing, job, later, file, plan]

  private static func script(_ name: String, _ bytes: [UInt8]) -> Asset {
    Asset(name, "js", type: "text/javascript", text(bytes))
  }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
