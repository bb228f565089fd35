import ConnectorKit
import LintelModel
import LintelTesting
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
}
