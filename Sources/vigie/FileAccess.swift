import Foundation

/// Files as the commands use them, with errors that name the file.
enum FileAccess {
    static func bytes(of path: String) throws -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe))
        } catch {
            throw CommandFailure(.file, "\(path): cannot be read: \(error.localizedDescription)")
        }
    }

    /// Makes a folder for our own use, unless it is there.
    static func makeFolder(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw CommandFailure(.file, "\(path): cannot be made: \(error.localizedDescription)")
        }
    }
}
