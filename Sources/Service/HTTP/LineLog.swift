internal import HTTPTypes
internal import Logging
internal import Solutions

/// Log entries as lines of `key=value`, handed to whoever writes them.
struct LineLog: LogHandler {
  let write: @Sendable (String) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  subscript(metadataKey key: String) -> Logger.MetadataValue? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let fields = all.sorted { $0.key < $1.key }.map { key, value in
      "\(key == "hb.request.id" ? "request" : key)=\(Self.plain("\(value)"))"
    }
    write(([event.level.rawValue, "\(event.message)".visible] + fields).joined(separator: " "))
  }

  private static func plain(_ text: String) -> String {
    let text = text.visible
    return text.contains(" ") || text.isEmpty ? "\"\(text)\"" : text
  }
}
