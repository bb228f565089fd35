import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

/// Answers with the same to every request.
private struct SameAnswer: HTTPTransport {
    let answer: @Sendable (HTTPExchangeRequest) -> String

    func send(
        _ request: HTTPExchangeRequest
    ) async throws(ConnectorError) -> HTTPExchangeResponse {
        HTTPExchangeResponse(status: 200, headers: [], body: Data(answer(request).utf8))
    }
}

/// A document that would do harm to a parser that trusts it, and what it must be refused as.
private struct HostileDocument: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: ConnectorError.Code
    let prolog: String
    var content = "&x;"
    var ending = "</r>"

    var xml: String { "\(prolog)<r>\(content)\(ending)" }

    private static let laughs = (1...9).map { level in
        let inner = String(repeating: "&x\(level - 1);", count: 10)
        return "<!ENTITY x\(level) \"\(inner)\">"
    }

    static let all = [
        HostileDocument(
            testDescription: "a billion laughs",
            code: .malformed,
            prolog: "<!DOCTYPE r [<!ENTITY x0 \"ha\">\(laughs.joined())]>",
            content: "&x9;"
        ),
        HostileDocument(
            testDescription: "a file of this machine",
            code: .malformed,
            prolog: #"<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]>"#
        ),
        HostileDocument(
            testDescription: "an address of the inner network",
            code: .malformed,
            prolog: #"<!DOCTYPE r [<!ENTITY x SYSTEM "http://127.0.0.1:9/">]>"#
        ),
        HostileDocument(
            testDescription: "a parameter entity",
            code: .malformed,
            prolog: #"<!DOCTYPE r [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]>"#,
            content: ""
        ),
        HostileDocument(
            testDescription: "elements without end",
            code: .malformed,
            prolog: "",
            content: String(repeating: "<a>", count: 200_000)
        ),
        HostileDocument(
            testDescription: "a document that is cut",
            code: .truncated,
            prolog: "",
            content: "<Body><a>",
            ending: ""
        ),
    ]
}

@Suite("XML that would do harm") struct XMLSafetyTests {
    @Test(
        "is refused by every connector that reads XML, without being expanded or followed",
        .timeLimit(.minutes(1)),
        arguments: ["yardi", "realpage", "resman"],
        HostileDocument.all
    )
    fileprivate func hostile(vendor: String, document: HostileDocument) async throws {
        let description = try #require(ConnectorCatalog.vendor(vendor))
        let settings = description.demoSettings(at: SettingField.demoURL)
        let environment = ConnectorEnvironment(
            transport: SameAnswer { request in
                // ResMan answers in JSON where it is asked for units.
                request.url.hasSuffix("/GetUnits") ? #"{"Units":[]}"# : document.xml
            },
            sleeper: ManualSleeper()
        )
        let connector = try description.makeConnector(settings, environment)
        let property = PMSPropertyID("elm")
        let error = await #expect(throws: ConnectorError.self) {
            var decoder = connector.decoder(for: property)
            try await connector.fetch(property) { page in _ = try decoder.decode(page) }
            _ = try decoder.finish()
        }
        #expect(error?.code == document.code, "\(error?.description ?? "")")
    }
}
