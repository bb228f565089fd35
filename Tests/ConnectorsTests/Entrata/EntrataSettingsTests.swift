import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import Testing

@Suite struct EntrataSettingsTests {
    /// A connector of those settings and its transport, whose one request is answered with no property.
    private static func request(
        _ values: [String: String],
        _ secrets: [String: Secret],
        address: String
    ) async throws -> HTTPExchangeRequest {
        let transport = ScriptedTransport([
            ScriptedExchange(
                address,
                json: EntrataFixtures.envelope(#"{"PhysicalProperty":{"Property":[]}}"#)
            )
        ])
        let connector = try EntrataConnector.vendor.makeConnector(
            ConnectionSettings(vendor: "entrata", values: values, secrets: secrets),
            ConnectorEnvironment(transport: transport, sleeper: ManualSleeper())
        )
        #expect(try await connector.properties().isEmpty)
        await transport.expectFinished()
        return try #require(await transport.requests.first)
    }

    @Test("With an API key the gateway is asked, the key in X-Api-Key alone")
    func gateway() async throws {
        let request = try await Self.request(
            ["organization": "acme", "url": "http://127.0.0.1:9000/"],
            ["api-key": Secret("s3cret-key")],
            address: "http://127.0.0.1:9000/ext/orgs/acme/v1/properties?page_no=1&per_page=500"
        )
        #expect(request.method == "POST")
        let keys = request.headers.filter { $0.value.contains("s3cret-key") }.map(\.name)
        #expect(keys == ["X-Api-Key"])
        #expect(request.headers.contains { $0 == ("X-Send-Pagination-Links", "1") })
        let body = String(decoding: try #require(request.body), as: UTF8.self)
        #expect(
            body == #"{"auth":{"type":"apikey"},"#
                + #""method":{"name":"getProperties","params":{},"version":"r1"},"requestId":"1"}"#
        )
    }

    @Test("With user name and password the older way is taken")
    func legacy() async throws {
        let request = try await Self.request(
            ["url": "https://acme.entrata.com", "username": "lintel"],
            ["password": Secret("pass:word")],
            address: "https://acme.entrata.com/api/v1/properties?page_no=1&per_page=500"
        )
        let expected = "Basic " + Data("lintel:pass:word".utf8).base64EncodedString()
        #expect(request.headers.contains { $0 == ("Authorization", expected) })
        #expect(!request.headers.contains { $0.name == "X-Api-Key" })
        let body = String(decoding: try #require(request.body), as: UTF8.self)
        #expect(body.contains(#""auth":{"type":"basic"}"#))
    }

    @Test("Without an address Entrata's own gateway is asked")
    func standard() async throws {
        _ = try await Self.request(
            ["organization": "acme", "url": " "],
            ["api-key": Secret("s3cret-key")],
            address: "https://apis.entrata.com/ext/orgs/acme/v1/properties?page_no=1&per_page=500"
        )
    }

    @Test(
        "Settings that cannot work are refused, naming the setting",
        arguments: [
            ([:], [:], "api-key"),
            (["organization": "acme"], [:], "api-key"),
            (["organization": "acme"], ["api-key": ""], "api-key"),
            ([:], ["api-key": "s3cret"], "organization"),
            (["organization": "a/../b"], ["api-key": "s3cret"], "organization"),
            (["organization": "acme"], ["api-key": "s3cret\r\nX-Other: 1"], "api-key"),
            (["organization": "acme"], ["api-key": "s3crét"], "api-key"),
            (["organization": "acme"], ["api-key": "s3cret", "password": "s3cret"], "exclude"),
            (["username": ""], ["password": "s3cret"], "username"),
            (["username": "a:b"], ["password": "s3cret"], "username"),
            (["username": "a"], ["password": "s3cret\n"], "password"),
            (["organization": "acme", "url": "http://example.com"], ["api-key": "s3cret"], "url"),
            (["organization": "acme", "urls": "x"], ["api-key": "s3cret"], "urls"),
        ] as [([String: String], [String: String], String)]
    )
    func refused(values: [String: String], secrets: [String: String], named: String) {
        let settings = ConnectionSettings(
            vendor: "entrata",
            values: values,
            secrets: secrets.mapValues { Secret($0) }
        )
        let error = #expect(throws: ConnectorError.self) {
            try EntrataSettings(settings)
        }
        #expect(error?.code == .misconfigured)
        #expect(error?.description.contains(named) == true)
        #expect(error?.description.contains("s3cr") == false)
    }

    @Test("Entrata is in the catalogue with its form")
    func catalogue() throws {
        let vendor = try #require(ConnectorCatalog.vendor("entrata"))
        #expect(vendor.name == "Entrata")
        #expect(vendor.fields.filter(\.isSecret).map(\.key) == ["api-key", "password"])
        #expect(ConnectorCatalog.vendor("nobody") == nil)
    }
}
