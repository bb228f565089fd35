import Hummingbird
import LintelModel
import SyncEngine

import class Foundation.JSONEncoder

extension Console {
    private struct Told: Encodable {
        let text: String
        var done: Int?
        var of: Int?
        var href: String?
    }

    /// How a sync goes, as server-sent events (HTML Standard, section 9.2), until it is over.
    func progress(of property: PropertyID) -> Response {
        let following = desk.following(property)
        var response = Self.response(.ok, type: "text/event-stream; charset=utf-8", [])
        response.body = ResponseBody { writer in
            for await progress in following {
                let (name, told) = Self.told(progress, of: property)
                let data = try JSONEncoder().encode(told)
                try await writer.write(
                    ByteBuffer(string: "event: \(name)\ndata: ")
                )
                try await writer.write(ByteBuffer(bytes: data))
                try await writer.write(ByteBuffer(string: "\n\n"))
            }
            try await writer.finish(nil)
        }
        return response
    }

    private static func told(
        _ progress: SyncDesk.Progress,
        of property: PropertyID
    ) -> (name: String, told: Told) {
        switch progress.phase {
        case .finished(let run, let outcome, let message):
            let text = SyncOutcome.words(outcome) + (message.isEmpty ? "" : " \(message)")
            return (
                "finished",
                Told(text: text, href: "/properties/\(property)/sync-history/\(run)")
            )
        default: return ("progress", Told(text: words(progress)))
        }
    }

    /// How a sync stands, as a sentence.
    static func words(_ progress: SyncDesk.Progress) -> String {
        switch progress.phase {
        case .queued: "The sync begins"
        case .waiting: "Another sync of this property is under way; this one waits for it"
        case .reading:
            "Reading the PMS: \(Wording.count(progress.pages, "page")), "
                + "\(Wording.grouped(progress.bytes / 1024)) KB"
        case .writing:
            "\(Wording.count(progress.residents, "resident")) read; planning and writing"
        case .finished: "The sync is over"
        }
    }
}
