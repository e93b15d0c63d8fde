internal import CMosquitto
import Glibc
import Telemetry

extension PropertyBlock {
    /// Takes the user properties and the content type out of libmosquitto's list; the block is emptied first. Costs
    /// nothing for a message without properties, and all messages of MQTT 3.1.1 are without.
    mutating func fill(from list: OpaquePointer?) {
        if !isEmpty || leftOut > 0 { removeAll() }
        var next = list
        while let property = next {
            switch mosquitto_property_identifier(property) {
            case Int32(MQTT_PROP_USER_PROPERTY.rawValue): appendUserProperty(property)
            case Int32(MQTT_PROP_CONTENT_TYPE.rawValue): appendContentType(property)
            default: break
            }
            next = mosquitto_property_next(property)
        }
    }

    private mutating func appendUserProperty(_ property: OpaquePointer) {
        var (name, value): (UnsafeMutablePointer<CChar>?, UnsafeMutablePointer<CChar>?)
        defer {
            free(name)
            free(value)
        }
        let identifier = Int32(MQTT_PROP_USER_PROPERTY.rawValue)
        _ = mosquitto_property_read_string_pair(property, identifier, &name, &value, false)
        append(name, value)
    }

    private mutating func appendContentType(_ property: OpaquePointer) {
        var value: UnsafeMutablePointer<CChar>?
        defer { free(value) }
        _ = mosquitto_property_read_string(property, Int32(MQTT_PROP_CONTENT_TYPE.rawValue), &value, false)
        MessageProperty.contentType.withCString { append($0, value) }
    }

    /// Without memory for its copies libmosquitto gives none; the property is left out like one that is too long.
    private mutating func append(_ name: UnsafePointer<CChar>?, _ value: UnsafePointer<CChar>?) {
        guard let name, let value else { return leaveOut() }
        append(
            name: UnsafeRawBufferPointer(start: name, count: strlen(name)),
            value: UnsafeRawBufferPointer(start: value, count: strlen(value))
        )
    }
}
