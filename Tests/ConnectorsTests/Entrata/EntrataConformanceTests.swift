import ConnectorKit
import ConnectorTesting
import Connectors
import Foundation
import LintelModel
import Testing

@Suite struct EntrataConformanceTests {
    private typealias Fixtures = EntrataFixtures

    private static var subject: ConnectorSubject {
        var subject = ConnectorSubject(
            makeConnector: Fixtures.connector,
            property: Fixtures.property,
            session: Fixtures.session,
            units: Fixtures.units,
            residencies: Fixtures.residencies,
            throttled: (
                .json("", status: 429, headers: [(name: "retry-after", value: "12")]), 12
            ),
            isRead: { request in
                let body = request.body.map { String(decoding: $0, as: UTF8.self) } ?? ""
                return request.method == "POST" && body.contains(#""name":"get"#)
            },
            unwanted: ["1961", "900-55-1234", "987654", "5550101", "5550103"],
            confidential: [
                "Quill", "Stone", "Marsh", "Harbour", "example.org", "555010", Fixtures.apiKey,
            ]
        )
        let household = Fixtures.household
        subject.shortLists = [
            // One lease of two.
            [
                Fixtures.allUnits, Fixtures.leasePage(1, [household], total: 2),
                Fixtures.leasePage(2, [], total: 2),
            ],
            // The page after the first is the first again.
            [
                Fixtures.allUnits, Fixtures.leasePage(1, [household], total: 2),
                Fixtures.leasePage(1, [household], total: 2).at(page: 2),
            ],
            // The last page, and a total that is more.
            [
                Fixtures.allUnits,
                Fixtures.leasePage(
                    1,
                    [household],
                    meta: #""meta":{"currentPage":1,"lastPage":"1","perPage":500,"total":"9"},"#
                ),
            ],
            // A wrong total.
            [Fixtures.allUnits, Fixtures.leasePage(1, [household, Fixtures.company], total: 1)],
            // A next page is named, and empty.
            [
                Fixtures.allUnits, Fixtures.leasePage(1, [household], link: "next"),
                Fixtures.leasePage(2, [], link: "next"),
            ],
            // Of a property with one unit, whose total could be taken for one of properties.
            [Fixtures.unitPage(1, [], total: 1), Fixtures.unitPage(2, [], total: 1)],
            // Units as well.
            [
                Fixtures.unitPage(1, [Fixtures.unitOne, Fixtures.unitTwo], total: 3),
                Fixtures.unitPage(2, [], total: 3),
            ],
        ]
        subject.duplicates = [
            Fixtures.allUnits,
            Fixtures.leasePage(1, [household, household, Fixtures.twoSpaces], link: "next"),
            Fixtures.leasePage(2, [Fixtures.twoSpaces, Fixtures.company], link: "prev"),
        ]
        subject.unknownStatus = (
            [
                Fixtures.allUnits,
                Fixtures.leasePage(
                    1,
                    [household.replacing(#"Status":"Current""#, with: #"Status":"Sublet""#)]
                ),
            ],
            "Sublet"
        )
        subject.emptyList = [
            Fixtures.allUnits,
            Fixtures.leasePage(1, [], total: 0),
        ]
        subject.inBandErrors = [
            (Fixtures.error("401", "The key \(Fixtures.apiKey) is not known"), "is not known"),
            (Fixtures.error("\"403\"", "No access to this property"), "No access"),
            (Fixtures.error("310", "Too many requests"), "Too many requests"),
            (Fixtures.error("503", "Down for maintenance"), "maintenance"),
            (Fixtures.error("312", "Invalid parameter"), "Invalid parameter"),
            (.json(#"{"response":{"code":"500","result":{"leases":[]}}}"#), "code 500"),
            (.json(#"{"error":"Service is not enabled"}"#), "Service is not enabled"),
            (
                .json(#"{"response":{"error":{"code":404,"message":"No"}}}"#, status: 400),
                "HTTP 400, code 404: No"
            ),
        ]
        return subject
    }

    private static let suite = ConnectorConformance(subject)

    @Test("Pages are read to the end and state every unit and residency")
    func readsEveryPage() async { await Self.suite.readsEveryPage() }

    @Test("The same answers hash alike")
    func readsTheSameTwice() async { await Self.suite.readsTheSameTwice() }

    @Test("No request writes")
    func onlyReads() async { await Self.suite.onlyReads() }

    @Test("Every request is bounded in time and size")
    func bindsTimeAndSize() async { await Self.suite.bindsTimeAndSize() }

    @Test("Birth dates, tax ids, rent and a guarantor's address do not come out")
    func drops() async { await Self.suite.dropsWhatNobodyAskedFor() }

    @Test("An answer cut anywhere is an error")
    func cut() async { await Self.suite.refusesCutAnswers() }

    @Test("An empty body is an error")
    func empty() async { await Self.suite.refusesEmptyBodies() }

    @Test("A list that ends before its total is an error")
    func short() async { await Self.suite.refusesListsShorterThanTheirTotal() }

    @Test("An error under HTTP 200 is an error in Entrata's words")
    func inBand() async { await Self.suite.seesErrorsUnderSuccess() }

    @Test("Retry-After is waited for")
    func throttled() async { await Self.suite.waitsAsTold() }

    @Test("A server that stays down is given up after a bounded time")
    func down() async { await Self.suite.givesUpAfterABoundedTime() }

    @Test("A connection that breaks is an error")
    func broken() async { await Self.suite.passesOnThatNoAnswerCame() }

    @Test("Rows that come twice are not two residencies")
    func duplicates() async { await Self.suite.keepsDuplicatesApart() }

    @Test("An unknown status is kept as it came")
    func unknown() async { await Self.suite.keepsUnknownWords() }

    @Test(
        "A list is empty where Entrata says so, as PHP writes it too",
        arguments: [
            #"{"leases":{"lease":[]}}"#, #"{"leases":[]}"#, #"{"leases":{}}"#,
            #"{"meta":{"total":0}}"#, #"{"meta":{"total":"0"},"leases":null}"#,
        ]
    )
    func emptyList(result: String) async {
        var subject = Self.subject
        subject.emptyList = [
            Fixtures.allUnits,
            Fixtures.leasePage(1, []).withBody { _ in Data(Fixtures.envelope(result).utf8) },
        ]
        await ConnectorConformance(subject).readsAnEmptyList()
    }

    @Test(
        "A list that is not there is no empty list",
        arguments: [
            #"{"response":{"code":200,"result":{}}}"#,
            #"{"response":{"code":200,"result":{"leases":null}}}"#,
            #"{"response":{"code":200,"result":{"leases":""}}}"#,
            #"{"response":{"code":200,"result":{"leases":{"lease":null}}}}"#,
            #"{"response":{"code":200,"result":{"leases":{"other":1}}}}"#,
            #"{"response":{"code":200,"result":{"currencyCode":"USD"}}}"#,
            #"{"response":{"code":200,"result":[]}}"#,
            #"{"response":{"code":200}}"#, "{}", "[]", "null", "<html></html>",
        ]
    )
    func missingList(body: String) async {
        let outcome = await Self.suite.fetch([
            Fixtures.allUnits,
            Fixtures.leasePage(1, []).withBody { _ in Data(body.utf8) },
        ])
        #expect(outcome.error?.code == .malformed)
    }

    @Test("Rows that come again, on one page or a later one, make the snapshot incomplete")
    func movedList() async {
        let outcome = await Self.suite.fetch(Self.subject.duplicates)
        #expect(outcome.part.problems.map(\.effect) == [.incomplete, .incomplete])
        #expect(
            outcome.part.residencies.sorted { $0.key < $1.key } == Fixtures.residencies
        )
    }

    @Test(
        "A property that the list of units does not know is not an empty one",
        arguments: [#"{"properties":[]}"#, #"{"properties":{"property":[]}}"#]
    )
    func unlisted(result: String) async {
        let outcome = await Self.suite.fetch([
            Fixtures.allUnits.withBody { _ in Data(Fixtures.envelope(result).utf8) }
                .withoutHeaders,
            Fixtures.leasePage(1, []),
        ])
        #expect(outcome.error == nil)
        #expect(outcome.part.problems.map(\.effect) == [.incomplete])
    }

    @Test("A lease that one page states in two ways changes nobody")
    func contradiction() async {
        let other = Fixtures.household.replacing("08/17/2024", with: "08/18/2024")
        let outcome = await Self.suite.fetch([
            Fixtures.allUnits, Fixtures.leasePage(1, [Fixtures.household, other]),
        ])
        #expect(outcome.part.residencies.isEmpty)
        #expect(outcome.part.unreadable.map(\.text) == ["301", "302", "303"])
        #expect(outcome.part.problems.map(\.effect) == [.recordSkipped])
    }
}

extension ScriptedExchange {
    fileprivate var withoutHeaders: ScriptedExchange {
        guard case .response(let response) = answer else { return self }
        return answered(
            .response(
                HTTPExchangeResponse(status: response.status, headers: [], body: response.body)
            )
        )
    }

    /// The same answer to the request for another page.
    fileprivate func at(page: Int) -> ScriptedExchange {
        var exchange = self
        exchange.address = address.replacing("page_no=1&", with: "page_no=\(page)&")
        return exchange
    }
}
