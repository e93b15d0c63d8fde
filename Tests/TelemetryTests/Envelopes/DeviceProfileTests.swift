import Foundation
import Testing
import Units

@testable import Telemetry

@Suite("Device profiles")
struct DeviceProfileTests {
    @Test("Patterns of paths")
    func patterns() {
        func match(_ pattern: StaticString, _ path: String) -> FieldPattern.Match {
            Array(path.utf8).withUnsafeBytes { FieldPattern.match(pattern, $0) }
        }
        #expect(match("battery", "battery") == .found(number: nil))
        #expect(match("battery", "batter") == .none && match("battery", "battery2") == .none)
        #expect(match("switch:#.apower", "switch:12.apower") == .found(number: 12))
        #expect(match("switch:#.apower", "switch:.apower") == .none)
        #expect(match("#", "0123456789") == .none && match("#", "123456789") == .found(number: 123_456_789))
        #expect(match("*.Temperature", "SHT3X-0x45.Temperature") == .found(number: nil))
        #expect(match("*.Temperature", "a.b.Temperature") == .none)
        #expect(match("*.x#", "a.x7") == .found(number: 7))
        #expect(
            match("car-mode", "car_mode") == .found(number: nil) && match("car_mode", "car-mode") == .none
        )
        #expect(match("", "") == .found(number: nil) && match("a", "") == .none)
    }

    @Test("There are at least sixty types of devices, all families, and no two alike")
    func catalogue() {
        let all = DeviceProfile.all
        #expect(all.count >= 100)
        #expect(Set(all.map(\.family)) == Set(DeviceProfile.Family.allCases))
        #expect(Set(all.map(\.name)).count == all.count)
        for profile in all {
            #expect(!profile.models.isEmpty && !profile.fields.isEmpty, "\(profile.name)")
            #expect(
                profile.fields.allSatisfy {
                    $0.path.utf8CodeUnitCount > 0 && $0.reading.name.utf8CodeUnitCount > 0
                }
            )
        }
    }

    @Test("Every model finds its own profile, by its name and by what it sends")
    func finding() {
        for profile in DeviceProfile.all {
            for model in profile.models {
                let found = DeviceProfile.named(vendor: "\(profile.vendor)", "\(model)".uppercased())
                #expect(found?.name == profile.name, "\(model)")
            }
            let paths = profile.fields.map {
                "\($0.path)".replacing("#", with: "1").replacing("*", with: "x")
            }
            let device = DeviceProfile.Signature(
                vendor: "\(profile.vendor)",
                model: "\(profile.models[0])",
                fields: paths
            )
            #expect(profile.fits(device) == DeviceProfile.Fit(score: 100, unknown: []))
            #expect(DeviceProfile.fitting(device).first?.profile.name == profile.name)
        }
        #expect(DeviceProfile.named("no such thing") == nil && DeviceProfile.named("") == nil)
        #expect(DeviceProfile.named(vendor: "Develco", "SMSZB-120")?.vendor.description == "frient")
        #expect(DeviceProfile.named(vendor: "digital-matter", "oyster") != nil)
        #expect(DeviceProfile.named(vendor: "Somebody", "oyster") == nil)
    }

    @Test("A device that nobody has described is fitted by its fields, and what is not known is named")
    func signature() throws {
        let device = DeviceProfile.Signature(fields: [
            "leakage_status", "temperature", "humidity", "battery", "x",
        ])
        let best = try #require(DeviceProfile.fitting(device).first)
        #expect(best.profile.family == .leak && best.profile.vendor.description == "Milesight")
        #expect(best.fit == DeviceProfile.Fit(score: 32, unknown: ["x"]))
        #expect(DeviceProfile.fitting(.init(fields: ["q", "w"])).isEmpty)
    }

    @Test("A number in the name of a reading, for each of several alike")
    func numbers() {
        func name(_ field: DeviceField, _ found: Int?) -> String { field.reading(at: found).text }
        let fromZero: DeviceField = .number("p#", .power)
        #expect([name(fromZero, nil), name(fromZero, 0), name(fromZero, 1)] == ["power", "power", "power2"])
        let fromOne: DeviceField = .number("p#", .power, first: 1)
        #expect([name(fromOne, 0), name(fromOne, 1), name(fromOne, 2)] == ["power", "power1", "power2"])
        let fromHundreds: DeviceField = .number("p#", .power, first: 200)
        #expect([name(fromHundreds, 200), name(fromHundreds, 201)] == ["power", "power2"])
        #expect(name(.number("p#", ReadingName.power[3]), 0) == "power3")
        #expect(name(fromOne, 4711) == "power255")
    }
}
