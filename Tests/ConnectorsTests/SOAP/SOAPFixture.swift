import ConnectorTesting

/// SOAP as tests write it.
enum SOAPFixture {
    /// An answer whose result is that XML.
    static func answer(
        _ operation: String,
        namespace: String,
        _ result: String,
        envelope: String = "http://schemas.xmlsoap.org/soap/envelope/"
    ) -> String {
        """
        <?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="\(envelope)"><s:Body>\
        <\(operation)Response xmlns="\(namespace)"><\(operation)Result>\(result)\
        </\(operation)Result></\(operation)Response></s:Body></s:Envelope>
        """
    }

    /// A fault of SOAP 1.1, under the status it has.
    static func fault(_ words: String) -> ScriptedExchange.Answer {
        .xml(
            """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>\
            <faultcode>s:Server</faultcode><faultstring>\(words)</faultstring></s:Fault></s:Body>\
            </s:Envelope>
            """,
            status: 500
        )
    }
}
