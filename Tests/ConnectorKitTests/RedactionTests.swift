import ConnectorKit
import Foundation
import Testing

@Suite("What is kept of an exchange for a bug report") struct RedactionTests {
    @Test(
        "keeps the shape and the words of statuses and refusals, and nothing about anybody",
        arguments: [
            (
                #"{"firstName":"Ada \"Q\"","status":"Notice","id":41,"ok":true,"d":"2026-01-05"}"#,
                #"{"firstName":"xxx \"x\"","status":"Notice","id":99,"ok":true,"d":"9999-99-99"}"#
            ),
            (#"[{"email":"a@b.org"}]"#, #"[{"email":"x@x.xxx"}]"#),
            // Cut in the middle.
            (#"{"lastName":"Qui"#, #"{"lastName":"xxx"#),
            (
                #"<?xml version="1.0"?><R xmlns="u:7"><m:Name id="41">Zoë</m:Name><Status>Past</Status></R>"#,
                #"<?xml version="1.0"?><R xmlns="u:7"><m:Name id="99">xxxx</m:Name><Status>Past</Status></R>"#
            ),
            (
                #"<Customer Type="current resident"><SSN>900-55-1234"#,
                #"<Customer Type="current resident"><SSN>999-99-9999"#
            ),
            ("<Message>No such unit</Message>", "<Message>No such unit</Message>"),
            ("ApiKey=abc1&PropertyID=7", "ApiKey=xxx9&PropertyID=9"),
            ("Ada Quill", "xxx xxxxx"), ("", ""),
        ]
    )
    func redacts(body: String, kept: String) {
        #expect(Redaction.redact(Data(body.utf8), hiding: []) == kept)
    }

    @Test("hides a secret even where a refusal repeats it")
    func secrets() {
        let kept = Redaction.redact(
            Data(#"{"message":"key hush-77 is unknown"}"#.utf8),
            hiding: [Secret("hush-77")]
        )
        #expect(!kept.contains("hush-77"))
        #expect(kept.contains("is unknown"))
    }
}
