import Foundation
import Interactions

/// What people keep a directory in: one JSON document, or a folder of CSV tables.
enum DirectorySource {
    /// Reads and checks it whole.
    ///
    /// - Parameter zone: where the clocks of rotas stand.
    static func read(_ path: String, zone: CivilZone = .paris) throws -> DirectoryImport {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            return DirectoryImport(
                json: try FileAccess.bytes(of: path),
                named: path,
                zone: zone,
                now: SystemClock.read()
            )
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw CommandFailure(.file, "\(path): cannot be read: \(error.localizedDescription)")
        }
        // Only tables: people keep their notes beside them.
        let tables = names.filter { $0.lowercased().hasSuffix(".csv") }.sorted()
        return DirectoryImport(
            csv: try tables.map { ("\(path)/\($0)", try FileAccess.bytes(of: "\(path)/\($0)")) },
            zone: zone,
            now: SystemClock.read()
        )
    }

    /// The directory, once its problems have been told; refuses one with an error.
    static func sound(_ path: String, zone: CivilZone = .paris) throws -> (
        directory: Directory, found: DirectoryImport
    ) {
        let found = try read(path, zone: zone)
        for problem in found.problems { Terminal.say(problem.description) }
        guard let directory = found.directory else {
            throw CommandFailure(.data, "\(path): \(found.summary())")
        }
        return (directory, found)
    }
}
