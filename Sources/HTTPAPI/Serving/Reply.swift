import Foundation
import HTTPTypes
import Hummingbird
import Operations

/// What a request is answered.
struct Reply: Sendable {
    var status: HTTPResponse.Status
    var contentType: String?
    var location: String?
    var body = Data()
    var headers: HTTPFields = [:]

    init(_ status: HTTPResponse.Status) {
        self.status = status
    }

    init(_ status: HTTPResponse.Status, _ json: JSON) {
        self.status = status
        contentType = "application/json"
        body = json.data()
    }

    init(csv bytes: [UInt8]) {
        status = .ok
        contentType = "text/csv; charset=utf-8"
        body = Data(bytes)
    }

    /// An answer that was kept.
    init(_ kept: Operations.KeptReply) {
        status = HTTPResponse.Status(code: kept.status)
        contentType = kept.contentType
        location = kept.location
        body = kept.body
        if let name = HTTPField.Name("Idempotency-Replayed") { headers[name] = "true" }
    }

    var kept: Operations.KeptReply {
        Operations.KeptReply(
            status: status.code,
            location: location,
            contentType: contentType,
            body: body
        )
    }

    var response: Response {
        var fields = headers
        fields[.contentType] = contentType
        fields[.location] = location
        fields[.cacheControl] = "no-store"
        fields[.xContentTypeOptions] = "nosniff"
        return Response(
            status: status,
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}
