import ConnectorKit
import LintelModel
import LintelTesting
import Operations
import SQLEngineTesting
import Storage
import SyncEngine
import Synchronization
import Testing

@Suite("While a page is decoded the next is fetched")
struct ReadingAheadTests {
    @Test("a run that is stopped between two pages takes nobody for absent", arguments: 1...4)
    func stopped(page: Int) async throws {
        try await ChangesTests.with(.sqlite) { site in
            site.pms.with { $0.pageSize = 1 }
            _ = try await site.sync(.sync)
            let directory = try await site.directory
            #expect(directory.count { $0.contains("current") } == 3)
            // An absence counts when a second snapshot confirms it.
            for _ in 0..<3 {
                site.lintel.clock.advance(minutes: 61)
                let stopping = Mutex<Task<RunReport, any Error>?>(nil)
                site.pms.with { pms in
                    // Another e-mail address, so that there is something to decode.
                    pms.change("R1", at: site.now) { $0.email = "\(site.now.iso8601)@example.com" }
                    pms.onPage = { number in
                        if number == page { stopping.withLock { $0?.cancel() } }
                    }
                }
                let running = Task {
                    while stopping.withLock({ $0 == nil }) { await Task.yield() }
                    return try await site.sync(.sync)
                }
                stopping.withLock { $0 = running }
                let outcome = await running.result.map(\.record.outcome)
                #expect((try? outcome.get()) != .applied)
                #expect(try await site.directory == directory)
            }
        }
    }

    @Test("what a list says is the same, however many pages it has")
    func pages() async throws {
        var directories: [[String]] = []
        for size in [1, 2, 3, 100] {
            try await ChangesTests.with(.sqlite) { site in
                site.pms.with { $0.pageSize = size }
                #expect(try await site.sync(.sync).record.outcome == .applied)
                directories.append(try await site.directory)
            }
        }
        #expect(Set(directories).count == 1)
    }

    @Test("a page that cannot be read fails the run while the next ones come")
    func unreadable() async throws {
        try await ChangesTests.with(.sqlite) { site in
            site.pms.with { $0.pageSize = 1 }
            _ = try await site.sync(.sync)
            let directory = try await site.directory
            site.pms.with { $0.unreadablePage = 2 }
            let record = try await site.sync(.sync).record
            #expect(record.outcome == .failed)
            #expect(record.message.contains("no page"))
            #expect(try await site.directory == directory)
        }
    }

    @Test("a PMS that fails after some pages fails the run in its words")
    func failing() async throws {
        try await ChangesTests.with(.sqlite) { site in
            site.pms.with { $0.pageSize = 1 }
            _ = try await site.sync(.sync)
            let directory = try await site.directory
            site.pms.with { pms in
                pms.failingPage = 3
                pms.failure = ConnectorError(.malformed, attempting: "reading", "out of paper")
            }
            let record = try await site.sync(.sync).record
            #expect(record.outcome == .failed)
            #expect(record.message.contains("out of paper"))
            #expect(try await site.directory == directory)
        }
    }

    /// What a person does while a list comes in.
    struct Act: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let words: String
        let act: @Sendable (ChangesSite) async throws -> Void

        static let all = [
            Act(testDescription: "detaches the PMS property", words: "attached differently") {
                let detached = try await $0.lintel.operations.detach(
                    $0.property,
                    pmsProperty: "P1",
                    residents: .end
                )
                #expect(detached == 3)
            },
            Act(testDescription: "turns User Sync off", words: "User Sync was turned off") {
                try await $0.lintel.operations.set("user-sync", of: $0.property, to: "off")
            },
        ]
    }

    @Test("what was done by hand while the PMS was read stands", arguments: Act.all)
    func meanwhile(act: Act) async throws {
        try await ChangesTests.with(.sqlite) { site in
            _ = try await site.sync(.sync)
            site.lintel.clock.advance(minutes: 60)
            let isDone = Mutex(false)
            site.pms.with { pms in
                pms.change("R1", at: site.now) { $0.email = "another@example.com" }
                pms.residencies.append(pms.residencies[0])
                pms.residencies[pms.residencies.count - 1].key.resident = PMSResidentID("R9")
                pms.onPage = { _ in
                    await #expect(throws: Never.self) { try await act.act(site) }
                    isDone.withLock { $0 = true }
                }
            }
            let record = try await site.sync(.sync).record
            #expect(isDone.withLock { $0 })
            #expect(record.outcome == .failed)
            #expect(record.message.contains(act.words))
            #expect((record.created, record.assigned) == (0, 0))
            let open = try await site.directory.count { $0.contains("current") }
            #expect(open == (act.testDescription.hasPrefix("detaches") ? 0 : 3))
        }
    }
}
