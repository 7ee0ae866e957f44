internal import FoundationEssentials
package import Solutions

extension Timestamp {
  package static var now: Timestamp {
    Timestamp(milliseconds: Int(Date().timeIntervalSince1970 * 1000))
  }
}
