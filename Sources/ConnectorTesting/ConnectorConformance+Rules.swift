import ConnectorKit
import Foundation
import LintelModel
import Testing

extension ConnectorConformance {
    /// Pages are read to the end, and say what the records say.
    package func readsEveryPage() async {
        let outcome = await fetch(subject.session)
        #expect(outcome.error == nil, sourceLocation: sourceLocation)
        #expect(
            outcome.part.units.sorted { $0.id < $1.id } == subject.units,
            sourceLocation: sourceLocation
        )
        #expect(
            outcome.part.residencies.sorted { $0.key < $1.key } == subject.residencies,
            sourceLocation: sourceLocation
        )
        #expect(outcome.part.problems.isEmpty, sourceLocation: sourceLocation)
        #expect(outcome.part.unreadable.isEmpty, sourceLocation: sourceLocation)
    }

    /// The same answers hash alike: an unchanged property is recognised.
    package func readsTheSameTwice() async {
        let first = await fetch(subject.session)
        let second = await fetch(subject.session)
        #expect(!first.hashes.isEmpty, sourceLocation: sourceLocation)
        #expect(first.hashes == second.hashes, sourceLocation: sourceLocation)
    }

    /// No request changes anything in the PMS.
    package func onlyReads() async {
        for request in await fetch(subject.session).requests {
            #expect(subject.isRead(request), "\(request.url)", sourceLocation: sourceLocation)
        }
    }

    /// Every request bounds what it accepts.
    package func bindsTimeAndSize() async {
        for request in await fetch(subject.session).requests {
            #expect(
                (1...300_000).contains(request.timeoutMilliseconds),
                sourceLocation: sourceLocation
            )
            #expect(
                (1...(256 << 20)).contains(request.maximumBytes),
                sourceLocation: sourceLocation
            )
        }
    }

    /// What nobody asked for does not pass the edge.
    package func dropsWhatNobodyAskedFor() async {
        let outcome = await fetch(subject.session)
        let shown = String(reflecting: outcome.part)
        for word in subject.unwanted {
            #expect(
                !shown.contains(word),
                "something nobody asked for came out",
                sourceLocation: sourceLocation
            )
        }
    }

    /// An answer cut anywhere is an error, never a short snapshot.
    package func refusesCutAnswers() async {
        for index in subject.session.indices where subject.session[index].hasBody {
            for share in [0.02, 0.25, 0.5, 0.75, 0.9, 0.99] {
                var script = subject.session
                script[index] = script[index].withBody { body in
                    body.prefix(max(1, Int(Double(body.count) * share)))
                }
                let cut = Array(script[...index]) + Array(repeating: script[index], count: 4)
                _ = await expectFailure(
                    cut,
                    [.truncated, .malformed, .unavailable],
                    "answer \(index) cut at \(share)"
                )
            }
        }
    }

    /// An empty body is no empty list.
    package func refusesEmptyBodies() async {
        for index in subject.session.indices where !subject.emptyBodies.contains(index) {
            let empty = subject.session[index].withBody { _ in Data() }
            _ = await expectFailure(
                Array(subject.session[..<index]) + Array(repeating: empty, count: 4),
                [.malformed, .truncated, .unavailable],
                "empty answer \(index)"
            )
        }
    }

    /// A list that ends before its total is an error.
    package func refusesListsShorterThanTheirTotal() async {
        #expect(
            subject.shortLists.isEmpty != subject.statesLength,
            sourceLocation: sourceLocation
        )
        for (index, script) in subject.shortLists.enumerated() {
            _ = await expectFailure(script, [.truncated], "short list \(index)")
        }
    }

    /// An error inside an HTTP 200 is an error, in the vendor's words.
    package func seesErrorsUnderSuccess() async {
        #expect(!subject.inBandErrors.isEmpty, sourceLocation: sourceLocation)
        for (answer, words) in subject.inBandErrors {
            for index in subject.session.indices {
                let refused = subject.session[index].answered(answer)
                let error = await expectFailure(
                    Array(subject.session[..<index]) + Array(repeating: refused, count: 4),
                    [.refused, .unauthorized, .forbidden, .rateLimited, .unavailable],
                    "in-band error at \(index)"
                )
                #expect(
                    error?.description.contains(words) == true,
                    "expected the vendor's words \"\(words)\"",
                    sourceLocation: sourceLocation
                )
            }
        }
    }

    /// A limit is waited for as long as the vendor says, and then the read goes on.
    package func waitsAsTold() async {
        for index in subject.session.indices {
            var script = subject.session
            script.insert(script[index].answered(subject.throttled.answer), at: index)
            let outcome = await fetch(script)
            #expect(outcome.error == nil, sourceLocation: sourceLocation)
            #expect(
                outcome.part.residencies.sorted { $0.key < $1.key } == subject.residencies,
                sourceLocation: sourceLocation
            )
            let waited = outcome.sleeps.reduce(0, +)
            #expect(
                waited >= subject.throttled.seconds * 1000,
                "waited \(waited) ms only",
                sourceLocation: sourceLocation
            )
        }
    }

    /// A server that stays down is given up after few tries and bounded waiting.
    package func givesUpAfterABoundedTime() async {
        for index in subject.session.indices {
            let down = subject.session[index].answered(.json("{}", status: 500))
            let outcome = await fetch(
                Array(subject.session[..<index]) + Array(repeating: down, count: 20),
                expectsAll: false
            )
            #expect(outcome.error?.code == .unavailable, sourceLocation: sourceLocation)
            #expect(outcome.requests.count - index <= 6, sourceLocation: sourceLocation)
            #expect(outcome.sleeps.reduce(0, +) <= 120_000, sourceLocation: sourceLocation)
        }
    }

    /// A connection that breaks, or an answer larger than accepted, ends the fetch with an error.
    package func passesOnThatNoAnswerCame() async {
        let broken = ConnectorError(.unavailable, attempting: "exchange", "no whole answer came")
        for index in subject.session.indices {
            let silent = subject.session[index].answered(.failure(broken))
            _ = await expectFailure(
                Array(subject.session[..<index]) + Array(repeating: silent, count: 20),
                [.unavailable],
                "no answer at \(index)"
            )
        }
    }

    /// Records that come twice are one record, or the list is no whole one.
    package func keepsDuplicatesApart() async {
        #expect(!subject.duplicates.isEmpty, sourceLocation: sourceLocation)
        let outcome = await fetch(subject.duplicates)
        let keys = outcome.part.residencies.map(\.key)
        #expect(Set(keys).count == keys.count, sourceLocation: sourceLocation)
        #expect(
            outcome.error != nil || !keys.isEmpty,
            "the residents are gone",
            sourceLocation: sourceLocation
        )
    }

    /// A word of nobody's vocabulary is kept as it came, and means nothing.
    package func keepsUnknownWords() async {
        guard let (script, word) = subject.unknownStatus else {
            Issue.record("no exchange with an unknown status", sourceLocation: sourceLocation)
            return
        }
        let outcome = await fetch(script)
        let unknown = outcome.part.residencies.filter { $0.status == .unknown }
        #expect(unknown.map(\.statusWord).contains(word), sourceLocation: sourceLocation)
        #expect(unknown.allSatisfy { $0.statusWord == word }, sourceLocation: sourceLocation)
    }

    /// A list that the vendor says is empty is read as one.
    package func readsAnEmptyList() async {
        #expect(!subject.emptyList.isEmpty, sourceLocation: sourceLocation)
        let outcome = await fetch(subject.emptyList)
        #expect(outcome.error == nil, sourceLocation: sourceLocation)
        #expect(outcome.part.residencies.isEmpty, sourceLocation: sourceLocation)
        #expect(outcome.part.problems.isEmpty, sourceLocation: sourceLocation)
    }
}
