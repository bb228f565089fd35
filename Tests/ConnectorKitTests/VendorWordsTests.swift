import ConnectorKit
import Testing

@Suite struct VendorWordsTests {
    @Test(
        "A vendor's words become one line without control characters",
        arguments: [
            ("plain", "plain"),
            ("  two\r\n lines\t", "two lines"),
            ("bell\u{7} \u{1B}[31mred", "bell [31mred"),
            ("nul\u{0}l", "nul l"),
            ("", ""),
            ("Zoë 日本", "Zoë 日本"),
        ]
    )
    func cleans(words: String, shown: String) {
        #expect(VendorWords.clean(words) == shown)
    }

    @Test("A vendor's words are cut to their limit")
    func cuts() {
        let shown = VendorWords.clean(String(repeating: "ab ", count: 1_000))
        #expect(shown.count <= VendorWords.limit + 1)
        #expect(shown.hasSuffix("…"))
    }

    @Test("A credential that the vendor echoes is not shown")
    func hides() {
        let shown = VendorWords.clean(
            "key 8f2e-secret is not valid",
            hiding: [Secret("8f2e-secret")]
        )
        #expect(shown == "key ••• is not valid")
    }
}
