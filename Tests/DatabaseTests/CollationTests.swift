import Collation
import Testing

@Suite("Texts that are folded already")
struct CollationTests {
  @Test("Each byte at each place tells it as byte by byte")
  func bytes() {
    for byte in UInt8.min...UInt8.max {
      for place in 0..<19 {
        var text = [UInt8](repeating: UInt8(ascii: "a"), count: 19)
        text[place] = byte
        let isOdd = byte >= 0x80 || (0x41...0x5A).contains(byte) || byte == 0x20 && place == 18
        #expect(text.withUnsafeBytes { Collation.isFolded($0) } == !isOdd, "\(byte) at \(place)")
      }
    }
    #expect([UInt8]().withUnsafeBytes { Collation.isFolded($0) })
  }
}
