internal import Solutions

/// Why a request is refused, as programs of the platform read it.
package struct WebError: Error, Sendable {
  package let status: Int
  /// `0x` and eight digits, or nothing where the platform's own is not known.
  package let code: String
  package let message: String
  /// What is missing here and there on the platform; nil for all else.
  package let missing: String?

  package init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
    missing = nil
  }

  /// Something that the platform has and this server has not.
  ///
  /// - Parameter missing: the same words for the same thing, so that they can be counted.
  package init(missing: String) {
    status = 501
    code = "0x80040203"
    message = "\(missing) is not supported by this server yet; nothing was changed"
    self.missing = missing
  }

  /// Somebody may not do this.
  static let accessDenied = "0x80040220"

  /// - Parameter table: of which it would be a column or a navigation property.
  static func noSegment(_ name: String, of table: String = "") -> WebError {
    let bare = String(name.split(separator: ".").last ?? "")
    if PlatformNames.messages.contains(bare) { return WebError(missing: bare) }
    if let missing = missing(name, of: table) { return missing }
    return WebError(404, "0x8006088a", "Resource not found for the segment '\(name.shown(200))'.")
  }

  /// What the platform's table has and the one here has not; nil for any other name.
  static func missing(_ column: String, of table: String) -> WebError? {
    let name = column.lowercased()
    guard PlatformNames.columns.contains("\(table).\(name)") else { return nil }
    return WebError(missing: "\(name) of \(table)")
  }

  static func noProperty(_ name: String, on table: String) -> WebError {
    missing(name, of: table)
      ?? WebError(
        400,
        "0x80060888",
        "Could not find a property named '\(name.shown(200))' on type 'Microsoft.Dynamics.CRM.\(table)'."
      )
  }

  static func badQuery(_ message: String) -> WebError { WebError(400, "0x80060888", message) }

  static func badBody(_ message: String) -> WebError { WebError(400, "0x80048d19", message) }

  static func noRow(_ table: String, _ name: String) -> WebError {
    WebError(404, "0x80040217", "Entity '\(table)' With Id = \(name) Does Not Exist")
  }

  /// What must not be there is.
  static let exists = WebError(
    412,
    "0x80040237",
    "A record with matching key values already exists."
  )
  static let otherVersion = WebError(
    412,
    "0x80060882",
    "The version of the existing record doesn't match the RowVersion property provided."
  )

  /// Whether something was named that is not there, or not known to what was asked.
  var isOfNames: Bool { missing != nil || status == 400 && code == "0x80060888" }

  var isOfSegments: Bool { status == 404 && code == "0x8006088a" }

  static func wrongMethod(_ method: String, _ what: String) -> WebError {
    WebError(405, "", "\(method.shown(20)) does not go with \(what)")
  }

  package var response: WebResponse {
    var json = JSONWriter()
    json.object {
      $0.member("error") {
        $0.object {
          $0.member("code", code)
          // A name that holds a line break is shown with a sign for it; ours are breaks.
          $0.member("message", message.replacing("⏎", with: " "))
        }
      }
    }
    return .json(json, status: status)
  }
}
