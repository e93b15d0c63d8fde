internal import CMosquitto
import Telemetry

/// What goes with a message to an MQTT 5 broker besides its payload.
struct PublishedProperties {
    var answer: AnswerAddress?
    /// The first one named `content-type` becomes the content type, which a message has once; all others become user
    /// properties.
    var properties: [MessageProperty] = []

    /// - Returns: libmosquitto's code.
    func add(to list: inout OpaquePointer?) -> Int32 {
        if let answer {
            let code = answer.add(to: &list)
            guard code == MOSQ_ERR_SUCCESS.rawValue else { return code }
        }
        var hasContentType = false
        for property in properties {
            // A C string would end there, and a part of the text would be sent as the whole.
            guard !property.name.utf8.contains(0), !property.value.utf8.contains(0) else {
                return MOSQ_ERR_MALFORMED_UTF8.rawValue
            }
            let code: Int32
            if property.name == MessageProperty.contentType, !hasContentType {
                hasContentType = true
                let identifier = Int32(MQTT_PROP_CONTENT_TYPE.rawValue)
                code = mosquitto_property_add_string(&list, identifier, property.value)
            } else {
                let identifier = Int32(MQTT_PROP_USER_PROPERTY.rawValue)
                code = mosquitto_property_add_string_pair(&list, identifier, property.name, property.value)
            }
            guard code == MOSQ_ERR_SUCCESS.rawValue else { return code }
        }
        return MOSQ_ERR_SUCCESS.rawValue
    }
}
