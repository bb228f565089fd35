import HTTPTypes
import NIOCore

/// An answer before it goes out: head and the pieces of its body.
struct EntrataAnswer {
    var status: HTTPResponse.Status = .ok
    var headers = HTTPFields()
    var pieces: [ByteBuffer]

    init(status: HTTPResponse.Status = .ok, json pieces: [ByteBuffer]) {
        self.status = status
        self.pieces = pieces
        headers[.contentType] = "application/json; charset=UTF-8"
    }

    init(_ error: EntrataError, status: HTTPResponse.Status = .ok) {
        var json = JSONBytes()
        json.raw(#"{"response":{"requestId":"#)
        json.string(error.requestID)
        json.raw(#","error":{"code":"#)
        json.number(error.code)
        json.raw(#","message":"#)
        json.string(error.message)
        json.raw("}}}")
        self.init(status: status, json: [ByteBuffer(bytes: json.bytes)])
    }

    init(status: HTTPResponse.Status, html: String) {
        self.status = status
        pieces = [ByteBuffer(string: html)]
        headers[.contentType] = "text/html; charset=UTF-8"
    }

    var byteCount: Int { pieces.reduce(0) { $0 + $1.readableBytes } }

    mutating func set(_ header: String, _ value: String) {
        guard let name = HTTPField.Name(header) else { return }
        headers[name] = value
    }

    /// The first half of the body, at least one byte short of the whole.
    var firstHalf: ByteBuffer {
        var whole = ByteBuffer()
        for piece in pieces { whole.writeImmutableBuffer(piece) }
        return whole.readSlice(length: whole.readableBytes / 2) ?? ByteBuffer()
    }
}
