import ConnectorKit
import Testing

@Suite struct EndpointURLTests {
    @Test(
        "Encrypted addresses and plain ones of this machine are accepted",
        arguments: [
            ("https://apis.entrata.com", "https://apis.entrata.com", "apis.entrata.com"),
            (" https://Example.com/base/ \n", "https://Example.com/base", "example.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1"),
            ("http://127.255.3.9/x//", "http://127.255.3.9/x", "127.255.3.9"),
            ("http://localhost:1", "http://localhost:1", "localhost"),
            ("http://LOCALHOST", "http://LOCALHOST", "localhost"),
            ("http://[::1]:9", "http://[::1]:9", "::1"),
        ]
    )
    func accepts(typed: String, text: String, host: String) throws {
        let endpoint = try EndpointURL(typed, attempting: "test")
        #expect(endpoint.text == text)
        #expect(endpoint.host == host)
        #expect(endpoint.isEncrypted == text.hasPrefix("https"))
    }

    @Test(
        "Addresses that would send credentials in the clear or astray are refused",
        arguments: [
            "http://apis.entrata.com", "http://127.0.0.1.example.com", "http://128.0.0.1",
            "http://localhost.example.com", "http://127.1", "http://127.0.0.256",
            "http://127.0.0.01", "http://[::2]", "http://0.0.0.0", "ftp://localhost",
            "file:///etc/passwd", "", "apis.entrata.com", "https://",
            "https://user:hushhush@apis.entrata.com", "https://user@apis.entrata.com",
            "https://apis.entrata.com/?page=1", "https://apis.entrata.com/#x",
            "http://127.0.0.1@example.com",
        ]
    )
    func refuses(typed: String) {
        let error = #expect(throws: ConnectorError.self) {
            try EndpointURL(typed, attempting: "test")
        }
        #expect(error?.code == .misconfigured)
        #expect(error?.description.contains("hushhush") == false)
    }
}
